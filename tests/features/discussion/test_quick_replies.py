from collections.abc import AsyncIterator

import planting
import pytest
from planting import MONDAY
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.features.discussion.actions import quick_replies
from bot.models import Member, RungKind

AUTHOR, READER = 1, 2


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """Member 1 wrote reply 1."""
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await planting.reply(session, AUTHOR, message_id=1)
    async with either_database.sessions.begin() as session:
        yield session


async def tap(session: AsyncSession, kind: RungKind, reply_id: int | None) -> RungKind | None:
    member = await session.get_one(Member, READER)
    return await quick_replies.chime(session, member, kind, question_id=1, reply_id=reply_id, now=MONDAY)


async def test_another_rung_replaces_the_first_and_the_same_one_takes_it_back(session: AsyncSession) -> None:
    reader = await session.get_one(Member, READER)
    stood = [await tap(session, kind, 1) for kind in (RungKind.SAME, RungKind.DIFFERENT)]
    between = await quick_replies.of_reply(session, reader, 1)

    stood.append(await tap(session, RungKind.DIFFERENT, 1))

    assert stood == [RungKind.SAME, RungKind.DIFFERENT, None]
    assert (dict(between.counts), between.mine) == ({RungKind.DIFFERENT: 1}, RungKind.DIFFERENT)
    assert (await quick_replies.of_reply(session, reader, 1)).counts == {}


async def test_a_tap_on_a_reply_is_none_on_its_question(session: AsyncSession) -> None:
    await tap(session, RungKind.SAME, 1)

    assert (await quick_replies.of_question(session, [READER], 1))[READER].counts == {}
