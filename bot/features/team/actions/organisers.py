"""The organisers whom the host names: accounts that organise every dialogue, for as long as they are named."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members
from bot.models import Dialogue, Member, Person, Role
from bot.tallies import sides


async def appoint_organisers(
    session: AsyncSession, telegram_ids: Sequence[int], *, language: str, now: datetime
) -> None:
    """Make these accounts the organisers of every dialogue; one that never wrote to the bot counts too.

    One that was named before, and is no longer, is a member again; one that an organiser appointed stays.
    """
    named_before = await session.scalars(
        select(Member)
        .where(Member.role == Role.ORGANISER, Member.appointed_at.is_(None))
        .where(Member.person_id.not_in(select(Person.id).where(Person.telegram_id.in_(telegram_ids))))
    )
    for before in named_before.all():
        await sides.give_role(session, before, Role.MEMBER, now=now)
    dialogues = (await session.scalars(select(Dialogue))).all()
    for telegram_id in telegram_ids:
        person = await members.hear_of(session, telegram_id=telegram_id, language=language, now=now)
        for dialogue in dialogues:
            member = await members.membership(session, person, dialogue.id)
            if member is None:
                await members.enrol(session, person, dialogue, role=Role.ORGANISER)
            else:
                await sides.give_role(session, member, Role.ORGANISER, now=now)
                member.appointed_at = None
