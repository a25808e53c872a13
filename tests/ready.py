"""What runs of tests find ready that come one after the other: large libraries, a server, and databases that are up to date."""

import contextlib
import functools
import importlib
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from postgresql import Server

LIBRARIES = (
    *("aiohttp.web", "aiosqlite", "alembic.command", "apscheduler.schedulers.asyncio", "babel.dates", "jinja2"),
    *("markdown_it", "pydantic", "ruamel.yaml", "sqlalchemy.ext.asyncio", "structlog", "telegram.ext"),
)  # what takes longest to import


@dataclass
class Lent(Server):
    """A server that outlives who has it, without the databases that they made."""

    made: list[str] = field(default_factory=list)

    def execute(self, statement: str) -> None:
        with contextlib.suppress(psycopg.errors.DuplicateDatabase):  # the template that another has made
            super().execute(statement)

    def copy(self, template: str, name: str) -> None:
        self.made.append(name)
        super().copy(template, name)

    def stop(self) -> None:
        for name in self.made:
            self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@dataclass(frozen=True)
class Ready:
    """What one run of tests leaves to the next, as a plugin: a server, and a database that is up to date."""

    folder: Path
    server: Lent | None

    def pytest_sessionstart(self) -> None:
        conftest = vars(sys.modules["conftest"])
        conftest["_migrate"] = functools.partial(self._migrate, conftest["_migrate"])
        Server.start = self._start  # type: ignore[assignment, method-assign]

    def _start(self, *, durable: bool) -> Lent | None:
        del durable
        return self.server

    def _migrate(self, migrate: Callable[[str], None], url: str) -> None:
        dialect, _, file = url.partition(":///")
        kept = self.folder / dialect.partition(":")[0]
        if kept.exists() and file:
            shutil.copy(kept, file)
        if kept.exists():
            return
        migrate(url)
        if file:
            shutil.copy(file, kept)
        else:
            kept.touch()


@contextlib.contextmanager
def made_ready(folder: Path) -> Iterator[Ready]:
    """Import what is large, and have a server run."""
    for each in LIBRARIES:
        importlib.import_module(each)
    server = Server.start(durable=False)
    lent = None if server is None else Lent(server.port, server._binaries, server._folder, server._durable)  # noqa: SLF001
    try:
        yield Ready(folder, lent)
    finally:
        if server is not None:
            server.stop()
