"""How long a card of what others replied takes to find, over a store of many replies: at the top, far down, in a rare language.

With an SQLite file, without Telegram; prints the median in milliseconds on a core, and how it grows.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parts.table import Row, at_most, growth, show
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import authoring, database
from bot.core import members
from bot.database import Database
from bot.features.dialogues.actions import files
from bot.features.discussion.actions import cards
from bot.models import Member, Naming, Person, Question, Reply, Role, Seen

READY = Path(__file__).resolve().parent.parent / "docs" / "examples" / "care-and-training.yaml"
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
READER = 1  # Telegram id, and id of the membership
SEEN = 1_000  # replies that the reader has read, the newest ones
REPEATS = 30
WORDS = "Care decided who could stay to the end of the training, and nobody had planned for it. " * 3
COMMON, RARE = ("en", "es", "fr"), "ru"
GOAL = 20  # milliseconds

Look = Callable[[AsyncSession, Person], Awaitable[object]]


async def fill(opened: Database, replies: int) -> None:
    """A dialogue all of whose replies answer question 1, by a hundredth as many members; one in ten thousand is Russian."""
    authored = authoring.read(READY.read_bytes()).dialogue
    assert authored is not None
    members = max(replies // 100, 2)
    people = [{"id": each, "telegram_id": each, "language": "es"} for each in range(1, members + 1)]
    async with opened.sessions.begin() as session:
        await files.import_file(session, authored, now=NOW)
        question_id = (await session.scalars(select(Question.id).order_by(Question.position))).first()
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
                    "joined_at": NOW - timedelta(weeks=2),
                    "reminders": True,
                }
                for person in people
            ],
        )
        await session.execute(
            insert(Reply),
            [
                {
                    "id": each,
                    "dialogue_id": 1,
                    "question_id": question_id,
                    "member_id": 2 + each % (members - 1),
                    "message_id": each,
                    "kind": "text",
                    "text": WORDS,
                    "language": RARE if each % 10_000 == 1 else COMMON[each % len(COMMON)],
                    "late": False,
                    "replied_at": NOW,
                    "kept_at": NOW,
                    "featured_at": NOW if each <= 3 else None,  # noqa: PLR2004 - three, as in highlights
                }
                for each in range(1, replies + 1)
            ],
        )
        seen = range(max(replies - SEEN, 3) + 1, replies + 1)
        await session.execute(insert(Seen), [{"member_id": READER, "reply_id": each} for each in seen])


def looks(replies: int) -> dict[str, Look]:
    """What is measured: a name, and what is looked up."""
    return {
        "first unread": lambda session, person: _top(session, person, None),
        "a card in the middle": lambda session, person: cards.card(session, person, replies // 2, language=None),
        "a card in a rare language": lambda session, person: cards.card(session, person, replies // 2, language=RARE),
        "the count of a deck": lambda session, person: cards.decks(session, person, now=NOW),
    }


async def _top(session: AsyncSession, person: Person, language: str | None) -> object:
    reply_id = await cards.top(session, person, 1, language)
    assert reply_id is not None
    return await cards.card(session, person, reply_id, language=language)


async def measure(url: str, replies: int) -> list[tuple[str, list[float]]]:
    """Milliseconds on a core for each look, many times over, the database included; what a look writes is not kept."""
    opened = database.connect(url)
    await database.upgrade(opened)
    await fill(opened, replies)
    found = []
    for name, look in looks(replies).items():
        took = []
        for _ in range(REPEATS):
            begun = time.process_time()
            async with opened.sessions() as session:
                await look(session, await members.meet(session, telegram_id=READER, language="es"))
            took.append((time.process_time() - begun) * 1000)
        found.append((name, took))
    await opened.close()
    return found


def main() -> None:
    """Measure at three sizes, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replies", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    sizes = parser.parse_args().replies
    medians: dict[str, list[float]] = {}
    rows = []
    for replies in sizes:
        with tempfile.TemporaryDirectory() as folder:
            for name, took in asyncio.run(measure(f"sqlite:///{folder}/bench.db", replies)):
                medians.setdefault(name, []).append(statistics.median(took))
                goal = at_most(GOAL) if replies == sizes[-1] else None
                rows.append(Row(f"{name} of {replies:,}, ms", medians[name][-1], goal=goal))
    for name, figures in medians.items():
        rows += growth(name, sizes, figures, 0.3)
    show("Reading what others replied, SQLite", rows)


if __name__ == "__main__":
    main()
