"""How long a moderator waits for the reading room, over rooms of many replies: its pages, narrowed ones, and what is found by words.

Through HTTP on this machine, without Telegram; on SQLite files in a temporary folder, and on PostgreSQL: a server of the
tests, or the one at --postgresql. Prints the median to the first byte in milliseconds, and how it grows.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import aiohttp
from parts import browsing
from parts.databases import empty, settle
from parts.table import Row, at_most, growth, show
from reading import NOW, READER, fill
from sqlalchemy import bindparam, update

from bot.database import Database
from bot.features.replies import jobs
from bot.models import Member, Reply, Role

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from postgresql import Server

SLUG = "care-and-training"
REPEATS = 15
VOCABULARY = 20_000  # words, of which few are frequent, as in a language
SAID = 60  # words of a reply
GOAL = 100  # milliseconds
ROOM = f"/desk/{SLUG}/replies?question=1"
PAGES = {
    "the newest": ROOM,
    "far down": f"{ROOM}&beyond=1000",
    "unread": f"{ROOM}&shelf=unread",
    "under no key point": f"{ROOM}&shelf=uncited",
    "of a rare language": f"{ROOM}&language=ru",
    "long ones": f"{ROOM}&length=long",
    "oldest first": f"{ROOM}&order=oldest",
}


async def furnish(opened: Database, replies: int) -> None:
    """A dialogue whose question 1 has so many replies of different words, all found by these, and a moderator who read some."""
    await fill(opened, replies)
    vocabulary = words()
    often = [1 / (number + 1) for number in range(VOCABULARY)]
    chance = random.Random(1)  # noqa: S311 - the same each time
    async with opened.sessions.begin() as session:
        (await session.get_one(Member, READER)).role = Role.MODERATOR
        rows = [
            {"reply": each, "said": " ".join(chance.choices(vocabulary, often, k=SAID))}
            for each in range(1, replies + 1)
        ]
        table = Reply.__table__
        worded = update(table).where(table.c.id == bindparam("reply")).values(text=bindparam("said"))  # type: ignore[arg-type]  # the declarative base calls its table a FromClause
        await session.execute(worded, rows)
    for _ in range(replies // 1000 + 1):
        await jobs.gather_words(opened)
    if opened.engine.dialect.name == "postgresql":
        await settle(opened)  # SQLite learns nothing by itself, and the bot doesn't tell it to


def words() -> list[str]:
    """A vocabulary, the most frequent word first; beginnings are shared by some, as in a language."""
    chance = random.Random(2)  # noqa: S311 - the same each time
    return ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=6)) for _ in range(VOCABULARY)]


def searches() -> dict[str, str]:
    """Pages of what is found by words."""
    frequent, next_to_it, *_, rare = words()
    return {
        "with a frequent word": f"{ROOM}&words={next_to_it}",
        "with a rare word": f"{ROOM}&words={rare}",
        "with a beginning and a phrase": f"{ROOM}&words={rare[:3]} %22{frequent} {next_to_it}%22",
    }


async def measure(url: str, replies: int) -> list[tuple[str, list[float]]]:
    """Milliseconds to the first byte of each page, many times over."""
    found = []
    async with empty(url) as opened:
        await furnish(opened, replies)
        async with opened.sessions() as session:
            reader = (await session.get_one(Member, READER)).person_id
        async with browsing.browser(opened, reader, NOW) as browser:
            for name, path in (PAGES | searches()).items():
                found.append((name, [await _first_byte(browser, path) for _ in range(REPEATS)]))
    return found


async def _first_byte(browser: aiohttp.ClientSession, path: str) -> float:
    begun = time.perf_counter()
    async with browser.get(path) as answer:
        await answer.content.readany()
        took = time.perf_counter() - begun
        assert answer.ok, await answer.text()
        await answer.read()
    return took * 1000


def report(urls: Sequence[str], title: str, sizes: Sequence[int]) -> None:
    """Measure at all sizes, each on a database of its own, and print."""
    medians: dict[str, list[float]] = {}
    rows = []
    for url, replies in zip(urls, sizes, strict=True):
        for name, took in asyncio.run(measure(url, replies)):
            medians.setdefault(name, []).append(statistics.median(took))
            goal = at_most(GOAL) if replies == sizes[-1] else None
            rows.append(Row(f"{name} of {replies:,}, ms", medians[name][-1], goal=goal))
    for name, figures in medians.items():
        rows += growth(name, sizes, figures, None)
    show(title, rows)


def main() -> None:
    """Measure on both databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replies", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--postgresql", help="the URL of an empty database")
    arguments = parser.parse_args()
    sizes = arguments.replies
    with tempfile.TemporaryDirectory() as folder:
        report([f"sqlite:///{folder}/{size}.db" for size in sizes], "The reading room, SQLite", sizes)
    if arguments.postgresql:
        report([arguments.postgresql] * len(sizes), "The reading room, PostgreSQL", sizes)
    elif server := Server.start():
        server.execute("CREATE DATABASE bench")
        report([server.url("bench")] * len(sizes), "The reading room, PostgreSQL", sizes)
        server.stop()


if __name__ == "__main__":
    main()
