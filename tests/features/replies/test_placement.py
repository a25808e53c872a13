from datetime import datetime, timedelta

from planting import MONDAY, WEEK, plant, reply
from sqlalchemy import select, update

from bot.core.messages import Content, File
from bot.database import Database
from bot.features.replies.actions import placement
from bot.models import Delivery, Kind, Member, Person, Question, State

SECOND = timedelta(seconds=1)


def photo(name: str, caption: str = "", album: str | None = None) -> Content:
    return Content("photo", caption, File("photo", file_id=name, file_unique_id=name), album)


async def deliver(database: Database, member_id: int, question_id: int, message_id: int, kind: Kind) -> None:
    async with database.sessions.begin() as session:
        session.add(
            Delivery(
                kind=kind,
                dialogue_id=1,
                member_id=member_id,
                question_id=question_id,
                message_id=message_id,
                due_at=MONDAY,
                state=State.SENT,
            )
        )


async def hint(database: Database, telegram_id: int, *, reply_to: int | None, album: str | None = None) -> object:
    async with database.readers() as session:
        person = (await session.scalars(select(Member).where(Member.id == telegram_id))).one()
        known = await session.get_one(Person, person.person_id)
        return await placement.hinted(session, known, reply_to=reply_to, album=album)


async def test_a_message_belongs_to_what_it_replies_to_be_it_question_reminder_or_own_reply(
    database: Database,
) -> None:
    await plant(database, "UTC", "UTC")
    await deliver(database, 1, 1, message_id=10, kind=Kind.QUESTION)
    await deliver(database, 1, 2, message_id=11, kind=Kind.REMINDER)
    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=12, question_id=3, content=photo("a", album="a1"))
        await reply(session, 1, message_id=13, question_id=3, content=photo("b", album="a1"))

    assert await hint(database, 1, reply_to=10) == (1, 1)
    assert await hint(database, 1, reply_to=11) == (1, 2)
    assert await hint(database, 1, reply_to=12) == (1, 3)
    assert await hint(database, 1, reply_to=13) == (1, 3)
    assert await hint(database, 1, reply_to=None, album="a1") == (1, 3)


async def test_another_s_messages_are_no_hint_though_they_have_the_same_number(database: Database) -> None:
    await plant(database, "UTC", "UTC")
    await deliver(database, 1, 1, message_id=10, kind=Kind.QUESTION)
    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=12, content=photo("a", album="a1"))

    assert await hint(database, 2, reply_to=10) is None
    assert await hint(database, 2, reply_to=12) is None
    assert await hint(database, 2, reply_to=None, album="a1") is None


async def places(database: Database, at: datetime) -> list[tuple[int, bool]]:
    async with database.readers() as session:
        known = await session.get_one(Person, 1)
        return [(place.number, place.is_open) for place in await placement.places(session, known, hinted=None, now=at)]


async def test_a_message_belongs_to_the_open_question_and_after_the_close_to_the_last_one(database: Database) -> None:
    await plant(database, "UTC")

    assert await places(database, MONDAY - SECOND) == []
    assert await places(database, MONDAY) == [(1, True)]
    assert await places(database, MONDAY + WEEK) == [(2, True)]
    assert await places(database, MONDAY + 5 * WEEK) == [(3, False)]


async def test_where_two_questions_are_open_the_author_must_say(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        await session.execute(
            update(Question).where(Question.id == 1).values(closes=(MONDAY + 2 * WEEK).replace(tzinfo=None))
        )

    assert await places(database, MONDAY + WEEK) == [(1, True), (2, True)]


async def test_who_left_is_asked_nothing(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        await session.execute(update(Member).values(left_at=MONDAY))

    assert await places(database, MONDAY) == []
