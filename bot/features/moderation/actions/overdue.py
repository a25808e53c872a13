"""Overdue replies: moderators are told when one has waited too long for them, at most once a day in each dialogue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import Right
from bot.database import run
from bot.database.looks import Look
from bot.ledger import notices
from bot.models import Notice, NoticeKind, Reply

TOO_LONG = timedelta(hours=6)
AT_MOST_EVERY = timedelta(days=1)


@dataclass(frozen=True)
class Urgent:
    """How many replies of a dialogue wait, and since when the oldest does."""

    count: int
    oldest: datetime


async def open_due(session: AsyncSession, *, now: datetime) -> int:
    """Owe those who decide about replies a notice where one has waited too long; returns in how many dialogues."""
    overdue = partial(_overdue, session, now)
    return await notices.tell_each(session, overdue, NoticeKind.WAITING, rights.holds(Right.JUDGE), now=now)


_TOLD_LATELY = exists().where(
    Notice.dialogue_id == Reply.dialogue_id,
    Notice.kind == NoticeKind.WAITING,
    Notice.created_at > bindparam("told_of_waiting_lately"),
)
OVERDUE = Look(
    select(Reply.dialogue_id)
    .where(Reply.waiting_since <= bindparam("waits_too_long"), Reply.withdrawn_at.is_(None), ~_TOLD_LATELY)
    .distinct()
    .order_by(Reply.dialogue_id),
    {"told_of_waiting_lately": AT_MOST_EVERY, "waits_too_long": TOO_LONG},
)
"""The dialogues in which a reply has waited too long, and nobody was told lately."""


async def _overdue(session: AsyncSession, now: datetime) -> list[int]:
    """The dialogues in which a reply has waited too long, and nobody was told lately, in order."""
    found = await run(session, OVERDUE.found, OVERDUE.moments(now))
    return [dialogue_id for (dialogue_id,) in found]


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
