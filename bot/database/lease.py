"""The lease, or leader election: the right to work for one bot, and to send what is unasked, which one of all processes has at a time."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from bot.database.engine import Database
from bot.database.outage import of_silence

BEAT_SECONDS = 1.0
SILENCE_SECONDS = 4  # after which PostgreSQL ends a holder's connection, and the lease with it
SHARES = ", sharing"  # what a holder holds beside the lease, to tell it from a version that shares nothing with others
# Session settings of PostgreSQL 14 and later. The first two end a process that stands still; the others, a machine that is gone.
WATCH = {
    "idle_session_timeout": f"{SILENCE_SECONDS}s",
    "idle_in_transaction_session_timeout": f"{SILENCE_SECONDS}s",
    "tcp_keepalives_idle": str(SILENCE_SECONDS // 2),
    "tcp_keepalives_interval": "1",
    "tcp_keepalives_count": str(SILENCE_SECONDS // 2),
}

log = structlog.get_logger()

Settle = Callable[[AsyncSession], Awaitable[None]]


class NotHeld(SQLAlchemyError):
    """Another process sends for this bot, or the database has taken the lease back."""


class Lease(Protocol):
    """Held by this process or not; what is sent unasked is claimed in its transactions."""

    @property
    def held(self) -> bool:
        """Whether this process is the holder, as far as it knows."""

    async def take(self) -> bool:
        """Try to become the holder, or show that one still is; returns whether one has just become it.

        Raises SQLAlchemyError where the database can't be reached.
        """

    def begin(self) -> contextlib.AbstractAsyncContextManager[AsyncSession]:
        """A transaction that the holder alone can open and commit; raises NotHeld."""

    async def affirm(self, claimed: float) -> None:
        """Make sure that what was claimed at a moment (time.monotonic) may be sent still; raises SQLAlchemyError where not.

        A process may have stood still since.
        """

    async def keep(self, on_beat: Callable[[bool], None]) -> None:
        """Remain the holder for ever, or become it when the other is gone.

        While others may be at work beside it, the holder hears of each beat, and whether it has just become the holder.
        """

    async def give_up(self) -> None:
        """Let others have it."""


def lease(database: Database, name: str, settle: Settle) -> Lease:
    """The lease of this name; `settle` is what a new holder does before it claims anything."""
    if database.engine.dialect.name == "postgresql":
        return Shared(database, name, settle)
    return Sole(database, settle)


class Sole:
    """On SQLite, which serves one process."""

    def __init__(self, database: Database, settle: Settle) -> None:
        self._database, self._settle = database, settle
        self._held = False

    @property
    def held(self) -> bool:
        """Whether it has begun."""
        return self._held

    async def take(self) -> bool:
        """Take it: nobody else wants it."""
        if self._held:
            return False
        async with self._database.sessions.begin() as session:
            await self._settle(session)
        self._held = True
        return True

    def begin(self) -> contextlib.AbstractAsyncContextManager[AsyncSession]:
        """A unit."""
        return self._database.units.begin()

    async def affirm(self, claimed: float) -> None:
        """Nobody else could have claimed it."""

    async def keep(self, on_beat: Callable[[bool], None]) -> None:
        """Nobody else will have it."""

    async def give_up(self) -> None:
        """End."""
        self._held = False


class Shared:
    """On PostgreSQL: an advisory lock, and the connection that holds it is the one on which its holder claims.

    So whoever has lost the lock can't claim, whatever they believe, and no clock is compared with another. The lock is
    free as soon as the connection ends: at once where the process is killed, and after `SILENCE_SECONDS` where it
    stands still or its machine is gone, since the database hears from a holder every `BEAT_SECONDS`.
    """

    def __init__(self, database: Database, name: str, settle: Settle) -> None:
        self._database, self._name, self._settle = database, name, settle
        self._connection: AsyncConnection | None = None
        self._turn = asyncio.Lock()

    @property
    def held(self) -> bool:
        """Whether this process is the holder, as far as it knows."""
        return self._connection is not None

    async def take(self) -> bool:
        """Try to become the holder, or show that one still is."""
        try:
            await self._show()
        except SQLAlchemyError:
            if self.held:
                raise  # the connection lasts, and the lock with it
        else:
            return False
        async with self._turn:
            self._connection = await self._taken()
        return self.held

    async def _show(self) -> None:
        async with self.begin() as session:
            await session.execute(text("SELECT 1"))

    async def _taken(self) -> AsyncConnection | None:
        connection = await watched(self._database)
        try:
            # Before the lease: nobody is to see a holder without it.
            beside = text("SELECT pg_advisory_lock_shared(hashtextextended(:name, 0))")
            await connection.execute(beside, {"name": self._name + SHARES})
            # A lock of the session, which no transaction ends.
            lock = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
            locked = bool(await connection.scalar(lock, {"name": self._name}))
            await connection.commit()
            if locked:
                async with _transaction(connection) as session:
                    await self._settle(session)
                return connection
        except BaseException:
            await end(connection)
            raise
        await end(connection)
        return None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A transaction on the connection that holds the lock; where that has ended, the lease is lost."""
        async with self._turn:
            if self._connection is None:
                raise NotHeld
            try:
                async with _transaction(self._connection) as session:
                    yield session
            finally:
                if self._connection.invalidated:
                    lost, self._connection = self._connection, None
                    await end(lost)

    async def affirm(self, claimed: float) -> None:
        """Ask the database, if it hasn't heard from this process for so long that it may have ended the connection."""
        if time.monotonic() - claimed >= SILENCE_SECONDS:
            await self._show()

    async def keep(self, on_beat: Callable[[bool], None]) -> None:
        """Say a word to the database again and again, as the holder, or ask for the lock."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            before = self.held
            try:
                taken = await self.take()
            except SQLAlchemyError as error:
                if of_silence(error):
                    log.warning("this process stood still, and another may send for the bot now")
                elif not self._database.outage.noticed(error):
                    log.warning("it isn't known which process works for the bot", error=type(error).__name__)
                continue
            if taken:
                log.info("this process works for the bot now")
            elif before and not self.held:
                log.warning("another process works for the bot now")
            if self.held:
                on_beat(taken)

    async def give_up(self) -> None:
        """End the connection, and the lock with it."""
        async with self._turn:
            given, self._connection = self._connection, None
            if given is not None:
                await end(given)


@asynccontextmanager
async def _transaction(connection: AsyncConnection) -> AsyncIterator[AsyncSession]:
    async with AsyncSession(connection, expire_on_commit=False) as session, session.begin():
        yield session


async def watched(database: Database) -> AsyncConnection:
    """A connection that the database ends when it isn't heard of any more, and with it all that is held on it."""
    connection = await database.engine.connect()
    try:
        for setting, value in WATCH.items():
            await connection.execute(
                text("SELECT set_config(:setting, :value, false)"), {"setting": setting, "value": value}
            )
        await connection.commit()
    except BaseException:
        await end(connection)
        raise
    return connection


async def end(connection: AsyncConnection) -> None:
    """Close a connection for good: what was set, and locked, on it must not go back to the pool."""
    with contextlib.suppress(SQLAlchemyError):
        await connection.invalidate()
    await connection.close()
