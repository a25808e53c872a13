"""A rush at the join link, and replies while a question goes out: who is left without an answer, and how near it comes to the limit.

The bot runs as a host would run it, against the sandbox with limits that bind: so many messages a second over all, a burst of
five to one chat and then one a second; a refusal holds until its wait is over. Sandbox and people share the other core.
"""

import argparse
import asyncio
import contextlib
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parts import processes
from parts.crowd import Crowd
from parts.filling import FIRST_TELEGRAM_ID, plant, plant_deliveries
from parts.table import Row, at_least, at_most, show

from bot import database, logs
from bot.models import State
from bot.sandbox import Clock, Flood, Phone, Sandbox

ROOT = Path(__file__).resolve().parents[1]
VDIALOGUE = [sys.executable, "-m", "bot", "run"]
RETRY_AFTER = 3
ESTABLISHED = 200  # members before the rush, some of whom reply meanwhile
REPLIES_IN_A_RUSH = 1.0
PATIENCE = 90.0  # seconds beyond what all messages take
OPEN_FOR = timedelta(hours=6)  # so long ago the question opened, for everyone
LOOK_SECONDS = 0.1


@asynccontextmanager
async def standing(rate: int, members: int, state: State) -> AsyncIterator[tuple[Sandbox, Flood, str, list[Phone]]]:
    """A sandbox with strict limits, a database in which each member was (or is to be) asked, and their phones."""
    now = datetime.now(UTC)  # noqa: TID251 - the bot that is started goes by the wall clock
    flood = Flood(per_second=rate, retry_after=RETRY_AFTER)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        opened = database.connect(url)
        await database.upgrade(opened)
        await plant(opened, members=members, questions=1, opens=now - OPEN_FOR)
        async with opened.sessions.begin() as session:
            await plant_deliveries(session, members=members, question_id=1, state=state, due_at=now)
        await opened.close()
        async with Sandbox(clock=Clock(now), flood=flood) as sandbox:
            phones = [sandbox.phone(FIRST_TELEGRAM_ID + number, "M") for number in range(1, members + 1)]
            for phone in phones:
                await phone.sends("/start")
            sandbox.confirm_updates()
            yield sandbox, flood, url, phones


@contextlib.contextmanager
def ours(sandbox: Sandbox, url: str, rate: int) -> Iterator[None]:
    """Our bot, as a process."""
    settings = {
        "TELEGRAM_BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "DATABASE_URL": url,
        "MESSAGES_PER_SECOND": str(rate),
        "WEB_LISTEN": "127.0.0.1:0",
        "LOG_LEVEL": "ERROR",
    }
    with running(VDIALOGUE, {**os.environ, "PYTHONPATH": str(ROOT), **settings}):
        yield


@contextlib.contextmanager
def peer(sandbox: Sandbox, rate: int, members: int) -> Iterator[None]:
    """The peer, as a process."""
    told = ["--rate", str(rate), "--first", str(FIRST_TELEGRAM_ID + 1), "--members", str(members)]
    command = [sys.executable, "-m", "parts.peer_rush", sandbox.url, sandbox.token, *told]
    path = [str(ROOT), str(ROOT / "benchmarks"), os.environ.get("PYTHONPATH", "")]
    with running(command, {**os.environ, "PYTHONPATH": os.pathsep.join(path)}):
        yield


