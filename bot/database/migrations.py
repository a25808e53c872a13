"""Migrations: the database is brought to the newest revision, or back to an older one, on PostgreSQL while people write."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from bot.database import compatibility, lease, locks
from bot.database import engine as database_engine
from bot.database.compatibility import REVISION, Fit, contractions, fit, known, newest
from bot.database.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

# People wait behind a migration that waits for a table: for so long, and then it lets them go first. It is longer than
# PostgreSQL's deadlock_timeout, at which an autovacuum that is in the way gives up.
PATIENCE_SECONDS = 2
REST_SECONDS = 5.0
TURN_SECONDS = 0.5
_IN_THE_WAY = {"55P03", "40P01"}  # PostgreSQL's lock_not_available and deadlock_detected
_TAKE_TURN = text("SELECT pg_try_advisory_lock(hashtextextended('migrations', 0))")

log = structlog.get_logger()


class DanglingReferences(Exception):
    """A migration would leave rows of these tables referring to rows that are gone; nothing was changed."""


class UnknownRevision(Exception):
    """The database is of another version, most likely a newer one, on which this program can't run; nothing was changed."""


class OlderProgramsRun(Exception):
    """Programs are at work on the database that could not go on after a migration which contracts; nothing was changed."""


def _alembic(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - takes a while, and most starts have nothing to migrate

    config = Config(stdout=io.StringIO())  # what it has to say is in its exceptions
    config.set_main_option("script_location", str(compatibility.MIGRATIONS))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision; does nothing where it is there already, or newer and this program can run on it.

    Raises UnknownRevision, OlderProgramsRun.
    """
    async with database.readers() as session:
        if revision == "head" and (await fit(session)).is_enough:
            return
    from alembic import command  # noqa: PLC0415 - the same

    async with _migrating(database) as connection:
        if await _is_to_be_done(database, revision):
            await _run(connection, lambda plain: command.upgrade(_alembic(plain), revision))


async def downgrade(database: Database, revision: str) -> None:
    """Take the database back to a revision; `base` is an empty database. Raises UnknownRevision."""
    from alembic import command  # noqa: PLC0415 - the same

    async with _migrating(database) as connection:
        await _run(connection, lambda plain: command.downgrade(_alembic(plain), revision))


async def _is_to_be_done(database: Database, revision: str) -> bool:
    """Whether there is anything left to do, now that nobody else migrates."""
    async with database.readers() as session:
        found = await fit(session)
        if found is Fit.BEYOND:
            raise UnknownRevision
        if revision == "head" and found.is_enough:
            return False
        if database.engine.dialect.name == "postgresql" and await _would_end_others(session, revision):
            raise OlderProgramsRun
    return True


async def _would_end_others(session: AsyncSession, revision: str) -> bool:
    older = [locks.programs_of(each) for each in known() - {newest()}]
    if not await locks.any_joined(session, older):
        return False
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - the same

    found = await session.scalar(text(f"SELECT version_num FROM {REVISION.name}"))  # noqa: S608 - a constant of ours
    return any(contractions(ScriptDirectory(str(compatibility.MIGRATIONS)), upto=revision, after=found or "base"))


@asynccontextmanager
async def _migrating(database: Database) -> AsyncIterator[AsyncConnection]:
    """A connection for migrations, which one process has at a time; the second finds in the database what the first has done."""
    in_turn = _alone if database.engine.dialect.name == "sqlite" else _in_turn
    async with in_turn(database) as connection:
        yield connection


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[AsyncConnection]:
    """One transaction for all migrations; raises DanglingReferences rather than commit it.

    SQLite changes a table by making it anew and dropping the old one, which would delete, or empty, what refers to
    it: so its references are checked at the end instead.
    """
    engine = create_async_engine(database.engine.url, hide_parameters=True, poolclass=NullPool)
    database_engine.prepare_sqlite(engine, "BEGIN IMMEDIATE", foreign_keys="OFF")
    async with engine.begin() as connection:
        yield connection
        dangling = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
        if dangling:
            raise DanglingReferences(sorted({row[0] for row in dangling}))


@asynccontextmanager
async def _in_turn(database: Database) -> AsyncIterator[AsyncConnection]:
    """On PostgreSQL each migration is a transaction of its own, so that what it locks is soon free again."""
    connection = await database.engine.connect()
    try:
        # Asked for again and again, and not waited for: a statement that waits keeps its snapshot, until whose end
        # CREATE INDEX CONCURRENTLY waits, while its process has the turn.
        while not await connection.scalar(_TAKE_TURN):
            await connection.commit()
            await asyncio.sleep(TURN_SECONDS)
        await connection.execute(text(f"SET lock_timeout = '{PATIENCE_SECONDS}s'"))
        await connection.commit()
        yield connection
    finally:
        await lease.end(connection)


async def _run(connection: AsyncConnection, step: Callable[[Connection], None]) -> None:
    """Migrate; where others use what a migration changes they go first, and what was done so far isn't done again."""
    from alembic.util.exc import CommandError  # noqa: PLC0415 - the same

    while True:
        try:
            await connection.run_sync(step)
        except CommandError as error:
            raise UnknownRevision(str(error)) from error
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _IN_THE_WAY:
                raise
            await connection.rollback()
        else:
            return
        log.info("a migration waits for a table that others use", tries_again_in_seconds=REST_SECONDS)
        await asyncio.sleep(REST_SECONDS)


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
