import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import database as databases
from bot.database import Database
from bot.models import Member, Naming, Person, Role


class Mishap(Exception):
    """What goes wrong within a unit."""


@pytest.fixture
def commits(database: Database) -> list[object]:
    """One for each commit of the SQLite database."""
    seen: list[object] = []
    event.listen(database.engine.sync_engine, "commit", seen.append)
    return seen


async def meet(database: Database, telegram_id: int, *, ahead: bool = False) -> None:
    async with database.units.begin(ahead=ahead) as session:
        session.add(Person(telegram_id=telegram_id, language="en"))


async def known(database: Database) -> list[int]:
    """The people in the order in which they were kept."""
    async with database.readers() as session:
        return list(await session.scalars(select(Person.telegram_id).order_by(Person.id)))


async def limit_pages(database: Database, *, spare: int) -> None:
    """Let SQLite take the disk to be full after so many more pages."""
    async with database.sessions() as session:
        pages = await session.scalar(text("PRAGMA page_count"))
        await session.execute(text(f"PRAGMA max_page_count={pages + spare}"))


async def fill_the_disk(session: AsyncSession) -> None:
    await session.execute(text("INSERT INTO person (telegram_id, language) VALUES (3, zeroblob(1000000))"))


async def refer_to_nobody(session: AsyncSession) -> None:
    """Leave behind a reference that is looked at only when all is committed."""
    await session.execute(text("PRAGMA defer_foreign_keys=ON"))
    session.add(
        Member(dialogue_id=1, person_id=999, role=Role.MEMBER, naming=Naming.ANONYMOUS, reminders=True, pseudonym=None)
    )


async def test_what_a_unit_wrote_is_safe_when_its_block_has_been_left(either_database: Database) -> None:
    for telegram_id in (1, 2):
        await meet(either_database, telegram_id)

        assert (await known(either_database))[-1] == telegram_id


async def test_a_unit_may_run_what_goes_past_its_session(either_database: Database) -> None:
    async with either_database.units.begin() as session:
        connection = await session.connection()
        rows = [
            (await connection.execute(text("SELECT 1"))).scalar(),
            (await connection.exec_driver_sql("SELECT 2")).scalar(),
        ]
        await connection.execute(text("INSERT INTO person (telegram_id, language) VALUES (5, 'en')"))

    assert rows == [1, 2]
    assert await known(either_database) == [5]


async def test_units_that_wait_for_each_other_share_a_commit(database: Database, commits: list[object]) -> None:
    await asyncio.gather(*(meet(database, number) for number in range(5)))

    assert await known(database) == [0, 1, 2, 3, 4]
    assert len(commits) < 5