@contextlib.contextmanager
def running(command: Sequence[str], environment: dict[str, str]) -> Iterator[None]:
    """A command on the core of what is measured, ended with the block."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(command, cwd=folder, env=environment)  # noqa: S603 - our own command line
        try:
            processes.pin(processes.OURS, process.pid)
            yield
        finally:
            process.terminate()
            process.wait(30)


async def rush(people: int, per_second: float, rate: int) -> list[Row]:
    """So many come by the link, at so many a second; a few members reply meanwhile."""
    async with standing(rate, ESTABLISHED, State.SENT) as (sandbox, flood, url, phones):
        crowd = Crowd(sandbox, flood)
        with ours(sandbox, url, rate):
            await _reads(sandbox, phones[-1])
            begun = time.monotonic()
            async with asyncio.TaskGroup() as tasks:
                works = [
                    tasks.create_task(crowd.look()),
                    tasks.create_task(crowd.reply(itertools.cycle(phones[:-1]), REPLIES_IN_A_RUSH)),
                ]
                await crowd.come(people, per_second)
                ends = time.monotonic() + 4 * people / rate + PATIENCE
                while len(crowd.invited_at) < people and time.monotonic() < ends:  # noqa: ASYNC110 - as people look
                    await asyncio.sleep(LOOK_SECONDS)
                for work in works:
                    work.cancel()
        crowd.give_up()
        last = max(crowd.invited_at.values()) - begun
        ideal = max(people / per_second, crowd.accepted_at_last / rate)
        case = f"{people:,} at {per_second:g}/s"
        return [
            Row(f"{case}: without an invitation", people - len(crowd.invited_at), goal=at_most(0)),
            Row("requests during a wait", flood.during_waits, goal=at_most(0)),
            Row("refused, of 1,000", 1000 * flood.refused / max(1, flood.accepted), goal=at_most(1)),
            Row("last invitation : what the limit allows", last / ideal, goal=at_most(1.15)),
            *_thanks(crowd),
        ]


async def question(members: int, per_second: float, rate: int) -> list[Row]:
    """A question goes out to so many, while so many a second reply who have it; beside the peer."""
    figures = [await _question(members, per_second, rate, is_ours=is_ours) for is_ours in (True, False)]
    (share, waits, refused, crowd), (other, other_waits, other_refused, others) = figures
    case = f"to {members:,}, {per_second:g} replies/s"
    rows = [
        Row(f"{case}: share of what taps leave", share, other, at_least(0.95)),
        Row("requests during a wait", waits, other_waits, at_most(0)),
        Row("refused, of 1,000", refused, other_refused, at_most(1)),
    ]
    if per_second:
        rows += [
            Row(each.measure, each.ours, theirs.ours, each.goal)
            for each, theirs in zip(_thanks(crowd), _thanks(others), strict=True)
        ]
    return rows


async def _question(members: int, per_second: float, rate: int, *, is_ours: bool) -> tuple[float, int, float, Crowd]:
    state = State.PLANNED
    async with standing(rate, members, state) as (sandbox, flood, url, phones):
        crowd = Crowd(sandbox, flood)
        with ours(sandbox, url, rate) if is_ours else peer(sandbox, rate, members):
            while not flood.accepted:  # noqa: ASYNC110 - the same
                await asyncio.sleep(LOOK_SECONDS)
            begun, ends = time.monotonic(), time.monotonic() + 4 * members / rate + PATIENCE
            async with asyncio.TaskGroup() as tasks:
                works = [
                    tasks.create_task(crowd.look()),
                    tasks.create_task(crowd.reply(_who_have_it(phones), per_second)),
                ]
                asked: set[int] = set()
                while len(asked) < members and time.monotonic() < ends:
                    await asyncio.sleep(LOOK_SECONDS)
                    asked |= {phone.user_id for phone in phones if phone.user_id not in asked and _has_it(phone)}
                for work in works:
                    work.cancel()
            seconds = time.monotonic() - begun
        crowd.give_up()
        left = rate * seconds - (flood.accepted - len(asked))
        return len(asked) / left, flood.during_waits, 1000 * flood.refused / flood.accepted, crowd


def _has_it(phone: Phone) -> bool:
    return any("learned" in message.get("text", "") for message in phone.received)


def _who_have_it(phones: Sequence[Phone]) -> Iterator[Phone]:
    """Each once, in their order, of those who have the question; who has none yet replies all the same."""
    answered: set[int] = set()
    while True:
        phone = next((each for each in phones if each.user_id not in answered and _has_it(each)), phones[0])
        answered.add(phone.user_id)
        yield phone


async def _reads(sandbox: Sandbox, phone: Phone) -> None:
    """Wait until the bot answers."""
    await phone.sends("/help")
    await phone.receives("", timeout=60)
    assert sandbox.pending_updates <= 1


def _thanks(crowd: Crowd) -> list[Row]:
    waited = sorted(crowd.thanked_after)
    if not waited:
        return []
    worst = waited[min(len(waited) - 1, round(0.99 * len(waited)))]
    return [
        Row("thanks, median ms", 1000 * statistics.median(waited)),
        Row("thanks, 99th percentile ms", 1000 * worst, goal=at_most(1000)),
    ]


async def measure(arguments: argparse.Namespace) -> list[Row]:
    """All of it, one after the other."""
    rows: list[Row] = []
    for case in arguments.rushes:
        people, per_second = case.split("@")
        rows += await rush(int(people), float(per_second), arguments.rate)
    for per_second in arguments.replies:
        rows += await question(arguments.members, per_second, arguments.rate)
    return rows


def main() -> None:
    """Measure, and print."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=30, help="messages a second that Telegram lets through")
    parser.add_argument(
        "--rushes",
        nargs="*",
        default=["300@6", "300@12", "300@60", "3000@20"],
        help="people@a second, by the join link",
    )
    parser.add_argument("--members", type=int, default=2_000, help="who get a question")
    parser.add_argument("--replies", type=float, nargs="*", default=[0.0, 5.0, 10.0], help="replies a second meanwhile")
    processes.pin(processes.THEIRS)
    show(
        "A rush, and a question among replies; the peer is python-telegram-bot with AIORateLimiter",
        asyncio.run(measure(parser.parse_args())),
    )


if __name__ == "__main__":
    main()
