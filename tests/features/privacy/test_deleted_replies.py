from collections.abc import AsyncIterator

import planting
import pytest
from planting import MONDAY
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.features.privacy.actions import erasure
from bot.models import Figure, Reply, Tally
from bot.tallies import updates

AUTHOR, READER, OTHER = 1, 2, 3


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """Reply 1 is by the author, 2 responds to it, 3 to that, and all are counted."""
    await planting.plant(either_database, *["UTC"] * 3)
    async with either_database.sessions.begin() as session:
        for number, member_id in enumerate([AUTHOR, READER, OTHER], start=1):
            await planting.reply(session, member_id, message_id=number)
        for number in (2, 3):
            (await session.get_one(Reply, number)).parent_id = number - 1
        await updates.catch_up(session, now=MONDAY)
    async with either_database.sessions.begin() as session:
        yield session


async def parents(session: AsyncSession) -> dict[int, int | None]:
    rows = await session.execute(select(Reply.id, Reply.parent_id).order_by(Reply.id))
    return {row[0]: row[1] for row in rows}


async def standing(session: AsyncSession, figure: Figure) -> int:
    return await session.scalar(select(func.sum(Tally.count)).where(Tally.figure == figure)) or 0


async def test_a_response_to_what_is_deleted_answers_the_question_and_is_counted_so(session: AsyncSession) -> None:
    deleted = await erasure.delete_replies(session, Reply.member_id == AUTHOR, now=MONDAY)
    await updates.catch_up(session, now=MONDAY)

    assert deleted == 1
    assert await parents(session) == {2: None, 3: 2}
    assert [await standing(session, figure) for figure in (Figure.REPLIES, Figure.RESPONSES)] == [1, 1]


async def test_a_response_of_the_second_level_moves_below_what_is_left_above(session: AsyncSession) -> None:
    await erasure.delete_replies(session, Reply.member_id == READER, now=MONDAY)

    assert await parents(session) == {1: None, 3: 1}


async def test_what_a_moderator_responded_goes_with_the_words_it_was_said_to(session: AsyncSession) -> None:
    (await session.get_one(Reply, 2)).as_moderator = True

    deleted = await erasure.delete_replies(session, Reply.member_id == AUTHOR, now=MONDAY)

    assert deleted == 1
    assert await parents(session) == {3: None}


async def test_where_both_levels_go_the_rest_stands_by_itself(session: AsyncSession) -> None:
    await erasure.delete_replies(session, Reply.member_id.in_([AUTHOR, READER]), now=MONDAY)

    assert await parents(session) == {3: None}
