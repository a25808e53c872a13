"""How long raw updates are kept (data retention): they are personal data, and so is what lies parked."""

from datetime import datetime, timedelta

from sqlalchemy import delete, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import InboxState, InboxUpdate

KEPT = timedelta(days=8)  # Telegram's update ids may start anew after a week: until then they tell what comes twice
PARKED_KEPT = timedelta(days=30)  # time enough to mend what they failed of
PARKED_OF_A_LANE = 20  # more of the same would tell nothing new
LEAST, MOST = 100, 500  # rows forgotten in one transaction; fewer cost as much as these, which is mostly the commit
STEP_SECONDS = 0.02  # that it may take: all others wait to write meanwhile


def next_step(rows: int, seconds: float) -> int:
    """How many rows the next step may forget, after one of so many took so many seconds, its waiting included."""
    fitting = rows * STEP_SECONDS / max(seconds, STEP_SECONDS / 2)  # a lucky step no more than doubles the next
    return max(LEAST, min(MOST, int(fitting)))


async def prune(session: AsyncSession, *, now: datetime, most: int = MOST) -> int:
    """Forget some raw updates, up to `most` that were done 8 days ago, or parked 30; returns how many, 0 when there are no more."""
    forgotten = 0
    for state, kept in ((InboxState.DONE, KEPT), (InboxState.PARKED, PARKED_KEPT)):
        old = (
            select(InboxUpdate.id)
            # The state as a constant: SQLite takes a partial index only where the statement itself says what it holds.
            .where(InboxUpdate.state == literal_column(f"'{state}'"), InboxUpdate.received_at < now - kept)
            .order_by(InboxUpdate.received_at)
            .limit(most - forgotten)
        )
        gone = await session.execute(delete(InboxUpdate).where(InboxUpdate.id.in_(old)).returning(InboxUpdate.id))
        forgotten += len(gone.all())
    return forgotten


async def make_room(session: AsyncSession, lane: int) -> None:
    """One more of a lane was parked: forget the oldest beyond what is kept of each."""
    parked = (InboxUpdate.state == InboxState.PARKED, InboxUpdate.lane == lane)
    newest = select(InboxUpdate.id).where(*parked).order_by(InboxUpdate.id.desc())
    last = await session.scalar(newest.offset(PARKED_OF_A_LANE).limit(1))
    if last is not None:
        await session.execute(delete(InboxUpdate).where(*parked, InboxUpdate.id <= last))
