"""What of all that is remembered is personal: said where each column stands, and read from there by whoever has to know.

Every column either is personal, or leads to whose row it is, or is impersonal; a table that has nothing of any person
is Impersonal as a whole. Someone's data as a file is made from these marks.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column

Info = dict[object, object]  # as a column keeps it


@dataclass(frozen=True)
class Personal:
    """A column that tells something of the person whose row it is, and `why` it is kept: to what end, in plain words."""

    why: str


@dataclass(frozen=True)
class Owner:
    """A column that leads to whose row it is: to a person, to one of their memberships, or to one of their replies.

    They are told of such rows under the name `told_as`. Who only had to do with what is another's is told no more than
    the columns named in `only`, and so none of the other's words.
    """

    told_as: str
    only: frozenset[str] | None = None


IMPERSONAL: Info = {"impersonal": True}
"""The mark of a column that tells nothing of a person, or nothing that doesn't stand beside it."""


def personal(why: str) -> Info:
    """The mark of a column that is personal. Together with `owner` it is both: `personal(…) | owner(…)`."""
    return {Personal: Personal(why)}


def owner(told_as: str, *, only: tuple[str, ...] | None = None) -> Info:
    """The mark of a column that leads to the owner: by its foreign key or, without one, by their Telegram account's number."""
    return {Owner: Owner(told_as, None if only is None else frozenset(only))}


def why_kept(column: Column[Any]) -> str | None:
    """Why a column is kept, if it is personal."""
    mark: Personal | None = column.info.get(Personal)
    return mark.why if mark else None


def owner_by(column: Column[Any]) -> Owner | None:
    """What a column says of whose row it is, if it does."""
    mark: Owner | None = column.info.get(Owner)
    return mark


def is_marked(column: Column[Any]) -> bool:
    """Whether a column says of itself what it is."""
    return bool(column.info) and (column.info == IMPERSONAL or column.info.keys() <= {Personal, Owner})
