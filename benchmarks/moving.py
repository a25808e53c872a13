"""How long a move to another database takes, and how long the bot stands still at the switch, over sizes a tenth apart.

From an SQLite file in a temporary folder to PostgreSQL (a server of the tests, or the empty database at --postgresql), and back to another file.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable
from datetime import timedelta
from pathlib import Path

from parts.databases import empty
from parts.filling import OPENS, plant, plant_deliveries, plant_replies
from parts.table import Row, at_most, growth, show
from sqlalchemy import text, update

from bot import database as databases
from bot import logs
from bot.database import Database
from bot.models import Reply, State
from bot.moving import Round, journey

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from postgresql import Server

QUESTIONS = 3
NOON = OPENS + timedelta(hours=6)
EDITED = 100
PAUSE_SECONDS = 10  # for 100,000 replies
HUNDRED_THOUSAND = 100_000


async def fill(opened: Database, replies: int) -> None:
    """So many replies to three questions by a tenth as many members, each with the questions they were sent."""
    members = max(replies // 10, 100)
    await plant(opened, members=members, questions=QUESTIONS)
    for question_id in range(1, QUESTIONS + 1):
        async with opened.sessions.begin() as session:
            await plant_deliveries(session, members=members, question_id=question_id, state=State.SENT)
            await plant_replies(
                session, replies=replies // QUESTIONS, members=members, question_id=question_id, at=NOON
            )


async def move(source: Database, target: Database) -> tuple[float, float, float]:
    """Rows copied in a second, from nothing until nothing differs; rows compared in a second where nothing differs; seconds of the pause."""
    rounds: list[Round] = []
    copying = await _timed(journey.copy(source, target, tell=rounds.append, gather=_nothing))
    copied = rounds[0].rows
    rounds.clear()
    comparing = await _timed(journey.copy(source, target, tell=rounds.append, gather=_nothing))
    compared = sum(each.rows for each in rounds)
    async with source.sessions.begin() as session:
        await session.execute(update(Reply).where(Reply.id <= EDITED).values(text="Edited meanwhile."))
    pause = await _timed(journey.switch(source, target, tell=rounds.append))
    return copied / copying, compared / comparing, pause


async def _nothing(_database: Database) -> None:
    """Words are gathered while the bot runs, and not measured."""


async def _timed(work: Awaitable[None]) -> float:
    begun = time.perf_counter()
    await work
    return time.perf_counter() - begun


async def measure(url: str, sizes: list[int]) -> None:
    """Measure both ways at each size, and print."""
    there, back = [], []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            source, home = (databases.connect(f"sqlite:///{folder}/{name}.db") for name in ("source", "home"))
            await databases.upgrade(source)
            await fill(source, size)
            async with empty(url) as target:
                there.append(await move(source, target))
                back.append(await move(target, home))
                await _forget(target)
            for each in (source, home):
                await each.close()
    rows = []
    for name, measured in (("SQLite to PostgreSQL", there), ("PostgreSQL to SQLite", back)):
        for (copied, compared, pause), size in zip(measured, sizes, strict=True):
            goal = at_most(PAUSE_SECONDS) if size == HUNDRED_THOUSAND else None
            rows.append(Row(f"{name}, {size:,} replies: rows copied, /s", copied))
            rows.append(Row("rows compared, nothing new, /s", compared))
            rows.append(Row("pause of the switch, s", pause, goal=goal))
        rows += growth("pause", sizes, [pause for _, _, pause in measured], None)
    show("Moving to another database", rows)


async def _forget(target: Database) -> None:
    async with target.engine.begin() as connection:
        await connection.execute(text("DROP TABLE moving"))


def main() -> None:
    """Measure, and print."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replies", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--postgresql", help="the URL of an empty database")
    arguments = parser.parse_args()
    if arguments.postgresql:
        asyncio.run(measure(arguments.postgresql, arguments.replies))
    elif server := Server.start():
        try:
            server.execute("CREATE DATABASE bench")
            asyncio.run(measure(server.url("bench"), arguments.replies))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
