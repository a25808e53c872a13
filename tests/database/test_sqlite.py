import asyncio
import logging
import tracemalloc

import pytest
from sqlalchemy import Integer, column, select, text

from bot.database import Database
from bot.database.engine import COMPILED
from bot.models import Person

LONG = text(
    "WITH RECURSIVE numbers(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < 1000000)"
    " SELECT count(*) FROM numbers"
)

MANY = (
    "WITH RECURSIVE numbers(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < 100000)"
    " SELECT value FROM numbers"
)


async def plant(database: Database, people: int) -> None:
    async with database.sessions.begin() as session:
        session.add_all(Person(telegram_id=number, language="en") for number in range(people))


async def plant_one(database: Database, number: int) -> None:
    async with database.sessions.begin() as session:
        session.add(Person(telegram_id=number, language="en"))


async def people(database: Database) -> list[int]:
    async with database.readers() as session:
        return list(await session.scalars(select(Person.telegram_id).order_by(Person.telegram_id)))


async def count_long(database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(Person(telegram_id=666, language="en"))
        await session.flush()
        await session.scalar(text(LONG.text.replace("1000000", "20000000")))


async def test_a_long_statement_lets_others_go_on(database: Database) -> None:
    rounds = 0
    async with database.readers() as session, asyncio.TaskGroup() as tasks:
        counting = tasks.create_task(session.scalar(LONG))
        while not counting.done():
            rounds += 1
            await asyncio.sleep(0.001)

    assert counting.result() == 1_000_000
    assert rounds > 3


async def test_a_statement_and_its_rows_are_one_trip_to_the_thread(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await plant(database, 2)
    await people(database)  # the connection is open
    caplog.set_level(logging.DEBUG, "aiosqlite")

    assert await people(database) == [0, 1]

    trips = [record for record in caplog.records if record.getMessage().startswith("executing")]
    assert len(trips) == 2, "it begins and reads, and ends"


async def test_what_was_written_goes_although_a_savepoint_was_not_begun_yet(database: Database) -> None:
    async with database.sessions() as session:
        session.add(Person(telegram_id=1, language="en"))
        await session.flush()
        async with session.begin_nested():
            await session.rollback()

    assert await people(database) == []


async def test_savepoints_in_which_nothing_was_done_leave_what_is_around_them(database: Database) -> None:
    async with database.sessions.begin() as session:
        async with session.begin_nested():
            pass
        session.add(Person(telegram_id=1, language="en"))
        await session.flush()
        async with session.begin_nested() as nested:
            await nested.rollback()
        async with session.begin_nested():
            session.add(Person(telegram_id=2, language="en"))
            await session.flush()
            async with session.begin_nested() as nested:
                session.add(Person(telegram_id=3, language="en"))
                await session.flush()
                await nested.rollback()

    assert await people(database) == [1, 2]


async def test_a_transaction_in_which_nothing_was_done_ends_in_order(database: Database) -> None:
    async with database.sessions.begin() as session:
        await session.connection()
    async with database.units.begin():
        pass

    await plant(database, 1)
    assert await people(database) == [0]


async def test_what_streams_first_in_a_transaction_is_read_within_it(database: Database) -> None:
    await plant(database, 1)
    async with database.readers() as session:
        assert [row async for row in await session.stream_scalars(select(Person.telegram_id))] == [0]
        await plant_one(database, 1)

        assert [row async for row in await session.stream_scalars(select(Person.telegram_id))] == [0]


async def test_what_is_compiled_for_writing_is_not_compiled_again_for_reading(database: Database) -> None:
    everyone = select(Person.telegram_id).where(Person.language == "en")
    async with database.sessions() as session:
        await session.execute(everyone)
    compiled = len(COMPILED)

    async with database.readers() as session:
        await session.execute(everyone)

    assert len(COMPILED) == compiled


async def test_rows_come_one_by_one_some_or_all(database: Database) -> None:
    await plant(database, 7)
    everyone = select(Person.telegram_id).order_by(Person.telegram_id)

    async with database.readers() as session:
        first = (await session.execute(everyone)).first()
        parts = [list(part) for part in (await session.scalars(everyone)).partitions(3)]
        every = (await session.scalars(everyone)).all()
        one_by_one = list(await session.scalars(everyone))

    assert first == (0,)
    assert parts == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(every) == one_by_one == [0, 1, 2, 3, 4, 5, 6]


async def test_a_result_that_streams_is_never_held_whole(database: Database) -> None:
    many = text(MANY).columns(column("value", Integer))
    count = 0
    tracemalloc.start()
    async with database.readers() as session:
        found = await session.stream(many.execution_options(yield_per=500))
        async for rows in found.partitions():
            count += len(rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 100_000
    assert peak < 2_000_000


async def test_a_statement_that_is_given_up_leaves_the_connection_usable(database: Database) -> None:
    async with asyncio.TaskGroup() as tasks:
        counting = tasks.create_task(count_long(database))
        await asyncio.sleep(0.02)
        counting.cancel()
    await plant(database, 2)

    assert await people(database) == [0, 1]


async def test_a_statement_that_is_cancelled_twice_harms_nobody(database: Database) -> None:
    async with asyncio.TaskGroup() as tasks:
        counting = tasks.create_task(count_long(database))
        await asyncio.sleep(0.05)
        for _ in range(2):
            counting.cancel()
            await asyncio.sleep(0.01)
    await plant(database, 2)

    assert await people(database) == [0, 1]


@pytest.mark.parametrize("parameters", [{"id": 1}, [{"id": 1}, {"id": 2}]])
async def test_a_statement_runs_for_one_or_several_parameters(
    database: Database, parameters: dict[str, int] | list[dict[str, int]]
) -> None:
    async with database.sessions.begin() as session:
        await session.execute(text("INSERT INTO person (telegram_id, language) VALUES (:id, 'en')"), parameters)

    async with database.readers() as session:
        assert len((await session.scalars(select(Person.id))).all()) == len(parameters)
