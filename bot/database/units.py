"""Brief units of work, in a group commit: on SQLite those that wait for each other share one, on PostgreSQL each has its own."""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, AsyncTransaction, async_sessionmaker

from bot.database.sqlite import GONE, stands

TOGETHER_SECONDS = 0.01  # of work before a commit begins: the longest that a unit waits for others where a core is free


class Units(Protocol):
    """What opens units of work of a few rows; each is safe once its block has been left, or leaves no trace."""

    def begin(self, *, ahead: bool = False) -> AbstractAsyncContextManager[AsyncSession]:
        """A unit; `ahead` of those that wait, since others wait for it."""

    async def end(self) -> None:
        """Wait until those that were begun or wait are over."""


class Apart:
    """Units that are transactions of their own, side by side."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    def begin(self, *, ahead: bool = False) -> AbstractAsyncContextManager[AsyncSession]:  # noqa: ARG002 - none waits
        """A unit."""
        return self._sessions.begin()

    async def end(self) -> None:
        """Wait for none: each has a connection of its own."""


@dataclass
class CommitGroup:
    """Units that share a transaction, each in a savepoint; none joins once the thread has worked until `until`."""

    connection: AsyncConnection
    transaction: AsyncTransaction
    until: float
    ended: asyncio.Future[None]

    def stands(self) -> bool:
        """Whether its transaction is still there: a full disk, or a unit cancelled within a statement, ends all of it."""
        connection = self.connection.sync_connection
        return connection is not None and not connection.invalidated and stands(connection.connection)


class Together:
    """Units one after the other; what waits for its turn joins the transaction, and all wait for its one commit.

    A unit that fails is rolled back alone. If the commit fails, or the transaction is gone, all of its units have failed.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._busy = False
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._group: CommitGroup | None = None
        self._ending: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def begin(self, *, ahead: bool = False) -> AsyncIterator[AsyncSession]:
        """A unit; one that goes `ahead` is the last of its group, so that its commit begins at once."""
        await self._turn(ahead=ahead)
        try:
            if self._group is None:
                self._group = await self._begun()
            group = self._group
            if ahead:
                group.until = 0.0
            async with _session(group.connection) as session, session.begin():
                yield session
        finally:
            self._pass_on()
        await asyncio.shield(group.ended)

    async def end(self) -> None:
        """Wait until those that were begun or wait are over, whatever becomes of them."""
        if self._busy:
            with suppress(SQLAlchemyError):
                async with self.begin():
                    pass

    async def _turn(self, *, ahead: bool) -> None:
        if not self._busy:
            self._busy = True
            return
        turn = asyncio.get_running_loop().create_future()
        (self._waiting.appendleft if ahead else self._waiting.append)(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it had just come
                self._pass_on()
            raise

    async def _begun(self) -> CommitGroup:
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        connection = await self._engine.connect()
        try:
            transaction = await connection.begin()
        except BaseException:
            await connection.close()
            raise
        return CommitGroup(connection, transaction, time.thread_time() + TOGETHER_SECONDS, ended)

    def _pass_on(self) -> None:
        """Let the next unit join, or end the group, if there is one; in a task, so that nobody's cancellation ends it."""
        group = self._group
        if group is None or (self._someone_waits() and time.thread_time() < group.until and group.stands()):
            self._next()
            return
        self._group = None
        self._ending = asyncio.get_running_loop().create_task(self._end(group))  # kept, so that it isn't collected

    def _someone_waits(self) -> bool:
        """Whether a unit still waits; one that was cancelled meanwhile doesn't."""
        while self._waiting and self._waiting[0].done():
            self._waiting.popleft()
        return bool(self._waiting)

    def _next(self) -> None:
        if self._someone_waits():
            self._waiting.popleft().set_result(None)
        else:
            self._busy = False

    async def _end(self, group: CommitGroup) -> None:
        try:
            async with aclosing(group.connection):
                await _commit(group)
        except asyncio.CancelledError:
            group.ended.cancel()
            raise
        except Exception as error:  # noqa: BLE001 - each unit raises it
            group.ended.set_exception(error)
            group.ended.exception()  # a group whose only unit failed has nobody who asks
        else:
            group.ended.set_result(None)
        finally:
            self._next()


async def _commit(group: CommitGroup) -> None:
    try:
        _check(group)
        await group.transaction.commit()
    except BaseException:
        await group.transaction.rollback()  # SQLite keeps one that it couldn't commit, and closing doesn't end it
        raise


def _check(group: CommitGroup) -> None:
    if not group.stands():
        raise OperationalError("COMMIT", None, sqlite3.OperationalError(GONE))


def _session(connection: AsyncConnection) -> AsyncSession:
    return AsyncSession(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
