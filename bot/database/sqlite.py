"""A driver of SQLite for an event loop: a statement is carried to a thread and back in one trip, or, in a brief unit of work, run at once."""

import asyncio
import contextlib
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util.concurrency import await_, in_greenlet

DRIVER = "sqlite+carried"
GONE = "SQLite has ended the transaction itself"

Result = TypeVar("Result")


class Connection(sqlite3.Connection):
    """A connection with a thread of its own, in which whatever may take long is done.

    While `at_once` is set, which lasts to the end of a transaction, statements run where they are called: they must be
    brief. What waits for another process, or for the disk, never does.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at_once = False
        self._thread = ThreadPoolExecutor(1, "sqlite")

    def cursor(self, *_: object) -> "Cursor":  # type: ignore[override]  # there is one kind of cursor
        """A cursor that holds all rows of its result."""
        return super().cursor(Cursor)  # type: ignore[arg-type]  # called with this connection

    def carry(self, work: Callable[[], Result]) -> Result:
        """Let the thread do something while others go on; outside of SQLAlchemy's bridge it is done here."""
        return await_(self._carried(work)) if in_greenlet() else work()

    async def _carried(self, work: Callable[[], Result]) -> Result:
        running = asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            # SQLite goes on with it; what is done next with this connection must not meet it, however often this is cancelled.
            while not running.done():
                with contextlib.suppress(sqlite3.Error, asyncio.CancelledError):
                    await asyncio.shield(running)
            raise

    def try_begin(self) -> bool:
        """Begin a transaction that writes, unless one would have to wait for another process."""
        execute = super().execute
        (patience,) = execute("PRAGMA busy_timeout").fetchone()
        execute("PRAGMA busy_timeout=0")
        try:
            execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        finally:
            execute(f"PRAGMA busy_timeout={patience}")
        return True

    def commit(self) -> None:
        """Make the transaction safe; raises OperationalError if it is gone, since SQLite ends it itself where the disk is full."""
        self.at_once = False
        if not self.in_transaction:
            raise sqlite3.OperationalError(GONE)
        self.carry(super().commit)

    def rollback(self) -> None:
        """Forget the transaction."""
        self.at_once = False
        if self.in_transaction:
            self.carry(super().rollback)

    def close(self) -> None:
        """Close the connection, and end its thread."""
        self.carry(super().close)
        self._thread.shutdown(wait=False)

    def abandon(self) -> None:
        """Close without waiting for anything."""
        self._thread.shutdown(wait=False)
        super().close()


class Cursor(sqlite3.Cursor):
    """A cursor that has fetched its rows already when a statement returns."""

    connection: Connection

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._rows: deque[Any] = deque()

    def execute(self, statement: str, parameters: Any = ()) -> Self:
        """Run a statement, and fetch what it finds."""
        return self._run(super().execute, statement, parameters)

    def executemany(self, statement: str, parameters: Iterable[Any]) -> Self:
        """Run a statement for each of some parameters."""
        return self._run(super().executemany, statement, parameters)

    def _run(self, run: Callable[[str, Any], Any], statement: str, parameters: Any) -> Self:
        fetch = super().fetchall

        def work() -> deque[Any]:
            run(statement, parameters)
            return deque(fetch() if self.description else ())

        self._rows = work() if self.connection.at_once else self.connection.carry(work)
        return self

    def fetchone(self) -> Any:
        """The next row, or None."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        rows, self._rows = list(self._rows), deque()
        return rows

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        while self._rows:
            yield self._rows.popleft()

    async def _async_soft_close(self) -> None:
        """What SQLAlchemy calls once a result is read without awaiting: there is nothing left to close."""


class Dialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's SQLite over these connections, for its asynchronous engine."""

    driver = "carried"
    is_async = True
    supports_statement_cache = True

    has_terminate = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[AsyncAdaptedQueuePool]:  # noqa: ARG003 - as SQLAlchemy calls it
        """Connections are lent to tasks."""
        return AsyncAdaptedQueuePool

    def create_connect_args(self, url: URL) -> Any:
        """Open connections of this module."""
        path, options = super().create_connect_args(url)
        return path, {**options, "factory": Connection, "check_same_thread": False}

    # SQLAlchemy looks compiled statements up by the dialect too; all of these compile alike.

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))

    # SQLAlchemy compiles a statement for each savepoint anew, which costs more than to run it.

    def do_savepoint(self, connection: Any, name: str) -> None:
        """Begin a part of a transaction that can be rolled back alone."""
        connection.exec_driver_sql(f"SAVEPOINT {name}")

    def do_rollback_to_savepoint(self, connection: Any, name: str) -> None:
        """Roll that part back, unless SQLite has rolled all back already."""
        if connection.connection.in_transaction:
            connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {name}")

    def do_release_savepoint(self, connection: Any, name: str) -> None:
        """End that part; raises OperationalError if its transaction is gone."""
        if not connection.connection.in_transaction:
            raise OperationalError(None, None, sqlite3.OperationalError(GONE))
        connection.exec_driver_sql(f"RELEASE SAVEPOINT {name}")

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close a connection that was lost, where nothing can be awaited."""
        dbapi_connection.abandon()


registry.register("sqlite.carried", __name__, Dialect.__name__)
