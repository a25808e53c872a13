import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot import database as databases
from bot.database import lease
from bot.database.locks import Locks

pytestmark = pytest.mark.postgresql

NAMES = ["one", "two", "three"]
SOON_SECONDS = 5.0


@asynccontextmanager
async def process(url: str) -> AsyncIterator[Locks]:
    opened = databases.connect(url)
    locks = Locks(opened)
    yield locks
    await locks.give_up()
    await opened.close()


async def end_all_connections(url: str) -> None:
    opened = databases.connect(url)
    async with opened.sessions.begin() as session:
        await session.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))
    await opened.close()


async def test_what_one_holds_no_other_takes_until_it_lets_go(postgresql_url: str) -> None:
    async with process(postgresql_url) as one, process(postgresql_url) as other:
        first = await one.take(NAMES, 2)
        second = await other.take(NAMES, 3)
        await one.let_go("one")
        third = await other.take(NAMES, 3)

        assert (first, second, third) == (["one", "two"], ["three"], ["one"])
        assert [one.holds(name) for name in NAMES] == [False, True, False]


async def test_how_many_want_something_is_known_to_each(postgresql_url: str) -> None:
    async with process(postgresql_url) as one, process(postgresql_url) as other:
        await one.join("workers")
        alone = await other.joined("workers")
        await other.join("workers")
        await other.join("workers")
        both = await one.joined("workers"), await one.joined("others")
        await one.leave("workers")

        assert (alone, both) == (1, (2, 0))
        assert await other.joined("workers") == 1


async def test_of_a_process_that_ends_others_take_all_at_once(postgresql_url: str) -> None:
    async with process(postgresql_url) as one, process(postgresql_url) as other:
        await one.take(NAMES, 3)

        await one.give_up()

        taken: list[str] = []
        async with asyncio.timeout(SOON_SECONDS):
            while len(taken) < len(NAMES):
                taken += await other.take(NAMES, 3)
        assert not one.holds("one")


async def test_with_the_connection_all_is_lost_and_can_be_taken_anew(postgresql_url: str) -> None:
    async with process(postgresql_url) as one:
        await one.take(NAMES, 3)
        await end_all_connections(postgresql_url)

        with pytest.raises(SQLAlchemyError):
            await one.take(["four"], 1)
        lost = [one.holds(name) for name in NAMES]

        assert lost == [False] * 3
        assert await one.take(NAMES, 3) == NAMES


async def test_who_stood_still_believes_in_nothing_until_the_database_was_heard_of(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with process(postgresql_url) as one:
        await one.take(["one"], 1)
        monkeypatch.setattr(lease, "SILENCE_SECONDS", 0.0)
        stood_still = one.holds("one")
        monkeypatch.undo()

        await one.joined("workers")

        assert not stood_still
        assert one.holds("one")
