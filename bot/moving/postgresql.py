"""PostgreSQL in a move: values of its own types are shown as SQLite keeps them, and many rows come in by one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    TIMESTAMP,
    ColumnClause,
    ColumnElement,
    Delete,
    Executable,
    Integer,
    Text,
    Time,
    bindparam,
    cast,
    collate,
    column,
    delete,
    func,
    literal_column,
    select,
    text,
    tuple_,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.selectable import TableValuedAlias

from bot.database import Database
from bot.database.migrations import DanglingReferences
from bot.moving.layouts import Layout, RowForm, Rows
from bot.moving.sides import CopySide, Highest

_UTC: ColumnClause[Any] = literal_column("'UTC'")
_EPOCH: ColumnClause[Any] = literal_column("TIMESTAMP '1970-01-01'")  # from where SQLAlchemy counts a span in SQLite
_TO_MICROSECONDS: ColumnClause[Any] = literal_column("'YYYY-MM-DD HH24:MI:SS.US'")
_HOUR: ColumnClause[Any] = literal_column("'HH24:MI:SS.US'")
_GIVEN_OUT: ColumnClause[int] = literal_column("CASE WHEN is_called THEN last_value ELSE 0 END")
# A table that is there as long as the copy is not whole: the references that are to hold again at its end.
_REMEMBER = text("CREATE TABLE IF NOT EXISTS moving_reference (statement text NOT NULL)")
_REFERENCES = """
    FROM pg_constraint WHERE contype = 'f' AND connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
"""
_NOTE = text(
    "INSERT INTO moving_reference"
    " SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))"
    + _REFERENCES
)
_DROPS = text("SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)" + _REFERENCES)
_NOTED = text("SELECT statement FROM moving_reference")
_FORGET = text("DROP TABLE moving_reference")
_SEQUENCE = text("SELECT pg_get_serial_sequence(quote_ident(:name), 'id')")
_COUNT_ON = text("SELECT setval(pg_get_serial_sequence(quote_ident(:name), 'id'), greatest(:number, 1), :number > 0)")


class PostgresqlSide(CopySide):
    """A database of a PostgreSQL server."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, database.engine)

    async def loosen(self) -> None:
        """Drop the references, noted down in the same transaction: only a superuser could have them rest."""
        async with self._writing.begin() as connection:
            await connection.execute(_REMEMBER)
            drops = list(await connection.scalars(_DROPS))
            await connection.execute(_NOTE)
            for each in drops:
                await connection.exec_driver_sql(each)

    async def fasten(self, highest: Highest) -> None:
        """Make the references anew, for which the database looks at every row."""
        async with self._writing.begin() as connection:
            for each in list(await connection.scalars(_NOTED)):
                try:
                    await connection.exec_driver_sql(each)
                except IntegrityError as error:
                    raise DanglingReferences(str(error.orig).partition("\n")[0]) from error
            await connection.execute(_FORGET)
            for name, number in highest.items():
                await connection.execute(_COUNT_ON, {"name": name, "number": number})

    async def highest(self, layouts: Sequence[Layout]) -> Highest:
        """What the sequences have given out."""
        found = {}
        async with self.database.reading_engine.connect() as connection:
            for each in layouts:
                if [key.name for key in each.keys] == ["id"]:
                    sequence = await connection.scalar(_SEQUENCE, {"name": each.table.name})
                    found[each.table.name] = (
                        await connection.scalar(select(_GIVEN_OUT).select_from(text(str(sequence)))) or 0
                    )
        return found

    async def settle(self) -> None:
        """Have it learn how its rows are spread, rather than wait until it does so by itself."""
        async with self._writing.begin() as connection:
            await connection.exec_driver_sql("ANALYZE")

    def _shown(self, each: ColumnClause[Any], form: RowForm) -> ColumnElement[Any]:
        match form:
            case RowForm.MOMENT:
                return func.to_char(each.op("AT TIME ZONE")(_UTC), _TO_MICROSECONDS)
            case RowForm.SPAN:
                return func.to_char(_EPOCH.op("+")(each), _TO_MICROSECONDS)
            case RowForm.HOUR:
                return func.to_char(each, _HOUR)
            case RowForm.TRUTH:
                return cast(each, Integer)
            case RowForm.JSON:
                return cast(each, Text)
            case RowForm.PLAIN:
                return each

    def _ordered(self, each: ColumnClause[Any]) -> ColumnElement[Any]:
        return collate(each, "C") if isinstance(each.type, Text) else each

    def _bringing(self, layout: Layout) -> Executable:
        given = _given(layout.columns)
        values = [_kept(given.c[each.name], form) for each, form in zip(layout.columns, layout.forms, strict=True)]
        return (
            insert(layout.table)
            .from_select([each.name for each in layout.columns], select(*values))
            .on_conflict_do_nothing()
        )

    def _taking(self, layout: Layout) -> Delete:
        given = _given(layout.keys)
        return delete(layout.table).where(tuple_(*layout.keys).in_(select(*given.c)))

    def _given(self, columns: Sequence[ColumnClause[Any]], rows: Rows) -> dict[str, list[Any]]:
        values = zip(*rows, strict=True)
        return {_list(each): list(said) for each, said in zip(columns, values, strict=True)}


def _given(columns: Sequence[ColumnClause[Any]]) -> TableValuedAlias:
    lists = [bindparam(_list(each), type_=ARRAY(each.type)) for each in columns]
    named = [column(each.name, each.type) for each in columns]
    return func.unnest(*lists).table_valued(*named, name="given").render_derived()


def _list(each: ColumnClause[Any]) -> str:
    return f"all_{each.name}"


def _kept(each: ColumnElement[Any], form: RowForm) -> ColumnElement[Any]:
    """A value in PostgreSQL's own type."""
    match form:
        case RowForm.MOMENT:
            return cast(each, TIMESTAMP).op("AT TIME ZONE")(_UTC)
        case RowForm.SPAN:
            return cast(each, TIMESTAMP).op("-")(_EPOCH)
        case RowForm.HOUR:
            return cast(each, Time)
        case RowForm.TRUTH:
            return each != 0
        case RowForm.JSON:
            return cast(each, JSON)
        case RowForm.PLAIN:
            return each
