"""Why a move doesn't begin, or doesn't come to its end."""

from collections.abc import Sequence

from bot.moving.layouts import Row


class SameDatabase(Exception):
    """Both are the same database."""


class Behind(Exception):
    """The database at `address` is of an older version, and has yet to be brought up to date."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} is of an older version")
        self.address = address


class NewerDatabase(Exception):
    """The database at `address` is of a newer version, and has more than this program would bring along."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} is of a newer version")
        self.address = address


class Occupied(Exception):
    """In the database at `address` stands something that isn't a copy of this one."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} is not empty")
        self.address = address


class AlreadyMoved(Exception):
    """All is at `address`, and the bot works there."""

    def __init__(self, address: str) -> None:
        super().__init__(f"moved to {address} already")
        self.address = address


class NotMoved(Exception):
    """There is no switch between these two that could be taken back."""


class Differs(Exception):
    """Rows of these tables are still otherwise in the copy, although nobody writes any more."""

    def __init__(self, tables: Sequence[str]) -> None:
        super().__init__(", ".join(tables))
        self.tables = tables


class UnfitRow(Exception):
    """A database doesn't take a row of a table; `key` says which, `reason` is in its own words."""

    def __init__(self, name: str, key: Row, reason: str) -> None:
        super().__init__(f"{name} {key}: {reason}")
        self.table, self.key, self.reason = name, key, reason
