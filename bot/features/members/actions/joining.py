"""A person joins a dialogue or comes back to it, with consent to its terms."""

import contextlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members, names, questions, wordings
from bot.core.members import CONSENT_VERSION
from bot.core.names import Reserved, UnfitName
from bot.features.members.actions import invitations
from bot.features.questions.actions import deliveries
from bot.ledger import outbox
from bot.models import Dialogue, Kind, Member, Names, Naming, Person, Role

NAMESAKES = 50  # told apart by a number, where accounts' names are shown


class Removed(Exception):
    """The moderators ended this person's part in the dialogue."""


@dataclass(frozen=True)
class Joined:
    """A membership begun or taken up again; `pseudonym` is a word of PSEUDONYM_WORDS and a number, as "cedar-27"."""

    member_id: int
    dialogue_id: int
    title: str
    naming: Naming
    may_choose_name: bool
    display_name: str | None
    pseudonym: str
    zone: str
    zone_chosen: bool
    returning: bool
    already_in: bool
    next_opens_at: datetime | None


async def join(
    session: AsyncSession, person: Person, *, dialogue_id: int, telegram_name: str, reserved: Reserved, now: datetime
) -> Joined:
    """Take part in a dialogue, with consent to its terms; the concept note and any open question are owed at once.

    Joining again changes nothing. `telegram_name` is kept only where the dialogue is held under real names.
    Raises NoSuchDialogue, AlreadyOver, or Removed.
    """
    await invitations.invitation_by_id(session, person, dialogue_id=dialogue_id, now=now)
    dialogue = await session.get_one(Dialogue, dialogue_id)
    member = await members.membership(session, person, dialogue_id)
    if member is not None and member.removed_at is not None:
        raise Removed(dialogue_id)
    already_in = member is not None and member.takes_part
    returning = member is not None and member.left_at is not None
    if member is None:
        member = await members.enrol(session, person, dialogue, role=Role.MEMBER)
    if not already_in:
        member.consent_version, member.consent_language, member.consented_at = CONSENT_VERSION, person.language, now
        member.joined_at, member.left_at = now, None
        if dialogue.names is Names.REAL:
            await _go_by_account(session, member, telegram_name, reserved)
        await _owe_note(session, member, now=now)
        await deliveries.catch_up(session, member, zone=wordings.zone_of(person, dialogue), now=now)
    return Joined(
        member_id=member.id,
        dialogue_id=dialogue.id,
        title=wordings.in_language(dialogue.title, dialogue, person.language),
        naming=member.naming,
        may_choose_name=dialogue.names is Names.CHOOSE,
        display_name=member.display_name,
        pseudonym=member.pseudonym or "",
        zone=wordings.zone_of(person, dialogue),
        zone_chosen=person.timezone is not None,
        returning=returning,
        already_in=already_in,
        next_opens_at=await questions.next_opening(session, dialogue, person, now=now),
    )


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


async def _owe_note(session: AsyncSession, member: Member, *, now: datetime) -> None:
    if not member.dialogue.concept_note:
        return
    about = {"dialogue_id": member.dialogue_id, "member_id": member.id}
    await outbox.owe(session, kind=Kind.CONCEPT_NOTE, **about, due_at=now, at_once=True)
