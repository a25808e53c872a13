"""A database is opened: an engine to write and one to read, the one way to open a transaction, and statements in either dialect."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Executable, Row, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.util import LRUCache

from bot.database.outage import Outage
from bot.database.sqlite import DRIVER, wait
from bot.database.units import Apart, Together, Units

WRITER_PATIENCE_SECONDS = 600.0
BUSY_MILLISECONDS = 10_000
SCRUB_PATIENCE_MILLISECONDS = 250
PAGES_MERGED = 250  # of 4 KB, in some milliseconds
MERGE, CHANGES = (
    text("INSERT INTO reply_index(reply_index, rank) VALUES ('merge', :pages)"),
    text("SELECT total_changes()"),
)
WRITER_CACHE_MEBIBYTES = 16  # what a step of planning touches; it is taken only as far as it is used

Sessions = async_sessionmaker[AsyncSession]
Insert = postgresql.Insert | sqlite.Insert
Found = Sequence[Row[*tuple[Any, ...]]]
COMPILED: LRUCache[Any, Any] = LRUCache(4000)  # more than there are: what is compiled for one engine serves the other
OPTIONS = {"hide_parameters": True, "execution_options": {"compiled_cache": COMPILED}}
INSERTS: dict[str, Callable[[Any], Insert]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


@dataclass(frozen=True)
class Database:
    """An open database: `sessions.begin()` writes, `readers()` only reads and never waits for a writer on SQLite.

    `units.begin()` is for writing what takes some milliseconds: on SQLite others wait for it, and share its commit.
    """

    engine: AsyncEngine
    sessions: Sessions
    units: Units
    readers: Sessions
    reading_engine: AsyncEngine
    outage: Outage = field(default_factory=Outage)

    async def scrub(self) -> bool:
        """Leave no trace on the disk of what was deleted; false while a reader is in the way, and then it is to be tried again.

        SQLite's full-text index only notes what was deleted until its parts are merged, and so holds the words.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        begun = await self._merge(-PAGES_MERGED)  # a negative number has all parts merged, however few they are
        while begun:
            begun = await self._merge(PAGES_MERGED)
        return await self.empty_log()

    async def _merge(self, pages: int) -> bool:
        """Merge so many pages of the full-text index, so that others can write in between; whether there was anything to merge."""
        async with self.sessions.begin() as session:
            before = await session.scalar(CHANGES)
            await session.execute(MERGE, {"pages": pages})
            return (await session.scalar(CHANGES) or 0) - (before or 0) > 1  # FTS5: by less than two there was nothing

    async def empty_log(self) -> bool:
        """Empty the write-ahead log, which holds what was written long after it was deleted; false while a reader is in the way."""
        if self.engine.dialect.name != "sqlite":
            return True
        async with self.engine.connect() as connection:
            lent = (await connection.get_raw_connection()).driver_connection
            assert lent is not None
            # Others wait for this connection meanwhile.
            await lent.execute(f"PRAGMA busy_timeout={SCRUB_PATIENCE_MILLISECONDS}")
            try:
                (found,) = await lent.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                await lent.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        return not found[0]

    async def close(self) -> None:
        """Give all connections back, once the units under way are over."""
        await self.units.end()
        await self.engine.dispose()
        await self.reading_engine.dispose()


def connect(url: str) -> Database:
    """Open the database at a SQLAlchemy URL (`sqlite://` or `postgresql+psycopg://`).

    The folder of an SQLite file is made where it is missing, for its owner alone. SQLite has one writer: its connection is handed from
    one transaction to the next in turn, since SQLite's own way of waiting for a lock lets some wait for ever.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        engine = create_async_engine(url, pool_pre_ping=True, **OPTIONS)
        sessions = _sessions(engine)
        return Database(engine, sessions, Apart(sessions), sessions, engine)
    if address.database:
        Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    address = address.set(drivername=DRIVER)
    writing = create_async_engine(address, pool_size=1, max_overflow=0, pool_timeout=WRITER_PATIENCE_SECONDS, **OPTIONS)
    reading = create_async_engine(address, **OPTIONS)
    prepare_sqlite(writing, "BEGIN IMMEDIATE", cache_mebibytes=WRITER_CACHE_MEBIBYTES)
    prepare_sqlite(reading, "BEGIN")
    return Database(writing, _sessions(writing), Together(writing), _sessions(reading), reading)


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
            "secure_delete=ON",  # builds of SQLite differ in what they do by themselves
            f"busy_timeout={BUSY_MILLISECONDS}",
            f"cache_size=-{cache_mebibytes * 1024}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        wait(connection.connection, begin)


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
