"""Two processes of a new version bring the database up to date at once."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.util import await_only

from bot import database as databases
from bot.database import Database


@asynccontextmanager
async def upgrading(database: Database) -> AsyncIterator[None]:
    """An upgrade stands still in its middle until the block is left, and then goes on to its end."""
    halfway, go_on = asyncio.Event(), asyncio.Event()

    @event.listens_for(database.engine.sync_engine, "before_cursor_execute")
    def on_statement(_connection: object, _cursor: object, statement: str, *_: Any) -> None:
        if "CREATE TABLE person" in statement:
            halfway.set()
            await_only(go_on.wait())

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(databases.upgrade(database))
        await halfway.wait()
        yield
        go_on.set()


async def wait_until_another_asks(database: Database) -> None:
    """Another process has asked for its turn in vain, and will ask again: it has ended a transaction, and begun no other."""
    waiting = (
        select(func.count())
        .select_from(text("pg_stat_activity"))
        .where(text("datname = current_database() AND state = 'idle' AND query = 'COMMIT'"))
    )
    while True:
        async with database.readers() as session:
            if await session.scalar(waiting):
                return
        await asyncio.sleep(0.05)


@pytest.mark.postgresql
async def test_of_two_that_upgrade_at_once_the_second_waits_and_finds_it_done(
    postgresql_url: str, tmp_path: Path
) -> None:
    first, look = databases.connect(postgresql_url), databases.connect(postgresql_url)

    async with upgrading(first):
        second = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "db", "upgrade"),
            env={**os.environ, "DATABASE_URL": postgresql_url, "PYTHONPATH": str(Path(databases.__file__).parents[2])},
            cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        await wait_until_another_asks(look)
    said, _ = await second.communicate()

    assert second.returncode == 0, said.decode()
    assert await databases.differences(look) is None
    for database in (first, look):
        await database.close()
