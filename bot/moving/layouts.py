"""What is copied of each table, in a form in which both kinds of databases show it alike: as SQLite keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import Enum
from functools import cached_property
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnClause,
    Integer,
    Interval,
    LargeBinary,
    TableClause,
    Text,
    Time,
    column,
    table,
)
from sqlalchemy.types import TypeEngine

from bot.models import Base, Reply, ReplyWords, Translation
from bot.models.base import UtcDateTime

Value = int | str | bytes | None
Row = tuple[Value, ...]
Rows = Sequence[Row]


class RowForm(Enum):
    """What a value means, where the two kinds of databases keep it otherwise; each as SQLAlchemy writes it into SQLite."""

    PLAIN = "plain"
    TRUTH = "truth"
    MOMENT = "moment"
    SPAN = "span"
    HOUR = "hour"
    JSON = "json"


# Characters of what is written down to the microsecond; whoever wrote it otherwise meant the same.
_LENGTHS = {RowForm.MOMENT: 26, RowForm.SPAN: 26, RowForm.HOUR: 15}
_FORMS = {
    UtcDateTime: RowForm.MOMENT,
    Interval: RowForm.SPAN,
    Time: RowForm.HOUR,
    Boolean: RowForm.TRUTH,
    JSON: RowForm.JSON,
}

# Each database makes its own index of words, with this column as its mark; whose words have changed is not `searchable` there.
_MADE_ANEW = Reply.searchable.name
_WORDS_OF = {Reply.__tablename__: Reply.id.name, Translation.__tablename__: Translation.reply_id.name}


@dataclass(frozen=True)
class Layout:
    """A table: its columns in the order of a row, what each means, and at which places of a row its key stands.

    `words_of` is the place of the reply that is found by other words once a row is another, in the tables that tell of words.
    """

    table: TableClause
    forms: tuple[RowForm, ...]
    key: tuple[int, ...]
    words_of: int | None

    @cached_property
    def columns(self) -> Sequence[ColumnClause[Any]]:
        """The columns, by what carries their values between the program and the database."""
        return tuple(self.table.columns)

    @cached_property
    def keys(self) -> Sequence[ColumnClause[Any]]:
        """The columns of the key."""
        return tuple(self.columns[place] for place in self.key)

    @cached_property
    def is_numbered(self) -> bool:
        """Whether the key begins with a number, in whose order both databases agree by themselves."""
        return isinstance(self.keys[0].type, BigInteger)

    def key_of(self, row: Row) -> Row:
        """What tells a row from the others."""
        return tuple(row[place] for place in self.key)

    def evened(self, rows: Rows) -> Rows:
        """Rows as SQLite has them, with every moment, span and hour written alike."""
        dated = [(place, _LENGTHS[form]) for place, form in enumerate(self.forms) if form in _LENGTHS]
        if all(_is_even(row[place], length) for place, length in dated for row in rows):
            return rows
        return [tuple(_evened(value, form) for value, form in zip(row, self.forms, strict=True)) for row in rows]


def all_layouts() -> list[Layout]:
    """All tables but the index of words, those that others refer to first."""
    return [_layout(each.name, tuple(each.columns)) for each in Base.metadata.sorted_tables if each.name != _INDEX]


_INDEX = ReplyWords.__tablename__


def _layout(name: str, columns: Sequence[Column[Any]]) -> Layout:
    kept = [each for each in columns if (name, each.name) != (Reply.__tablename__, _MADE_ANEW)]
    names = [each.name for each in kept]
    return Layout(
        table(name, *(column(each.name, _carrier(each.type)) for each in kept)),
        tuple(_form(each.type) for each in kept),
        tuple(place for place, each in enumerate(kept) if each.primary_key),
        names.index(_WORDS_OF[name]) if name in _WORDS_OF else None,
    )


def _form(kind: TypeEngine[Any]) -> RowForm:
    return next((form for each, form in _FORMS.items() if isinstance(kind, each)), RowForm.PLAIN)


def _carrier(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    if isinstance(kind, Integer | Boolean):
        return BigInteger()
    return LargeBinary() if isinstance(kind, LargeBinary) else Text()


def _is_even(value: Value, length: int) -> bool:
    return value is None or len(str(value)) == length


def _evened(value: Value, form: RowForm) -> Value:
    if value is None or form not in _LENGTHS:
        return value
    if form is RowForm.HOUR:
        return time.fromisoformat(str(value)).isoformat(timespec="microseconds")
    moment = datetime.fromisoformat(str(value))
    naive = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return naive.isoformat(" ", timespec="microseconds")
