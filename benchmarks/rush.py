"""A rush at the join link, and replies while a question goes out: who is left without an answer, and how near it comes to the limit.

The bot runs as a host would run it, against the sandbox with limits that bind: so many messages a second over all, a burst of
five to one chat and then one a second; a refusal holds until its wait is over. Sandbox and people share the other core.
"""

import argparse
import asyncio
import itertools
import math
import os
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
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
START_SECONDS, END_SECONDS = 60.0, 60.0
AT_A_LOOK = 1_000  # phones: looking at all of ten thousand would keep the sandbox from answering


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


@asynccontextmanager
async def ours(sandbox: Sandbox, url: str, rate: int) -> AsyncIterator[None]:
    """Our bot, as a process."""
    settings = {
        "TELEGRAM_BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "DATABASE_URL": url,
        "MESSAGES_PER_SECOND": str(rate),
        "WEB_LISTEN": "127.0.0.1:0",
        "LOG_LEVEL": "ERROR",
    }
    async with running(VDIALOGUE, {**os.environ, "PYTHONPATH": str(ROOT), **settings}):
        yield


@asynccontextmanager
async def peer(sandbox: Sandbox, rate: int, members: int) -> AsyncIterator[None]:
    """The peer, as a process."""
    told = ["--rate", str(rate), "--first", str(FIRST_TELEGRAM_ID + 1), "--members", str(members)]
    command = [sys.executable, "-m", "parts.peer_rush", sandbox.url, sandbox.token, *told]
    path = [str(ROOT), str(ROOT / "benchmarks"), os.environ.get("PYTHONPATH", "")]
    async with running(command, {**os.environ, "PYTHONPATH": os.pathsep.join(path)}):
        yield


@asynccontextmanager
async def running(command: Sequence[str], environment: dict[str, str]) -> AsyncIterator[None]:
    """A command on the core of what is measured, ended with the block; meanwhile the sandbox answers what it still asks."""
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment)
        try:
            processes.pin(processes.OURS, process.pid)
            yield
        finally:
            if process.returncode is None:
                process.terminate()
            async with asyncio.timeout(END_SECONDS):
                await process.wait()


async def rush(people: int, per_second: float, rate: int) -> list[Row]:
    """So many come by the link, at so many a second; a few members reply meanwhile."""
    async with standing(rate, ESTABLISHED, State.SENT) as (sandbox, flood, url, phones):
        crowd = Crowd(sandbox, flood)
        async with ours(sandbox, url, rate):
            await _reads(sandbox, phones[-1])
            begun = time.monotonic()
            async with crowd.replying(itertools.cycle(phones[:-1]), REPLIES_IN_A_RUSH):
                await crowd.come(people, per_second)
                ends = time.monotonic() + 4 * people / rate + PATIENCE
                while len(crowd.invited_at) < people and time.monotonic() < ends:  # noqa: ASYNC110 - as people look
                    await asyncio.sleep(LOOK_SECONDS)
        last = max(crowd.invited_at.values(), default=math.inf) - begun
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
    """A question goes out to so many, while so many a second reply who have it; beside the peer, which gets as long as we took."""
    mine = await _question(members, per_second, rate, 4 * members / rate + PATIENCE)
    theirs = await _question(members, per_second, rate, mine.seconds, is_ours=False)
    case = f"to {members:,}, {per_second:g} replies/s"
    rows = [
        Row(f"{case}: share of what taps leave", mine.share, theirs.share, at_least(0.95)),
        Row("members who have it", mine.asked, theirs.asked, at_least(members)),
        Row("requests during a wait", mine.during_waits, theirs.during_waits, at_most(0)),
        Row("refused, of 1,000", mine.refused, theirs.refused, at_most(1)),
    ]
    for ours_row, their_row in itertools.zip_longest(_thanks(mine.crowd), _thanks(theirs.crowd)):
        rows.append(Row(ours_row.measure, ours_row.ours, None if their_row is None else their_row.ours, ours_row.goal))
    return rows


@dataclass(frozen=True)
class Asked:
    """How far a question came: the members who have it, in how many seconds, and which share that is of what taps leave of the limit."""

    asked: int
    seconds: float
    share: float
    during_waits: int
    refused: float
    crowd: Crowd


async def _question(members: int, per_second: float, rate: int, most_seconds: float, *, is_ours: bool = True) -> Asked:
    """Until all have it, or so many seconds are over since the first."""
    async with standing(rate, members, State.PLANNED) as (sandbox, flood, url, phones):
        crowd, asked = Crowd(sandbox, flood), AskedPhones(phones)
        async with ours(sandbox, url, rate) if is_ours else peer(sandbox, rate, members):
            async with asyncio.timeout(START_SECONDS):
                while not flood.accepted:  # noqa: ASYNC110 - as people look
                    await asyncio.sleep(LOOK_SECONDS)
            begun = time.monotonic()
            async with crowd.replying(iter(asked), per_second):
                while asked.look() < members and time.monotonic() < begun + most_seconds:  # noqa: ASYNC110 - the same
                    await asyncio.sleep(LOOK_SECONDS)
                seconds, accepted = time.monotonic() - begun, flood.accepted
        left = rate * seconds - (accepted - asked.count)
        return Asked(
            asked.count, seconds, asked.count / left, flood.during_waits, 1000 * flood.refused / flood.accepted, crowd
        )


class AskedPhones:
    """Who has the question; iterated over, each once, in the order in which they got it, to reply to it."""

    def __init__(self, phones: Sequence[Phone]) -> None:
        self._first, self._lacking, self._silent, self.count = phones[0], deque(phones), deque[Phone](), 0

    def look(self) -> int:
        """How many have it. Questions go out more or less in order, so that only the next few are looked at."""
        for _ in range(min(AT_A_LOOK, len(self._lacking))):
            phone = self._lacking.popleft()
            if any("learned" in message.get("text", "") for message in phone.received):
                self.count += 1
                self._silent.append(phone)
            else:
                self._lacking.append(phone)
        return self.count

    def __iter__(self) -> Iterator[Phone]:
        """Who replies next; who has none yet replies all the same."""
        while True:
            yield self._silent.popleft() if self._silent else self._first


async def _reads(sandbox: Sandbox, phone: Phone) -> None:
    """Wait until the bot answers."""
    await phone.sends("/help")
    await phone.receives("", timeout=START_SECONDS)
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
        tell(f"{case} by the join link")
        rows += await rush(int(people), float(per_second), arguments.rate)
    for per_second in arguments.replies:
        tell(f"a question to {arguments.members:,}, {per_second:g} replies a second")
        rows += await question(arguments.members, per_second, arguments.rate)
    return rows


def tell(case: str) -> None:
    """Say on standard error what is being measured now."""
    print(f"{time.strftime('%H:%M:%S')} {case} …", file=sys.stderr, flush=True)


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
    parser.add_argument("--members", type=int, default=2_000, help="who get a question (10,000 take half an hour)")
    parser.add_argument("--replies", type=float, nargs="*", default=[0.0, 5.0, 10.0], help="replies a second meanwhile")
    processes.pin(processes.THEIRS)
    show(
        "A rush, and a question among replies; the peer is python-telegram-bot with AIORateLimiter",
        asyncio.run(measure(parser.parse_args())),
    )


if __name__ == "__main__":
    main()
