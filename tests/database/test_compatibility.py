"""Which programs can run on a database is known, remembered, and checked of each migration (expand, migrate, contract)."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import LiteralString

import following
import psycopg
import pytest
from alembic.script import Script, ScriptDirectory
from expanding import Schema, look, narrowed
from following import CONTRACTED, EXPANDED, INDEXED, knowing
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

from bot import database as databases
from bot.database import Database, Fit, OlderProgramsRun, compatibility, migrations
from bot.database.locks import Locks, programs_of

BEFORE = "0031"
EXPANDED_BEFORE_THEY_SAID_SO = ("0032", "0033", "0034", "0035")
AT_ONCE_SECONDS = 30.0  # where something is held up, it is for ever


@pytest.fixture(scope="session")
def next_versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The migrations of the versions that follow this one."""
    return following.imagine(tmp_path_factory.mktemp("following") / "migrations", upto=CONTRACTED)


@pytest.fixture
async def expandable(migrated_postgresql_url: str) -> AsyncIterator[Database]:
    opened = databases.connect(migrated_postgresql_url)
    yield opened
    await opened.close()


async def seen(database: Database) -> Schema:
    async with database.engine.connect() as connection:
        return await connection.run_sync(look)


async def fit(database: Database) -> Fit:
    async with database.readers() as session:
        return await databases.fit(session)


async def version(database: Database) -> Sequence[tuple[str, str | None]]:
    async with database.readers() as session:
        rows = await session.execute(text("SELECT version_num, needed FROM alembic_version"))
        return [tuple(row) for row in rows]


def since(revision: str) -> list[Script]:
    """The migrations after one, the oldest first."""
    script = ScriptDirectory(str(databases.MIGRATIONS))
    return [*script.iterate_revisions("head", revision)][::-1]


def test_each_migration_says_whether_it_expands() -> None:
    saying = {each.revision: getattr(each.module, "expands", None) for each in since(EXPANDED_BEFORE_THEY_SAID_SO[-1])}

    assert [revision for revision, said in saying.items() if not isinstance(said, bool)] == []


@pytest.mark.postgresql
async def test_a_migration_that_expands_leaves_an_older_program_all_that_it_knows(expandable: Database) -> None:
    await databases.downgrade(expandable, BEFORE)
    found = {}

    for each in since(BEFORE):
        before = await seen(expandable)
        await databases.upgrade(expandable, each.revision)
        if each.revision in EXPANDED_BEFORE_THEY_SAID_SO or each.module.expands:
            found[each.revision] = narrowed(before, await seen(expandable))

    assert found.keys() >= set(EXPANDED_BEFORE_THEY_SAID_SO)
    assert {revision: said for revision, said in found.items() if said} == {}


@pytest.mark.postgresql
async def test_one_that_takes_something_away_is_seen_to_do_so(expandable: Database) -> None:
    await databases.downgrade(expandable, "0020")
    before = await seen(expandable)

    await databases.upgrade(expandable, "0021")

    assert "summary.with_quotes is gone" in narrowed(before, await seen(expandable))


