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
from bot.backups.schemas import OF_BOTS, schema_of

OWN = ("--no-owner", "--no-privileges")  # the restored tables belong to whoever restores them
# `own` is the connection that looked before, of which the server may still know.
OTHERS = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    " AND pid NOT IN (pg_backend_pid(), {own}) LIMIT 1"
)
REFUSAL = "vdialogue: another program has come meanwhile"
VERSION = re.compile(r" TABLE (\S+) alembic_version ")  # in the contents of an archive, after its schema
# Once the tables are dropped nobody writes into them any more: who could have since the first look is there now.
UNLESS_ALONE = "DO $$ BEGIN IF EXISTS ({others}) THEN RAISE EXCEPTION '{refusal}'; END IF; END $$;\n"
COPIED = re.compile(r"^COPY \S*alembic_version \((?P<columns>.*)\) FROM stdin;\n(?P<row>(?!\\\.).*)$", re.MULTILINE)
NULL = r"\N"  # as COPY writes it


def back_up(database: URL, half: Half) -> None:
    """Write an archive of one moment, while others may be writing; blocks until done."""
    _need("pg_dump")
    with psycopg.connect(_address(database)) as connection:
        if "alembic_version" not in {name for _, name in _tables(connection, schema_of(database))}:
            raise NothingToBackUp
    schema = schema_of(database)
    what = f"--schema={schema}" if schema else f"--exclude-schema={OF_BOTS}*"  # of other bots each has its own
    where = f"--dbname={_address(database, password=False)}"
    _run(database, ["pg_dump", "--format=custom", *OWN, what, f"--file={half.path}", where])


def restore(database: URL, file: Path, *, replace: bool, suits: Suits) -> None:
    """Bring an archive's tables into a database, in one transaction, in which `replace` drops all that are there."""
    for tool in ("pg_restore", "psql"):
        _need(tool)
    _check(database, file, suits)
    with psycopg.connect(_address(database)) as connection:
        tables = _tables(connection, schema_of(database))
        if tables and not replace:
            raise NotEmpty
        if _others(connection):
            raise InUse
        drops = [sql.SQL("DROP TABLE {} CASCADE;\n").format(sql.Identifier(*table)).as_string() for table in tables]
        alone = UNLESS_ALONE.format(others=OTHERS.format(own=connection.info.backend_pid), refusal=REFUSAL)
    schema = schema_of(database)
    room = [f"CREATE SCHEMA IF NOT EXISTS {schema};\n"] if schema else []
    _load(database, file, "".join([*room, *drops, alone]))


def _check(database: URL, file: Path, suits: Suits) -> None:
    try:
        # Turning the archive into SQL reads all of it, so that what is cut off or damaged is found before anything is dropped.
        _run(database, ["pg_restore", f"--file={os.devnull}", str(file)])
        contents = _run(database, ["pg_restore", "--list", str(file)])
    except ToolFailed as error:
        raise NotABackup(file, error.reason) from None
    if not any(_is_of(schema_of(database), each) for each in VERSION.findall(contents)):
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


def _is_of(wanted: str | None, schema: str) -> bool:
    """Whether what is in a schema is of this bot: the first one's may be in any that is no other bot's."""
    return schema == wanted if wanted else not schema.startswith(OF_BOTS)


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
            ["pg_restore", *OWN, *_part(database), "--file=-", str(file)],  # noqa: S607 - wherever the host installed it
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


def _part(database: URL) -> list[str]:
    """What of an archive is put back: of a bot's schema what is in it, since the schema is there."""
    return [f"--schema={schema}"] if (schema := schema_of(database)) else []


def _tables(connection: psycopg.Connection, schema: str | None) -> list[tuple[str, str]]:
    """The tables of a bot, each after its schema; by the schema's name, since a pooler between may pass over what a connection is to look at."""
    found = connection.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = coalesce(%s, current_schema()) ORDER BY tablename",
        [schema],
    )
    return found.fetchall()


def _others(connection: psycopg.Connection) -> bool:
    return connection.execute(sql.SQL(OTHERS.format(own=0))).fetchone() is not None


def _need(tool: str) -> None:
    if shutil.which(tool) is None:
        raise ToolMissing(tool)


def _address(database: URL, *, password: bool = True) -> str:
    plain = database.set(drivername="postgresql")
    shown = (plain if password else plain._replace(password=None)).render_as_string(hide_password=False)
    before, mark, query = shown.partition("?")
    return before + mark + query.replace("+", "%20")  # PostgreSQL's own programs take a plus for itself


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
