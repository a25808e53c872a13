"""SQLite for an event loop: SQLAlchemy's way of it through aiosqlite, where what is compiled is shared and no lost transaction is called safe.

What begins a transaction or a savepoint, or ends a savepoint, waits on its connection for the next statement, and makes the trip with it.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from typing import Any, Self

from aiosqlite import Connection
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_cursor
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite, SQLiteExecutionContext_aiosqlite
from sqlalchemy.util.concurrency import in_greenlet

DRIVER = "sqlite+shared"
GONE = "the transaction is gone: it was rolled back by SQLite, or broken off"


class Trip:
    """A cursor that opens, runs, reads and closes in one trip to the connection's thread; aiosqlite's own takes four.

    A trip costs several times what most statements take.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.lastrowid: int | None = None
        self.rowcount, self.arraysize = -1, 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> None:
        """Run a statement."""
        await self._make(sqlite3.Cursor.execute, operation, parameters)

    async def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Run a statement for each of several sets of parameters."""
        await self._make(sqlite3.Cursor.executemany, operation, parameters)

    async def fetchall(self) -> Sequence[Any]:
        """The rows that it found."""
        return self._rows

    async def close(self) -> None:
        """Nothing is open."""

    async def _make(self, run: Callable[..., object], operation: str, parameters: Sequence[Any]) -> None:
        connection = self._connection
        found = await connection._execute(_run, connection._conn, _taken(connection), run, operation, parameters)  # noqa: SLF001 - no other way
        self._rows, self.description, self.lastrowid, self.rowcount = found


def _run(
    connection: sqlite3.Connection, beginnings: Sequence[str], run: Callable[..., object], *statement: object
) -> tuple[Any, ...]:
    _begin(connection, beginnings)
    with closing(connection.cursor()) as cursor:
        run(cursor, *statement)
        rows = cursor.fetchall()  # before the rest: only then is it known how many rows were written
        return rows, cursor.description, cursor.lastrowid, cursor.rowcount


def _begin(connection: sqlite3.Connection, beginnings: Sequence[str]) -> None:
    for each in beginnings:
        connection.execute(each)


async def _begin_now(connection: Any) -> None:
    await connection._execute(_begin, connection._conn, _taken(connection))  # noqa: SLF001 - no other way


def wait(lent: Any, statement: str) -> None:
    """Have a connection, as the pool lends it, run this before the next statement."""
    lent.driver_connection.waiting = (*_waiting(lent.driver_connection), statement)


def _waiting(connection: Any) -> tuple[str, ...]:
    return getattr(connection, "waiting", ())


def _taken(connection: Any) -> tuple[str, ...]:
    waiting, connection.waiting = _waiting(connection), ()
    return waiting


def _has_begun(lent: Any) -> bool:
    """Whether there is a transaction to end; what still waits to be begun then needn't be."""
    _taken(lent.driver_connection)
    return bool(lent.driver_connection.in_transaction)


def _is_spared(lent: Any, statement: str) -> bool:
    """Whether a beginning still waits; it then needn't be run, nor what waits behind it."""
    waiting = _waiting(lent.driver_connection)
    if statement not in waiting:
        return False
    lent.driver_connection.waiting = waiting[: waiting.index(statement)]
    return True


class Cursor(AsyncAdapt_dbapi_cursor):
    """SQLAlchemy's cursor, with a trip in the place of aiosqlite's cursor."""

    __slots__ = ()

    def _make_new_cursor(self, connection: Any) -> Any:
        return Trip(connection)


class ExecutionContext(SQLiteExecutionContext_aiosqlite):
    """A statement under way; one whose result streams has SQLAlchemy's own cursor."""

    def create_default_cursor(self) -> Any:
        """What carries it."""
        adapted: Any = self._dbapi_connection.dbapi_connection
        return Cursor(adapted)

    def pre_exec(self) -> None:
        """Begin what is to be begun, if SQLAlchemy's own cursor won't."""
        if not isinstance(self.cursor, Cursor):
            adapted: Any = self._dbapi_connection.dbapi_connection
            adapted.run_async(_begin_now)


class Dialect(SQLiteDialect_aiosqlite):
    """All of these are equal: SQLAlchemy looks compiled statements up by the dialect too, and they compile alike."""

    supports_statement_cache = True
    execution_ctx_cls = ExecutionContext

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))

    def do_commit(self, dbapi_connection: Any) -> None:
        """Make a transaction safe; raises OperationalError if it is gone, since SQLite rolls it back itself on a full disk."""
        if not stands(dbapi_connection):
            raise sqlite3.OperationalError(GONE)
        if _has_begun(dbapi_connection):
            dbapi_connection.commit()

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Forget a transaction, if there is one."""
        if dbapi_connection.is_valid and _has_begun(dbapi_connection):
            dbapi_connection.rollback()

    def do_savepoint(self, connection: Any, name: str) -> None:
        """The same as SQLAlchemy's, which compiles it anew each time: that costs more than to run it."""
        wait(connection.connection, f"SAVEPOINT {name}")

    def do_rollback_to_savepoint(self, connection: Any, name: str) -> None:
        """The same, unless the transaction is gone: what did that is to be heard of."""
        if stands(connection.connection) and not _is_spared(connection.connection, f"SAVEPOINT {name}"):
            connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {name}")

    def do_release_savepoint(self, connection: Any, name: str) -> None:
        """The same, unless the transaction is gone: the commit tells, and ends all savepoints too."""
        if stands(connection.connection) and not _is_spared(connection.connection, f"SAVEPOINT {name}"):
            wait(connection.connection, f"RELEASE SAVEPOINT {name}")

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close a connection that was given up; what it still runs, and its transaction, would keep others from writing."""
        try:
            if in_greenlet():
                dbapi_connection.run_async(_break_off)
        finally:
            super().do_terminate(dbapi_connection)


async def _break_off(connection: Connection) -> None:
    with suppress(sqlite3.Error, ValueError):  # closed already
        await connection.interrupt()
        await connection.rollback()  # closing alone wouldn't end the transaction while a cursor is still referred to


def stands(lent: Any) -> bool:
    """Whether a connection, as the pool lends it, is in a transaction, or will be with its next statement."""
    if not lent.is_valid:
        return False
    waiting = _waiting(lent.driver_connection)
    return bool(lent.driver_connection.in_transaction or (waiting and waiting[0].startswith("BEGIN")))


registry.register("sqlite.shared", __name__, Dialect.__name__)
