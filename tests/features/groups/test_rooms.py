from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members
from bot.database import Database
from bot.features.groups.actions import rooms as group_rooms
from bot.features.questions.actions import deliveries
from bot.ledger import notices
from bot.models import Delivery, Kind, Notice, NoticeKind, Question, Role, State


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


async def plan(session: AsyncSession) -> None:
    await deliveries.open_due(session, now=MONDAY - timedelta(hours=15))


async def test_each_room_is_owed_a_question_once_however_often_it_is_planned(session: AsyncSession) -> None:
    group = await planting.group(session, "en", "es")
    await plan(session)

    question = await session.get_one(Question, 1)
    await session.refresh(question, ["dialogue"])
    await group_rooms.owe_question(session, question)
    await group_rooms.catch_up(session, group, now=MONDAY)

    assert await owed(session) == [(1, 1, State.PLANNED), (2, 1, State.PLANNED)]


async def test_what_was_sent_is_not_owed_again_and_what_is_over_is_not_owed_at_all(session: AsyncSession) -> None:
    group = await planting.group(session)
    await plan(session)
    await session.execute(update(Delivery).values(state=State.SENT))

    await group_rooms.catch_up(session, group, now=MONDAY + timedelta(hours=1))
    await group_rooms.catch_up(session, group, now=MONDAY + WEEK)

    assert await owed(session) == [(1, 1, State.SENT)]


async def test_trouble_is_owed_to_organisers_at_once_and_names_the_room(session: AsyncSession) -> None:
    group = await planting.group(session, "en", "ar")

    await group_rooms.tell_trouble(session, group, group_rooms.TOPIC_CLOSED, room_id=2, now=MONDAY)

    [notice] = (await session.scalars(select(Notice))).all()
    [delivery] = (await session.scalars(select(Delivery).where(Delivery.kind == Kind.NOTICE))).all()
    assert notice.details == {"reason": group_rooms.TOPIC_CLOSED, "room_id": 2, "title": "Water"}
    assert (delivery.member_id, delivery.at_once) == (1, True)


async def owe_announcement(session: AsyncSession, *, now: datetime) -> None:
    notice = await notices.open_notice(
        session, NoticeKind.ANNOUNCEMENT, dialogue_id=1, now=now, texts={"en": "The venue has changed."}
    )
    await notices.owe_rooms(session, notice, [1], due_at=now)


@pytest.mark.parametrize(
    ("became", "hours", "again"),
    [
        (State.UNREACHABLE, 2, State.PLANNED),
        (State.UNREACHABLE, 25, State.UNREACHABLE),
        (State.UNCERTAIN, 2, State.UNCERTAIN),
        (State.SENT, 2, State.SENT),
        (State.DROPPED, 2, State.DROPPED),
    ],
)
async def test_what_could_not_be_announced_is_made_up_for_within_a_day(
    session: AsyncSession, became: State, hours: int, again: State
) -> None:
    group = await planting.group(session)
    await owe_announcement(session, now=MONDAY)
    await session.execute(update(Delivery).where(Delivery.room_id.is_not(None)).values(state=became))

    await group_rooms.catch_up(session, group, now=MONDAY + timedelta(hours=hours))

    assert await owed(session) == [(1, None, again)]


async def test_what_could_not_be_announced_is_not_made_up_for_at_night(session: AsyncSession) -> None:
    group = await planting.group(session)
    await owe_announcement(session, now=MONDAY)
    await session.execute(update(Delivery).where(Delivery.room_id.is_not(None)).values(state=State.UNREACHABLE))

    await group_rooms.catch_up(session, group, now=MONDAY + timedelta(hours=13))

    due = await session.scalar(select(Delivery.due_at).where(Delivery.room_id.is_not(None)))
    assert due == MONDAY + timedelta(hours=23)
