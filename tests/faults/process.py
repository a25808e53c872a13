"""The bot as a process of its own, which can be ended and killed, and whose log can be read."""

import asyncio
import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
LOOK_SECONDS = 0.02
TROUBLE = {"warning", "error", "critical"}

Line = dict[str, Any]


class BotProcess:
    """`python -m bot run` in a folder of its own, of a tree of the repository; it may be started again and again, and writes one log."""

    def __init__(self, folder: Path, settings: Mapping[str, str], *, tree: Path = ROOT) -> None:
        self._folder = folder
        self._log = folder / "bot.log"
        self.environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PYTHONPATH": str(tree), "LOG_FORMAT": "json"}
        self.environment |= settings
        self.settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._started_at = 0

    def change_to(self, tree: Path) -> None:
        """Be of another tree of the repository, from the next start on."""
        self.environment["PYTHONPATH"] = str(tree)

    async def start(self) -> None:
        """Start it, without waiting until it runs."""
        self._started_at = self._log.stat().st_size if self._log.exists() else 0
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=self._folder, env=self.environment, stdout=log, stderr=log
            )

    async def runs(self) -> None:
        """Wait until it says that it runs."""
        await self.says("running", since=self._started_at, seconds=START_SECONDS)

    async def says(self, event: str, *, since: int = 0, seconds: float) -> Line:
        """Wait for the first line whose event begins with some words; `since` is a place in the log."""
        assert self._process is not None
        try:
            async with asyncio.timeout(seconds):
                while True:
                    for line in self.log(since=since):
                        if line["event"].startswith(event):
                            return line
                    assert self._process.returncode is None, self._ended()
                    await asyncio.sleep(LOOK_SECONDS)
        except TimeoutError:
            raise AssertionError(f"the bot did not say {event!r} within {seconds} s, but:\n{self._tail()}") from None

    def _ended(self) -> str:
        return f"the bot has ended:\n{self._tail()}"

    def _tail(self) -> str:
        return "\n".join(str(line) for line in self.log()[-30:])

    def place(self) -> int:
        """Where the log ends now."""
        return self._log.stat().st_size

    def log(self, *, since: int = 0) -> list[Line]:
        """The log's whole lines from a place on; what is no JSON is an event of itself."""
        with self._log.open("rb") as file:
            file.seek(since)
            *lines, _unfinished = file.read().decode().split("\n")
        return [_parsed(line) for line in lines]

    def trouble(self, *, since: int = 0) -> list[Line]:
        """What it warned of."""
        return [line for line in self.log(since=since) if line.get("level", "error") in TROUBLE]

    async def kill(self) -> None:
        """End it at once, wherever it is."""
        await self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Have it stand still."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    async def stop(self, *, seconds: float = 10.0) -> None:
        """Ask it to end, and wait until it has; fails if that takes longer."""
        async with asyncio.timeout(seconds):
            await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        await self._process.wait()

    @property
    def status(self) -> int | None:
        """Its exit status; None before its end."""
        return None if self._process is None else self._process.returncode

    @property
    def alive(self) -> bool:
        """Does it run?"""
        return self._process is not None and self._process.returncode is None


def _parsed(line: str) -> Line:
    try:
        parsed = json.loads(line)
    except ValueError:
        return {"event": line}
    return parsed if isinstance(parsed, dict) else {"event": line}
