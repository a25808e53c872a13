from collections.abc import AsyncIterator
from datetime import timedelta

import planting
import pytest
from planting import CIRCLE, MONDAY
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members
from bot.database import Database
from bot.features.groups.actions import rooms as group_rooms
from bot.features.groups.actions import standing
from bot.features.questions.actions import deliveries
from bot.ledger import notices
from bot.models import Delivery, Group, Notice, NoticeKind, Role, Room, State

MOVED = -1001000000002


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """A dialogue whose one member organises it."""
    await planting.plant(either_database, "UTC")
    async with either_database.sessions.begin() as session:
        person = await planting.person(session, 1)
        member = await members.membership(session, person, 1)
        assert member is not None
        member.role = Role.ORGANISER
        yield session


async def owed(session: AsyncSession) -> list[tuple[int | None, int | None, State]]:
    """What the rooms are owed: room, question, state."""
    found = await session.execute(
        select(Delivery.room_id, Delivery.question_id, Delivery.state)
        .where(Delivery.room_id.is_not(None))
        .order_by(Delivery.id)
    )
    return [(row[0], row[1], row[2]) for row in found]


async def told(session: AsyncSession) -> list[tuple[NoticeKind, str]]:
    """What organisers were told of their groups."""
    notices = await session.scalars(select(Notice).order_by(Notice.id))
    return [(one.kind, one.details["reason"]) for one in notices]


async def plan(session: AsyncSession) -> None:
    await deliveries.open_due(session, now=MONDAY - timedelta(hours=15))


async def test_a_silent_group_is_told_of_once_and_gets_what_is_open_when_it_comes_back(session: AsyncSession) -> None:
    group = await planting.group(session)
    await plan(session)
    await session.execute(update(Delivery).values(state=State.UNREACHABLE))
    await standing.fall_silent(session, group.id, group_rooms.REMOVED, now=MONDAY)
    await standing.fall_silent(session, group.id, group_rooms.MUTED, now=MONDAY)

    await standing.speak_again(session, group, now=MONDAY + timedelta(hours=1))

    assert await told(session) == [(NoticeKind.GROUP_SILENT, group_rooms.REMOVED)]
    assert await owed(session) == [(1, 1, State.PLANNED)]
    assert group.silent_since is None


async def test_both_signals_of_a_migration_move_a_group_once(session: AsyncSession) -> None:
    group = await planting.group(session)
    await plan(session)

    for _ in range(2):
        await standing.migrate(session, chat_id=CIRCLE, new_chat_id=MOVED, now=MONDAY)

    rooms = (await session.execute(select(Room.id, Room.retired_at).order_by(Room.id))).all()
    assert group.chat_id == MOVED
    assert [room_id for room_id, retired in rooms if retired is None] == [2]
    assert await owed(session) == [(2, 1, State.PLANNED)]


async def test_of_two_links_that_turn_out_to_be_one_group_one_is_left(session: AsyncSession) -> None:
    group = await planting.group(session)
    session.add(Group(dialogue_id=1, chat_id=MOVED, title="Water", linked_at=MONDAY))
    await session.flush()

    await standing.migrate(session, chat_id=CIRCLE, new_chat_id=MOVED, now=MONDAY)

    assert group.unlinked_at == MONDAY
    linked = await session.scalars(select(Group.chat_id).where(Group.unlinked_at.is_(None)))
    assert linked.all() == [MOVED]


async def test_what_is_still_to_be_announced_moves_along_with_the_group(session: AsyncSession) -> None:
    await planting.group(session)
    notice = await notices.open_notice(session, NoticeKind.ANNOUNCEMENT, dialogue_id=1, now=MONDAY)
    await notices.owe_rooms(session, notice, [1], due_at=MONDAY)

    await standing.migrate(session, chat_id=CIRCLE, new_chat_id=MOVED, now=MONDAY)

    assert await owed(session) == [(2, None, State.PLANNED)]
