from effort import effort
from planting import MONDAY
from sqlalchemy import text

from bot.database import Database
from bot.inbox import lanes, updates
from bot.inbox.updates import RawUpdate

FLOODED, OTHER = 7, 8


async def keep(database: Database, *in_lanes: int) -> None:
    async with database.sessions.begin() as session:
        kept = [RawUpdate(number, lane, "{}") for number, lane in enumerate(in_lanes, 1)]
        await updates.keep(session, kept, now=MONDAY)


async def fail(database: Database, inbox_id: int) -> None:
    """One is to be tried again: PostgreSQL then has it behind all others."""
    async with database.sessions.begin() as session:
        await updates.mark_failed(session, inbox_id, "Traceback")


async def test_lanes_are_found_once_that_first_whose_first_came_first(either_database: Database) -> None:
    await keep(either_database, 9, -3, 9, 0, 5, -3)

    async with either_database.readers() as session:
        found = await lanes.lanes(session)

    assert found == [9, -3, 0, 5]


async def test_of_what_is_done_no_lane_is_found_nor_comes_any_sooner(either_database: Database) -> None:
    await keep(either_database, -8, 9, -3, 9, 0, 5, 12)
    async with either_database.sessions.begin() as session:
        await updates.mark_done(session, 1, 2, 5, 7)

    async with either_database.readers() as session:
        found = await lanes.lanes(session)

    assert found == [-3, 9, 5]


async def test_of_each_lane_as_much_is_found_as_is_asked_for_in_its_order(either_database: Database) -> None:
    await keep(either_database, 9, 5, 9, 5, 9, 0)
    await fail(either_database, 1)

    async with either_database.readers() as session:
        found = await lanes.waiting(session, {9: 2, 5: 1, 4: 3})

    assert [(one.inbox_id, one.lane) for one in found] == [(1, 9), (2, 5), (3, 9)]


async def test_the_oldest_that_wait_are_found_whatever_their_lane(either_database: Database) -> None:
    await keep(either_database, 9, 5, 0, 9)
    async with either_database.sessions.begin() as session:
        await updates.mark_done(session, 1)
    await fail(either_database, 2)

    async with either_database.readers() as session:
        found = [await lanes.oldest(session, most) for most in (1, 2, 9)]

    assert found == [[(2, 5)], [(2, 5), (3, 0)], [(2, 5), (3, 0), (4, 9)]]


async def test_where_nothing_waits_nothing_is_found(either_database: Database) -> None:
    async with either_database.readers() as session:
        assert await lanes.lanes(session) == []
        assert await lanes.waiting(session, {}) == []


async def test_what_waits_in_masses_in_one_lane_makes_no_look_any_longer(database: Database) -> None:
    await keep(database, OTHER)
    await flood(database, 1_000)
    few = await effort(database, lambda: look(database))

    await flood(database, 100_000)

    assert await effort(database, lambda: look(database)) <= few


async def flood(database: Database, most: int) -> None:
    async with database.sessions.begin() as session:
        statement = """
        WITH RECURSIVE number(n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM number WHERE n < :most)
        INSERT OR IGNORE INTO inbox (update_id, fingerprint, lane, raw, received_at, state, attempts)
        SELECT n, '', :lane, '{}', '2026-11-30', 'new', 0 FROM number
        """
        await session.execute(text(statement), {"most": most, "lane": FLOODED})


async def look(database: Database) -> None:
    """Find the lanes, and what waits in them."""
    async with database.readers() as session:
        assert set(await lanes.lanes(session)) == {OTHER, FLOODED}
        found = await lanes.waiting(session, {FLOODED: 3, OTHER: 3})
    assert [one.lane for one in found].count(OTHER) == 1
