"""The memory of the bot: one engine, the one way to open a transaction, and where SQLite and PostgreSQL differ."""

import io
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Executable, Row, column, event, inspect, select, table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from bot.outage import Outage
from bot.sqlite import DRIVER
from bot.units import Apart, Together, Units

if TYPE_CHECKING:
    from alembic.config import Config

WRITER_PATIENCE_SECONDS = 600.0
WRITER_CACHE_MEBIBYTES = 16  # what a step of planning touches; it is taken only as far as it is used
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
REVISION = table("alembic_version", column("version_num"))

Sessions = async_sessionmaker[AsyncSession]
Insert = postgresql.Insert | sqlite.Insert
Found = Sequence[Row[*tuple[Any, ...]]]
INSERTS: dict[str, Callable[[Any], Insert]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class DanglingReferences(Exception):
    """A migration would leave rows of these tables referring to rows that are gone; nothing was changed."""


@dataclass(frozen=True)
class Database:
    """An open database: `sessions.begin()` writes, `readers()` only reads and never waits for a writer on SQLite.

    `units.begin()` is for writing what takes a millisecond or so: on SQLite it is done at once, and others wait.
    """

    engine: AsyncEngine
    sessions: Sessions
    units: Units
    readers: Sessions
    reading_engine: AsyncEngine
    outage: Outage = field(default_factory=Outage)

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()
        await self.reading_engine.dispose()


def connect(url: str) -> Database:
    """Open the database at a SQLAlchemy URL (`sqlite://` or `postgresql+psycopg://`).

    The folder of an SQLite file is made where it is missing. SQLite has one writer: its connection is handed from
    one transaction to the next in turn, since SQLite's own way of waiting for a lock lets some wait for ever.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        engine = create_async_engine(url, hide_parameters=True, pool_pre_ping=True)
        sessions = _sessions(engine)
        return Database(engine, sessions, Apart(sessions), sessions, engine)
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    address = address.set(drivername=DRIVER)
    writing = create_async_engine(
        address, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=WRITER_PATIENCE_SECONDS
    )
    reading = create_async_engine(address, hide_parameters=True)
    prepare_sqlite(writing, "BEGIN IMMEDIATE", cache_mebibytes=WRITER_CACHE_MEBIBYTES)
    prepare_sqlite(reading, "BEGIN")
    units = Together(writing.execution_options(at_once=True))
    return Database(writing, _sessions(writing), units, _sessions(reading), reading)


def _sessions(engine: AsyncEngine) -> Sessions:
    return async_sessionmaker(engine, expire_on_commit=False)


def prepare_sqlite(engine: AsyncEngine, begin: str, *, foreign_keys: str = "ON", cache_mebibytes: int = 2) -> None:
    """Have each connection of an engine begin its transactions so, with what SQLite is to keep to."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        # The driver must not open transactions itself: a read that later writes would fail with "database is locked".
        connection.isolation_level = None
        cursor = connection.cursor()
        # FULL: what was confirmed to Telegram must survive a power cut; in WAL, NORMAL may lose the last commits.
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"foreign_keys={foreign_keys}",
            "busy_timeout=10000",
            f"cache_size=-{cache_mebibytes * 1024}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        lent: Any = connection.connection.dbapi_connection
        at_once = connection.get_execution_options().get("at_once", False)
        if not (at_once and lent.try_begin()):
            connection.exec_driver_sql(begin)
        lent.at_once = at_once


def insert(session: AsyncSession, table: Any) -> Insert:
    """An INSERT that can carry ON CONFLICT, in the dialect of the session's database."""
    return INSERTS[session.get_bind().dialect.name](table)


async def run(session: AsyncSession, statement: Executable, parameters: Mapping[str, Any]) -> Found:
    """Run a statement of tables and columns, built once, in a tenth of the time that the session's own way takes.

    Returns the rows it finds. What the session has yet to write is written before.
    """
    return await session.run_sync(_run, statement, parameters)


def _run(session: Session, statement: Executable, parameters: Mapping[str, Any]) -> Found:
    session.flush()
    result = session.connection().execute(statement, parameters)
    return result.all() if result.returns_rows else ()


async def hold_still(session: AsyncSession) -> None:
    """Let a transaction that has just begun read the database as it is now, until it ends; on SQLite all do."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


async def take_turns(session: AsyncSession, model: Any) -> None:
    """Of the transactions that come here for one model, let one at a time go on until its end; readers don't wait.

    On SQLite all that write take turns anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text(f"LOCK TABLE {model.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))


def _alembic(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - takes a while, and most starts have nothing to migrate

    config = Config(stdout=io.StringIO())  # what it has to say is in its exceptions
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision; does nothing where it is there already."""
    async with database.readers() as session:
        if revision == "head" and await is_current(session):
            return
    from alembic import command  # noqa: PLC0415 - the same

    async with _migrating(database) as connection:
        await connection.run_sync(lambda plain: command.upgrade(_alembic(plain), revision))


async def downgrade(database: Database, revision: str) -> None:
    """Take the database back to a revision; `base` is an empty database."""
    from alembic import command  # noqa: PLC0415 - the same

    async with _migrating(database) as connection:
        await connection.run_sync(lambda plain: command.downgrade(_alembic(plain), revision))


@asynccontextmanager
async def _migrating(database: Database) -> AsyncIterator[AsyncConnection]:
    """A transaction for migrations; raises DanglingReferences rather than commit one.

    SQLite changes a table by making it anew and dropping the old one, which would delete, or empty, what refers to
    it: so its references are checked at the end instead.
    """
    if database.engine.dialect.name != "sqlite":
        async with database.engine.begin() as connection:
            yield connection
        return
    engine = create_async_engine(database.engine.url, hide_parameters=True, poolclass=NullPool)
    prepare_sqlite(engine, "BEGIN IMMEDIATE", foreign_keys="OFF")
    async with engine.begin() as connection:
        yield connection
        dangling = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
        if dangling:
            raise DanglingReferences(sorted({row[0] for row in dangling}))


async def differences(database: Database) -> str | None:
    """What the database lacks of the newest revision or of the models, in words; None when there is nothing."""
    from alembic import command  # noqa: PLC0415 - the same
    from alembic.util.exc import AutogenerateDiffsDetected, CommandError  # noqa: PLC0415 - the same

    async with database.engine.begin() as connection:
        try:
            await connection.run_sync(lambda plain: command.check(_alembic(plain)))
        except (AutogenerateDiffsDetected, CommandError) as error:
            return str(error)
    return None


async def is_current(session: AsyncSession) -> bool:
    """Whether the database is at the newest revision: one small read, whereas `differences` compares everything."""
    connection = await session.connection()
    if not await connection.run_sync(lambda plain: inspect(plain).has_table(REVISION.name)):
        return False
    found = await session.scalars(select(REVISION.c.version_num))
    return set(found) == {newest()}


@cache
def newest() -> str:
    """The newest revision that this version knows; migrations are numbered in their order."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
