import planting
import pytest
from planting import MONDAY, plant, reply
from sqlalchemy import select

from bot.database import Database
from bot.features.replies.actions import corrections, held
from bot.models import HeldMessage, Reply
from bot.tallies import reconciliation, updates


async def take_back(database: Database, telegram_id: int, reply_id: int) -> int | None:
    async with database.sessions.begin() as session:
        person = await planting.person(session, telegram_id)
        return await corrections.take_back(session, person, reply_id, now=MONDAY)


@pytest.fixture
async def thread(either_database: Database) -> Database:
    """Person 1 has replied (1), person 2 responded to that (2), and person 1 to the response (3); all of it counted."""
    await plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await reply(session, 1, message_id=1)
        await reply(session, 2, message_id=2, parent_id=1)
        await reply(session, 1, message_id=3, parent_id=2)
    async with either_database.sessions.begin() as session:
        await updates.catch_up(session, now=MONDAY)
    return either_database


async def test_what_others_responded_to_a_response_goes_to_what_that_one_responded_to(thread: Database) -> None:
    held_id = await take_back(thread, 2, 2)

    async with thread.readers() as session:
        assert (
            await reconciliation.differing(session) == 0
        )  # the first reply waits again: only its author has responded
        rows = await session.execute(select(Reply.id, Reply.parent_id).order_by(Reply.id))
        person = await planting.person(session, 2)
        assert await held.held_text(session, person, held_id=held_id or 0) == "Reply 2"
    assert [tuple(row) for row in rows] == [(1, None), (3, 1)]


async def test_a_reply_to_a_question_that_others_responded_to_stays(thread: Database) -> None:
    assert await take_back(thread, 1, 1) is None
    async with thread.readers() as session:
        assert (await session.scalars(select(HeldMessage))).all() == []


async def test_nobody_takes_back_what_another_said(thread: Database) -> None:
    assert await take_back(thread, 1, 2) is None
