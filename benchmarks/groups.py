"""Whether a group that talks fast loses a word: sent, kept, tied to the question, lost, at rising rates.

The bot runs as it would (`python -m bot run`, an SQLite file) on one core; the sandbox, with everyone who talks, on the other.
Of ten messages six answer the question, two answer another reply, two are small talk, which must not be kept.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from parts import processes
from parts.filling import plant
from parts.table import Row, at_least, at_most, show
from sqlalchemy import select

from bot import database as databases
from bot.app.application import wall_clock
from bot.database import Database
from bot.models import Reply
from bot.sandbox import Clock, Phone, Sandbox
from bot.sandbox.groups import Group
from bot.sandbox.phone import Where

ORGANISER, FIRST_SPEAKER, SPEAKERS = 1, 2_000, 200
CIRCLE = -1001000000001
PATIENCE = 300.0  # seconds until everything must have been worked off
LOOK_SECONDS = 0.1
GOAL = 1_000  # messages a minute


@dataclass(frozen=True)
class Heard:
    """What became of what was said: numbers of messages, the messages a minute, and the seconds the bot needed after the last one."""

    sent: int
    answers: int
    kept: int
    tied: int
    small_talk_kept: int
    rate: float
    behind: float


@dataclass
class Talk:
    """A group in which the question was asked, and everyone who talks."""

    circle: Group
    speakers: list[Phone]
    question_id: int

    async def go_on(self, rate: float, seconds: float) -> tuple[dict[int, int | None], int, float]:
        """Talk at so many messages a minute: what answers something, with the reply it hangs from; how many in all; how fast it was."""
        answers: dict[int, int | None] = {}
        count = int(rate / 60 * seconds)
        began = time.monotonic()
        for number in range(count):
            await asyncio.sleep(max(0.0, began + number * 60 / rate - time.monotonic()))
            speaker = self.speakers[number % len(self.speakers)]
            earlier = next(reversed(answers), None) if number % 10 in {3, 6} else None
            to = None if number % 10 in {4, 8} else earlier or self.question_id
            where = Where(chat=self.circle) if to is None else Where(chat=self.circle, reply_to=to)
            said = await speaker.sends(f"Word {number}: care decided who could stay.", **where)
            if to is not None:
                answers[said["message_id"]] = earlier and (answers[earlier] or earlier)
        return answers, count, count / (time.monotonic() - began) * 60


@asynccontextmanager
async def running(sandbox: Sandbox, folder: Path, *, webhook: bool) -> AsyncIterator[Database]:
    """The bot as a process, with a dialogue whose question opened an hour ago; what it remembers."""
    url = f"sqlite:///{folder}/bench.db"
    database = databases.connect(url)
    await databases.upgrade(database)
    await plant(database, members=1, questions=1, opens=wall_clock() - timedelta(hours=1))
    listen = f"127.0.0.1:{processes.free_port()}"
    environment = os.environ | {
        "TELEGRAM_BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "DATABASE_URL": url,
        "ORGANISER_IDS": str(ORGANISER),
        "WEB_LISTEN": listen,
        "LOG_LEVEL": "ERROR",
    }
    if webhook:
        environment |= {"WEBHOOK_URL": f"http://{listen}/telegram", "WEBHOOK_SECRET": "a-secret-of-the-benchmark"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        processes.pin(processes.OURS, process.pid)
        yield database
    finally:
        process.terminate()
        await process.wait()
        await database.close()


async def gather(sandbox: Sandbox) -> Talk:
    """Link a group, and wait until the question is asked in it."""
    organiser = sandbox.phone(ORGANISER, "Ada", language_code="en")
    speakers = [sandbox.phone(FIRST_SPEAKER + each, f"Speaker {each}", language_code="en") for each in range(SPEAKERS)]
    circle = sandbox.group(CIRCLE, "Water", members=[organiser, *speakers], bot="administrator")
    await organiser.sends("/start")
    await organiser.receives("", timeout=PATIENCE)
    await organiser.sends("/link training en", chat=circle)
    question = await circle.receives("What have you learned?", timeout=PATIENCE)
    return Talk(circle, speakers, question["message_id"])


async def measure(rate: float, seconds: float, *, webhook: bool) -> Heard:
    """One run of the bot at one rate."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Sandbox(clock=Clock(wall_clock())) as sandbox,
            running(sandbox, Path(folder), webhook=webhook) as database,
        ):
            talk = await gather(sandbox)
            answers, sent, rate_reached = await talk.go_on(rate, seconds)
            behind = await _settled(sandbox, database, len(answers))
            async with database.readers() as session:
                rows = (await session.execute(select(Reply.message_id, Reply.question_id, Reply.parent_id))).all()
                numbers = {row.message_id: row.id for row in await session.execute(select(Reply.message_id, Reply.id))}
    tied = sum((row.question_id, row.parent_id) == (1, numbers.get(answers.get(row.message_id) or 0)) for row in rows)
    kept = sum(row.message_id in answers for row in rows)
    return Heard(sent, len(answers), kept, tied, len(rows) - kept, rate_reached, behind)


async def _settled(sandbox: Sandbox, database: Database, answers: int) -> float:
    """Wait until the bot has kept all that it is to keep, or has nothing left to do; the seconds that took."""
    ended = time.monotonic()
    unchanged, before = 0, -1
    while time.monotonic() - ended < PATIENCE and unchanged < 100:  # noqa: PLR2004 - ten seconds without a change
        async with database.readers() as session:
            kept = len((await session.scalars(select(Reply.id))).all())
        if kept >= answers and not sandbox.pending_updates:
            break
        unchanged, before = (unchanged + 1, before) if kept == before else (0, kept)
        await asyncio.sleep(LOOK_SECONDS)
    return time.monotonic() - ended


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rates", type=int, nargs="+", default=[GOAL, 2_000, 4_000, 8_000], help="messages a minute")
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="how long at the first rate; the others take as many messages"
    )
    arguments = parser.parse_args()
    processes.pin(processes.THEIRS)
    for webhook in (False, True):
        for rate in arguments.rates:
            seconds = arguments.seconds * arguments.rates[0] / rate
            heard = asyncio.run(measure(rate, seconds, webhook=webhook))
            show(
                f"A group at {rate:,} messages a minute, updates by {'webhook' if webhook else 'polling'}",
                [
                    Row("sent", heard.sent),
                    Row("reached, messages a minute", heard.rate),
                    Row("kept, of those that answer", heard.kept),
                    Row("tied to question and reply, share", heard.tied / heard.answers, goal=at_least(1)),
                    Row("lost", heard.answers - heard.kept, goal=at_most(0)),
                    Row("small talk kept", heard.small_talk_kept, goal=at_most(0)),
                    Row("behind at the end, s", heard.behind, goal=at_most(5) if rate == GOAL else None),
                ],
            )


if __name__ == "__main__":
    main()
