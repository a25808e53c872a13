from datetime import timedelta

import planting
import pytest
from planting import MONDAY, plant, reply
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bot.core.visibility import NoSuchReply
from bot.database import Database
from bot.features.replies.actions import own_replies
from bot.models import Reply

SECOND = timedelta(seconds=1)


async def replies(database: Database) -> list[Reply]:
    async with database.readers() as session:
        found = await session.scalars(select(Reply).options(selectinload(Reply.attachments)).order_by(Reply.id))
        return list(found)


async def test_nobody_withdraws_what_is_another_s(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        kept = await reply(session, 1, message_id=5)

    async with either_database.sessions.begin() as session:
        other = await planting.person(session, 2)
        with pytest.raises(NoSuchReply):
            await own_replies.set_withdrawn(session, other, reply_id=kept.reply_id, withdrawn=True, now=MONDAY)

    assert [each.withdrawn_at for each in await replies(either_database)] == [None]


async def test_own_replies_come_page_by_page_the_newest_first_and_withdrawn_ones_too(database: Database) -> None:
    await plant(database, "UTC", "UTC")
    async with database.sessions.begin() as session:
        for message_id in range(1, 8):
            await reply(session, 1, message_id=message_id, at=MONDAY + message_id * SECOND)
        await reply(session, 2, message_id=9)
        person = await planting.person(session, 1)
        await own_replies.set_withdrawn(session, person, reply_id=6, withdrawn=True, now=MONDAY)

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        first = await own_replies.own_replies(session, person, limit=3)
        last = await own_replies.own_replies(session, person, limit=3, offset=6)

    assert [(own.text, own.withdrawn) for own in first] == [("Reply 7", False), ("Reply 6", True), ("Reply 5", False)]
    assert [own.text for own in last] == ["Reply 1"]
