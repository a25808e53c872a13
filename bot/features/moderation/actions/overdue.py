"""Moderators are told when a reply has waited too long for them: at most once a day in each dialogue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import Right
from bot.database import run
from bot.ledger import notices
from bot.models import Notice, NoticeKind, Reply

TOO_LONG = timedelta(hours=6)
AT_MOST_EVERY = timedelta(days=1)


@dataclass(frozen=True)
class Urgent:
    """How many replies of a dialogue wait, and since when the oldest does."""

    count: int
    oldest: datetime


_TOLD_LATELY = exists().where(
    Notice.dialogue_id == Reply.dialogue_id,
    Notice.kind == NoticeKind.WAITING,
    Notice.created_at > bindparam("lately"),
)
_WAITS_TOO_LONG = (
    select(Reply.dialogue_id)
    .where(Reply.waiting_since <= bindparam("long_ago"), Reply.withdrawn_at.is_(None), ~_TOLD_LATELY)
    .distinct()
)


async def any_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether a reply has waited too long somewhere, and nobody was told of it lately."""
    return bool(await _due(session, now))


async def _due(session: AsyncSession, now: datetime) -> list[int]:
    """The ids of the dialogues where that is so."""
    found = await run(session, _WAITS_TOO_LONG, {"lately": now - AT_MOST_EVERY, "long_ago": now - TOO_LONG})
    return [dialogue_id for (dialogue_id,) in found]


async def open_due(session: AsyncSession, *, now: datetime) -> int:
    """Owe those who decide about replies a notice where one has waited too long; returns in how many dialogues."""
    opened = await _due(session, now)
    for dialogue_id in opened:
        notice = await notices.open_notice(session, NoticeKind.WAITING, dialogue_id=dialogue_id, now=now)
        await notices.owe_members(session, notice, rights.holds(Right.JUDGE), now=now)
    return len(opened)


async def urgent(session: AsyncSession, dialogue_id: int) -> Urgent | None:
    """What waits in a dialogue now; None if nothing does."""
    count, oldest = (
        await session.execute(
            select(func.count(), func.min(Reply.waiting_since)).where(
                Reply.dialogue_id == dialogue_id, Reply.waiting_since.is_not(None), Reply.withdrawn_at.is_(None)
            )
        )
    ).one()
    return Urgent(count, oldest) if oldest is not None else None