async def test_a_unit_that_fails_leaves_no_trace_and_its_neighbours_are_kept(either_database: Database) -> None:
    async def fail() -> None:
        async with either_database.units.begin() as session:
            session.add(Person(telegram_id=666, language="en"))
            await session.flush()
            raise Mishap

    outcomes = await asyncio.gather(meet(either_database, 1), fail(), meet(either_database, 2), return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [type(None), Mishap, type(None)]
    assert sorted(await known(either_database)) == [1, 2]


async def test_a_unit_that_the_database_refuses_leaves_its_neighbours_alone(either_database: Database) -> None:
    await meet(either_database, 1)

    outcomes = await asyncio.gather(
        meet(either_database, 2), meet(either_database, 1), meet(either_database, 3), return_exceptions=True
    )

    assert [type(outcome) for outcome in outcomes] == [type(None), IntegrityError, type(None)]
    assert sorted(await known(either_database)) == [1, 2, 3]


async def test_a_commit_that_fails_fails_each_of_its_units_and_none_after_them(database: Database) -> None:
    async def spoil() -> None:
        async with database.units.begin() as session:
            await refer_to_nobody(session)

    outcomes = await asyncio.gather(meet(database, 1), spoil(), meet(database, 2, ahead=True), return_exceptions=True)
    await meet(database, 3)

    assert IntegrityError in {type(outcome) for outcome in outcomes}
    assert await known(database) == [
        *(number for number, outcome in zip((1, 2), outcomes[::2], strict=True) if outcome is None),
        3,
    ]


async def test_what_fills_the_disk_within_a_unit_fails_all_whose_transaction_it_ended(database: Database) -> None:
    async def fill() -> None:
        async with database.units.begin() as session:
            await fill_the_disk(session)

    await limit_pages(database, spare=20)
    outcomes = await asyncio.gather(
        meet(database, 1), meet(database, 2), fill(), meet(database, 4), return_exceptions=True
    )
    told = [number for number, outcome in zip((1, 2, 3, 4), outcomes, strict=True) if outcome is None]
    kept = await known(database)
    await meet(database, 5)

    assert kept == told
    assert isinstance(outcomes[2], OperationalError)
    assert await known(database) == [*kept, 5]


async def test_a_unit_whose_transaction_is_gone_is_not_safe_even_if_it_saw_no_error(database: Database) -> None:
    async def fill() -> None:
        async with database.units.begin() as session:
            session.add(Person(telegram_id=1, language="en"))
            await session.flush()
            with suppress(OperationalError):
                await fill_the_disk(session)

    await limit_pages(database, spare=20)
    with pytest.raises(OperationalError):
        await fill()
    await meet(database, 2)

    assert await known(database) == [2]


async def test_who_goes_ahead_is_kept_before_those_who_wait(database: Database) -> None:
    async with asyncio.TaskGroup() as tasks, database.units.begin():
        for number in (1, 2, 3):
            tasks.create_task(meet(database, number))
        await asyncio.sleep(0)
        tasks.create_task(meet(database, 9, ahead=True))
        await asyncio.sleep(0)

    assert await known(database) == [9, 1, 2, 3]


async def test_those_who_wait_begin_only_after_the_commit_of_who_goes_ahead(
    database: Database, commits: list[object]
) -> None:
    made = []

    async def wait() -> None:
        async with database.units.begin():
            made.append(len(commits))

    async with asyncio.TaskGroup() as tasks, database.units.begin():
        for _ in range(2):
            tasks.create_task(wait())
        await asyncio.sleep(0)
        tasks.create_task(meet(database, 9, ahead=True))
        await asyncio.sleep(0)

    assert made[0] == 1


async def test_a_unit_that_is_cancelled_holds_nobody_up(either_database: Database) -> None:
    begun = asyncio.Event()

    async def never_end() -> None:
        async with either_database.units.begin() as session:
            session.add(Person(telegram_id=666, language="en"))
            await session.flush()
            begun.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as tasks:
        holding = tasks.create_task(never_end())
        await begun.wait()
        waiting = tasks.create_task(meet(either_database, 1))
        tasks.create_task(meet(either_database, 2))
        await asyncio.sleep(0)
        waiting.cancel()
        holding.cancel()

    assert 2 in await known(either_database)
    assert 666 not in await known(either_database)


@pytest.mark.parametrize("steps", range(8))
async def test_a_unit_that_is_cancelled_just_as_its_turn_comes_holds_nobody_up(database: Database, steps: int) -> None:
    may_end = asyncio.Event()

    async def hold() -> None:
        with suppress(OperationalError):  # who shares the transaction that is broken off hears of it
            async with database.units.begin():
                await may_end.wait()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(hold())
        await asyncio.sleep(0.1)
        waiting = tasks.create_task(meet(database, 1))
        await asyncio.sleep(0.1)
        may_end.set()
        for _ in range(steps):
            await asyncio.sleep(0)
        waiting.cancel()
    async with asyncio.timeout(5):
        await meet(database, 2)

    assert 2 in await known(database)


@pytest.mark.parametrize("moment", range(6))
async def test_a_unit_that_is_cancelled_twice_harms_nobody(database: Database, moment: int) -> None:
    async with asyncio.TaskGroup() as tasks:
        given_up = [tasks.create_task(meet(database, number)) for number in (1, 2, 3)]
        for _ in range(2):
            await asyncio.sleep(0.002 * moment)
            for unit in given_up:
                unit.cancel()
    async with asyncio.timeout(5):
        await meet(database, 4)

    assert (await known(database))[-1] == 4


async def test_a_database_that_is_closed_while_a_unit_is_under_way_keeps_what_it_calls_safe(database: Database) -> None:
    closing: asyncio.Task[None]
    async with asyncio.TaskGroup() as tasks, database.units.begin() as session:
        session.add(Person(telegram_id=1, language="en"))
        await session.flush()
        waits = tasks.create_task(meet(database, 2))
        closing = tasks.create_task(database.close())
        await asyncio.sleep(0.05)
        session.add(Person(telegram_id=3, language="en"))
    await asyncio.gather(closing, waits)

    assert await known(database) == [1, 3, 2]


async def test_units_and_long_transactions_take_turns(database: Database) -> None:
    async def write_long(telegram_id: int) -> None:
        async with database.sessions.begin() as session:
            session.add(Person(telegram_id=telegram_id, language="en"))
            await session.flush()
            await asyncio.sleep(0)

    await asyncio.gather(
        *(work(number) for number in range(20) for work in [write_long] if number % 2),
        *(meet(database, number) for number in range(20) if not number % 2),
    )

    assert sorted(await known(database)) == list(range(20))


async def test_a_unit_waits_for_another_process_and_the_loop_goes_on(database: Database, sqlite_url: str) -> None:
    other = databases.connect(sqlite_url)
    async with other.sessions.begin() as session, asyncio.TaskGroup() as tasks:
        session.add(Person(telegram_id=1, language="en"))
        await session.flush()
        waits = tasks.create_task(meet(database, 2))
        for _ in range(20):
            await asyncio.sleep(0.005)
        waited = not waits.done()
        await session.commit()
    await other.close()

    assert waited
    assert await known(database) == [1, 2]
