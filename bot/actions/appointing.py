"""Who moderates: the organisers that the host names, and the memberships through which a person moderates."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.actions import joining
from bot.models import Dialogue, Member, Person, Role


async def appoint_organisers(
    session: AsyncSession, telegram_ids: Sequence[int], *, language: str, now: datetime
) -> None:
    """Make exactly these accounts the organisers of every dialogue; one that never wrote to the bot counts too."""
    await session.execute(
        update(Member)
        .where(Member.role == Role.ORGANISER)
        .where(Member.person_id.not_in(select(Person.id).where(Person.telegram_id.in_(telegram_ids))))
        .values(role=Role.MEMBER)
    )
    dialogues = (await session.scalars(select(Dialogue))).all()
    for telegram_id in telegram_ids:
        person = await _await_start(session, telegram_id, language, now)
        for dialogue in dialogues:
            member = await joining.membership(session, person, dialogue.id)
            if member is None:
                await joining.enrol(session, person, dialogue, role=Role.ORGANISER)
            else:
                member.role = Role.ORGANISER


async def _await_start(session: AsyncSession, telegram_id: int, language: str, now: datetime) -> Person:
    known = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
    if known is not None:
        return known
    person = await joining.meet(session, telegram_id=telegram_id, language=language)
    # A bot can't write to someone who never pressed Start.
    person.unreachable_since, person.unreachable_reason = now, "never started the bot"
    return person


async def moderated_by(session: AsyncSession, person: Person) -> Sequence[Member]:
    """The memberships through which a person moderates, newest dialogue first, with the dialogue loaded."""
    found = await session.scalars(
        select(Member)
        .where(Member.person_id == person.id, Member.role.in_([Role.MODERATOR, Role.ORGANISER]))
        .options(joinedload(Member.dialogue))
        .order_by(Member.dialogue_id.desc())
    )
    return found.all()
