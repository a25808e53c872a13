"""How the queues stand: what waits, since when, and what became of the rest; for whoever watches over the bot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Delivery, InboxState, InboxUpdate, State


@dataclass(frozen=True)
class Queues:
    """For how many seconds the first in each queue has waited; 0 where nobody waits."""

    inbox: float
    due: float


@dataclass(frozen=True)
class Counts:
    """Rows by state: kept updates that aren't done, and deliveries; and of how many chats something is parked."""

    inbox: Mapping[InboxState, int]
    parked_chats: int
    deliveries: Mapping[State, int]


async def queues(session: AsyncSession, *, now: datetime) -> Queues:
    """Two looks at indexes: cheap, however much there is."""
    inbox_since = await session.scalar(
        select(InboxUpdate.received_at).where(InboxUpdate.state == InboxState.NEW).order_by(InboxUpdate.id).limit(1)
    )
    due_since = await session.scalar(
        select(Delivery.due_at)
        .where(Delivery.state == State.PLANNED, Delivery.due_at <= now)
        .order_by(Delivery.due_at)
        .limit(1)
    )
    return Queues(_waited(inbox_since, now), _waited(due_since, now))


def _waited(since: datetime | None, now: datetime) -> float:
    # The clock may have been put back meanwhile.
    return max(0.0, (now - since).total_seconds()) if since else 0.0


async def counts(session: AsyncSession) -> Counts:
    """Counts every row: some 0.3 s for a million deliveries on SQLite, so not to be asked often."""
    # One by one: there is an index for each state that stands out, and none for all that are done.
    inbox = {
        state: await session.scalar(select(func.count()).where(InboxUpdate.state == state)) or 0
        for state in (InboxState.NEW, InboxState.PARKED)
    }
    deliveries = await session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))
    every = dict.fromkeys(State, 0)
    of_chats = select(func.count(InboxUpdate.lane.distinct())).where(InboxUpdate.state == InboxState.PARKED)
    return Counts(inbox, await session.scalar(of_chats) or 0, every | dict(deliveries.all()))
