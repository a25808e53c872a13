"""A PostgreSQL server of the tests' own, on loopback, started from an installed PostgreSQL and stopped by the tests."""

import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg


@dataclass
class Server:
    """A running server."""

    port: int
    _binaries: Path
    _folder: Path

    @classmethod
    def start(cls) -> "Server | None":
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
        server = cls(port, binaries, folder)
        server.resume()
        return server

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://test@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        address = f"postgresql://test@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)

    def resume(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k {self._folder} -c fsync=off"
        self._control("-w", "-l", self._folder / "log", "-o", options, "start")

    def halt(self) -> None:
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
