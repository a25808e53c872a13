import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import event, func, select, text

from bot.database import Database
from bot.inbound.keeper import Keeper, NotKept
from bot.inbound.polling import raw_update
from bot.inbox.updates import RawUpdate
from bot.models import InboxState, InboxUpdate
from bot.sandbox import Clock


@pytest.fixture
def kept() -> list[int]:
    """How many updates each commit made safe."""
    return []


@pytest.fixture
async def keeper(either_database: Database, clock: Clock, kept: list[int]) -> AsyncIterator[Keeper]:
    keeper = Keeper(either_database, clock.now, lambda lanes: kept.append(len(lanes)))
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(keeper.run())
        yield keeper
        running.cancel()


def update(number: int, words: str = "") -> RawUpdate:
    return raw_update({"update_id": number, "message": {"chat": {"id": number % 7}, "text": words}})


async def count(database: Database) -> int:
    async with database.readers() as session:
        return await session.scalar(select(func.count()).select_from(InboxUpdate)) or 0


async def keep_all(keeper: Keeper, numbers: range) -> list[BaseException | None]:
    return await asyncio.gather(*(keeper.keep([update(number)]) for number in numbers), return_exceptions=True)


async def test_what_arrives_during_a_commit_shares_the_next_one(
    keeper: Keeper, either_database: Database, kept: list[int]
) -> None:
    commits: list[object] = []
    event.listen(either_database.engine.sync_engine, "commit", commits.append)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(keeper.keep([update(1)]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        for number in range(2, 100):
            tasks.create_task(keeper.keep([update(number)]))

    assert await count(either_database) == 99
    assert kept == [1, 98]
    assert len(commits) == 2


async def test_an_update_is_in_the_database_when_keep_returns(keeper: Keeper, either_database: Database) -> None:
    for number in range(1, 4):
        await keeper.keep([update(number)])

        assert await count(either_database) == number


async def test_the_inbox_has_the_order_in_which_updates_arrived(keeper: Keeper, either_database: Database) -> None:
    numbers = [*range(50, 100), *range(50)]

    await asyncio.gather(*(keeper.keep([update(number)]) for number in numbers))

    async with either_database.readers() as session:
        found = await session.scalars(select(InboxUpdate.update_id).order_by(InboxUpdate.id))
        assert list(found) == numbers


async def test_an_update_that_comes_twice_at_once_is_kept_once(keeper: Keeper, either_database: Database) -> None:
    await asyncio.gather(*(keeper.keep([update(7)]) for _ in range(5)))

    assert await count(either_database) == 1


async def test_a_commit_that_fails_refuses_all_that_it_held_and_the_next_may_succeed(
    keeper: Keeper, either_database: Database, kept: list[int]
) -> None:
    async with either_database.sessions.begin() as session:
        await session.execute(text("ALTER TABLE inbox RENAME TO gone"))
    refused = await keep_all(keeper, range(5))
    async with either_database.sessions.begin() as session:
        await session.execute(text("ALTER TABLE gone RENAME TO inbox"))

    accepted = await keep_all(keeper, range(5))

    assert [type(one) for one in refused] == [NotKept] * 5
    assert accepted == [None] * 5
    assert kept == [5]


@pytest.mark.parametrize(
    "poison", [RawUpdate(2, 10**30, '{"update_id": 2}'), RawUpdate(10**30, 7, f'{{"update_id": {10**30}}}')]
)
async def test_an_update_that_the_database_refuses_is_parked_by_itself_and_those_with_it_are_kept(
    keeper: Keeper, either_database: Database, poison: RawUpdate
) -> None:
    bundles = [keeper.keep([update(1), poison, update(3)]), keeper.keep([update(4)])]

    await asyncio.gather(*bundles)

    async with either_database.readers() as session:
        found = list(await session.scalars(select(InboxUpdate).order_by(InboxUpdate.id)))
    states = [one.state for one in found]
    assert states == [InboxState.NEW, InboxState.PARKED, InboxState.NEW, InboxState.NEW]
    assert (found[1].lane, found[1].raw) == (0, poison.raw)
    assert found[1].error


async def test_an_outage_and_its_end_are_one_line_each(
    keeper: Keeper, either_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    async with either_database.sessions.begin() as session:
        await session.execute(text("ALTER TABLE inbox RENAME TO gone"))
    for number in range(5):
        await keep_all(keeper, range(number, number + 1))
    async with either_database.sessions.begin() as session:
        await session.execute(text("ALTER TABLE gone RENAME TO inbox"))

    await keep_all(keeper, range(5))

    said = capsys.readouterr().out
    assert said.count("updates can't be kept") == 1
    assert said.count("updates are kept again") == 1


async def test_whoever_waits_when_the_keeper_ends_is_refused(database: Database, clock: Clock) -> None:
    keeper = Keeper(database, clock.now, lambda _: None)
    async with asyncio.TaskGroup() as tasks, database.sessions.begin() as session:
        await session.execute(text("SELECT 1"))  # holds the write lock
        running = tasks.create_task(keeper.run())
        first = tasks.create_task(_refusal(keeper, update(1)))
        await asyncio.sleep(0.05)
        second = tasks.create_task(_refusal(keeper, update(2)))
        await asyncio.sleep(0.05)
        running.cancel()

    assert (first.result(), second.result()) == (True, True)


async def _refusal(keeper: Keeper, one: RawUpdate) -> bool:
    try:
        await keeper.keep([one])
    except NotKept:
        return True
    return False
