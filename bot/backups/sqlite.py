"""A backup of an SQLite database is an SQLite database: one file, complete as of one moment."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.backups.places import Half
from bot.backups.refusals import NEEDED, InUse, NewerBackup, NotABackup, NotEmpty, NothingToBackUp, Suits

BUSY_SECONDS = 10.0


def back_up(database: Path, half: Half) -> None:
    """Copy a database that others may be writing to; blocks until done, and blocks no writer."""
    if not database.exists():
        raise NothingToBackUp
    with closing(_read_only(database)) as source, closing(sqlite3.connect(half.path)) as copy:
        copy_over(source, copy)
        # The copy inherits WAL mode, in which the file alone would not be the whole database.
        copy.execute("PRAGMA journal_mode=DELETE")


def restore(database: Path, file: Path, *, replace: bool, suits: Suits) -> None:
    """Bring what a backup holds into a database, as one transaction of its own; blocks until done.

    Nobody else can open it meanwhile, and whoever waits for it finds what was put back. To put another file in its
    place would not do: who has opened the old one goes on with that, and its log is read as if it belonged to the new.
    """
    with closing(_read_only(file)) as source:
        _check(source, file, suits)
        database.touch(0o600)
        with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as target:
            have_alone(target)
            if not replace and target.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                raise NotEmpty
            copy_over(source, target)


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)


def copy_over(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Let one database hold what another does, as of one moment; blocks until done."""
    # In one step: from one step to the next, a write by others would make it begin again.
    source.backup(target)


def _check(backup: sqlite3.Connection, file: Path, suits: Suits) -> None:
    try:
        found = [line for (line,) in backup.execute("PRAGMA integrity_check")]
        rows = backup.execute("SELECT * FROM alembic_version")
        names = [name for name, *_ in rows.description]
        version = dict(zip(names, rows.fetchone() or (), strict=False))
    except sqlite3.DatabaseError as error:
        raise NotABackup(file, str(error)) from None
    if found != ["ok"]:
        raise NotABackup(file, found[0])
    if version and not suits(version["version_num"], version.get(NEEDED)):
        raise NewerBackup


def have_alone(target: sqlite3.Connection) -> None:
    """Keep all others out of a database until the connection ends; raises InUse where one has it open."""
    try:
        # In this mode a lock that was taken once is kept. Leaving WAL mode needs the database for oneself; with
        # another log the copy may have pages of another size, and one log that only a crash leaves behind.
        target.execute("PRAGMA locking_mode=EXCLUSIVE")
        target.execute("PRAGMA journal_mode=DELETE")
        target.execute("BEGIN EXCLUSIVE")
        target.execute("COMMIT")
    except sqlite3.OperationalError:
        raise InUse from None
