"""A move from one database to another (migration of the data): what each of the two says of itself, so that nobody works on both.

The mark stands in a table of its own, which only a move makes: so no migration is needed, and a backup brings it along.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, Text, delete, event, insert, inspect, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.database.engine import Database

_TABLE = Table(
    "moving",
    MetaData(),
    Column("standing", Text, nullable=False),
    Column("installation", Text, nullable=False),
    Column("elsewhere", Text, nullable=False),
)
_IS_THERE = "SELECT to_regclass('moving') IS NOT NULL"
_STANDING = "SELECT standing, elsewhere FROM moving"


class MoveStanding(StrEnum):
    """How far a database is in a move: the one it is copied from, or the copy; before the switch, or after."""

    LEAVING = "leaving"
    GONE = "gone"
    ARRIVING = "arriving"
    ARRIVED = "arrived"


HELD = frozenset({MoveStanding.GONE, MoveStanding.ARRIVING})
"""Where nobody may work: the bot does on the other one."""


@dataclass(frozen=True)
class MoveMark:
    """What a database says of itself; both have the same `installation`, and `elsewhere` is the other one, without a password."""

    standing: MoveStanding
    installation: str
    elsewhere: str


async def mark_of(database: Database) -> MoveMark | None:
    """What it says; None where it was never moved."""
    async with database.reading_engine.connect() as connection:
        return await connection.run_sync(_read)


def _read(connection: Connection) -> MoveMark | None:
    if not inspect(connection).has_table(_TABLE.name):
        return None
    row = connection.execute(select(_TABLE)).first()
    return MoveMark(MoveStanding(row.standing), row.installation, row.elsewhere) if row else None


async def put_mark(connection: AsyncConnection, mark: MoveMark) -> None:
    """Have it say this, and nothing else."""
    await connection.run_sync(lambda plain: _TABLE.create(plain, checkfirst=True))
    await connection.execute(delete(_TABLE))
    await connection.execute(
        insert(_TABLE), {"standing": mark.standing, "installation": mark.installation, "elsewhere": mark.elsewhere}
    )


def heed(database: Database) -> None:
    """Let no connection come about any more once the database was moved: who was cut off meanwhile finds it away.

    On SQLite nobody can have it open while it is switched.
    """
    if database.engine.dialect.name != "postgresql":
        return

    @event.listens_for(database.engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        if elsewhere := _held(connection.cursor):
            connection.close()
            raise database.engine.dialect.loaded_dbapi.OperationalError(f"moved to {elsewhere}")
        connection.rollback()


def _held(cursor_of: Callable[[], Any]) -> str | None:
    cursor = cursor_of()
    try:
        cursor.execute(_IS_THERE)
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(_STANDING)
        found = cursor.fetchone()
        return str(found[1]) if found and found[0] in HELD else None
    finally:
        cursor.close()
