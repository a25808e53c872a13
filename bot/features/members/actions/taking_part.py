"""A member begins to take part: named as the dialogue wants, and owed the concept note and what is open."""

import contextlib
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import names, wordings
from bot.core.names import Reserved, UnfitName
from bot.features.questions.actions import deliveries
from bot.ledger import outbox
from bot.models import Kind, Member, Names, Naming

NAMESAKES = 50  # told apart by a number, where accounts' names are shown


async def begin(
    session: AsyncSession, member: Member, *, telegram_name: str, reserved: Reserved, now: datetime
) -> None:
    """Have a member (dialogue and person loaded) take part from now on; what they asked for to get in is settled."""
    member.joined_at, member.left_at = now, None
    member.asked_at = member.asked_as = member.refused_at = None
    await settle_in(session, member, telegram_name=telegram_name, reserved=reserved, now=now)


async def settle_in(
    session: AsyncSession, member: Member, *, telegram_name: str, reserved: Reserved, now: datetime
) -> None:
    """Name one who takes part from now on, and owe them what those who take part get."""
    if member.dialogue.names is Names.REAL:
        await _go_by_account(session, member, telegram_name, reserved)
    if member.dialogue.concept_note or member.dialogue.note_files:
        # The file follows the text; where there is no text it comes by itself.
        kind = Kind.CONCEPT_NOTE if member.dialogue.concept_note else Kind.NOTE_FILE
        about = {"dialogue_id": member.dialogue_id, "member_id": member.id}
        await outbox.owe(session, kind=kind, **about, due_at=now, at_once=True)
    await deliveries.catch_up(session, member, zone=wordings.zone_of(member.person, member.dialogue), now=now)


async def _go_by_account(session: AsyncSession, member: Member, telegram_name: str, reserved: Reserved) -> None:
    """Name a member as their account is called: with a number if another is called so, by the pseudonym if nobody may be."""
    member.naming = Naming.PSEUDONYM
    with contextlib.suppress(UnfitName):
        name = names.fit(telegram_name, reserved)
        for number in range(1, NAMESAKES):
            with contextlib.suppress(UnfitName):
                await names.take(session, member, name if number == 1 else f"{name[: names.LIMIT - 3]} {number}")
                member.naming = Naming.NAME
                return
