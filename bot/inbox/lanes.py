"""Which updates wait, chat by chat (fair queueing): what one chat sends in masses costs the others no more than a look."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Subquery, bindparam, func, literal_column, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import run
from bot.inbox.updates import Waiting
from bot.models import InboxState, InboxUpdate

AT_ONCE = 20  # lanes in one look

_INBOX = InboxUpdate.__table__
# As a constant: SQLite takes a partial index only where the statement itself says what the index holds.
_NEW: ColumnElement[str] = literal_column(f"'{InboxState.NEW}'")


def _first_of(number: int) -> Subquery:
    return (
        select(_INBOX.c.id, _INBOX.c.lane, _INBOX.c.raw, _INBOX.c.received_at, _INBOX.c.owed)
        .where(_INBOX.c.state == _NEW, _INBOX.c.lane == bindparam(f"lane_{number}"))
        .order_by(_INBOX.c.id)
        .limit(bindparam(f"most_{number}"))
        .subquery()
    )


_WAITING = union_all(*(select(_first_of(number)) for number in range(AT_ONCE)))

# A loose scan of the index: from each lane to the next, over all that waits within.
_lanes = select(func.min(_INBOX.c.lane).label("lane")).where(_INBOX.c.state == _NEW).cte("lanes", recursive=True)
_next = select(func.min(_INBOX.c.lane)).where(_INBOX.c.state == _NEW, _INBOX.c.lane > _lanes.c.lane)
_lanes = _lanes.union_all(select(_next.scalar_subquery()).where(_lanes.c.lane.is_not(None)))
_first = select(func.min(_INBOX.c.id)).where(_INBOX.c.state == _NEW, _INBOX.c.lane == _lanes.c.lane)
_LANES = select(_lanes.c.lane).where(_lanes.c.lane.is_not(None)).order_by(_first.scalar_subquery())
_ANY = select(_INBOX.c.id, _INBOX.c.lane).where(_INBOX.c.state == _NEW).order_by(_INBOX.c.id).limit(bindparam("most"))


async def lanes(session: AsyncSession) -> list[int]:
    """The lanes in which something waits, that first whose first came first. The cost is that of a look per lane."""
    return [row.lane for row in await run(session, _LANES, {})]


async def waiting(session: AsyncSession, most: Mapping[int, int]) -> list[Waiting]:
    """The oldest updates that wait in some lanes (AT_ONCE at most), as many of each as `most` says."""
    asked = [*most.items(), *[(0, 0)] * (AT_ONCE - len(most))]
    names = {f"lane_{number}": lane for number, (lane, _) in enumerate(asked)}
    numbers = {f"most_{number}": count for number, (_, count) in enumerate(asked)}
    rows = await run(session, _WAITING, names | numbers)
    found = [Waiting(row.id, row.lane, row.raw, row.received_at, row.owed) for row in rows]
    return sorted(found, key=lambda one: one.inbox_id)


async def oldest(session: AsyncSession, most: int) -> list[tuple[int, int]]:
    """The oldest updates that wait, whatever their lane: their ids and lanes."""
    return [(row.id, row.lane) for row in await run(session, _ANY, {"most": most})]
