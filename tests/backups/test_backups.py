import asyncio
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import planting
import pytest
from planting import MONDAY
from postgresql import Server
from sqlalchemy import inspect, text

from bot import backups
from bot import database as databases
from bot.backups import postgresql, sqlite
from bot.database import Database
from bot.hosting import places
from bot.inbox import updates
from bot.inbox.updates import RawUpdate

Rows = dict[str, list[tuple[Any, ...]]]

EACH = pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])


@pytest.fixture
def url(request: pytest.FixtureRequest, kind: str) -> str:
    return str(request.getfixturevalue(f"{kind}_url"))


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> Iterator[str]:
    """Another place, in which nothing is."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path}/elsewhere/restored.db"
        return
    server = request.getfixturevalue("postgresql_server")
    assert isinstance(server, Server)
    name = f"test_{secrets.token_hex(6)}"
    server.execute(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup"


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = databases.connect(url)
    try:
        yield database
    finally:
        await database.close()


async def plant(url: str) -> None:
    async with opened(url) as database:
        await databases.upgrade(database)
        await planting.plant(database, "Asia/Kathmandu", "UTC")


async def say(database: Database, number: int) -> None:
    """A reply and its update, in one transaction."""
    async with database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(number, 1, "{}")], now=MONDAY)
        await planting.reply(session, 1, message_id=number)


async def contents(url: str) -> Rows:
    """All rows of all tables."""
    async with opened(url) as database, database.engine.connect() as connection:
        tables = await connection.run_sync(lambda plain: inspect(plain).get_table_names())
        return {
            name: sorted((tuple(row) for row in await connection.execute(text(f"SELECT * FROM {name}"))), key=repr)  # noqa: S608 - our own tables
            for name in tables
        }


@EACH
async def test_what_is_restored_is_every_row_of_every_table(url: str, empty_url: str, file: Path) -> None:
    await plant(url)
    async with opened(url) as database:
        await say(database, 1)

    await asyncio.to_thread(backups.back_up, url, file)
    await asyncio.to_thread(backups.restore, empty_url, file, replace=False)

    restored = await contents(empty_url)
    assert restored == await contents(url)
    assert len(restored["reply"]) == 1
    assert len(restored["member"]) == 2
    async with opened(empty_url) as database:
        assert await databases.differences(database) is None


@EACH
async def test_a_backup_is_of_one_moment_although_others_are_writing(url: str, empty_url: str, file: Path) -> None:
    await plant(url)
    said = 0

    async def talk(database: Database, finished: asyncio.Event) -> None:
        nonlocal said
        while not finished.is_set():
            await say(database, said + 1)
            said += 1

    async with opened(url) as database:
        finished = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(talk(database, finished))
            while said < 5:  # noqa: ASYNC110 - until writing is under way
                await asyncio.sleep(0.001)
            before = said
            await asyncio.to_thread(backups.back_up, url, file)
            after = said
            finished.set()
    await asyncio.to_thread(backups.restore, empty_url, file, replace=False)

    restored, live = await contents(empty_url), await contents(url)
    kept = len(restored["reply"])
    assert before <= kept <= after + 1
    assert len(restored["inbox"]) == kept
    assert len(live["reply"]) == said > before
    assert restored.keys() == live.keys()
    assert all(set(map(repr, rows)) <= set(map(repr, live[name])) for name, rows in restored.items())
    async with opened(empty_url) as database:
        await say(database, 1_000_000)  # the next row gets an id of its own


@EACH
async def test_what_is_there_is_kept_unless_it_is_to_be_replaced(url: str, file: Path) -> None:
    await plant(url)
    await asyncio.to_thread(backups.back_up, url, file)
    before = await contents(url)
    async with opened(url) as database:
        await say(database, 1)
        async with database.engine.begin() as connection:
            await connection.execute(text("CREATE TABLE of_a_newer_version (id INTEGER)"))
    since = await contents(url)

    with pytest.raises(backups.NotEmpty):
        await asyncio.to_thread(backups.restore, url, file, replace=False)
    refused = await contents(url)
    await asyncio.to_thread(backups.restore, url, file, replace=True)

    assert refused == since
    assert await contents(url) == before


@EACH
async def test_nothing_is_replaced_under_a_running_bot(url: str, file: Path) -> None:
    await plant(url)
    await asyncio.to_thread(backups.back_up, url, file)

    async with opened(url) as database:
        await say(database, 1)
        with pytest.raises(backups.InUse):
            await asyncio.to_thread(backups.restore, url, file, replace=True)

    assert len((await contents(url))["reply"]) == 1


@EACH
async def test_a_backup_overwrites_nothing_and_a_failed_one_leaves_nothing(url: str, file: Path) -> None:
    with pytest.raises(backups.NothingToBackUp):
        backups.back_up(url, file)
    left = list(file.parent.glob("*backup*"))
    await plant(url)
    file.write_text("mine")

    with pytest.raises(backups.FileInTheWay):
        await asyncio.to_thread(backups.back_up, url, file)

    assert left == []
    assert file.read_text() == "mine"


@EACH
@pytest.mark.parametrize("damage", ["cut", "other", "foreign", "empty"])
async def test_a_damaged_file_is_found_before_anything_is_thrown_away(url: str, file: Path, damage: str) -> None:
    await plant(url)
    await asyncio.to_thread(backups.back_up, url, file)
    before = await contents(url)
    whole = file.read_bytes()
    if damage == "foreign":
        file.unlink()
        with sqlite3.connect(file) as other:
            other.execute("CREATE TABLE something_else (id INTEGER)")
        other.close()
    else:
        file.write_bytes(
            {"cut": whole[: len(whole) * 2 // 3], "other": b"slug: training\n" * 500, "empty": b""}[damage]
        )

    with pytest.raises(backups.NotABackup):
        await asyncio.to_thread(backups.restore, url, file, replace=True)

    assert await contents(url) == before


@EACH
async def test_a_backup_is_for_its_owner_alone_and_is_one_file(url: str, file: Path) -> None:
    await plant(url)

    await asyncio.to_thread(backups.back_up, url, file)

    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.glob("*backup*")) == [file]


async def test_a_backup_of_sqlite_stays_one_file_when_it_is_looked_into(sqlite_url: str, file: Path) -> None:
    await plant(sqlite_url)
    await asyncio.to_thread(backups.back_up, sqlite_url, file)

    with sqlite3.connect(file) as looking:
        members = looking.execute("SELECT count(*) FROM member").fetchone()
        files = list(file.parent.glob("*backup*"))
    looking.close()

    assert members == (2,)
    assert files == [file]


@pytest.mark.postgresql
async def test_a_backup_of_the_other_kind_is_refused(sqlite_url: str, postgresql_url: str, file: Path) -> None:
    await plant(sqlite_url)
    await plant(postgresql_url)
    other = file.with_name("other")
    await asyncio.to_thread(backups.back_up, sqlite_url, file)
    await asyncio.to_thread(backups.back_up, postgresql_url, other)

    with pytest.raises(backups.NotABackup):
        await asyncio.to_thread(backups.restore, postgresql_url, file, replace=True)
    with pytest.raises(backups.NotABackup):
        await asyncio.to_thread(backups.restore, sqlite_url, other, replace=True)


@pytest.mark.postgresql
@pytest.mark.parametrize("kind", ["postgresql"])
async def test_a_restore_that_fails_halfway_leaves_everything_as_it_was(
    postgresql_url: str, empty_url: str, file: Path
) -> None:
    await plant(postgresql_url)
    await asyncio.to_thread(backups.back_up, postgresql_url, file)
    async with opened(empty_url) as database, database.engine.begin() as connection:
        await connection.execute(text("CREATE TABLE of_someone AS SELECT 7 AS id"))
        await connection.execute(text("CREATE VIEW reply AS SELECT 1 AS id"))

    with pytest.raises(backups.ToolFailed, match='"reply" already exists'):
        await asyncio.to_thread(backups.restore, empty_url, file, replace=True)

    assert await contents(empty_url) == {"of_someone": [(7,)]}


async def test_without_postgresql_s_programs_the_missing_one_is_named(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(backups.ToolMissing, match="pg_dump"):
        backups.back_up("postgresql+psycopg://nobody@127.0.0.1:1/none", file)


async def test_a_database_that_is_away_is_told_in_its_own_words_without_the_password(file: Path) -> None:
    url = "postgresql+psycopg://nobody:unsayable@127.0.0.1:1/none"

    with pytest.raises(backups.DatabaseFailed) as failed:
        backups.back_up(url, file)

    assert "127.0.0.1" in failed.value.reason
    assert "unsayable" not in failed.value.reason


async def test_a_bot_that_starts_while_a_backup_is_put_back_loses_nothing_of_what_it_is_told(
    sqlite_url: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opens the database when that has been looked at, and before the copy begins."""
    await plant(sqlite_url)
    await asyncio.to_thread(backups.back_up, sqlite_url, file)
    loop, copy_over = asyncio.get_running_loop(), sqlite.copy_over
    starting: list[Any] = []

    async def start() -> None:
        async with opened(sqlite_url) as database:
            await databases.upgrade(database)
            await say(database, 7)

    def copy_slowly(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
        starting.append(asyncio.run_coroutine_threadsafe(start(), loop))
        time.sleep(0.5)
        copy_over(source, target)

    monkeypatch.setattr(sqlite, "copy_over", copy_slowly)
    await asyncio.to_thread(backups.restore, sqlite_url, file, replace=True)
    await asyncio.wrap_future(starting[0])

    assert len((await contents(sqlite_url))["reply"]) == 1
    with closing(sqlite3.connect(tmp_path / "test.db")) as looking:
        assert looking.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.postgresql
async def test_a_bot_that_came_after_the_first_look_keeps_what_it_was_told(
    postgresql_url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await plant(postgresql_url)
    await asyncio.to_thread(backups.back_up, postgresql_url, file)
    monkeypatch.setattr(postgresql, "_others", lambda _connection: False)

    async with opened(postgresql_url) as database:
        await say(database, 7)
        with pytest.raises(backups.InUse):
            await asyncio.to_thread(backups.restore, postgresql_url, file, replace=True)

    assert len((await contents(postgresql_url))["reply"]) == 1


@pytest.fixture
async def neighbours(postgresql_url: str) -> tuple[str, str]:
    """The first bot's database, and the schema of another in it; each has a member more than the one before."""
    there = places.database_of(postgresql_url, "north-side")
    async with places.connected(there, makes_it=True):
        pass
    for url, zones in ((postgresql_url, ("UTC",)), (there, ("UTC", "Asia/Kathmandu"))):
        async with opened(url) as database:
            await databases.upgrade(database)
            await planting.plant(database, *zones)
    return postgresql_url, there


@pytest.mark.postgresql
async def test_a_backup_holds_one_bot_alone_and_is_put_back_into_its_own_schema_alone(
    neighbours: tuple[str, str], file: Path, tmp_path: Path
) -> None:
    first, there = neighbours
    before = await contents(first), await contents(there)
    for url, place in ((first, tmp_path / "first"), (there, file)):
        await asyncio.to_thread(backups.back_up, url, place)
    async with opened(first) as database, opened(there) as other:
        await say(database, 1)
        await say(other, 1)
        await say(other, 2)
    said = await contents(first)

    await asyncio.to_thread(backups.restore, there, file, replace=True)
    with pytest.raises(backups.NotABackup):
        await asyncio.to_thread(backups.restore, first, file, replace=True)
    with pytest.raises(backups.NotABackup):
        await asyncio.to_thread(backups.restore, there, tmp_path / "first", replace=True)
    between = await contents(first), await contents(there)
    await asyncio.to_thread(backups.restore, first, tmp_path / "first", replace=True)

    assert (len(before[0]["member"]), len(before[1]["member"])) == (1, 2)
    assert between == (said, before[1])
    assert (await contents(first), await contents(there)) == before
    async with opened(there) as database:
        assert await databases.differences(database) is None
        await say(database, 9)


@pytest.mark.postgresql
async def test_a_bot_is_put_back_where_its_schema_is_lost(neighbours: tuple[str, str], file: Path) -> None:
    _, there = neighbours
    before = await contents(there)
    await asyncio.to_thread(backups.back_up, there, file)
    async with opened(there) as database, database.engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA bot_north_side CASCADE"))

    await asyncio.to_thread(backups.restore, there, file, replace=False)

    assert await contents(there) == before


@EACH
async def test_a_backup_of_a_version_on_which_this_one_cannot_run_is_not_put_back(
    url: str, empty_url: str, file: Path
) -> None:
    asked = []

    def suits(revision: str, needed: str | None) -> bool:
        asked.append((revision, needed))
        return False

    await plant(url)
    async with opened(url) as database, database.sessions.begin() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999', needed = '9998'"))
    await asyncio.to_thread(backups.back_up, url, file)

    with pytest.raises(backups.NewerBackup):
        await asyncio.to_thread(backups.restore, empty_url, file, replace=False, suits=suits)

    assert asked == [("9999", "9998")]
    assert await contents(empty_url) == {}
