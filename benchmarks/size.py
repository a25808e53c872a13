"""The ledger and the inbox at size, on PostgreSQL: what is done to them again and again, beside a hundred thousand rows and beside very many.

`--sizes 100000 10000000` takes some six minutes and ten gigabytes. What a statement would cost beside ten times as many yet follows from
its plan: it finds its rows by an index, and looks at nothing else.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from parts import bulk, plans
from parts.table import Row, at_most, growth, show
from sqlalchemy import delete, select, text

from bot import database, logs
from bot.core import members as core_members
from bot.database import Database, hold_still
from bot.features.members.actions import joining
from bot.inbox import lanes, retention, updates
from bot.inbox.updates import RawUpdate
from bot.models import InboxUpdate
from bot.outbound.actions import claims
from bot.phrases import signatures

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from postgresql import Server

CLAIM, REPEATS, STEPS = 30, 40, 10
NEWCOMER = 1  # a Telegram id below all that are planted
NEW_ID = 10**12  # of an update, above all that are planted
LARGE = {"delivery", "inbox", "member", "person"}
FEW = {"ix_inbox_new", "ix_inbox_waiting", "ix_inbox_parked"}  # what waits, or lies parked
GROWTH = 0.1
GIBIBYTE = 2**30

Work = Callable[[Database, int], Awaitable[object]]


@dataclass
class Found:
    """Of one size: milliseconds by what was done, the median of many; scans of all there is; what is told of this size alone."""

    medians: dict[str, float] = field(default_factory=dict)
    scans: list[str] = field(default_factory=list)
    alone: list[Row] = field(default_factory=list)


async def _claim(opened: Database, _number: int) -> None:
    async with opened.sessions.begin() as session:
        claimed = await claims.claim_due(session, now=bulk.NOW, limit=CLAIM)
    assert claimed.letters, "the claim has to find what is due"


async def _join(opened: Database, number: int) -> None:
    async with opened.units.begin() as session:
        person = await core_members.meet(session, telegram_id=NEWCOMER + number, language="en")
        await joining.join(
            *(session, person),
            dialogue_id=1,
            telegram_name="Someone",
            reserved=signatures.reserved_names(),
            now=bulk.NOW,
        )


async def _keep_and_settle(opened: Database, number: int) -> None:
    lane = bulk.LANES + 1 + number
    async with opened.units.begin() as session:
        await updates.keep(session, [RawUpdate(NEW_ID + number, lane, "{}")], now=bulk.NOW)
    async with opened.readers() as session:
        (waiting,) = await lanes.waiting(session, {lane: 3})
    async with opened.units.begin() as session:
        await updates.settle(session, waiting.inbox_id, was_owed=False, over=False)
    async with opened.units.begin() as session:
        await updates.mark_done(session, waiting.inbox_id)


class Forgetting:
    """Step after step, each from where the one before came to."""

    def __init__(self) -> None:
        self._last = retention.Forgotten(0, None)

    async def step(self, opened: Database, _number: int) -> None:
        """The next one."""
        async with opened.sessions.begin() as session:
            self._last = await retention.prune(session, now=bulk.NOW, after=self._last.up_to)
        assert self._last.count == retention.MOST


FORGETTING = f"a step of forgetting, {retention.MOST} updates"


def _works() -> dict[str, Work]:
    return {
        f"claim {CLAIM}": _claim,
        "a join": _join,
        "an update kept, settled and done": _keep_and_settle,
        FORGETTING: Forgetting().step,
    }


async def measure(server: Server, size: int) -> Found:
    """All of it beside so many deliveries and as many raw updates."""
    server.execute("CREATE DATABASE bench")
    opened = database.connect(server.url("bench"))
    try:
        # That references are right follows from how the rows are made: to look takes most of the time.
        server.execute("ALTER DATABASE bench SET session_replication_role = replica")
        await bulk.plant_all(opened, size)
        server.execute("ALTER DATABASE bench RESET session_replication_role")
        await opened.close()
        opened, found = database.connect(server.url("bench")), Found()
        for name, work in _works().items():
            with plans.heard(opened) as statements:
                found.medians[name], _ = await _timed(opened, work, STEPS if name == FORGETTING else REPEATS)
            found.scans += await plans.scans(opened, statements, of=LARGE, few=FEW)
        found.alone = await _sizes(opened) + await _end_of_the_day(opened)
        return found
    finally:
        await opened.close()
        server.execute("DROP DATABASE bench WITH (FORCE)")


async def _timed(opened: Database, work: Work, repeats: int) -> tuple[float, float]:
    """Milliseconds, the median and the longest; the first time is left aside, since statements are compiled then."""
    took = []
    for number in range(repeats):
        begun = time.perf_counter()
        await work(opened, number)
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took[1:]), max(took[1:])


async def _sizes(opened: Database) -> list[Row]:
    async with opened.readers() as session:
        bytes_of = {
            table: await session.scalar(text("SELECT pg_total_relation_size(CAST(:name AS regclass))"), {"name": table})
            for table in bulk.MADE_OF
        }
    return [Row(f"{table}, GiB", (size or 0) / GIBIBYTE) for table, size in bytes_of.items()]


async def _end_of_the_day(opened: Database) -> list[Row]:
    """The last steps of a day's forgetting, while a backup reads: the index still knows all that went before. And others meanwhile."""
    async with opened.readers() as backup:
        await hold_still(backup)
        await backup.execute(select(1))
        await _forget_most(opened)
        found = await _last_steps(opened)
    begun = time.perf_counter()
    await bulk.tidy(opened, "inbox")
    return [*found, Row("tidied up afterwards (VACUUM), s", time.perf_counter() - begun)]


