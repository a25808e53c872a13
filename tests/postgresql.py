"""A PostgreSQL server of the tests' own, on loopback, started from an installed PostgreSQL and stopped by the tests."""

import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg

# What most tests write needn't survive anything, and their databases are gone before there is much to tidy up.
UNSAFE = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"
LOGS_COPIES = 150_000


def _column(connection: psycopg.Connection, query: LiteralString) -> list[str]:
    return [value for (value,) in connection.execute(query)]


def _same_kind(one: object, other: object) -> bool:
    return type(one) is type(other)


def _kind(one: object) -> int:
    return hash(type(one))


# SQLAlchemy looks compiled statements up by the dialect too; all that the tests make speak to servers of one version.
PGDialectAsync_psycopg.__eq__ = _same_kind  # type: ignore[method-assign]
PGDialectAsync_psycopg.__hash__ = _kind  # type: ignore[assignment, method-assign]


@dataclass
class Server:
    """A running server."""

    port: int
    _binaries: Path
    _folder: Path
    _durable: bool
    _connection: psycopg.Connection | None = None

    @classmethod
    def start(cls, *, durable: bool = True) -> "Server | None":
        """One that keeps what it has confirmed, as a host's does, or else one that is faster; None where none is installed."""
        binaries = _find_binaries()
        if binaries is None:
            return None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        folder = Path(tempfile.mkdtemp(prefix="vdialogue-"))
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")  # PostgreSQL refuses to run as root
        _run([binaries / "initdb", "-D", folder / "data", "-U", "test", "--auth=trust", "--no-sync", "-E", "UTF8"])
        server = cls(port, binaries, folder, durable)
        server.resume()
        return server

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://test@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        self._administering().execute(statement)

    def copy(self, template: str, name: str) -> None:
        """Make a database that is like another, to which nobody is connected."""
        # To copy its files takes a third of what it takes to log each of its pages, which is the usual since version 15.
        by_file = " STRATEGY FILE_COPY" if self._administering().info.server_version >= LOGS_COPIES else ""
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}{by_file}")

    def empty(self, name: str) -> list[str]:
        """Leave no row in a database, whoever is still connected to it: a thirtieth of what making one takes.

        Returns its version and the names of its schemas and tables.
        """
        self._administering().execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        with psycopg.connect(self._address(name), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")  # no order among what refers to each other
            tables = _column(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            for table in tables:
                if table != "alembic_version":
                    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            connection.execute("SELECT setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences")
            schemas = _column(connection, "SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1")
            return [*_column(connection, "SELECT version_num FROM alembic_version"), *schemas, *tables]

    def _address(self, database: str) -> str:
        return f"postgresql://test@127.0.0.1:{self.port}/{database}"

    def _administering(self) -> psycopg.Connection:
        if self._connection is None:
            self._connection = psycopg.connect(self._address("postgres"), autocommit=True)
        return self._connection

    def resume(self) -> None:
        safety = "" if self._durable else UNSAFE
        options = f"-p {self.port} -h 127.0.0.1 -k {self._folder} {safety}"
        self._control("-w", "-l", self._folder / "log", "-o", options, "start")

    def halt(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._control("-m", "immediate", "stop")

    def stop(self) -> None:
        self.halt()
        shutil.rmtree(self._folder)

    def _control(self, *words: object) -> None:
        _run([self._binaries / "pg_ctl", "-D", self._folder / "data", *words])


def _find_binaries() -> Path | None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def _run(command: list[object]) -> None:
    words = [str(word) for word in command]
    if os.getuid() == 0:
        words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - our own command line
