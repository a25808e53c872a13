from planting import MONDAY
from sqlalchemy import select

from bot.database import Database
from bot.inbox import lanes, updates
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
        waiting = await lanes.waiting(session, {7: 10})
    assert outcomes == [Failed.AGAIN, Failed.AGAIN, Failed.PARKED]
    assert waiting == []


async def test_one_that_no_further_attempt_would_mend_is_parked_at_the_first(database: Database) -> None:
    await keep(database, 1)

    async with database.sessions.begin() as session:
        outcome = await updates.mark_failed(session, 1, "Traceback", hopeless=True)

    assert outcome is Failed.PARKED
    assert await states(database) == [InboxState.PARKED]
