"""How long a person waits: for the thanks after a reply, also while many are written to, and for a digest of a dialogue with many replies.

Runs the bot against the sandbox on this machine, over HTTP, with an SQLite file.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parts.crowd import say
from parts.table import Goal, Row, at_most, show
from sqlalchemy import insert, select

from bot import authoring, database, logs
from bot.app.application import Bot
from bot.database import Database
from bot.features.dialogues.actions import files
from bot.models import Delivery, Kind, Member, Naming, Person, Question, Reply, Role, State
from bot.sandbox import Clock, Phone, Sandbox
from bot.settings import load

READY = Path(__file__).resolve().parent.parent / "docs" / "examples" / "care-and-training.yaml"
ASKED = datetime(2026, 11, 30, 12, tzinfo=UTC)
ADA, BEA = 1, 2
REPEATS = 10
DURING = 30  # replies while many are written to
REST_SECONDS = 1.0  # one chat takes one message a second: the wait for that is not the answer's
BETWEEN_REPLIES = timedelta(seconds=11)  # by the sandbox's clock: a flood is thanked for once
PATIENCE_SECONDS = 60.0
FIRST_MEMBER = 10_000
WORDS = "Care decided who could stay to the end of the training, and nobody had planned for it. " * 3


async def measure(replies: int) -> tuple[list[float], list[float]]:
    """Seconds from a reply to its thanks, and from /digest to the digest, over a store of `replies`."""
    with tempfile.TemporaryDirectory() as folder:
        opened = database.connect(f"sqlite:///{folder}/bench.db")
        await database.upgrade(opened)
        clock = Clock(ASKED, speed=1)
        await fill(opened, replies, clock.now())
        async with Sandbox(clock=clock) as sandbox:
            settings = load(None, telegram_bot_token=sandbox.token, telegram_api_url=sandbox.url, organiser_ids=(ADA,))
            async with Bot(settings, opened, clock=clock.now).running():
                ada = sandbox.phone(ADA, "Ada", language_code="en")
                bea = sandbox.phone(BEA, "Bea", language_code="es")
                await ada.sends("/start")
                await ada.receives("", timeout=30)
                await bea.sends("/start")
                await bea.receives("", timeout=30)
                await bea.taps(data="join:1")
                await bea.sees("1", timeout=30)
                await asyncio.sleep(2)  # the note and the question arrive
                thanks = [await _thanks(bea, number, clock) for number in range(REPEATS)]
                digests = [await _digest(ada) for _ in range(REPEATS)]
        await opened.close()
    return thanks[1:], digests[1:]


async def measure_during(members: int) -> list[float]:
    """Seconds from a reply to its thanks, while a question goes out to so many members."""
    with tempfile.TemporaryDirectory() as folder:
        opened = database.connect(f"sqlite:///{folder}/bench.db")
        await database.upgrade(opened)
        clock = Clock(ASKED, speed=1)
        await fill(opened, 0, clock.now(), members=members)
        async with Sandbox(clock=clock) as sandbox:
            for number in range(members):
                await sandbox.phone(FIRST_MEMBER + number, "M").sends("/start")
            sandbox.confirm_updates()
            settings = load(None, telegram_bot_token=sandbox.token, telegram_api_url=sandbox.url, organiser_ids=(ADA,))
            async with Bot(settings, opened, clock=clock.now, tick_seconds=1).running():
                bea = sandbox.phone(BEA, "Bea", language_code="es")
                await bea.sends("/start")
                await bea.receives("", timeout=30)
                await bea.taps(data="join:1")
                await bea.sees("1", timeout=30)
                await asyncio.sleep(2)  # the question begins to go out
                thanks = [await _thanks(bea, number, clock) for number in range(DURING)]
                assert await _waits(opened), "the broadcast has to last longer than the replies"
        await opened.close()
    return thanks


async def _waits(opened: Database) -> bool:
    async with opened.readers() as session:
        waiting = select(Delivery.id).where(Delivery.state == State.PLANNED, Delivery.kind == Kind.QUESTION)
        sent = select(Delivery.id).where(Delivery.state == State.SENT, Delivery.kind == Kind.QUESTION)
        return None not in {await session.scalar(each.limit(1)) for each in (waiting, sent)}


async def fill(opened: Database, replies: int, now: datetime, *, members: int | None = None) -> None:
    """A dialogue with a hundredth as many members as replies, unless it is said how many, in four languages."""
    file = authoring.read(READY.read_bytes()).dialogue
    assert file is not None
    languages = file.languages
    members = members or max(replies // 100, 1)
    async with opened.sessions.begin() as session:
        await files.import_file(session, file.model_copy(update={"admission": "open"}), now=now)
        questions = (await session.scalars(select(Question.id))).all()
        people = [
            {"id": 100 + each, "telegram_id": FIRST_MEMBER + each, "language": languages[each % len(languages)]}
            for each in range(members)
        ]
        await session.execute(insert(Person), people)
        await session.execute(
            insert(Member),
            [
                {
                    "id": person["id"],
                    "dialogue_id": 1,
                    "person_id": person["id"],
                    "role": Role.MEMBER,
                    "naming": Naming.PSEUDONYM,
                    "pseudonym": f"cedar-{person['id']}",
                    "joined_at": now,
                    "reminders": True,
                }
                for person in people
            ],
        )
        if not replies:
            return
        await session.execute(
            insert(Reply),
            [
                {
                    "dialogue_id": 1,
                    "question_id": questions[each % len(questions)],
                    "member_id": 100 + each % members,
                    "message_id": each,
                    "kind": "text",
                    "text": WORDS,
                    "language": languages[each % members % len(languages)],
                    "late": False,
                    "replied_at": now - timedelta(seconds=each),
                    "kept_at": now - timedelta(seconds=each),
                }
                for each in range(replies)
            ],
        )


async def _thanks(phone: Phone, number: int, clock: Clock) -> float:
    await asyncio.sleep(REST_SECONDS)
    clock.advance(BETWEEN_REPLIES)
    said = await say(phone, f"Respuesta {number}")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not said.came():  # noqa: ASYNC110 - as a person looks
            await asyncio.sleep(0.001)
    return time.monotonic() - said.at


async def _digest(phone: Phone) -> float:
    await asyncio.sleep(REST_SECONDS)
    begun = time.perf_counter()
    before = len(phone.received)
    await phone.sends("/digest")
    while len(phone.received) == before:  # noqa: ASYNC110 - the same
        await asyncio.sleep(0.001)
    return time.perf_counter() - begun


async def measure_all(sizes: Sequence[int], broadcast: int) -> list[Row]:
    """All of it, one after the other."""
    rows = []
    for replies in sizes:
        thanks, digests = await measure(replies)
        rows += [*_figures(f"thanks, {replies:,} replies", thanks), *_figures(f"a digest of {replies:,}", digests)]
    rows += _figures(f"thanks while {broadcast:,} are written to", await measure_during(broadcast), at_most(1000))
    return rows


def _figures(what: str, seconds: Sequence[float], goal: Goal | None = None) -> list[Row]:
    median, longest = 1000 * statistics.median(seconds), 1000 * max(seconds)
    return [Row(f"{what}, median ms", median), Row("the longest, ms", longest, goal=goal)]


def main() -> None:
    """Measure at three sizes, and print."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replies", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--broadcast", type=int, default=10_000, help="members who are written to meanwhile")
    arguments = parser.parse_args()
    show("How long a person waits", asyncio.run(measure_all(arguments.replies, arguments.broadcast)))


if __name__ == "__main__":
    main()