async def _forget_most(opened: Database) -> None:
    left = (STEPS + 1) * retention.MOST
    until = bulk.NOW - retention.KEPT
    async with opened.sessions.begin() as session:
        of_today = select(InboxUpdate.received_at).where(InboxUpdate.received_at < until)
        edge = await session.scalar(of_today.order_by(InboxUpdate.received_at.desc()).offset(left).limit(1))
        if edge is not None:
            await session.execute(delete(InboxUpdate).where(InboxUpdate.received_at < edge))


async def _last_steps(opened: Database) -> list[Row]:
    alone = await _timed(opened, lambda one, number: _keep_and_settle(one, REPEATS + number), REPEATS)
    meanwhile, others = [], 2 * REPEATS
    async with asyncio.TaskGroup() as tasks:
        forgetting = tasks.create_task(_timed(opened, Forgetting().step, STEPS))
        while not forgetting.done():
            begun = time.perf_counter()
            await _keep_and_settle(opened, others)
            meanwhile.append((time.perf_counter() - begun) * 1000)
            others += 1
    median, longest = forgetting.result()
    return [
        Row("a step at the end of the day, while a backup reads, ms", median),
        Row("the longest of these, ms", longest, goal=at_most(50)),
        Row("forgotten, rows/s", retention.MOST / median * 1000),
        Row("an update meanwhile, the longest, ms (peer: alone)", max(meanwhile), alone[1]),
    ]


def rows(sizes: Sequence[int], found: Sequence[Found]) -> list[Row]:
    """The table."""
    made = []
    for name in _works():
        figures = [one.medians[name] for one in found]
        made += [Row(f"{name}, of {size:,}, ms", figure) for size, figure in zip(sizes, figures, strict=True)]
        made += growth(name, sizes, figures, GROWTH)
    for size, one in zip(sizes, found, strict=True):
        made.append(Row(f"scans of a whole table or index, of {size:,}", len(one.scans), goal=at_most(0)))
        made += [Row(f"{size:,}: {row.measure}", row.ours, row.peer, row.goal) for row in one.alone]
    return made


def main() -> None:
    """Measure, and print."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000], help="of 100000 at least")
    sizes = parser.parse_args().sizes
    server = Server.start(durable=False)
    if server is None:
        print("no PostgreSQL server is installed", file=sys.stderr)
        return
    try:
        found = [asyncio.run(measure(server, size)) for size in sizes]
    finally:
        server.stop()
    for scan in (scan for one in found for scan in one.scans):
        print(scan, file=sys.stderr)
    show("The ledger and the inbox at size, on PostgreSQL", rows(sizes, found))


if __name__ == "__main__":
    main()
