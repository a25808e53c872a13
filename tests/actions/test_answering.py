from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY, WEEK, plant, reply
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from bot.actions import answering, recalling
from bot.actions.answering import Content, File
from bot.database import Database
from bot.models import Delivery, Kind, Member, Person, Question, Reply, Revision, State

SECOND = timedelta(seconds=1)


def photo(name: str, caption: str = "", album: str | None = None) -> Content:
    return Content("photo", caption, File("photo", file_id=name, file_unique_id=name), album)


async def replies(database: Database) -> list[Reply]:
    async with database.readers() as session:
        found = await session.scalars(select(Reply).options(selectinload(Reply.attachments)).order_by(Reply.id))
        return list(found)


async def revisions(database: Database) -> list[Revision]:
    async with database.readers() as session:
        return list(await session.scalars(select(Revision).order_by(Revision.id)))


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


@pytest.mark.parametrize(
    ("zone", "at", "late"),
    [
        ("UTC", MONDAY + WEEK - SECOND, False),
        ("UTC", MONDAY + WEEK, True),
        ("America/Lima", MONDAY + WEEK + timedelta(hours=5) - SECOND, False),
        ("America/Lima", MONDAY + WEEK + timedelta(hours=5), True),
        ("Asia/Tokyo", MONDAY + WEEK - timedelta(hours=9), True),
    ],
)
async def test_a_reply_is_late_from_the_close_on_by_its_author_s_clock(
    either_database: Database, zone: str, at: datetime, *, late: bool
) -> None:
    await plant(either_database, zone)

    async with either_database.sessions.begin() as session:
        answered = await reply(session, 1, message_id=5, at=at)

    (kept,) = await replies(either_database)
    assert answered.late is late
    assert kept.late is late
    assert kept.replied_at == at


async def test_the_same_message_again_changes_nothing(either_database: Database) -> None:
    await plant(either_database, "UTC")

    for text in ("First", "As if it came again"):
        async with either_database.sessions.begin() as session:
            answered = await reply(session, 1, message_id=5, content=Content("text", text))

    assert [kept.text for kept in await replies(either_database)] == ["First"]
    assert (answered.count, answered.more_of_album) == (1, False)


async def test_two_members_messages_of_one_number_are_two_replies(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")

    async with either_database.sessions.begin() as session:
        await reply(session, 1, message_id=5)
        await reply(session, 2, message_id=5)

    assert [kept.member_id for kept in await replies(either_database)] == [1, 2]


async def test_a_reply_is_counted_for_its_question_and_is_first_once_in_the_dialogue(database: Database) -> None:
    await plant(database, "UTC")

    async with database.sessions.begin() as session:
        first = await reply(session, 1, message_id=5)
        second = await reply(session, 1, message_id=6)
        other_question = await reply(session, 1, message_id=7, question_id=2)

    assert [(each.count, each.first_in_dialogue) for each in (first, second, other_question)] == [
        (1, True),
        (2, False),
        (1, False),
    ]


async def test_the_parts_of_an_album_are_one_reply_whatever_comes_twice(either_database: Database) -> None:
    await plant(either_database, "UTC")

    for message_id, name, caption in [(5, "a", ""), (6, "b", "The workshop"), (6, "b", "The workshop"), (7, "c", "")]:
        async with either_database.sessions.begin() as session:
            answered = await reply(session, 1, message_id=message_id, content=photo(name, caption, album="a1"))

    (kept,) = await replies(either_database)
    assert [file.file_id for file in kept.attachments] == ["a", "b", "c"]
    assert kept.text == "The workshop"
    assert answered.more_of_album


async def test_albums_of_two_members_are_kept_apart(database: Database) -> None:
    await plant(database, "UTC", "UTC")

    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=5, content=photo("a", album="a1"))
        await reply(session, 2, message_id=5, content=photo("b", album="a1"))

    assert [[file.file_id for file in kept.attachments] for kept in await replies(database)] == [["a"], ["b"]]


async def test_an_edit_reaches_one_s_own_message_alone(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await reply(session, 1, message_id=5)
        await reply(session, 2, message_id=5)

    async with either_database.sessions.begin() as session:
        person = await planting.person(session, 2)
        edited = await answering.edit(
            session, person, message_id=5, content=Content("text", "Corrected"), now=MONDAY + SECOND
        )

    assert edited is not None
    assert edited.changed
    assert [kept.text for kept in await replies(either_database)] == ["Reply 5", "Corrected"]
    (revision,) = await revisions(either_database)
    assert (revision.text, revision.replaced_at) == ("Reply 5", MONDAY + SECOND)


async def test_an_edit_of_what_is_no_reply_is_none(database: Database) -> None:
    await plant(database, "UTC")

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        edited = await answering.edit(session, person, message_id=5, content=Content("text", "?"), now=MONDAY)

    assert edited is None


async def test_a_file_put_in_place_of_another_leaves_the_first_in_the_revision(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=5, content=photo("before", "Words"))

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        await answering.edit(session, person, message_id=5, content=photo("after", "Words"), now=MONDAY)

    (kept,) = await replies(database)
    (revision,) = await revisions(database)
    assert [file.file_id for file in kept.attachments] == ["after"]
    assert [file["file_id"] for file in revision.attachments] == ["before"]


async def test_an_edited_caption_of_an_album_keeps_all_its_files(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=5, content=photo("a", "Wrkshop", album="a1"))
        await reply(session, 1, message_id=6, content=photo("b", album="a1"))

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        told_of_the_other = await answering.edit(
            session, person, message_id=6, content=photo("b", album="a1"), now=MONDAY
        )
        await answering.edit(session, person, message_id=5, content=photo("a", "Workshop", album="a1"), now=MONDAY)

    (kept,) = await replies(database)
    assert told_of_the_other is not None
    assert not told_of_the_other.changed
    assert kept.text == "Workshop"
    assert sorted(str(file.file_id) for file in kept.attachments) == ["a", "b"]


async def hint(database: Database, telegram_id: int, *, reply_to: int | None, album: str | None = None) -> object:
    async with database.readers() as session:
        person = (await session.scalars(select(Member).where(Member.id == telegram_id))).one()
        known = await session.get_one(Person, person.person_id)
        return await answering.hinted(session, known, reply_to=reply_to, album=album)


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
        return [(place.number, place.is_open) for place in await answering.places(session, known, hinted=None, now=at)]


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


async def test_nobody_withdraws_what_is_another_s(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        kept = await reply(session, 1, message_id=5)

    async with either_database.sessions.begin() as session:
        other = await planting.person(session, 2)
        with pytest.raises(recalling.NoSuchReply):
            await recalling.set_withdrawn(session, other, reply_id=kept.reply_id, withdrawn=True, now=MONDAY)

    assert [each.withdrawn_at for each in await replies(either_database)] == [None]


async def test_own_replies_come_page_by_page_the_newest_first_and_withdrawn_ones_too(database: Database) -> None:
    await plant(database, "UTC", "UTC")
    async with database.sessions.begin() as session:
        for message_id in range(1, 8):
            await reply(session, 1, message_id=message_id, at=MONDAY + message_id * SECOND)
        await reply(session, 2, message_id=9)
        person = await planting.person(session, 1)
        await recalling.set_withdrawn(session, person, reply_id=6, withdrawn=True, now=MONDAY)

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        first = await recalling.own_replies(session, person, limit=3)
        last = await recalling.own_replies(session, person, limit=3, offset=6)

    assert [(own.text, own.withdrawn) for own in first] == [("Reply 7", False), ("Reply 6", True), ("Reply 5", False)]
    assert [own.text for own in last] == ["Reply 1"]
