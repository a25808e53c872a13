from typing import Any

import planting
import pytest
from planting import CIRCLE, MONDAY
from sqlalchemy import delete

from bot.core import rights
from bot.core.rights import Right
from bot.database import Database
from bot.ledger.letters import Owed
from bot.models import Delivery, Dialogue, Group, Kind, Member, Role, Room
from bot.outbound.actions import recipients
from bot.outbound.actions.recipients import Recipient


def owed(number: int, *, member_id: int | None = None, room_id: int | None = None) -> Owed:
    return Owed(
        *(number, Kind.QUESTION, 1, member_id, room_id, 1, None, None, MONDAY, 0),
        paid=False,
        at_once=False,
        message_id=None,
    )


async def find(database: Database, *asked: Owed) -> dict[int, Recipient]:
    async with database.readers() as session:
        return await recipients.find(session, asked)


@pytest.fixture
async def _planted(database: Database) -> None:
    """Members 1 and 2 of dialogue 1, the first by the clock of Lima; nobody else."""
    await planting.plant(database, "America/Lima", "UTC", questions=1, concept_note={})


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize(
    ("of_member", "of_person", "found"),
    [
        ({}, {}, {}),
        ({}, {"language": "es", "timezone": None}, {"languages": ("es",), "zone": None}),
        ({}, {"unreachable_since": MONDAY, "unreachable_reason": "blocked"}, {"unreachable": "blocked"}),
        ({}, {"unreachable_since": MONDAY}, {"unreachable": "unreachable"}),
        ({}, {"unreachable_reason": "blocked once"}, {}),
        ({}, {"paused_until": MONDAY}, {"paused_until": MONDAY}),
        ({"left_at": MONDAY}, {}, {"takes_part": False}),
        ({"joined_at": None}, {}, {"takes_part": False}),
        ({"reminders": False}, {}, {"reminders": False}),
        ({"role": Role.OBSERVER}, {}, {"rights": rights.rights_of(Role.OBSERVER)}),
        ({"role": Role.OBSERVER, "removed_at": MONDAY}, {}, {"rights": frozenset[Right]()}),
    ],
)
async def test_a_delivery_finds_its_reader_as_they_are_now(
    database: Database, of_member: dict[str, Any], of_person: dict[str, Any], found: dict[str, Any]
) -> None:
    async with database.sessions.begin() as session:
        for one, changes in (
            (await session.get_one(Member, 1), of_member),
            (await planting.person(session, 1), of_person),
        ):
            for name, value in changes.items():
                setattr(one, name, value)

    readers = await find(database, owed(7, member_id=1), owed(9, member_id=2))

    usual = Recipient(1, ("en",), "America/Lima", reminders=True)
    assert readers == {7: usual._replace(**found), 9: Recipient(2, ("en",), "UTC")}


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize(
    ("elsewhere", "several"), [({}, True), ({"left_at": MONDAY}, False), ({"joined_at": None}, False)]
)
async def test_who_takes_part_in_several_dialogues_is_told_so(
    database: Database, elsewhere: dict[str, Any], *, several: bool
) -> None:
    async with database.sessions.begin() as session:
        session.add(planting.dialogue("other", questions=1, concept_note={}))
        await session.flush()
        other = await planting.join(session, await session.get_one(Dialogue, 2), 1, zone="America/Lima")
        for name, value in elsewhere.items():
            setattr(other, name, value)

    readers = await find(database, owed(7, member_id=1), owed(9, member_id=2))

    assert [readers[number].several for number in (7, 9)] == [several, False]


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize(
    ("of_group", "of_room", "found"),
    [
        ({}, {}, {}),
        ({}, {"channel_id": -200}, {"chat_id": -200, "thread_id": None}),
        ({"unlinked_at": MONDAY}, {}, {"unreachable": "unlinked"}),
        ({}, {"retired_at": MONDAY}, {"unreachable": "unlinked"}),
        ({"silent_since": MONDAY, "silent_reason": "kicked"}, {}, {"unreachable": "kicked"}),
        ({"silent_since": MONDAY}, {}, {"unreachable": "silent"}),
        ({"silent_since": MONDAY, "silent_reason": "kicked", "unlinked_at": MONDAY}, {}, {"unreachable": "unlinked"}),
    ],
)
async def test_a_delivery_to_a_room_finds_its_topic_and_languages_unless_nothing_can_be_written_there(
    database: Database, of_group: dict[str, Any], of_room: dict[str, Any], found: dict[str, Any]
) -> None:
    async with database.sessions.begin() as session:
        await planting.group(session, "en", "es", topics=True)
        await session.execute(delete(Delivery))
        for one, changes in ((await session.get_one(Group, 1), of_group), (await session.get_one(Room, 1), of_room)):
            for name, value in changes.items():
                setattr(one, name, value)

    rooms = await find(database, owed(7, room_id=1), owed(8, member_id=2))

    usual = Recipient(CIRCLE, ("en",), thread_id=101)
    assert rooms == {7: usual._replace(**found), 8: Recipient(2, ("en",), "UTC")}


async def test_for_nothing_nobody_is_found(database: Database) -> None:
    assert await find(database) == {}
