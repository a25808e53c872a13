"""Parked updates, the dead letters, get another chance when the program was mended."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import InboxState, InboxUpdate

LINE_LENGTH = 300
UNREAD = (
    "is not among the defined enum values"  # SQLAlchemy's LookupError, of a word that a model's column doesn't know
)


class NotParked(Exception):
    """There is no parked update of that id."""

    def __init__(self, inbox_id: int) -> None:
        super().__init__(f"no parked update {inbox_id}")
        self.inbox_id = inbox_id


@dataclass(frozen=True)
class Parked:
    """An update that failed too often: when it came, how often it was tried, and the last line of its error."""

    inbox_id: int
    received_at: datetime
    attempts: int
    error: str


async def parked(session: AsyncSession) -> list[Parked]:
    """All parked updates, oldest first."""
    rows = await session.execute(
        select(InboxUpdate.id, InboxUpdate.received_at, InboxUpdate.attempts, InboxUpdate.error)
        .where(InboxUpdate.state == InboxState.PARKED)
        .order_by(InboxUpdate.id)
    )
    return [
        Parked(inbox_id, received_at, attempts, last_line(error)) for inbox_id, received_at, attempts, error in rows
    ]


async def retry(session: AsyncSession, inbox_ids: Collection[int] | None = None) -> int:
    """Let parked updates wait anew, those named or all; returns how many. Raises NotParked, and then none is to wait."""
    again = update(InboxUpdate).where(InboxUpdate.state == InboxState.PARKED)
    if inbox_ids is not None:
        again = again.where(InboxUpdate.id.in_(inbox_ids))
    waiting = await session.scalars(again.values(state=InboxState.NEW, attempts=0).returning(InboxUpdate.id))
    retried = set(waiting)
    for inbox_id in inbox_ids or ():
        if inbox_id not in retried:
            raise NotParked(inbox_id)
    return len(retried)


async def retry_unread(session: AsyncSession) -> int:
    """Let those wait anew that an older version parked for a word it couldn't read, while processes were upgraded; returns how many."""
    unread = select(InboxUpdate.id).where(InboxUpdate.state == InboxState.PARKED, InboxUpdate.error.contains(UNREAD))
    found = (await session.scalars(unread)).all()
    return await retry(session, found) if found else 0


def last_line(error: str | None) -> str:
    """The last line of a traceback, cut and without control characters: it may carry what a stranger wrote."""
    line = ((error or "").strip().splitlines() or [""])[-1]
    return "".join(sign for sign in line if unicodedata.category(sign) != "Cc")[:LINE_LENGTH]
