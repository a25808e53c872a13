"""How long raw updates are kept (data retention): they are personal data, and so is what lies parked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, literal_column, select
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


@dataclass(frozen=True)
class Forgotten:
    """What a step forgot: how many, and up to which moment nothing is left that was done."""

    count: int
    up_to: datetime | None


async def prune(session: AsyncSession, *, now: datetime, most: int = MOST, after: datetime | None = None) -> Forgotten:
    """Forget some raw updates, up to `most` that were done 8 days ago, or parked 30; none when there are no more.

    It goes on `after` the moment that the step before came to: PostgreSQL's index knows what that forgot until it is tidied up, and would be
    walked over once more by each step, for as long as a backup or an export reads.
    """
    is_new = [InboxUpdate.received_at >= after] if after is not None else []
    done = await _forget(session, InboxState.DONE, [InboxUpdate.received_at < now - KEPT, *is_new], most)
    parked = await _forget(session, InboxState.PARKED, [InboxUpdate.received_at < now - PARKED_KEPT], most - len(done))
    return Forgotten(len(done) + len(parked), max(done, default=after))


async def _forget(
    session: AsyncSession, state: InboxState, old: list[ColumnElement[bool]], most: int
) -> list[datetime]:
    found = (
        select(InboxUpdate.id)
        # The state as a constant: SQLite takes a partial index only where the statement itself says what it holds.
        .where(InboxUpdate.state == literal_column(f"'{state}'"), *old)
        .order_by(InboxUpdate.received_at)
        .limit(most)
    )
    gone = delete(InboxUpdate).where(InboxUpdate.id.in_(found)).returning(InboxUpdate.received_at)
    return list(await session.scalars(gone))


async def make_room(session: AsyncSession, lane: int) -> None:
    """One more of a lane was parked: forget the oldest beyond what is kept of each."""
    parked = (InboxUpdate.state == InboxState.PARKED, InboxUpdate.lane == lane)
    newest = select(InboxUpdate.id).where(*parked).order_by(InboxUpdate.id.desc())
    last = await session.scalar(newest.offset(PARKED_OF_A_LANE).limit(1))
    if last is not None:
        await session.execute(delete(InboxUpdate).where(*parked, InboxUpdate.id <= last))
