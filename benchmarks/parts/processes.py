"""Processes beside the one that measures, each on a core that it is told, found by the address it prints."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

BENCHMARKS = Path(__file__).resolve().parent.parent
OURS, THEIRS = 0, 1  # the core of what is measured, and the one of stubs and load
END_SECONDS = 10
CAN_PIN = sys.platform == "linux" and {OURS, THEIRS} <= os.sched_getaffinity(0)


def pin(core: int, pid: int = 0) -> None:
    """Keep a process (this one by default) on a core, where the system can and has two."""
    if CAN_PIN and sys.platform == "linux":
        os.sched_setaffinity(pid, {core})


@dataclass(frozen=True)
class Served:
    """A process that serves something, and where."""

    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """The time on a core that it has used so far; Linux alone tells."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")  # utime and stime, man 5 proc


@contextmanager
def running(module: str, *arguments: object, core: int = THEIRS) -> Iterator[Served]:
    """Run a module of `parts` on a core until the block is left."""
    command = [sys.executable, "-m", f"parts.{module}", *map(str, arguments)]
    process = subprocess.Popen(  # noqa: S603 - our own command line
        command, cwd=BENCHMARKS, stdout=subprocess.PIPE, text=True
    )
    try:
        pin(core, process.pid)
        assert process.stdout is not None
        yield Served(process.stdout.readline().strip(), process.pid)
    finally:
        process.terminate()
        process.wait(END_SECONDS)


def output_of(module: str, arguments: Sequence[object], *, core: int, seconds: float) -> str:
    """What a module of `parts` prints, run on a core to its end within some seconds."""
    command = [sys.executable, "-m", f"parts.{module}", *map(str, arguments)]
    with subprocess.Popen(command, cwd=BENCHMARKS, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - the same
        pin(core, process.pid)
        return process.communicate(timeout=seconds)[0]


def serve(application: web.Application) -> None:
    """Serve on a free port of loopback until ended, and print the URL."""
    asyncio.run(serve_until_ended(application))


async def serve_until_ended(application: web.Application) -> None:
    """The same, where a loop runs already."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


def free_port() -> int:
    """A port of loopback that was free just now, for a server that can't be told to take any."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
