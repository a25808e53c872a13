"""Large dialogues, written by the database itself: members over languages and time zones, deliveries, replies."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Text, case, cast, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase

from bot.core.pseudonyms import PSEUDONYM_WORDS
from bot.database import Database
from bot.models import (
    Admission,
    Delivery,
    Dialogue,
    Kind,
    Member,
    Moderation,
    Names,
    Naming,
    Person,
    Question,
    Reply,
    Role,
    SendAt,
    State,
)

OPENS = datetime(2026, 11, 30, 9, tzinfo=UTC)  # the first question, by the wall clock of each member
LANGUAGES = ("en", "es", "fr", "ar", "ru", "zh-Hans")
ZONES = (
    "America/Santo_Domingo",
    "America/Port-au-Prince",
    "America/Bogota",
    "Europe/Paris",
    "Africa/Nairobi",
    "Asia/Beirut",
    "Europe/Moscow",
    "Asia/Shanghai",
)
FIRST_TELEGRAM_ID = 1_000_000
IN_A_SECOND = 1_000  # replies: if all came at one moment, none would be the newest, and PostgreSQL would sort them all
WORDS = "Care decided who could stay to the end of the training, and nobody had planned for it. " * 3


async def plant(database: Database, *, members: int, questions: int, opens: datetime = OPENS) -> None:
    """A dialogue without reminders, its questions a week apart, and so many members; all ids count from 1."""
    week = timedelta(weeks=1)
    start = opens.replace(tzinfo=None)
    dialogue = Dialogue(
        slug="training",
        languages=list(LANGUAGES),
        timezone="UTC",
        starts=start,
        every=week,
        send_at=SendAt.MEMBER,
        quiet_from=None,  # there is no hour at which people in all of these zones are awake
        quiet_until=None,
        moderation=Moderation.AFTER,
        admission=Admission.OPEN,  # the link ends in the slug
        names=Names.CHOOSE,
        title={language: f"Training ({language})" for language in LANGUAGES},
        summary={"en": "What training can do."},
        concept_note={},
        sources=[],
        created_at=opens - week,
        questions=[
            Question(
                position=position,
                title={},
                text={language: f"What have you learned? ({language})" for language in LANGUAGES},
                prompts={},
                opens=start + position * week,
                closes=start + (position + 1) * week,
            )
            for position in range(questions)
        ],
    )
    async with database.sessions.begin() as session:
        session.add(dialogue)
        await session.flush()
        await _plant_members(session, members, opens - timedelta(days=1))


async def _plant_members(session: AsyncSession, members: int, joined_at: datetime) -> None:
    number = numbers(members)
    each = number.c.value
    await fill(
        session,
        Person,
        id=each,
        telegram_id=each + FIRST_TELEGRAM_ID,
        language=one_of(LANGUAGES, each),
        timezone=one_of(ZONES, each // len(LANGUAGES)),
    )
    columns = Member.__table__.c
    await fill(
        session,
        Member,
        id=each,
        dialogue_id=literal(1),
        person_id=each,
        role=literal(Role.MEMBER, columns.role.type),
        naming=literal(Naming.PSEUDONYM, columns.naming.type),
        pseudonym=one_of(PSEUDONYM_WORDS, each) + "-" + cast(each // len(PSEUDONYM_WORDS) + 2, Text),
        joined_at=literal(joined_at, columns.joined_at.type),
        reminders=literal(value=True),
    )
    await _count_on(session, Person, Member)


async def _count_on(session: AsyncSession, *tables: type[DeclarativeBase]) -> None:
    """Have PostgreSQL give the next rows the ids after these; SQLite looks for the highest by itself."""
    if session.get_bind().dialect.name == "postgresql":
        for name in (table.__tablename__ for table in tables):
            await session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")  # noqa: S608 - names of our own tables
            )


async def plant_deliveries(
    session: AsyncSession, *, members: int, question_id: int, state: State, due_at: datetime = OPENS
) -> None:
    """A delivery of one question for each member, in one state."""
    each = numbers(members).c.value
    columns = Delivery.__table__.c
    await fill(
        session,
        Delivery,
        kind=literal(Kind.QUESTION, columns.kind.type),
        dialogue_id=literal(1),
        member_id=each,
        question_id=literal(question_id),
        due_at=literal(due_at, columns.due_at.type),
        state=literal(state, columns.state.type),
        at_once=literal(value=False),
        stale=literal(value=False),
    )


async def plant_replies(session: AsyncSession, *, replies: int, members: int, question_id: int, at: datetime) -> None:
    """Replies to one question, from the members in turn, `IN_A_SECOND` kept in each second from a moment on."""
    columns = Reply.__table__.c
    for second, before in enumerate(range(0, replies, IN_A_SECOND)):
        each = numbers(min(IN_A_SECOND, replies - before)).c.value + before
        moment = at + timedelta(seconds=second)
        await fill(
            session,
            Reply,
            dialogue_id=literal(1),
            question_id=literal(question_id),
            member_id=each % members + 1,
            message_id=each + question_id * replies,
            kind=literal("text"),
            text=literal(WORDS),
            language=one_of(LANGUAGES, each % members + 1),
            late=literal(value=False),
            replied_at=literal(moment, columns.replied_at.type),
            kept_at=literal(moment, columns.kept_at.type),
        )


async def fill(session: AsyncSession, table: type[DeclarativeBase], **columns: Any) -> None:
    """Insert rows that the database computes."""
    await session.execute(insert(table).from_select(list(columns), select(*columns.values()), include_defaults=False))


def numbers(count: int) -> CTE:
    """The numbers from 1 to `count`, as rows with a `value`."""
    first = select(literal(1).label("value")).cte("numbers", recursive=True)
    return first.union_all(select(first.c.value + 1).where(first.c.value < count))


def one_of(words: Sequence[str], each: ColumnElement[Any]) -> ColumnElement[str]:
    """A word for each number, all of them equally often."""
    return case(dict(enumerate(words)), value=each % len(words), else_=words[0])
