"""Copies of everything that is remembered: taken while the bot runs, checked, and put back."""

import importlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from sqlalchemy.engine import make_url

from bot.backups import sqlite
from bot.backups.places import half
from bot.backups.refusals import (
    DatabaseFailed,
    FileInTheWay,
    InUse,
    NewerBackup,
    NotABackup,
    NotEmpty,
    NothingToBackUp,
    Suits,
    ToolFailed,
    ToolMissing,
)

__all__ = [
    "DatabaseFailed",
    "FileInTheWay",
    "InUse",
    "NewerBackup",
    "NotABackup",
    "NotEmpty",
    "NothingToBackUp",
    "ToolFailed",
    "ToolMissing",
    "back_up",
    "restore",
    "sqlite_file",
]


def _any(_revision: str, _needed: str | None) -> bool:
    return True


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database by its SQLAlchemy URL; None for PostgreSQL."""
    address = make_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def back_up(url: str, file: Path) -> None:
    """Write a copy of the database, as of one moment, to a file that isn't there yet; blocks until it is on the disk.

    Raises FileInTheWay, NothingToBackUp, DatabaseFailed, ToolMissing, ToolFailed, and OSError where the file can't be
    written.
    """
    if file.exists():
        raise FileInTheWay
    with half(file) as copy:
        if database := sqlite_file(url):
            with _own_words(sqlite3.Error):
                sqlite.back_up(database, copy)
        else:
            postgresql = _postgresql()
            with _own_words(postgresql.psycopg.Error):
                postgresql.back_up(make_url(url), copy)
        copy.put_beside_others(file)


def restore(url: str, file: Path, *, replace: bool, suits: Suits = _any) -> None:
    """Check a backup and bring it into the database, whole or not at all; blocks until done.

    `suits` says whether this program can run on a revision, by what that needs to be known. Raises NotABackup, NewerBackup
    (unless it `suits`), NotEmpty (unless `replace`), InUse, DatabaseFailed, ToolMissing, ToolFailed, and OSError where a
    file can't be read or written.
    """
    with file.open("rb"):
        pass  # what can't be read is told as such
    database = sqlite_file(url)
    if database is None:
        postgresql = _postgresql()
        with _own_words(postgresql.psycopg.Error):
            postgresql.restore(make_url(url), file, replace=replace, suits=suits)
        return
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _own_words(sqlite3.Error):
        sqlite.restore(database, file, replace=replace, suits=suits)


def _postgresql() -> ModuleType:
    """Where it is needed: the driver takes ten megabytes, which a host with SQLite would have for nothing."""
    return importlib.import_module("bot.backups.postgresql")


@contextmanager
def _own_words(errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        raise DatabaseFailed(str(error).strip().partition("\n")[0]) from None