NARROWING = {
    "DROP TABLE feed_reply": ["feed_reply is gone"],
    "ALTER TABLE reply DROP COLUMN late": ["reply.late is gone"],
    "ALTER TABLE reply RENAME late TO overdue": ["reply.late is gone", "reply.overdue has to be written"],
    "ALTER TABLE reply ALTER text TYPE varchar(20)": ["reply.text is VARCHAR(20) now"],
    "ALTER TABLE person ALTER timezone SET NOT NULL": ["person.timezone may not be empty any more"],
    "ALTER TABLE reply ALTER kind DROP NOT NULL": ["reply.kind may be empty now"],
    "ALTER TABLE delivery ALTER paid DROP DEFAULT": ["delivery.paid has no default any more"],
    "ALTER TABLE reply ADD imagined text NOT NULL": ["reply.imagined has to be written"],
    "CREATE UNIQUE INDEX ON inbox (raw)": ["inbox has to be unique by raw"],
    "DROP INDEX uq_delivery_digest": [
        "delivery is no longer unique by digest_id, member_id where (digest_id IS NOT NULL)"
    ],
    "ALTER TABLE inbox ADD CHECK (attempts < 3)": ["inbox refuses what isn't attempts < 3"],
    "ALTER TABLE inbox ADD FOREIGN KEY (lane) REFERENCES person": ["inbox refers to person by lane"],
    "ALTER TABLE inbox ADD imagined bigint REFERENCES person": ["inbox refers to person by imagined"],
    "CREATE TABLE imagined (id bigint PRIMARY KEY REFERENCES person)": [
        "imagined keeps rows of person from being deleted"
    ],
}
WIDENING = (
    "CREATE TABLE imagined (id bigint PRIMARY KEY REFERENCES person ON DELETE CASCADE, text text NOT NULL UNIQUE)",
    "ALTER TABLE reply ADD imagined text NOT NULL DEFAULT ''",
    "ALTER TABLE reply ADD imagined text",
    "ALTER TABLE inbox ADD imagined bigint REFERENCES person ON DELETE SET NULL",
    "CREATE INDEX ON inbox (error)",
    "DROP INDEX ix_delivery_stale",
)


@pytest.mark.postgresql
async def test_each_way_to_take_something_from_an_older_program_is_seen(expandable: Database) -> None:
    found = {}
    async with expandable.engine.connect() as connection:
        before = await connection.run_sync(look)
        for statement in (*NARROWING, *WIDENING):
            await connection.execute(text(statement))
            found[statement] = narrowed(before, await connection.run_sync(look))
            await connection.rollback()

    assert found == NARROWING | {statement: [] for statement in WIDENING}


@pytest.mark.parametrize(
    ("revisions", "needed", "expected"),
    [
        ([], None, Fit.BEHIND),
        (["0001"], "0001", Fit.BEHIND),
        ([compatibility.newest()], None, Fit.CURRENT),
        (["9001"], "0035", Fit.AHEAD),
        (["9002"], "9001", Fit.BEYOND),
        (["9001"], None, Fit.BEYOND),
        (["0001", "9001"], None, Fit.BEYOND),
    ],
)
def test_how_a_database_stands_to_a_program(revisions: list[str], needed: str | None, expected: Fit) -> None:
    assert compatibility.judge(revisions, needed) is expected


async def test_a_database_says_what_a_program_needs_to_know_on_the_way_up_and_down(
    either_database: Database, next_versions: Path
) -> None:
    own = compatibility.newest()
    told: list[tuple[str, str | None]] = []
    with knowing(next_versions):
        for revision in (EXPANDED, INDEXED, CONTRACTED):
            await databases.upgrade(either_database, revision)
            told += await version(either_database)
        for revision in (EXPANDED, BEFORE):
            await databases.downgrade(either_database, revision)
            told += await version(either_database)
        await databases.downgrade(either_database, "base")

    newest_contraction = told[0][1]
    assert newest_contraction is not None
    assert newest_contraction <= own
    assert told == [
        (EXPANDED, newest_contraction),
        (INDEXED, newest_contraction),
        (CONTRACTED, CONTRACTED),
        (EXPANDED, newest_contraction),
        (BEFORE, BEFORE),
    ]
    assert await version(either_database) == []


async def test_a_program_runs_on_what_the_next_has_expanded_and_not_on_what_it_has_contracted(
    either_database: Database, next_versions: Path
) -> None:
    with knowing(next_versions):
        await databases.upgrade(either_database, INDEXED)
    expanded = await fit(either_database)
    await databases.upgrade(either_database)
    before = await version(either_database)

    with knowing(next_versions):
        await databases.upgrade(either_database)

    assert (expanded, before[0][0]) == (Fit.AHEAD, INDEXED)
    assert await fit(either_database) is Fit.BEYOND
    for change in (databases.upgrade(either_database), databases.downgrade(either_database, BEFORE)):
        with pytest.raises(databases.UnknownRevision):
            await change
    assert await version(either_database) == [(CONTRACTED, CONTRACTED)]


