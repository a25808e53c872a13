"""Some time after the Summary, members are asked one question: what has changed?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database.looks import Look
from bot.ledger import notices
from bot.models import Afterword, Member, NoticeKind, Person, Summary

AFTER = timedelta(days=60)


@dataclass(frozen=True)
class Afterwords:
    """A page of what members said has changed, the newest first, of `total`; they are not named."""

    dialogue_id: int
    texts: tuple[str, ...]
    page: int
    total: int
    more: bool


_DUE = (Summary.published_at <= bindparam("published_long_ago"), Summary.followed_up_at.is_(None))
DUE = Look(select(Summary.id).where(*_DUE).limit(1), {"published_long_ago": AFTER})
"""A Summary that is old enough for the question."""


async def open_due(session: AsyncSession, *, now: datetime) -> int:
    """Owe the question to the members of each dialogue whose Summary is old enough; returns of how many dialogues."""
    # Claimed by one statement: of two that look at once, the second finds it done.
    claimed = await session.scalars(
        update(Summary)
        .where(*_DUE)
        .values(followed_up_at=now)
        .returning(Summary.dialogue_id)
        .execution_options(synchronize_session=False),
        DUE.moments(now),
    )
    asked = sorted(claimed)
    for dialogue_id in asked:
        notice = await notices.open_notice(session, NoticeKind.FOLLOW_UP, dialogue_id=dialogue_id, now=now)
        await notices.owe_members(session, notice, true(), due_at=now)
    return len(asked)


async def membership(session: AsyncSession, person: Person, dialogue_id: int) -> Member | None:
    """The membership through which a person may answer; None if they take no part in the dialogue."""
    member = await session.scalar(
        select(Member).where(Member.person_id == person.id, Member.dialogue_id == dialogue_id)
    )
    return member if member is not None and member.takes_part else None


async def answer(session: AsyncSession, person: Person, dialogue_id: int, *, text: str, now: datetime) -> bool:
    """Keep what has changed, as a member tells it; false if they take no part in the dialogue (any more)."""
    member = await membership(session, person, dialogue_id)
    if member is None:
        return False
    session.add(Afterword(dialogue_id=dialogue_id, member_id=member.id, text=text.strip(), said_at=now))
    return True


async def count(session: AsyncSession, dialogue_id: int) -> int:
    """How many answers there are."""
    counted = select(func.count()).select_from(Afterword).where(Afterword.dialogue_id == dialogue_id)
    return await session.scalar(counted) or 0


async def answers(session: AsyncSession, dialogue_id: int, *, page: int, size: int) -> Afterwords:
    """What members said has changed; pages count from 0."""
    found = await session.scalars(
        select(Afterword.text)
        .where(Afterword.dialogue_id == dialogue_id)
        .order_by(Afterword.id.desc())
        .limit(size)
        .offset(page * size)
    )
    total = await count(session, dialogue_id)
    return Afterwords(dialogue_id, tuple(found.all()), page, total, more=(page + 1) * size < total)
