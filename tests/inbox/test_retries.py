import pytest
from planting import MONDAY

from bot.database import Database
from bot.inbox import lanes, retries, updates
from bot.inbox.retries import Parked
from bot.inbox.updates import RawUpdate


async def park(database: Database, *ids: int, error: str = "Traceback\n  …\nValueError: no") -> None:
    """Updates that failed three times; their inbox ids count from 1."""
    async with database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(each, 7, f'{{"update_id": {each}}}') for each in ids], now=MONDAY)
        for waiting in await lanes.waiting(session, {7: 100}):
            for _ in range(updates.ATTEMPTS):
                await updates.mark_failed(session, waiting.inbox_id, error)


async def waiting(database: Database) -> list[int]:
    async with database.readers() as session:
        return [one.inbox_id for one in await lanes.waiting(session, {7: 100})]


async def parked(database: Database) -> list[Parked]:
    async with database.readers() as session:
        return await retries.parked(session)


async def test_parked_updates_are_listed_with_the_last_line_of_their_errors(either_database: Database) -> None:
    await park(either_database, 11, 12)
    async with either_database.sessions.begin() as session:
        await retries.retry(session, [1])
        for _ in range(updates.ATTEMPTS):  # the last to be parked, and the first that came
            await updates.mark_failed(session, 1, "ValueError: no")

    listed = await parked(either_database)

    assert listed == [Parked(1, MONDAY, 3, "ValueError: no"), Parked(2, MONDAY, 3, "ValueError: no")]


async def test_one_that_is_retried_waits_again_and_is_tried_three_times_anew(either_database: Database) -> None:
    await park(either_database, 11, 12, 13)

    async with either_database.sessions.begin() as session:
        retried = await retries.retry(session, [2])
    async with either_database.sessions.begin() as session:
        outcome = await updates.mark_failed(session, 2, "once more")

    assert retried == 1
    assert outcome is updates.Failed.AGAIN
    assert await waiting(either_database) == [2]
    assert [one.inbox_id for one in await parked(either_database)] == [1, 3]


async def test_all_are_retried_but_not_those_that_are_done(either_database: Database) -> None:
    await park(either_database, 11, 12)
    async with either_database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(13, 7, "{}")], now=MONDAY)
        await updates.mark_done(session, 3)

    async with either_database.sessions.begin() as session:
        retried = await retries.retry(session)

    assert retried == 2
    assert await waiting(either_database) == [1, 2]


async def test_naming_one_that_isn_t_parked_retries_none(database: Database) -> None:
    await park(database, 11)

    async def retry() -> None:
        async with database.sessions.begin() as session:
            await retries.retry(session, [1, 404])

    with pytest.raises(retries.NotParked) as refused:
        await retry()

    assert refused.value.inbox_id == 404
    assert await waiting(database) == []


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (None, ""),
        ("", ""),
        ("Traceback\nValueError: a\n", "ValueError: a"),
        ("ValueError: \x1b[2J\x07red", "ValueError: [2Jred"),
        ("x" * 1000, "x" * 300),
    ],
)
def test_the_last_line_of_an_error_can_be_shown_on_a_terminal(error: str | None, line: str) -> None:
    assert retries.last_line(error) == line