@pytest.mark.postgresql
async def test_nothing_is_taken_away_while_programs_run_that_need_it(expandable: Database, next_versions: Path) -> None:
    running = Locks(expandable)
    await running.join(programs_of(compatibility.newest()))
    with knowing(next_versions):
        await databases.upgrade(expandable, INDEXED)
        with pytest.raises(OlderProgramsRun):
            await databases.upgrade(expandable)
        meanwhile = await version(expandable)

        await running.leave(programs_of(following.OWN))
        await databases.upgrade(expandable)

    assert meanwhile[0][0] == INDEXED
    assert await version(expandable) == [(CONTRACTED, CONTRACTED)]
    await running.give_up()


@asynccontextmanager
async def holding(database: Database, statement: LiteralString) -> AsyncIterator[None]:
    """Another program is in the middle of something until the block is left."""
    address = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(address) as connection:
        await connection.execute(statement)
        yield
        await connection.rollback()


@pytest.mark.postgresql
async def test_people_write_on_while_a_migration_waits_for_a_table(
    expandable: Database, next_versions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "REST_SECONDS", 0.2)
    monkeypatch.setattr(migrations, "PATIENCE_SECONDS", 1)

    async def upgrade() -> None:
        with knowing(next_versions):
            await databases.upgrade(expandable, EXPANDED)

    with capture_logs() as log:
        async with asyncio.TaskGroup() as tasks, holding(expandable, "SELECT count(*) FROM person"):
            tasks.create_task(upgrade())
            async with asyncio.timeout(AT_ONCE_SECONDS):
                while not log:  # noqa: ASYNC110 - it tells of it
                    await asyncio.sleep(0.05)
                async with expandable.sessions.begin() as session:
                    await session.execute(text("INSERT INTO person (telegram_id, language) VALUES (7, 'es')"))

    assert log[0]["event"] == "a migration waits for a table that others use"
    async with expandable.readers() as session:
        assert await session.scalar(text("SELECT imagined FROM person")) == "as before"


@pytest.mark.postgresql
async def test_an_index_is_made_beside_who_writes_and_anew_where_one_was_broken_off(
    expandable: Database, next_versions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "PATIENCE_SECONDS", 1)
    another = databases.connect(expandable.engine.url.render_as_string(hide_password=False))
    with knowing(next_versions):
        await databases.upgrade(expandable, EXPANDED)
        await break_an_index_off(expandable)

        with capture_logs() as log:
            async with (
                asyncio.timeout(60),
                asyncio.TaskGroup() as tasks,
                holding(expandable, "UPDATE reply SET kind = kind"),
            ):
                for each in (expandable, another):  # the second waits for its turn, and not the first for it
                    tasks.create_task(databases.upgrade(each, INDEXED))
                await asyncio.sleep(1.5)

    async with expandable.readers() as session:
        made = "SELECT indisvalid, pg_get_indexdef(indexrelid) FROM pg_index WHERE indexrelid = to_regclass('ix_reply_imagined')"
        is_valid, definition = (await session.execute(text(made))).one()
    await another.close()
    assert is_valid
    assert " ON public.reply USING btree (imagined, id) WHERE " in definition
    assert log == []


async def break_an_index_off(database: Database) -> None:
    """Leave half an index where the next version makes one."""
    at_once = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    async with at_once.connect() as connection:
        await connection.execute(text("INSERT INTO person (telegram_id, language) VALUES (1, 'x'), (2, 'x')"))
        with pytest.raises(IntegrityError):
            await connection.execute(text("CREATE UNIQUE INDEX CONCURRENTLY ix_reply_imagined ON person (language)"))
