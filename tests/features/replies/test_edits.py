from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY, plant, reply
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from bot.core.messages import Content, File
from bot.database import Database
from bot.features.replies.actions import edits
from bot.models import Group, Moderation, Reply, Revision, Room, Visibility

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


async def test_an_edit_reaches_one_s_own_message_alone(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await reply(session, 1, message_id=5)
        await reply(session, 2, message_id=5)

    async with either_database.sessions.begin() as session:
        person = await planting.person(session, 2)
        edited = await edits.edit(
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
        edited = await edits.edit(session, person, message_id=5, content=Content("text", "?"), now=MONDAY)

    assert edited is None


async def test_a_file_put_in_place_of_another_leaves_the_first_in_the_revision(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=5, content=photo("before", "Words"))

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        await edits.edit(session, person, message_id=5, content=photo("after", "Words"), now=MONDAY)

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
        told_of_the_other = await edits.edit(session, person, message_id=6, content=photo("b", album="a1"), now=MONDAY)
        await edits.edit(session, person, message_id=5, content=photo("a", "Workshop", album="a1"), now=MONDAY)

    (kept,) = await replies(database)
    assert told_of_the_other is not None
    assert not told_of_the_other.changed
    assert kept.text == "Workshop"
    assert sorted(str(file.file_id) for file in kept.attachments) == ["a", "b"]


async def album(database: Database, *captions: str) -> None:
    """One reply of several photos, in the messages from 5 on."""
    async with database.sessions.begin() as session:
        for number, caption in enumerate(captions):
            await reply(session, 1, message_id=5 + number, content=photo(f"photo {number}", caption, album="a1"))


async def recaption(database: Database, number: int, caption: str) -> bool:
    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        content = photo(f"photo {number}", caption, album="a1")
        edited = await edits.edit(session, person, message_id=5 + number, content=content, now=MONDAY)
    assert edited is not None
    return edited.changed


async def test_a_caption_that_is_part_of_another_is_kept(database: Database) -> None:
    await plant(database, "UTC")

    await album(database, "We learned to listen", "listen")

    assert [kept.text for kept in await replies(database)] == ["We learned to listen\nlisten"]


async def test_a_caption_edited_in_an_album_leaves_the_others_as_they_are(database: Database) -> None:
    await plant(database, "UTC")
    await album(database, "The frist", "The second")

    changed = await recaption(database, 0, "The first")

    assert changed
    assert [kept.text for kept in await replies(database)] == ["The first\nThe second"]


@pytest.mark.parametrize(("captions", "left"), [(("My neighbour's name", ""), ""), (("Mine", "Yours"), "Yours")])
async def test_a_caption_taken_away_from_an_album_is_gone(
    database: Database, captions: tuple[str, str], left: str
) -> None:
    await plant(database, "UTC")
    await album(database, *captions)

    changed = await recaption(database, 0, "")

    (kept,) = await replies(database)
    assert changed
    assert kept.text == left
    assert [file.file_id for file in kept.attachments] == ["photo 0", "photo 1"]
    assert [revision.text for revision in await revisions(database)] == ["\n".join(filter(None, captions))]


@pytest.mark.parametrize(
    ("moderation", "before", "after"),
    [
        (Moderation.BEFORE, Visibility.SHOWN, (Visibility.WAITING, MONDAY + SECOND)),
        (Moderation.BEFORE, Visibility.HIDDEN, (Visibility.WAITING, MONDAY + SECOND)),
        (Moderation.AFTER, Visibility.SHOWN, (Visibility.SHOWN, None)),
    ],
)
async def test_an_edited_reply_waits_anew_where_moderators_had_approved_it(
    database: Database, moderation: Moderation, before: Visibility, after: tuple[Visibility, datetime | None]
) -> None:
    await plant(database, "UTC", moderation=moderation)
    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=5)
        await session.execute(update(Reply).values(visibility=before, waiting_since=None))

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        await edits.edit(session, person, message_id=5, content=Content("text", "Else"), now=MONDAY + SECOND)

    (kept,) = await replies(database)
    assert (kept.visibility, kept.waiting_since) == after


async def test_an_edit_in_a_room_changes_what_was_said_there(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        session.add(Group(dialogue_id=1, chat_id=-100, title="Lima", linked_at=MONDAY))
        await session.flush()
        session.add(Room(group_id=1, languages=["es"]))
        await session.flush()
        await reply(session, 1, message_id=5)
        await reply(session, 1, message_id=5, room_id=1)

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        await edits.edit(session, person, message_id=5, room_id=1, content=Content("text", "Else"), now=MONDAY)

    assert [kept.text for kept in await replies(database)] == ["Reply 5", "Else"]
