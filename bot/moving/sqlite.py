"""SQLite in a move: it keeps each value as it is compared, so that nothing is put into another form."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Delete,
    Executable,
    Text,
    bindparam,
    cast,
    column,
    delete,
    func,
    select,
    table,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import create_async_engine

from bot.database import Database
from bot.database.engine import prepare_sqlite
from bot.database.migrations import DanglingReferences
from bot.moving.layouts import Layout, RowForm, Rows
from bot.moving.sides import CopySide, Highest

CACHE_MEBIBYTES = 64
_NUMBERED = text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
_COUNTED = table("sqlite_sequence", column("name"), column("seq"))


class SqliteSide(CopySide):
    """An SQLite file."""

    def __init__(self, database: Database) -> None:
        writing = create_async_engine(database.engine.url, pool_size=1, max_overflow=0, hide_parameters=True)
        prepare_sqlite(writing, "BEGIN IMMEDIATE", foreign_keys="OFF", cache_mebibytes=CACHE_MEBIBYTES)
        super().__init__(database, writing)

    async def loosen(self) -> None:
        """The connection that writes heeds no references."""

    async def fasten(self, highest: Highest) -> None:
        """Look at all references at once; those who open it from now on heed them again."""
        async with self._writing.begin() as connection:
            dangling = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
            if dangling:
                raise DanglingReferences(sorted({row[0] for row in dangling}))
            for name in await connection.scalars(_NUMBERED):
                await connection.execute(delete(_COUNTED).where(_COUNTED.c.name == name))
                await connection.execute(insert(_COUNTED).values(name=name, seq=highest.get(name, 0)))

    async def highest(self, layouts: Sequence[Layout]) -> Highest:
        """What SQLite remembers, where it does; else it counts on from the highest that is there."""
        found = {}
        async with self.database.reading_engine.connect() as connection:
            numbered = set(await connection.scalars(_NUMBERED))
            for each in layouts:
                if [key.name for key in each.keys] == ["id"]:
                    there = await connection.scalar(select(func.max(each.keys[0])))
                    ever = select(_COUNTED.c.seq).where(_COUNTED.c.name == each.table.name)
                    remembered = await connection.scalar(ever) if each.table.name in numbered else None
                    found[each.table.name] = max(there or 0, remembered or 0)
        return found

    async def settle(self) -> None:
        """Bring the log of what was written into the file."""
        await self.database.empty_log()

    def _shown(self, each: ColumnClause[Any], form: RowForm) -> ColumnElement[Any]:
        return cast(each, Text) if form is RowForm.JSON else each  # a number alone would be kept as one

    def _ordered(self, each: ColumnClause[Any]) -> ColumnElement[Any]:
        return each

    def _bringing(self, layout: Layout) -> Executable:
        values = {each.name: bindparam(_place(place), type_=each.type) for place, each in enumerate(layout.columns)}
        return insert(layout.table).values(values).on_conflict_do_nothing()

    def _taking(self, layout: Layout) -> Delete:
        conditions = [each == bindparam(_place(place), type_=each.type) for place, each in enumerate(layout.keys)]
        return delete(layout.table).where(*conditions)

    def _given(self, columns: Sequence[ColumnClause[Any]], rows: Rows) -> list[dict[str, Any]]:  # noqa: ARG002 - a row says all
        return [{_place(place): value for place, value in enumerate(row)} for row in rows]


def _place(place: int) -> str:
    return f"value_{place}"
