"""A backup of an SQLite database is an SQLite database: one file, complete as of one moment."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.backups.places import Half
from bot.backups.refusals import InUse, NotABackup, NotEmpty, NothingToBackUp

BUSY_SECONDS = 10.0


def back_up(database: Path, half: Half) -> None:
    """Copy a database that others may be writing to; blocks until done, and blocks no writer."""
    if not database.exists():
        raise NothingToBackUp
    with closing(_read_only(database)) as source:
        _copy(source, half.path)


def restore(database: Path, file: Path, half: Half, *, replace: bool) -> None:
    """Put a backup in the place of a database; blocks until done."""
    with closing(_read_only(file)) as source:
        _check(source, file)
        _make_room(database, replace=replace)
        _copy(source, half.path)
    half.put_in_place(over=database)


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target)) as copy:
        # In one step: from one step to the next, a write by others would make it begin again.
        source.backup(copy)
        # The copy inherits WAL mode, in which the file alone would not be the whole database.
        copy.execute("PRAGMA journal_mode=DELETE")


def _check(backup: sqlite3.Connection, file: Path) -> None:
    try:
        found = [line for (line,) in backup.execute("PRAGMA integrity_check")]
        backup.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise NotABackup(file, str(error)) from None
    if found != ["ok"]:
        raise NotABackup(file, found[0])


def _make_room(database: Path, *, replace: bool) -> None:
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=0)) as connection:
        try:
            if not replace and connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                raise NotEmpty
            # Leaving WAL mode needs the database for oneself, and takes away the -wal and -shm files, which belong to
            # the old file and would spoil the new one.
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise InUse from None
