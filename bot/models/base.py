"""What all that is remembered has in common: ids, moments, and the names of constraints."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Index, Integer, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from bot.models.personal import IMPERSONAL


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must be aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


class WallClock(TypeDecorator[datetime]):
    """A wall clock's naive time, in the zone kept beside it; a star marks the second of an hour that comes twice."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Refuse an aware moment; raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is not None:
            raise ValueError("a wall clock's time is naive")
        return value.isoformat() + ("*" if value.fold else "")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Give the time back."""
        if value is None:
            return None
        return datetime.fromisoformat(value.removesuffix("*")).replace(fold=int(value.endswith("*")))

    def compare_values(self, x: datetime | None, y: datetime | None) -> bool:
        """Tell the two of an hour that comes twice apart, which Python holds for equal: else the change wouldn't be written."""
        return x == y and (x is None or y is None or x.fold == y.fold)


BigId = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts itself up in SQLite
Id = Annotated[int, mapped_column(BigId, primary_key=True, info=IMPERSONAL)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
WallTime = Annotated[datetime, mapped_column(WallClock)]
TelegramId = Annotated[int, mapped_column(BigInteger)]
Wordings = dict[str, str]  # language tag → text
Versions = dict[str, int]  # language tag → which version of a text its wording is
Earlier = dict[str, dict[str, str]]  # language tag → version → how its wording read then


def choice(kind: type[StrEnum]) -> Enum:
    """A column type for one of a few words, kept as text so that a new word needs no migration."""
    return Enum(
        kind, native_enum=False, length=20, values_callable=lambda members: [member.value for member in members]
    )


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that fulfil `where`, alike in SQLite and PostgreSQL."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


class Base(DeclarativeBase):
    """The root of all models."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own form
        str: Text,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        Wordings: JSON,
        Versions: JSON,
        Earlier: JSON,
        list[str]: JSON,
    }


class Impersonal(Base):
    """The root of those that have nothing of any person; in all others each column says what it is (`personal`)."""

    __abstract__ = True
