from datetime import datetime, timedelta

import pytest
from planting import MONDAY, WEEK, plant, reply
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from bot.core.messages import Content, File
from bot.database import Database
from bot.features.replies.actions import answers
from bot.models import Audience, Group, Member, Moderation, Naming, Reply, Room, Visibility

SECOND = timedelta(seconds=1)


def photo(name: str, caption: str = "", album: str | None = None) -> Content:
    return Content("photo", caption, File("photo", file_id=name, file_unique_id=name), album)


async def replies(database: Database) -> list[Reply]:
    async with database.readers() as session:
        found = await session.scalars(select(Reply).options(selectinload(Reply.attachments)).order_by(Reply.id))
        return list(found)


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


async def test_a_reply_said_in_time_is_not_late_when_the_bot_gets_to_it_after_the_close(
    either_database: Database,
) -> None:
    await plant(either_database, "UTC")

    async with either_database.sessions.begin() as session:
        answered = await answers.answer(
            session,
            member_id=1,
            question_id=1,
            message_id=5,
            content=Content("text", "Said just in time"),
            replied_at=MONDAY + WEEK - SECOND,
            now=MONDAY + WEEK + timedelta(hours=3),
        )

    (kept,) = await replies(either_database)
    assert (answered.late, kept.late) == (False, False)
    assert (kept.replied_at, kept.kept_at) == (MONDAY + WEEK - SECOND, MONDAY + WEEK + timedelta(hours=3))


async def test_the_same_message_again_changes_nothing(either_database: Database) -> None:
    await plant(either_database, "UTC")

    for text in ("First", "As if it came again"):
        async with either_database.sessions.begin() as session:
            answered = await reply(session, 1, message_id=5, content=Content("text", text))

    assert [kept.text for kept in await replies(either_database)] == ["First"]
    assert not answered.more_of_album


async def test_two_members_messages_of_one_number_are_two_replies(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")

    async with either_database.sessions.begin() as session:
        await reply(session, 1, message_id=5)
        await reply(session, 2, message_id=5)

    assert [kept.member_id for kept in await replies(either_database)] == [1, 2]


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


async def plant_room(database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(Group(dialogue_id=1, chat_id=-100, title="Lima", linked_at=MONDAY, told_at=MONDAY))
        await session.flush()
        session.add(Room(group_id=1, languages=["es"]))


async def test_a_response_is_kept_beside_what_it_responds_to_for_whom_and_under_what_name_it_was_said(
    either_database: Database,
) -> None:
    await plant(either_database, "UTC", "UTC")

    async with either_database.sessions.begin() as session:
        first = await reply(session, 1, message_id=5)
        (await session.get_one(Member, 2)).naming = Naming.ANONYMOUS
        await reply(
            session,
            2,
            message_id=6,
            parent_id=first.reply_id,
            audience=Audience.MODERATORS,
        )

    said, response = await replies(either_database)
    assert (said.parent_id, said.naming, said.audience) == (None, Naming.PSEUDONYM, Audience.MEMBERS)
    assert (response.parent_id, response.naming, response.audience) == (
        said.id,
        Naming.ANONYMOUS,
        Audience.MODERATORS,
    )


async def test_a_message_in_a_room_is_one_reply_though_its_author_sent_one_of_that_number_in_private(
    either_database: Database,
) -> None:
    await plant(either_database, "UTC")
    await plant_room(either_database)

    for room_id in (None, 1, 1):
        async with either_database.sessions.begin() as session:
            await reply(session, 1, message_id=5, room_id=room_id)

    assert [kept.room_id for kept in await replies(either_database)] == [None, 1]


async def test_where_moderators_approve_first_replies_and_responses_wait_for_them(database: Database) -> None:
    await plant(database, "UTC", moderation=Moderation.BEFORE)

    async with database.sessions.begin() as session:
        first = await reply(session, 1, message_id=5)
        await reply(session, 1, message_id=6, parent_id=first.reply_id)

    kept = await replies(database)
    assert [(each.visibility, each.waiting_since) for each in kept] == 2 * [(Visibility.WAITING, MONDAY)]


async def test_where_moderators_look_afterwards_a_reply_is_shown_at_once(database: Database) -> None:
    await plant(database, "UTC", moderation=Moderation.AFTER)

    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=5)

    (kept,) = await replies(database)
    assert (kept.visibility, kept.waiting_since) == (Visibility.SHOWN, None)


async def test_a_picture_added_to_an_approved_album_waits_for_approval(database: Database) -> None:
    await plant(database, "UTC", moderation=Moderation.BEFORE)
    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=5, content=photo("a", album="a1"))
        await session.execute(update(Reply).values(visibility=Visibility.SHOWN, waiting_since=None))

    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=6, at=MONDAY + SECOND, content=photo("b", album="a1"))

    (kept,) = await replies(database)
    assert (kept.visibility, kept.waiting_since) == (Visibility.WAITING, MONDAY + SECOND)
