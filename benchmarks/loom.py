"""How long the loom takes: 60 key points in seven languages, each resting on words, from the request to the last byte, over real HTTP.

With an SQLite file, and with the document in one language and in all; prints the median in milliseconds, those of the processor alone
(which a busy machine doesn't lengthen), and how many statements the database is asked.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from parts import browsing
from parts.table import Row, at_most, show
from sqlalchemy import event, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import authoring, database
from bot.database import Database
from bot.features.dialogues.actions import files
from bot.models import Dialogue, KeyPoint, Member, Naming, Person, Reply, Role, Strength, Support

READY = Path(__file__).resolve().parent.parent / "docs" / "examples" / "women-and-public-transport.yaml"
SLUG = "women-and-public-transport"
NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
REPEATS = 20
MODERATOR = 1  # a person's id
REPLIES = 300
GOAL = 200  # milliseconds
LINKED = " See the [plan](https://example.org/plan), **page 3**."
WORDS = "The last bus leaves before my shift ends, so I walk. "


async def fill(opened: Database, points: int) -> None:
    """A dialogue with its key points in all languages, each resting on several replies; the first person moderates it."""
    written = authoring.read(READY.read_bytes()).dialogue
    assert written is not None
    async with opened.sessions.begin() as session:
        await files.import_file(session, written, now=NOW)
        found = await session.scalars(select(Dialogue).options(selectinload(Dialogue.questions)))
        dialogue = found.one()
        await _replies(session, dialogue)
        await _points(session, dialogue, points)


async def _replies(session: AsyncSession, dialogue: Dialogue) -> None:
    numbers = range(1, REPLIES + 1)
    await session.execute(insert(Person), [{"telegram_id": each, "language": "en"} for each in numbers])
    member = {"dialogue_id": 1, "naming": Naming.PSEUDONYM, "joined_at": NOW, "reminders": True}
    roles = {1: Role.MODERATOR}
    await session.execute(
        insert(Member),
        [
            member | {"person_id": each, "pseudonym": f"cedar-{each}", "role": roles.get(each, Role.MEMBER)}
            for each in numbers
        ],
    )
    reply = {"dialogue_id": 1, "kind": "text", "text": WORDS * 5, "late": False, "replied_at": NOW, "kept_at": NOW}
    await session.execute(
        insert(Reply),
        [
            reply
            | {
                "question_id": dialogue.questions[each % len(dialogue.questions)].id,
                "member_id": each,
                "message_id": each,
                "language": dialogue.languages[each % len(dialogue.languages)],
            }
            for each in numbers
        ],
    )


async def _points(session: AsyncSession, dialogue: Dialogue, points: int) -> None:
    text = {tag: dialogue.summary[tag] + LINKED for tag in dialogue.languages}
    questions = dialogue.questions
    planted = [
        KeyPoint(
            dialogue_id=dialogue.id,
            question_id=questions[each % len(questions)].id,
            position=each,
            text={tag: f"{each}. {said}" for tag, said in text.items()},
            strength=Strength.MAJORITY,
            created_at=NOW,
        )
        for each in range(points)
    ]
    session.add_all(planted)
    await session.flush()
    span = {"start": 0, "end": len(WORDS) - 1, "span": WORDS[:-1], "chosen_at": NOW}
    rested = [
        span | {"key_point_id": point.id, "reply_id": reply}
        for each, point in enumerate(planted)
        for reply in range(1, REPLIES + 1)
        if reply % points == each or reply % points == (each + len(questions)) % points
    ]
    await session.execute(insert(Support), rested)


async def measure(points: int) -> list[Row]:
    """Milliseconds of each page, and the statements."""
    rows, asked = [], 0
    with tempfile.TemporaryDirectory() as folder:
        opened = database.connect(f"sqlite:///{folder}/bench.db")
        await database.upgrade(opened)
        await fill(opened, points)

        @event.listens_for(opened.engine.sync_engine, "before_cursor_execute")
        def count(*_: object) -> None:
            nonlocal asked
            asked += 1

        async with browsing.browser(opened, MODERATOR, NOW) as browser:
            for name, path, goal in PAGES:
                took, worked, asked = [], [], 0
                for _ in range(REPEATS):
                    begun, busy = time.perf_counter(), time.process_time()
                    async with browser.get(f"/desk/{SLUG}/loom{path}") as answer:
                        answer.raise_for_status()
                        await answer.read()
                    took.append((time.perf_counter() - begun) * 1000)
                    worked.append((time.process_time() - busy) * 1000)
                rows += [
                    Row(f"{name}, ms", statistics.median(took), goal=at_most(GOAL) if goal else None),
                    Row(f"{name}, of the processor, ms", statistics.median(worked)),
                    Row(f"{name}, statements", asked / REPEATS),
                ]
        await opened.close()
    return rows


PAGES = (
    ("all rows and the document", "", True),
    ("the same without the document", "?document=none", True),
    ("the same with the document in all languages", "?document=all", False),
    ("one question", "?only=1", True),
    ("publishing", "/publish", True),
)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=60)
    points = parser.parse_args().points
    show(f"The loom with {points} key points in seven languages, SQLite", asyncio.run(measure(points)))


if __name__ == "__main__":
    main()
