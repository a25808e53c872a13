from collections.abc import AsyncIterator
from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.features.discussion.actions import cards
from bot.features.discussion.actions.cards import NotReadable
from bot.models import Member, Reply, Room

AUTHOR, READER = 1, 2
NOW = MONDAY + timedelta(hours=1)


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """Member 1 wrote replies 1 to 4, of which 2 is featured."""
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        for number in range(1, 5):
            await planting.reply(session, AUTHOR, message_id=number)
        (await session.get_one(Reply, 2)).featured_at = NOW
    async with either_database.sessions.begin() as session:
        yield session


async def walk(session: AsyncSession, language: str | None = None) -> list[int]:
    """The cards in the order in which "Next" leads through them, until nothing is unread."""
    reader = await planting.person(session, READER)
    reply_id = await cards.top(session, reader, 1, language)
    found = []
    while reply_id is not None:
        found.append(reply_id)
        beside = (await cards.card(session, reader, reply_id, language=language)).beside
        reply_id = beside.next_id if beside.next_is_unread else None
    return found


async def test_featured_replies_come_first_then_the_newest(session: AsyncSession) -> None:
    assert await walk(session) == [2, 4, 3, 1]


async def test_what_comes_while_one_reads_is_the_next_unread(session: AsyncSession) -> None:
    await walk(session)
    await planting.reply(session, AUTHOR, message_id=5)

    assert await walk(session) == [5]


async def test_a_language_narrows_what_comes_next(session: AsyncSession) -> None:
    for number in (1, 4):
        (await session.get_one(Reply, number)).language = "ru"

    assert await walk(session, "ru") == [4, 1]


async def test_a_deck_counts_what_others_said_and_what_of_it_is_unread(session: AsyncSession) -> None:
    reader = await planting.person(session, READER)
    await cards.card(session, reader, 3, language=None)

    (mine,) = await cards.decks(session, await planting.person(session, AUTHOR), now=NOW)
    (deck,) = await cards.decks(session, reader, now=NOW)

    assert (deck.replies, deck.unread, deck.answered) == (4, 3, False)
    assert (mine.replies, mine.answered) == (0, True)


async def test_a_reply_from_a_group_says_so(session: AsyncSession) -> None:
    await planting.group(session)
    (await session.get_one(Reply, 1)).room_id = await session.scalar(select(Room.id))

    card = await cards.card(session, await planting.person(session, READER), 1, language=None)

    assert card.in_group


async def test_who_has_left_reads_no_more(session: AsyncSession) -> None:
    (await session.get_one(Member, READER)).left_at = NOW

    with pytest.raises(NotReadable):
        await cards.card(session, await planting.person(session, READER), 1, language=None)
