"""What must not grow with the crowd: a join with members, a claim with taps, forgetting raw updates with those that are kept.

On SQLite files in a temporary folder, and on PostgreSQL: a server of the tests, or the one at --postgresql.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from parts.databases import empty, settle
from parts.filling import OPENS, fill, numbers, one_of, plant, plant_deliveries
from parts.table import Row, at_most, growth, show
from sqlalchemy import ColumnElement, literal
from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from bot.core import members as core_members
from bot.database import Database
from bot.features.members.actions import joining
from bot.inbox import retention
from bot.models import InboxState, InboxUpdate, Rung, RungKind, State
from bot.outbound.actions import claims
from bot.outbound.letters import Letters
from bot.phrases import signatures

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from postgresql import Server

REPEATS = 40
LETTERS = 2  # as a claim takes them when 30 go out in a second, and others answer meanwhile
NOON = OPENS + timedelta(hours=6)
NEWCOMER = 1  # a Telegram id below all that are planted

Work = Callable[[Database, int], Awaitable[None]]


@dataclass(frozen=True)
class Cost:
    """The median of what one piece of work takes: milliseconds by the clock, and of a core on the event loop."""

    clock: float
    loop: float


@dataclass(frozen=True)
class Question:
    """One thing that must not grow: over which sizes, what is there before, and what is then done again and again."""

    name: str
    of: str
    sizes: tuple[int, ...]
    prepare: Work
    work: Work
    loop_bound: float | None = None


async def measure(url: str, question: Question, size: int) -> Cost:
    """What the work takes at one size; the first time is left aside, since statements are compiled then."""
    clock, loop = [], []
    async with empty(url) as database:
        await question.prepare(database, size)
        await settle(database)
        for number in range(REPEATS + 1):
            begun, used = time.perf_counter(), time.thread_time()
            await question.work(database, number)
            clock.append((time.perf_counter() - begun) * 1000)
            loop.append((time.thread_time() - used) * 1000)
    return Cost(statistics.median(clock[1:]), statistics.median(loop[1:]))


async def _members(database: Database, size: int) -> None:
    await plant(database, members=size, questions=1)


async def _join(database: Database, number: int) -> None:
    async with database.units.begin() as session:
        person = await core_members.meet(session, telegram_id=NEWCOMER + number, language="en")
        await joining.join(
            *(session, person),
            dialogue_id=1,
            telegram_name="Someone",
            reserved=signatures.reserved_names(),
            now=OPENS - timedelta(days=1),
        )


async def _taps(database: Database, size: int) -> None:
    await plant(database, members=size, questions=1)
    columns, each = Rung.__table__.c, numbers(size).c.value
    async with database.sessions.begin() as session:
        await fill(
            session,
            Rung,
            member_id=each,
            question_id=literal(1),
            kind=one_of([kind.value for kind in RungKind], each),
            tapped_at=literal(OPENS, columns.tapped_at.type),
        )
        await plant_deliveries(session, members=1_000, question_id=1, state=State.PLANNED)


async def _claim(database: Database, _number: int) -> None:
    letters = Letters(database, "en", lambda: NOON)
    async with database.sessions.begin() as session:
        claimed = await claims.claim_due(session, now=NOON, limit=LETTERS)
        assert len(await letters.frames(session, claimed.letters)) == LETTERS


async def _updates(database: Database, size: int) -> None:
    columns = InboxUpdate.__table__.c
    # Those that are forgotten, and besides so many that are kept.
    for count, at, first in ((REPEATS * 2 * retention.MOST, -timedelta(days=20), size), (size, timedelta(), 0)):
        each = numbers(count).c.value + first
        async with database.sessions.begin() as session:
            await _fill_inbox(session, each, literal(OPENS + at, columns.received_at.type))


async def _fill_inbox(session: AsyncSession, each: ColumnElement[int], at: ColumnElement[datetime]) -> None:
    await fill(
        session,
        InboxUpdate,
        update_id=each,
        fingerprint=literal("f" * 16),
        lane=each % 1_000,
        raw=literal('{"message": "' + "w" * 700 + '"}'),
        received_at=at,
        state=literal(InboxState.DONE.value),
        attempts=literal(1),
    )


async def _prune(database: Database, _number: int) -> None:
    async with database.sessions.begin() as session:
        assert (await retention.prune(session, now=OPENS + timedelta(days=1))).count == retention.MOST


def rows(question: Question, sizes: Sequence[int], costs: Sequence[Cost]) -> list[Row]:
    """The table of one question."""
    found = []
    for size, cost in zip(sizes, costs, strict=True):
        goal = at_most(question.loop_bound) if question.loop_bound and size == sizes[-1] else None
        found.append(Row(f"{question.name} with {size:,} {question.of}, ms", cost.clock))
        found.append(Row("the same, ms of the loop", cost.loop, goal=goal))
    return found + growth(question.name, sizes, [cost.clock for cost in costs], 0.1)


def main() -> None:
    """Measure, and print."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, nargs="+", default=[100, 10_000, 1_000_000])
    parser.add_argument("--taps", type=int, nargs="+", default=[3_000, 30_000, 300_000], help="of 1000 at least")
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--postgresql", help="the URL of an empty database")
    options = parser.parse_args()
    questions = (
        Question("a join", "members", tuple(options.members), _members, _join, loop_bound=5),
        Question("a claim", "taps", tuple(options.taps), _taps, _claim),
        Question("a step of forgetting", "updates", tuple(options.rows), _updates, _prune),
    )
    with tempfile.TemporaryDirectory() as folder:
        _show(f"sqlite:///{folder}/bench.db", "SQLite", questions)
    if options.postgresql:
        _show(options.postgresql, "PostgreSQL", questions)
    elif server := Server.start():
        try:
            server.execute("CREATE DATABASE bench")
            _show(server.url("bench"), "PostgreSQL", questions)
        finally:
            server.stop()


def _show(url: str, name: str, questions: Sequence[Question]) -> None:
    found = []
    for question in questions:
        costs = [asyncio.run(measure(url, question, size)) for size in question.sizes]
        found += rows(question, question.sizes, costs)
    show(f"Growth on {name}", found)


if __name__ == "__main__":
    main()
