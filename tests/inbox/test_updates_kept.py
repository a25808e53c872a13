from datetime import timedelta

from planting import MONDAY
from sqlalchemy import select

from bot.database import Database
from bot.inbox import updates
from bot.inbox.updates import Failed, RawUpdate
from bot.models import InboxState, InboxUpdate


async def keep(database: Database, *ids: int) -> None:
    async with database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(each, 7, f'{{"update_id": {each}}}') for each in ids], now=MONDAY)


async def states(database: Database) -> list[InboxState]:
    async with database.readers() as session:
        return list(await session.scalars(select(InboxUpdate.state).order_by(InboxUpdate.id)))


async def test_what_comes_twice_is_kept_once(either_database: Database) -> None:
    await keep(either_database, 1, 2)

    await keep(either_database, 2, 3)

    assert len(await states(either_database)) == 3


async def test_an_update_that_fails_three_times_is_parked_and_waits_no_more(database: Database) -> None:
    await keep(database, 1)

    outcomes = []
    for _ in range(3):
        async with database.sessions.begin() as session:
            outcomes.append(await updates.mark_failed(session, 1, "Traceback"))

    async with database.readers() as session:
        waiting = await updates.waiting(session, after=0, limit=10)
    assert outcomes == [Failed.AGAIN, Failed.AGAIN, Failed.PARKED]
    assert waiting == []


async def test_old_updates_are_forgotten_once_they_are_done(either_database: Database) -> None:
    await keep(either_database, 1, 2)
    async with either_database.sessions.begin() as session:
        await updates.mark_done(session, 1)

    async with either_database.sessions.begin() as session:
        early = await updates.prune(session, now=MONDAY + timedelta(days=8))
        pruned = await updates.prune(session, now=MONDAY + timedelta(days=8, seconds=1))

    assert (early, pruned) == (0, 1)
    assert await states(either_database) == [InboxState.NEW]
