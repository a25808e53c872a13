"""A backup of a PostgreSQL database is pg_dump's archive: taken, checked and put back by PostgreSQL's own programs."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL

from bot.backups.places import Half
from bot.backups.refusals import (
    NEEDED,
    InUse,
    NewerBackup,
    NotABackup,
    NotEmpty,
    NothingToBackUp,
    Suits,
    ToolFailed,
    ToolMissing,
)

OWN = ("--no-owner", "--no-privileges")  # the restored tables belong to whoever restores them
# `own` is the connection that looked before, of which the server may still know.
OTHERS = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    " AND pid NOT IN (pg_backend_pid(), {own}) LIMIT 1"
)
REFUSAL = "vdialogue: another program has come meanwhile"
# Once the tables are dropped nobody writes into them any more: who could have since the first look is there now.
UNLESS_ALONE = "DO $$ BEGIN IF EXISTS ({others}) THEN RAISE EXCEPTION '{refusal}'; END IF; END $$;\n"
COPIED = re.compile(r"^COPY \S*alembic_version \((?P<columns>.*)\) FROM stdin;\n(?P<row>(?!\\\.).*)$", re.MULTILINE)
NULL = r"\N"  # as COPY writes it


def back_up(database: URL, half: Half) -> None:
    """Write an archive of one moment, while others may be writing; blocks until done."""
    _need("pg_dump")
    with psycopg.connect(_address(database)) as connection:
        if "alembic_version" not in _tables(connection):
            raise NothingToBackUp
    _run(
        database,
        ["pg_dump", "--format=custom", *OWN, f"--file={half.path}", f"--dbname={_address(database, password=False)}"],
    )


def restore(database: URL, file: Path, *, replace: bool, suits: Suits) -> None:
    """Bring an archive's tables into a database, in one transaction, in which `replace` drops all that are there."""
    for tool in ("pg_restore", "psql"):
        _need(tool)
    _check(database, file, suits)
    with psycopg.connect(_address(database)) as connection:
        tables = _tables(connection)
        if tables and not replace:
            raise NotEmpty
        if _others(connection):
            raise InUse
        drops = [sql.SQL("DROP TABLE {} CASCADE;\n").format(sql.Identifier(table)).as_string() for table in tables]
        alone = UNLESS_ALONE.format(others=OTHERS.format(own=connection.info.backend_pid), refusal=REFUSAL)
    _load(database, file, "".join([*drops, alone]))


def _check(database: URL, file: Path, suits: Suits) -> None:
    try:
        # Turning the archive into SQL reads all of it, so that what is cut off or damaged is found before anything is dropped.
        _run(database, ["pg_restore", f"--file={os.devnull}", str(file)])
        contents = _run(database, ["pg_restore", "--list", str(file)])
    except ToolFailed as error:
        raise NotABackup(file, error.reason) from None
    if " alembic_version " not in contents:
        raise NotABackup(file)
    if (version := _version(database, file)) and not suits(*version):
        raise NewerBackup


def _version(database: URL, file: Path) -> tuple[str, str | None] | None:
    """The revision of an archive, and what it says a program needs to know; it holds them as COPY writes a row."""
    written = _run(database, ["pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file)])
    begun = COPIED.search(written)
    if begun is None:
        return None
    row = dict(zip(begun["columns"].split(", "), begun["row"].split("\t"), strict=True))
    needed = row.get(NEEDED, NULL)
    return row["version_num"], None if needed == NULL else needed


def _load(database: URL, file: Path, before: str) -> None:
    command = [
        "psql",
        "--no-psqlrc",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        f"--dbname={_address(database, password=False)}",
    ]
    with subprocess.Popen(  # noqa: S603 - our own command line
        command,
        env=_environment(database),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as loading:
        assert loading.stdin is not None
        with suppress(BrokenPipeError):  # psql has given up already, and says why
            loading.stdin.write(f"BEGIN;\n{before}")
            loading.stdin.flush()
        written = subprocess.run(  # noqa: S603 - our own command line
            ["pg_restore", *OWN, "--file=-", str(file)],  # noqa: S607 - wherever the host installed it
            stdout=loading.stdin,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        # Without COMMIT, the end of its input makes psql leave everything as it was.
        _, said = loading.communicate("COMMIT;\n" if written.returncode == 0 else None)
    if REFUSAL in said:
        raise InUse
    if written.returncode or loading.returncode:
        raise ToolFailed("pg_restore", _last_line(said))


def _tables(connection: psycopg.Connection) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
    return [name for (name,) in found]


def _others(connection: psycopg.Connection) -> bool:
    return connection.execute(sql.SQL(OTHERS.format(own=0))).fetchone() is not None


def _need(tool: str) -> None:
    if shutil.which(tool) is None:
        raise ToolMissing(tool)


def _address(database: URL, *, password: bool = True) -> str:
    plain = database.set(drivername="postgresql")
    return (plain if password else plain._replace(password=None)).render_as_string(hide_password=False)


def _environment(database: URL) -> dict[str, str]:
    # Not on the command line: everyone on the machine can read that.
    return {**os.environ, **({"PGPASSWORD": database.password} if database.password else {})}


def _run(database: URL, command: Sequence[str]) -> str:
    done = subprocess.run(  # noqa: S603 - our own command line
        command, env=_environment(database), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ToolFailed(command[0], _last_line(done.stderr))
    return done.stdout


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or [""])[-1]
