"""What the bot needs: memory while a question goes out to many members, and time from its start to its first poll.

Runs `vdialogue run` as a host would, with an SQLite file, against a stub in a process of its own.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parts import processes
from parts.filling import plant
from parts.table import Row, at_most, show
from sqlalchemy import text

from bot import database, logs
from bot.database import Database

TOKEN = "42:bench"  # noqa: S105 - opens nothing
VDIALOGUE = Path(sys.executable).with_name("vdialogue")
STARTS, IMPORTS = 3, 5
SENDING_SECONDS = 10.0  # of sending, after all deliveries are planned
PATIENCE = 120.0
LOOK_SECONDS = 0.02
MIB = 1024  # the kibibytes in which Linux tells of memory


def memory(members: int) -> float:
    """The largest resident memory, in MiB, of a bot that plans a question for so many members and begins to send it."""
    with tempfile.TemporaryDirectory() as folder, processes.running("stub") as stub:
        url = f"sqlite:///{folder}/bench.db"
        now = datetime.now(UTC)  # noqa: TID251 - the bot that is started goes by the wall clock
        asyncio.run(_fill(url, members, now))
        with _started(url, stub.url) as process:
            asyncio.run(_planned(url, members))
            time.sleep(SENDING_SECONDS)
            status = Path(f"/proc/{process.pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / MIB


async def _fill(url: str, members: int, now: datetime) -> None:
    opened = database.connect(url)
    await database.upgrade(opened)
    # Already open in the east, and soon in the west: so it is planned at once, and sent.
    await plant(opened, members=members, questions=1, opens=now + timedelta(minutes=30))
    await opened.close()


async def _planned(url: str, members: int) -> None:
    opened = database.connect(url)
    async with asyncio.timeout(PATIENCE):
        while await _count(opened) < members:  # noqa: ASYNC110 - another process does what is waited for
            await asyncio.sleep(1)
    await opened.close()


async def _count(opened: Database) -> int:
    async with opened.readers() as session:
        return await session.scalar(text("SELECT count(*) FROM delivery")) or 0


def start() -> float:
    """Seconds from starting the process to its first poll, with a database that is there already."""
    with tempfile.TemporaryDirectory() as folder, processes.running("stub") as stub:
        url = f"sqlite:///{folder}/bench.db"
        asyncio.run(_fill(url, 10, datetime.now(UTC)))  # noqa: TID251 - the same
        begun = time.monotonic()
        with _started(url, stub.url):
            while not _polls(stub.url):
                time.sleep(LOOK_SECONDS)
                assert time.monotonic() - begun < PATIENCE, "the bot does not poll"
            return time.monotonic() - begun


def _polls(stub: str) -> int:
    with urllib.request.urlopen(f"{stub}/figures") as response:  # noqa: S310 - our own stub
        return int(json.load(response)["polls"])


@contextmanager
def _started(url: str, stub: str) -> Iterator["subprocess.Popen[bytes]"]:
    settings = {
        "DATABASE_URL": url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": stub,
        "WEB_LISTEN": "127.0.0.1:0",
        "LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen([VDIALOGUE, "run"], env=os.environ | settings)  # noqa: S603 - our own command
    try:
        processes.pin(processes.OURS, process.pid)
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def importing(module: str) -> float:
    """Seconds (median) that Python takes to start and import a module."""
    return statistics.median([_import(module) for _ in range(IMPORTS)])


def _import(module: str) -> float:
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)  # noqa: S603 - the same
    return time.monotonic() - begun


def main() -> None:
    """Measure, and print."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    sizes = parser.parse_args().members
    rows = [Row(f"memory at {size:,} members, MiB", memory(size), goal=at_most(150)) for size in sizes]
    rows.append(Row("start to first poll, s", statistics.median([start() for _ in range(STARTS)]), goal=at_most(3)))
    ours = importing("bot.app.application")
    rows.append(Row("import, s (peer: telegram.ext)", ours, importing("telegram.ext")))
    rows.append(Row("import, s (peer: aiogram)", ours, importing("aiogram")))
    show("Footprint", rows)


if __name__ == "__main__":
    main()
