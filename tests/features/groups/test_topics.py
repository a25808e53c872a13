from collections.abc import AsyncIterator
from datetime import timedelta

import planting
import pytest
from planting import CIRCLE, MONDAY
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members
from bot.database import Database
from bot.features.groups.actions import readiness, rooms, standing, topics
from bot.features.groups.actions.links import NotAnOrganiser
from bot.features.groups.actions.topics import OPENING_TAKES, NotInDoubt
from bot.models import Group, Notice, Role, Room


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """A dialogue in a forum, in two languages: member 1 organises, member 2 doesn't."""
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        member = await members.membership(session, await planting.person(session, 1), 1)
        assert member is not None
        member.role = Role.ORGANISER
        yield session


async def reasons(session: AsyncSession) -> list[str]:
    """What organisers were told."""
    return [one.details["reason"] for one in await session.scalars(select(Notice).order_by(Notice.id))]


async def room(session: AsyncSession, room_id: int = 1) -> Room:
    return await session.get_one(Room, room_id, populate_existing=True)


async def interrupted(session: AsyncSession) -> None:
    """A process was killed while it opened the topic of room 1."""
    await planting.group(session, "en", "es", topics=True)
    (await room(session)).thread_id = None
    await session.flush()
    assert await topics.begin(session, 1, now=MONDAY)


async def test_of_two_who_would_open_a_topic_one_does(session: AsyncSession) -> None:
    await interrupted(session)

    assert not await topics.begin(session, 1, now=MONDAY)
    assert await topics.wanting(session) == []


async def test_nobody_is_asked_while_the_answer_may_still_come_and_then_once(session: AsyncSession) -> None:
    await interrupted(session)

    early = await topics.doubt(session, now=MONDAY + OPENING_TAKES - timedelta(seconds=1))
    first = await topics.doubt(session, now=MONDAY + OPENING_TAKES)
    again = await topics.doubt(session, now=MONDAY + OPENING_TAKES * 2)

    assert (early, first, again) == (0, 1, 0)
    assert await reasons(session) == [rooms.TOPIC_DOUBTED]


async def test_what_certainly_failed_is_tried_again(session: AsyncSession) -> None:
    await interrupted(session)

    await topics.not_opened(session, 1)

    assert [each.room_id for each in await topics.wanting(session)] == [1]


async def test_only_an_organiser_opens_a_doubtful_topic_and_only_while_it_is_in_doubt(session: AsyncSession) -> None:
    await interrupted(session)
    organiser, member = [await planting.person(session, each) for each in (1, 2)]
    with pytest.raises(NotInDoubt):
        await topics.open_again(session, organiser, 1)
    await topics.doubt(session, now=MONDAY + OPENING_TAKES)
    with pytest.raises(NotAnOrganiser):
        await topics.open_again(session, member, 1)

    await topics.open_again(session, organiser, 1)

    assert [each.room_id for each in await topics.wanting(session)] == [1]
    with pytest.raises(NotInDoubt):
        await topics.open_again(session, organiser, 99)


async def test_a_topic_that_a_room_has_already_is_not_taken_for_the_one_in_doubt(session: AsyncSession) -> None:
    await interrupted(session)

    of_other_room = await topics.awaited(session, chat_id=CIRCLE, thread_id=102)
    unknown = await topics.awaited(session, chat_id=CIRCLE, thread_id=103)

    assert of_other_room == []
    assert [(each.room_id, each.language, each.title) for each in unknown] == [(1, "en", "Training")]


@pytest.mark.parametrize(
    ("refusal", "told"),
    [("Topic_closed", []), ("Message thread not found", [rooms.TOPIC_DELETED])],
)
async def test_a_topic_that_takes_nothing_silences_its_room_and_not_the_group(
    session: AsyncSession, refusal: str, told: list[str]
) -> None:
    group = await planting.group(session, "en", "es", topics=True)

    await standing.could_not_write(session, 1, refusal, now=MONDAY)

    assert group.silent_since is None
    assert await reasons(session) == told
    other = await room(session, 2)
    assert (other.thread_id, other.shut_since) == (102, None)
    unready = [*await topics.wanting(session), *await topics.to_reopen(session)]
    assert [each.room_id for each in unready] == [1]


async def test_a_closed_general_topic_is_reopened_once_for_all_who_share_it(session: AsyncSession) -> None:
    await planting.group(session, "en", "es")

    await standing.could_not_write(session, 1, "TOPIC_CLOSED", now=MONDAY)

    assert [each.thread_id for each in await topics.to_reopen(session)] == [None]
    assert (await room(session, 2)).shut_since == MONDAY
    found = await topics.room_of(session, chat_id=CIRCLE, thread_id=None)
    assert found is not None
    await topics.reopened(session, found, now=MONDAY)
    assert [(await room(session, each)).shut_since for each in (1, 2)] == [None, None]


async def test_one_room_that_was_not_told_leaves_the_others_to_be_asked(session: AsyncSession) -> None:
    group = await planting.group(session, "en", "es", topics=True, told=False)
    spanish = next(place for place in await readiness.untold(session) if place.room_ids == (2,))

    await readiness.told(session, spanish, pinned=False, now=MONDAY)

    assert group.told_at == MONDAY
    assert [place.room_ids for place in await readiness.untold(session)] == [(1,)]
    assert await reasons(session) == [rooms.NOT_PINNED]


async def test_where_no_topics_can_be_the_bot_writes_in_the_group_itself(session: AsyncSession) -> None:
    await interrupted(session)

    await topics.impossible(session, 1, now=MONDAY)

    assert await reasons(session) == [rooms.NO_TOPICS]
    assert [place.thread_id for place in await readiness.untold(session)] == [None]
    assert (await session.scalars(select(Group.silent_since))).all() == [None]
