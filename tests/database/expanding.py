"""Whether what a migration does to a schema leaves an older program all that it knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect

GIVES_WAY = {"CASCADE", "SET NULL"}
NONE_OF_OURS = {"alembic_version", "moving", "moving_reference"}


@dataclass(frozen=True)
class ColumnSeen:
    """A column as it is in the database."""

    kind: str
    may_be_empty: bool
    has_default: bool

    @property
    def fills_itself(self) -> bool:
        """Whether a row can be written by someone who doesn't know it."""
        return self.may_be_empty or self.has_default


@dataclass(frozen=True)
class Reference:
    """A foreign key: its columns, the table it refers to, and what happens when that row goes."""

    columns: tuple[str, ...]
    refers_to: str
    on_delete: str | None


@dataclass(frozen=True)
class TableSeen:
    """A table as it is in the database: what has to be unique in it, in words, and what else it refuses."""

    columns: dict[str, ColumnSeen]
    unique: frozenset[str]
    checks: frozenset[str]
    references: frozenset[Reference]


Schema = dict[str, TableSeen]


def look(connection: Connection) -> Schema:
    """The tables of a database on PostgreSQL."""
    found = inspect(connection)
    keys, indexes = found.get_multi_pk_constraint(), found.get_multi_indexes()
    checks, references = found.get_multi_check_constraints(), found.get_multi_foreign_keys()
    return {
        place[1]: TableSeen(
            {each["name"]: _column(each, connection) for each in columns},
            frozenset([_words(keys[place]["constrained_columns"]), *_unique(indexes.get(place, []))]),
            frozenset(each["sqltext"] for each in checks.get(place, [])),
            frozenset(_reference(each) for each in references.get(place, [])),
        )
        for place, columns in found.get_multi_columns().items()
        if place[1] not in NONE_OF_OURS
    }


def _column(found: Any, connection: Connection) -> ColumnSeen:
    identifies = found.get("autoincrement", False) or found.get("identity") is not None
    has_default = found["default"] is not None or bool(identifies)
    return ColumnSeen(found["type"].compile(connection.dialect), found["nullable"], has_default)


def _reference(found: Any) -> Reference:
    return Reference(tuple(found["constrained_columns"]), found["referred_table"], found["options"].get("ondelete"))


def _unique(indexes: Any) -> Iterator[str]:
    for each in indexes:
        if each["unique"]:
            where = each.get("dialect_options", {}).get("postgresql_where")
            yield _words(each.get("expressions") or each["column_names"]) + (f" where {where}" if where else "")


def _words(names: Any) -> str:
    return ", ".join(names)


def narrowed(before: Schema, after: Schema) -> list[str]:
    """What an older program would trip over after a migration, in words; nothing where it only expands."""
    gone = [f"{name} is gone" for name in before.keys() - after.keys()]
    kept = [
        f"{name}{said}" for name in before.keys() & after.keys() for said in _narrowed_table(before[name], after[name])
    ]
    new = [
        f"{name} keeps rows of {each.refers_to} from being deleted"
        for name in after.keys() - before.keys()
        for each in after[name].references
        if each.refers_to in before and each.on_delete not in GIVES_WAY
    ]
    return sorted([*gone, *kept, *new])


def _narrowed_table(before: TableSeen, after: TableSeen) -> Iterator[str]:
    for name, column in before.columns.items():
        yield from (f".{name} {said}" for said in _narrowed_column(column, after.columns.get(name)))
    for name, column in after.columns.items():
        if name not in before.columns and not column.fills_itself:
            yield f".{name} has to be written"
    yield from (f" has to be unique by {each}" for each in after.unique - before.unique)
    # INSERT … ON CONFLICT names what has to be unique, and fails where nothing says so.
    yield from (f" is no longer unique by {each}" for each in before.unique - after.unique)
    yield from (f" refuses what isn't {each}" for each in after.checks - before.checks)
    for each in after.references - before.references:
        if not _is_of_new(each, before, after):
            yield f" refers to {each.refers_to} by {_words(each.columns)}"


def _narrowed_column(before: ColumnSeen, after: ColumnSeen | None) -> Iterator[str]:
    if after is None:
        yield "is gone"
        return
    if after.kind != before.kind:
        yield f"is {after.kind} now"
    if after.may_be_empty != before.may_be_empty:
        yield "may be empty now" if after.may_be_empty else "may not be empty any more"
    if before.has_default and not after.has_default:
        yield "has no default any more"


def _is_of_new(reference: Reference, before: TableSeen, after: TableSeen) -> bool:
    """Whether a reference is over columns that older programs leave empty, and keeps no row from being deleted."""
    is_left_empty = all(
        name not in before.columns and after.columns[name].may_be_empty and not after.columns[name].has_default
        for name in reference.columns
    )
    return is_left_empty and reference.on_delete in GIVES_WAY
