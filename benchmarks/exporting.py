"""How exports bear growth: seconds and memory for each format, and for bringing one in, over sizes a tenth apart.

Runs `vdialogue` as a host would, on an SQLite file; every reply has a translation, and every third no name.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parts.filling import LANGUAGES, OPENS, WORDS, fill, numbers, plant, plant_replies
from parts.table import Row, at_most, exponents, show
from sqlalchemy import literal, update

from bot import database, logs
from bot.models import Naming, Origin, Reply, Translation

VDIALOGUE = Path(sys.executable).with_name("vdialogue")
IMPORT = "import"
FORMATS = ("csv", "xlsx", "jsonl", "zip", IMPORT)  # the last brings back what "jsonl" wrote
REPLIES_OF_EACH = 10
EVERY_THIRD = 3
MOST_MIB = 250
MIB = 1024  # the kibibytes in which Linux tells of memory


@dataclass(frozen=True)
class Cost:
    """What one command took: seconds by the clock on the wall and of a core, and MiB of memory at most."""

    seconds: float
    core_seconds: float
    mebibytes: float


async def _fill(url: str, replies: int) -> None:
    opened = database.connect(url)
    await database.upgrade(opened)
    members = max(1, replies // REPLIES_OF_EACH)
    await plant(opened, members=members, questions=1)
    async with opened.sessions.begin() as session:
        await plant_replies(session, replies=replies, members=members, question_id=1, at=OPENS)
        await session.execute(update(Reply).where(Reply.id % EVERY_THIRD == 0).values(naming=Naming.ANONYMOUS))
        columns = Translation.__table__.c
        await fill(
            session,
            Translation,
            reply_id=numbers(replies).c.value,
            language=literal("fr"),
            text=literal(WORDS),
            origin=literal(Origin.SERVICE, columns.origin.type),
            service=literal("LibreTranslate"),
            translated_at=literal(OPENS, columns.translated_at.type),
        )
    await opened.close()


def _run(url: str, *arguments: str) -> Cost:
    environment = {**os.environ, "DATABASE_URL": url, "LC_ALL": "C"}
    begun = time.monotonic()
    with subprocess.Popen([VDIALOGUE, *arguments], env=environment, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own program
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"vdialogue {arguments[0]} failed")
    return Cost(time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MIB)


def measure(replies: int, formats: Sequence[str]) -> Mapping[str, Cost]:
    """The cost of each format, and of bringing lines of JSON into an empty installation where they are among them."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/one.db"
        asyncio.run(_fill(url, replies))
        costs = {
            form: _run(url, "export", "training", "--format", form, "-o", f"{folder}/out.{form}")
            for form in formats
            if form != IMPORT
        }
        if IMPORT in formats:
            _run(f"sqlite+aiosqlite:///{folder}/two.db", "db", "upgrade")
            costs[IMPORT] = _run(f"sqlite+aiosqlite:///{folder}/two.db", "dialogue", "import", f"{folder}/out.jsonl")
    return costs


def main() -> None:
    """Measure three sizes, and tell how cost grows from each to the next."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--replies", type=int, default=10_000, help="the largest of the three sizes")
    options.add_argument("--formats", nargs="+", default=FORMATS, choices=FORMATS)
    arguments = options.parse_args()
    largest = arguments.replies
    logs.configure("console", "ERROR")
    sizes = [largest // 100, largest // 10, largest]
    costs = [measure(size, arguments.formats) for size in sizes]
    for name in costs[-1]:
        rows = []
        for size, cost in zip(sizes, costs, strict=True):
            rows.append(Row(f"{size:,} replies, seconds", cost[name].seconds))
            rows.append(Row(f"{size:,} replies, seconds of a core", cost[name].core_seconds))
            rows.append(Row(f"{size:,} replies, MiB", cost[name].mebibytes, goal=at_most(MOST_MIB)))
            rows.append(Row(f"{size:,} replies a second of a core", size / cost[name].core_seconds))
        growth = exponents(sizes, [cost[name].core_seconds for cost in costs])
        rows.append(Row("growth of time, the last step", growth[-1], goal=at_most(1.1)))
        show(f"{name} ({len(LANGUAGES)} languages)", rows)


if __name__ == "__main__":
    main()
