from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.messages import Content
from bot.database import Database
from bot.features.discussion.actions import news as discussion_news
from bot.features.discussion.actions import responses
from bot.features.discussion.actions import terms as discussion_terms
from bot.features.discussion.actions.cards import NotReadable
from bot.features.moderation.actions import decisions
from bot.models import Audience, Delivery, Dialogue, Kind, Member, Moderation, Reply, Role, State, Visibility

MODERATOR, AUTHOR, READER, OTHER = 1, 2, 3, 4
NOW = MONDAY + timedelta(hours=1)


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """Member 1 moderates; member 2 wrote reply 1."""
    await planting.plant(either_database, *["UTC"] * 4)
    async with either_database.sessions.begin() as session:
        (await session.get_one(Member, MODERATOR)).role = Role.MODERATOR
        await planting.reply(session, AUTHOR, message_id=1)
    async with either_database.sessions.begin() as session:
        yield session


async def respond(session: AsyncSession, member_id: int, reply_id: int = 1, *, at: datetime = NOW) -> int:
    person = await planting.person(session, member_id)
    said = await responses.respond(
        session,
        person,
        reply_id,
        message_id=100 + member_id + at.minute,
        content=Content("text", f"{member_id} says"),
        sent_at=at,
        now=at,
    )
    assert said is not None
    return said.reply_id


async def owed(session: AsyncSession) -> list[tuple[int | None, datetime]]:
    rows = await session.execute(
        select(Delivery.member_id, Delivery.due_at)
        .where(Delivery.kind == Kind.NOTICE, Delivery.state == State.PLANNED)
        .order_by(Delivery.member_id)
    )
    return [(row[0], row[1]) for row in rows]


async def texts(session: AsyncSession, member_id: int) -> list[str]:
    news = await discussion_news.news(session, member_id)
    return [words.text for words in news.newest] if news else []


async def arrive(session: AsyncSession, *, claimed_at: datetime) -> None:
    await session.execute(
        update(Delivery).where(Delivery.kind == Kind.NOTICE).values(state=State.SENT, claimed_at=claimed_at)
    )


async def test_several_responses_are_owed_as_one_message_in_the_evening(session: AsyncSession) -> None:
    await respond(session, READER)
    await respond(session, OTHER)

    assert await owed(session) == [(AUTHOR, MONDAY.replace(hour=18))]
    assert await texts(session, AUTHOR) == ["4 says", "3 says"]


async def test_who_wants_to_know_at_once_is_told_at_once(session: AsyncSession) -> None:
    (await planting.person(session, AUTHOR)).responses_at_once = True

    await respond(session, READER)

    assert await owed(session) == [(AUTHOR, NOW)]


async def test_what_was_told_is_told_no_more_and_what_came_while_it_was_on_its_way_is(session: AsyncSession) -> None:
    await respond(session, READER, at=NOW)
    evening = MONDAY.replace(hour=18)
    await arrive(session, claimed_at=evening)

    await respond(session, OTHER, at=evening + timedelta(minutes=1))

    assert await texts(session, AUTHOR) == ["4 says"]
    assert await owed(session) == [(AUTHOR, evening + timedelta(days=1))]


async def test_a_response_that_waits_for_a_moderator_is_told_once_it_is_approved(session: AsyncSession) -> None:
    moderator = await planting.person(session, MODERATOR)
    (await session.get_one(Dialogue, 1)).moderation = Moderation.BEFORE
    response_id = await respond(session, READER)
    before = await owed(session)
    (await session.get_one(Reply, response_id)).kept_at = NOW - timedelta(days=3)

    await decisions.approve(session, moderator, response_id, version=0, now=NOW + timedelta(days=1))

    assert before == []
    assert [member_id for member_id, _ in await owed(session)] == [AUTHOR]
    assert await texts(session, AUTHOR) == ["3 says"]


async def test_a_response_for_moderators_alone_is_told_once_its_author_shows_it(session: AsyncSession) -> None:
    reader = await planting.person(session, READER)
    (await session.get_one(Member, READER)).audience = Audience.MODERATORS
    response_id = await respond(session, READER)
    before = await owed(session)

    terms = await discussion_terms.terms_of_reply(session, reader, response_id)
    await discussion_terms.show(session, terms, Audience.MEMBERS, now=NOW)

    assert before == []
    assert await texts(session, AUTHOR) == ["3 says"]


async def test_only_its_author_hears_what_a_moderator_responds_to_words_for_moderators_alone(
    session: AsyncSession,
) -> None:
    (await session.get_one(Reply, 1)).audience = Audience.MODERATORS
    moderator = await planting.person(session, MODERATOR)

    content = Content("text", "We look into it")
    await decisions.respond(session, moderator, 1, content=content, message_id=9, sent_at=NOW, now=NOW)

    told = await texts(session, AUTHOR)
    thread = await responses.thread(session, await planting.person(session, AUTHOR), 1, page=0, size=5)
    assert told == ["We look into it"]
    assert [response.words.text for response in thread.responses] == ["We look into it"]
    with pytest.raises(NotReadable):
        await responses.thread(session, await planting.person(session, READER), 1, page=0, size=5)
    with pytest.raises(NotReadable):
        await responses.begin(session, await planting.person(session, READER), 2, now=NOW)


async def test_news_quote_no_head_that_its_author_has_taken_back(session: AsyncSession) -> None:
    response_id = await respond(session, READER)
    await respond(session, OTHER, response_id)
    (await session.get_one(Reply, 1)).withdrawn_at = NOW

    news = await discussion_news.news(session, READER)

    assert news is not None
    assert ([words.text for words in news.newest], news.threads) == (["4 says"], ())


async def test_whoever_spoke_in_a_branch_before_hears_what_comes_after(session: AsyncSession) -> None:
    response_id = await respond(session, READER)
    await respond(session, OTHER, response_id)
    await arrive(session, claimed_at=NOW)

    await respond(session, AUTHOR, response_id, at=NOW + timedelta(minutes=5))

    assert [member_id for member_id, _ in await owed(session)] == [READER, OTHER]
    assert await texts(session, OTHER) == ["2 says"]


async def test_hidden_responses_are_no_news(session: AsyncSession) -> None:
    response_id = await respond(session, READER)

    (await session.get_one(Reply, response_id)).visibility = Visibility.HIDDEN

    assert await texts(session, AUTHOR) == []
