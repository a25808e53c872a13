"""What SQLite does for an answer, counted rather than timed: so a test sees what grows with the crowd, on any machine."""

import contextlib
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from planting import MONDAY
from sqlalchemy import event, insert

from bot.core.pseudonyms import PSEUDONYM_WORDS
from bot.database import Database
from bot.models import Delivery, Kind, LanguageSource, Member, Naming, Person, Reply, Role, State

STEP = 100  # instructions of SQLite's


async def effort(database: Database, do: Callable[[], Awaitable[object]]) -> int:
    """How many hundreds of instructions SQLite needs to find what is read while something is done."""
    engines = {database.engine.sync_engine, database.reading_engine.sync_engine}
    asked = list[tuple[str, Any]]()

    def listen(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        asked.append((statement, parameters))

    for engine in engines:
        event.listen(engine, "before_cursor_execute", listen)
    await do()
    for engine in engines:
        event.remove(engine, "before_cursor_execute", listen)
    steps = list[int]()
    with contextlib.closing(sqlite3.connect(database.engine.url.database or "")) as connection:
        connection.set_progress_handler(lambda: steps.append(1), STEP)
        for statement, parameters in asked:
            if statement.startswith(("SELECT", "WITH")):
                connection.execute(statement, parameters).fetchall()
    return len(steps)


async def crowd(database: Database, first: int, number: int, **joined: Any) -> None:
    """So many more members of dialogue 1, from an id on, under pseudonyms as they are drawn when there are many."""
    some = range(first, first + number)
    usual = {"dialogue_id": 1, "role": Role.MEMBER, "naming": Naming.PSEUDONYM, "reminders": True}
    names = [f"{PSEUDONYM_WORDS[each % len(PSEUDONYM_WORDS)]}-{each}" for each in some]
    people = [{"id": each, "person_id": each, "pseudonym": name} for each, name in zip(some, names, strict=True)]
    async with database.sessions.begin() as session:
        await session.execute(insert(Person), [{"id": each, "telegram_id": each, "language": "en"} for each in some])
        await session.execute(insert(Member), [usual | joined | each for each in people])


async def asked_and_answered(database: Database, first: int, number: int) -> None:
    """The same many members, whom question 1 has reached and who have all replied to it."""
    await crowd(database, first, number, joined_at=MONDAY)
    some = range(first, first + number)
    about = {"dialogue_id": 1, "question_id": 1}
    posted = about | {"kind": Kind.QUESTION, "state": State.SENT, "due_at": MONDAY, "settled_at": MONDAY}
    said = about | {"kind": "text", "text": "We learned to listen.", "language": "en", "late": False}
    said |= {"naming": Naming.PSEUDONYM, "replied_at": MONDAY, "kept_at": MONDAY}
    said |= {"language_source": LanguageSource.DETECTED}
    async with database.sessions.begin() as session:
        await session.execute(insert(Delivery), [posted | {"member_id": each, "message_id": each} for each in some])
        await session.execute(insert(Reply), [said | {"member_id": each, "message_id": each + 1} for each in some])
