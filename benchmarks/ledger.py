"""How the ledger bears growth: planning a question, claiming what is due, and a digest, over sizes a tenth apart.

On SQLite files in a temporary folder, and on PostgreSQL: a server of the tests, or the one at --postgresql.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from parts.databases import empty, settle
from parts.filling import FIRST_TELEGRAM_ID, OPENS, plant, plant_deliveries, plant_replies
from parts.table import Row, at_most, growth, show
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from bot.database import Database
from bot.database.lease import Lease, lease
from bot.features.digests.actions import contents
from bot.features.questions.actions import deliveries
from bot.models import Question, State
from bot.outbound.actions import claims
from bot.tallies import updates

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from postgresql import Server

MILLION = 1_000_000
CLAIM = 30
REPEATS = 30
DIGESTS = 21
MEMBERS = MILLION  # more deliveries than this are several questions to as many members
RESTING = frozenset(range(FIRST_TELEGRAM_ID, FIRST_TELEGRAM_ID + CLAIM))  # chats written to within the last second
NOON = OPENS + timedelta(hours=6)


@dataclass(frozen=True)
class Bounds:
    """What one database should keep to: seconds for a million deliveries, milliseconds for a claim."""

    name: str
    plan: float
    claim: float


SQLITE = Bounds("SQLite", plan=2, claim=1)
POSTGRESQL = Bounds("PostgreSQL", plan=8, claim=2)


async def plan(url: str, size: int) -> tuple[float, float]:
    """Seconds for planning one question for `size` members, and for finding that nothing is new."""
    async with empty(url) as opened:
        await plant(opened, members=size, questions=1)
        await settle(opened)
        first = await _timed(lambda: _open_due(opened))
        async with opened.sessions.begin() as session:
            await session.execute(update(Question).values(planned_at=None))
        return first, await _timed(lambda: _open_due(opened))


async def _open_due(opened: Database) -> None:
    more = True
    while more:
        async with opened.sessions.begin() as session:
            more = await deliveries.open_due(session, now=OPENS - timedelta(hours=12))


async def claim(url: str, size: int) -> tuple[float, float]:
    """Milliseconds (median, worst) for claiming 30 of `size` due deliveries, while 30 chats rest."""
    members = min(size, MEMBERS)
    questions = size // members
    async with empty(url) as opened:
        await plant(opened, members=members, questions=questions)
        for question_id in range(1, questions + 1):
            async with opened.sessions.begin() as session:
                await plant_deliveries(session, members=members, question_id=question_id, state=State.PLANNED)
        await settle(opened)
        sender = lease(opened, "bench", _nothing)
        await sender.take()
        seconds = [await _timed(lambda: _claim(sender)) for _ in range(REPEATS)][1:]
        await sender.give_up()
        return statistics.median(seconds) * 1000, max(seconds) * 1000


async def _nothing(_session: AsyncSession) -> None:
    """There is nothing to settle."""


async def _claim(sender: Lease) -> None:
    async with sender.begin() as session:
        claimed = await claims.claim_due(session, now=NOON, limit=CLAIM, except_for=RESTING)
    assert claimed.letters, "the claim has to find what is due"


async def digest(url: str, size: int) -> tuple[float, float]:
    """A digest of a dialogue with `size` replies to three questions, by a tenth as many members.

    Milliseconds (median) for the digest once all is counted, and replies counted into the tallies in a second.
    """
    members, questions = size // 10, 3
    async with empty(url) as opened:
        await plant(opened, members=members, questions=questions)
        for question_id in range(1, questions + 1):
            async with opened.sessions.begin() as session:
                await plant_deliveries(session, members=members, question_id=question_id, state=State.SENT)
                await plant_replies(
                    session, replies=size // questions, members=members, question_id=question_id, at=NOON
                )
        await settle(opened)
        counting_seconds = await _timed(lambda: _count(opened))
        await settle(opened)
        seconds = [await _timed(lambda: _digest(opened)) for _ in range(DIGESTS)]
        return statistics.median(seconds) * 1000, size / counting_seconds


async def _count(opened: Database) -> None:
    """Count all into the tallies, as the ticks do."""
    more = True
    while more:
        async with opened.sessions.begin() as session:
            more = await updates.catch_up(session, now=NOON)


async def _digest(opened: Database) -> None:
    async with opened.sessions.begin() as session:
        await contents.on_request(session, "training", language="en", now=NOON + timedelta(hours=1))


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    begun = time.perf_counter()
    await work()
    return time.perf_counter() - begun


async def measure(url: str, bounds: Bounds, arguments: argparse.Namespace) -> None:
    """Measure all on one database, and print."""
    sizes, claims, counted_in = (
        arguments.sizes,
        arguments.claims or arguments.sizes,
        arguments.digests or arguments.sizes,
    )
    plans = [await plan(url, size) for size in sizes]
    claimed = [await claim(url, size) for size in claims]
    digests = [await digest(url, size) for size in counted_in]
    rows = []
    for (first, again), size in zip(plans, sizes, strict=True):
        rows.append(Row(f"plan {size:,}, s", first, goal=at_most(bounds.plan) if size == MILLION else None))
        rows.append(Row(f"plan {size:,} again, nothing new, s", again))
    rows += growth("plan", sizes, [first for first, _ in plans], 1.1)
    rows += growth("plan again", sizes, [again for _, again in plans], 1.1)
    for (median, worst), size in zip(claimed, claims, strict=True):
        largest = size == claims[-1]
        rows.append(Row(f"claim {CLAIM} of {size:,}, ms", median, goal=at_most(bounds.claim) if largest else None))
        rows.append(Row(f"the worst of {REPEATS - 1}, ms", worst))
    rows += growth("claim", claims, [median for median, _ in claimed], 0.3)
    for (median, counted), size in zip(digests, counted_in, strict=True):
        largest = size == counted_in[-1]
        rows.append(Row(f"digest of {size:,} replies, ms", median, goal=at_most(10) if largest else None))
        rows.append(Row("replies counted beforehand, /s", counted))
    rows += growth("digest", counted_in, [median for median, _ in digests], None)
    show(f"Ledger on {bounds.name}", rows)


def main() -> None:
    """Measure, and print."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="of 2000 at least")
    parser.add_argument("--claims", type=int, nargs="+", help="due deliveries; as --sizes by default, 10000000 is slow")
    parser.add_argument("--digests", type=int, nargs="+", help="replies; as --sizes by default")
    parser.add_argument("--postgresql", help="the URL of an empty database")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(f"sqlite:///{folder}/bench.db", SQLITE, arguments))
    if arguments.postgresql:
        asyncio.run(measure(arguments.postgresql, POSTGRESQL, arguments))
    elif server := Server.start():
        try:
            server.execute("CREATE DATABASE bench")
            asyncio.run(measure(server.url("bench"), POSTGRESQL, arguments))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
