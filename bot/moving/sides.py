"""One of the two databases of a move: its rows by ranges of their key, and how they are put into it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnClause,
    ColumnElement,
    Delete,
    Executable,
    Select,
    bindparam,
    column,
    delete,
    select,
    table,
    tuple_,
    update,
)
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.database import Database
from bot.models import Base, Reply, ReplyWords
from bot.moving.layouts import Layout, Row, RowForm, Rows
from bot.moving.refusals import UnfitRow

Highest = Mapping[str, int]  # by the table: the highest number that a row of it has had

_WORDS = table(ReplyWords.__tablename__, column("reply_id"))
_REPLY = table(Reply.__tablename__, column("id"), column("searchable", Boolean))
_UNFOUND = update(_REPLY).where(_REPLY.c.searchable).values(searchable=False)


class CopySide(ABC):
    """One of the two; `writing` keeps no references (foreign keys), which hold again once the copy is whole."""

    def __init__(self, database: Database, writing: AsyncEngine) -> None:
        self.database, self._writing = database, writing

    async def page(self, layout: Layout, after: Row | None, limit: int) -> Rows:
        """So many rows in the order of their key, those after a key."""
        rows = self._rows(layout).limit(limit)
        return await self._read(layout, rows.where(*self._bounds(layout, after, None)))

    async def between(self, layout: Layout, after: Row | None, until: Row | None) -> Rows:
        """All rows after one key and up to another, in their order; None is an open end."""
        return await self._read(layout, self._rows(layout).where(*self._bounds(layout, after, until)))

    async def put(self, layout: Layout, gone: Rows, new: Rows, *, reworded: Sequence[int] = ()) -> None:
        """Take rows away by their keys, and bring others in, safe on the disk; raises UnfitRow.

        The words of the replies that are `reworded` are gathered anew. A row is passed over while another, which is still
        to go, is in its way.
        """
        try:
            async with self._writing.begin() as connection:
                if gone:
                    await connection.execute(self._taking(layout), self._given(layout.keys, gone))
                if new:
                    await connection.execute(self._bringing(layout), self._given(layout.columns, new))
                if reworded:
                    await connection.execute(delete(_WORDS).where(_WORDS.c.reply_id.in_(reworded)))
                    await connection.execute(_UNFOUND.where(_REPLY.c.id.in_(reworded)))
        except (DataError, IntegrityError):
            await self._find_unfit(layout, new)
            raise

    async def is_empty(self) -> bool:
        """Whether no table has a row."""
        async with self._writing.connect() as connection:
            for each in Base.metadata.sorted_tables:
                if (await connection.execute(select(1).select_from(each).limit(1))).first():
                    return False
        return True

    async def close(self) -> None:
        """Give back what was opened besides the database."""
        if self._writing is not self.database.engine:
            await self._writing.dispose()

    @abstractmethod
    async def loosen(self) -> None:
        """Let rows come in any order from now on."""

    @abstractmethod
    async def fasten(self, highest: Highest) -> None:
        """Have all references hold again, and count on from the highest numbers; raises DanglingReferences."""

    @abstractmethod
    async def highest(self, layouts: Sequence[Layout]) -> Highest:
        """From where each table that numbers its rows counts on."""

    @abstractmethod
    async def settle(self) -> None:
        """Have the database look at what it has become, so that it finds things as fast as before."""

    @abstractmethod
    def _shown(self, each: ColumnClause[Any], form: RowForm) -> ColumnElement[Any]:
        """A value as SQLite keeps it."""

    @abstractmethod
    def _ordered(self, each: ColumnClause[Any]) -> ColumnElement[Any]:
        """A column of a key in the order of bytes."""

    @abstractmethod
    def _bringing(self, layout: Layout) -> Executable:
        """The statement that brings rows in."""

    @abstractmethod
    def _taking(self, layout: Layout) -> Delete:
        """The statement that takes rows away by their keys."""

    @abstractmethod
    def _given(self, columns: Sequence[ColumnClause[Any]], rows: Rows) -> Any:
        """Rows as the parameters of these statements."""

    async def _read(self, layout: Layout, statement: Select[Any]) -> Rows:
        async with self.database.reading_engine.connect() as connection:
            return layout.evened([tuple(row) for row in (await connection.execute(statement)).all()])

    def _rows(self, layout: Layout) -> Select[Any]:
        shown = [
            self._shown(each, form).label(each.name) for each, form in zip(layout.columns, layout.forms, strict=True)
        ]
        return select(*shown).select_from(layout.table).order_by(*map(self._ordered, layout.keys))

    def _bounds(self, layout: Layout, after: Row | None, until: Row | None) -> list[ColumnElement[bool]]:
        key = tuple_(*map(self._ordered, layout.keys))
        first = layout.keys[0]
        bounds = []
        if after is not None:
            bounds.append(key > tuple_(*_bound("after", layout, after)))
        if until is not None:
            bounds.append(key <= tuple_(*_bound("until", layout, until)))
        if layout.is_numbered:  # the same once more, in the order of the key's own index
            bounds += [first >= _bound("after", layout, after)[0]] if after is not None else []
            bounds += [first <= _bound("until", layout, until)[0]] if until is not None else []
        return bounds

    async def _find_unfit(self, layout: Layout, rows: Rows) -> None:
        """Try each row by itself, to name the one that isn't taken; nothing is written."""
        for row in rows:
            async with self._writing.connect() as connection:
                try:
                    await connection.execute(self._bringing(layout), self._given(layout.columns, [row]))
                except (DataError, IntegrityError) as error:
                    raise UnfitRow(layout.table.name, layout.key_of(row), _first_line(error)) from error
                finally:
                    await connection.rollback()


def _bound(name: str, layout: Layout, key: Row) -> list[ColumnElement[Any]]:
    return [
        bindparam(f"{name}_{place}", value, type_=each.type)
        for place, (each, value) in enumerate(zip(layout.keys, key, strict=True))
    ]


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0]
