import json
from datetime import timedelta

import planting
import pytest
from planting import MONDAY, plant, reply
from sqlalchemy import func, select

from bot.backups.erasures import Erasure, Extent, person_key
from bot.core import members
from bot.core.messages import Content, File
from bot.database import Database
from bot.features.privacy.actions import after_restore, erasure, personal_data
from bot.features.questions.actions import deliveries, reminders
from bot.features.replies.actions import edits, own_replies
from bot.inbox import updates
from bot.inbox.updates import RawUpdate
from bot.models import Base, HeldMessage, Member, Person, Role

PHOTO = Content("photo", "A secret of member", File("photo", file_id="a", file_unique_id="a"))


async def live(database: Database, member_id: int) -> None:
    """Let a member leave a trace wherever there can be one."""
    async with database.sessions.begin() as session:
        person = await planting.person(session, member_id)
        await reply(session, member_id, message_id=5, content=PHOTO)
        await reply(session, member_id, message_id=6)
        await edits.edit(session, person, message_id=6, content=Content("text", "Corrected"), now=MONDAY)
        await reminders.abstain(session, person, 2, now=MONDAY)
        session.add(HeldMessage(person_id=person.id, message_id=7, content={"text": "held"}, sent_at=MONDAY))
        raw = json.dumps({"update_id": member_id, "message": {"text": f"raw words of {member_id}"}})
        await updates.keep(session, [RawUpdate(member_id, member_id, raw)], now=MONDAY)


async def rows(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    async with database.readers() as session:
        return {
            name: await session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


async def test_of_who_is_erased_nothing_is_left_and_of_the_others_everything(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await deliveries.open_due(session, now=MONDAY - timedelta(hours=15))
    await live(either_database, 1)
    of_one = await rows(either_database)
    await live(either_database, 2)
    of_both = await rows(either_database)

    async with either_database.sessions.begin() as session:
        erased = await erasure.erase(session, await planting.person(session, 2), now=MONDAY)

    left = await rows(either_database)
    shared = {"person", "member", "delivery"}  # these had rows of both from the beginning
    assert (erased.replies, erased.dialogues) == (2, 1)
    assert {table: count for table, count in left.items() if table not in shared} == {
        table: count for table, count in of_one.items() if table not in shared
    }
    assert {table: left[table] for table in shared} == {table: of_both[table] // 2 for table in shared}


async def test_who_comes_back_after_erasure_is_a_stranger(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        person.language = "fr"
        await erasure.erase(session, person, now=MONDAY)

    async with database.sessions.begin() as session:
        person = await members.meet(session, telegram_id=1, language="es")
        memberships = await members.memberships(session, person)

    assert (person.language, person.timezone) == ("es", None)
    assert list(memberships) == []


async def test_a_moderator_may_be_erased_like_anyone(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 1)).role = Role.ORGANISER
        await erasure.erase(session, await planting.person(session, 1), now=MONDAY)

    assert (await rows(database))["person"] == 0


async def test_what_one_takes_along_is_all_one_s_own_and_nobody_else_s(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    await live(either_database, 1)
    await live(either_database, 2)

    async with either_database.sessions.begin() as session:
        portrait = await personal_data.portrait(session, await planting.person(session, 1), now=MONDAY)

    written = json.dumps(portrait, ensure_ascii=False)
    for own in ("A secret of member", "Corrected", "Reply 6", "held", "raw words of 1", '"telegram_id": 1'):
        assert own in written
    assert "raw words of 2" not in written
    assert len(json.loads(written)["memberships"][0]["replies"]) == 2


async def test_there_is_something_to_take_along_even_for_who_never_joined(database: Database) -> None:
    async with database.sessions.begin() as session:
        person = await members.meet(session, telegram_id=1, language="es")
        portrait = await personal_data.portrait(session, person, now=MONDAY)
        count = await own_replies.count_replies(session, person)

    assert json.dumps(portrait)
    assert "memberships" not in portrait
    assert count == 0


async def test_erasing_twice_is_harmless(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        await erasure.erase(session, person, now=MONDAY)

        again = await erasure.erase(session, person, now=MONDAY)

    assert (again.replies, again.dialogues) == (0, 0)
    async with database.readers() as session:
        assert (await session.scalars(select(Person))).all() == []


@pytest.mark.parametrize("came_since", [False, True])
async def test_an_erasure_is_done_again_unless_the_person_has_come_since(
    either_database: Database, *, came_since: bool
) -> None:
    await plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await reply(session, 1, message_id=5, at=MONDAY + timedelta(hours=2 if came_since else 0))
        persons = [await planting.person(session, 1), await planting.person(session, 2)]
        listed = Erasure(MONDAY + timedelta(hours=1), Extent.PERSON, person_key(persons[0].id, 1))
        of_another = Erasure(listed.at, Extent.PERSON, person_key(persons[1].id, 1))

    async with either_database.sessions.begin() as session:
        again = [await after_restore.erase_again(session, each, now=MONDAY) for each in (of_another, listed)]

    assert again == [False, not came_since]
    async with either_database.readers() as session:
        assert len((await session.scalars(select(Person))).all()) == 1 + came_since
