"""How long a Summary takes: a dialogue with many replies, laid out in its languages and every format.

Gathers from an SQLite file, compares the languages, and makes each file; prints seconds, those of the processor alone
(which a busy machine doesn't lengthen), and the peak of memory.
"""

import argparse
import asyncio
import resource
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parts import table
from parts.table import Row, at_most
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import authoring, database
from bot.database import Database
from bot.features.dialogues.actions import files
from bot.features.summary.actions import contents, parity
from bot.features.summary.actions.contents import Material
from bot.features.summary.reports import forms
from bot.features.summary.reports.forms import Form
from bot.models import Dialogue, KeyPoint, Member, Naming, Person, Reply, Role, Strength, Support

READY = Path(__file__).resolve().parent.parent / "docs" / "examples" / "women-and-public-transport.yaml"
STARTED = datetime(2027, 2, 1, 12, tzinfo=UTC)
POINTS = 5  # for each question
WORDS = "The last bus leaves before my shift ends, so I walk. "
MEBIBYTE = 1024  # in the kibibytes of ru_maxrss


async def fill(opened: Database, replies: int) -> str:
    """A dialogue in which every reply supports a key point of its question; returns its slug."""
    file = authoring.read(READY.read_bytes()).dialogue
    assert file is not None
    async with opened.sessions.begin() as session:
        await files.import_file(session, file, now=STARTED)
        found = await session.scalars(select(Dialogue).options(selectinload(Dialogue.questions)))
        dialogue = found.one()
        await _people(session, dialogue, max(1, replies // 3))
        await _replies(session, dialogue, replies)
        await _key_points(session, dialogue)
    return file.slug


async def _people(session: AsyncSession, dialogue: Dialogue, members: int) -> None:
    languages = dialogue.languages
    numbers = range(1, members + 1)
    await session.execute(
        insert(Person), [{"telegram_id": one, "language": languages[one % len(languages)]} for one in numbers]
    )
    member = {
        "dialogue_id": dialogue.id,
        "role": Role.MEMBER,
        "naming": Naming.PSEUDONYM,
        "joined_at": STARTED,
        "reminders": True,
    }
    await session.execute(insert(Member), [member | {"person_id": one, "pseudonym": f"cedar-{one}"} for one in numbers])


async def _replies(session: AsyncSession, dialogue: Dialogue, replies: int) -> None:
    members = max(1, replies // 3)
    await session.execute(
        insert(Reply),
        [
            {
                "dialogue_id": dialogue.id,
                "question_id": dialogue.questions[number % len(dialogue.questions)].id,
                "member_id": 1 + number % members,
                "message_id": number,
                "kind": "text",
                "text": WORDS * 5,
                "language": dialogue.languages[number % len(dialogue.languages)],
                "late": False,
                "replied_at": STARTED + timedelta(seconds=number),
                "kept_at": STARTED + timedelta(seconds=number),
            }
            for number in range(replies)
        ],
    )


async def _key_points(session: AsyncSession, dialogue: Dialogue) -> None:
    text = {tag: dialogue.summary[tag] for tag in dialogue.languages}
    for question in dialogue.questions:
        points = [
            KeyPoint(
                dialogue_id=dialogue.id,
                question_id=question.id,
                position=position,
                text=text,
                strength=Strength.MAJORITY,
                created_at=STARTED,
            )
            for position in range(POINTS)
        ]
        session.add_all(points)
        await session.flush()
        ids = (await session.scalars(select(Reply.id).where(Reply.question_id == question.id))).all()
        span = {"start": 0, "end": len(WORDS) - 1, "span": WORDS[:-1], "chosen_at": STARTED}
        if ids:
            rested = [
                span | {"key_point_id": points[index % POINTS].id, "reply_id": reply_id}
                for index, reply_id in enumerate(ids)
            ]
            await session.execute(insert(Support), rested)


async def measure(replies: int) -> tuple[float, float, dict[Form, float], float]:
    """Seconds to gather, to compare, to make each format in all languages, and of the processor for all of it."""
    with tempfile.TemporaryDirectory() as folder:
        opened = database.connect(f"sqlite:///{folder}/bench.db")
        await database.upgrade(opened)
        slug = await fill(opened, replies)
        started, worked = time.perf_counter(), time.process_time()
        async with opened.readers() as session:
            material = await contents.gather(session, slug)
        gathered = time.perf_counter()
        await opened.close()
    of = {tag: contents.contents(material, tag) for tag in material.dialogue.languages}
    parity.differences(of, material.dialogue.source_language)
    compared = time.perf_counter()
    made = {form: _make(material, form) for form in Form}
    return gathered - started, compared - gathered, made, time.process_time() - worked


def _make(material: Material, form: Form) -> float:
    started = time.perf_counter()
    for tag in material.dialogue.languages:
        forms.make(contents.contents(material, tag), form)
    return time.perf_counter() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replies", type=int, default=1000)
    replies = parser.parse_args().replies
    gathering, comparison, made, worked = asyncio.run(measure(replies))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    total = gathering + comparison + sum(made.values())
    table.show(
        f"A Summary of {replies:,} replies in all its languages",
        [
            Row("gather, seconds", gathering),
            Row("compare the languages, seconds", comparison),
            *[Row(f"a file each, {form}, seconds", seconds) for form, seconds in made.items()],
            Row("all of it, seconds", total, goal=at_most(5)),
            Row("of which the processor's own, seconds", worked),
            Row("memory at its peak, MiB", memory, goal=at_most(400)),
        ],
    )


if __name__ == "__main__":
    main()
