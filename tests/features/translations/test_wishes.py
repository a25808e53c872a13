from collections.abc import AsyncIterator

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.visibility import NoSuchReply
from bot.database import Database
from bot.features.translations.actions import deals, wishes
from bot.features.translations.actions.wishes import NobodyTranslates, TooManyWishes
from bot.models import Delivery, Member, Notice, NoticeKind, Person, Reply, Role, Visibility, Wish

AUTHOR, READER, TRANSLATOR = 1, 2, 3


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    """Person 1 writes French replies 1 to 7; 2 reads Spanish, as does 3, who translates from French."""
    await planting.plant(database, "UTC", "UTC", "UTC")
    async with database.sessions.begin() as session:
        for person_id, language in ((AUTHOR, "fr"), (READER, "es"), (TRANSLATOR, "es")):
            (await session.get_one(Person, person_id)).language = language
        (await session.get_one(Member, TRANSLATOR)).translates_from = ["fr"]
        for number in range(1, 8):
            answered = await planting.reply(session, AUTHOR, message_id=number)
            (await session.get_one(Reply, answered.reply_id)).language = "fr"
        yield session


async def wish(session: AsyncSession, *reply_ids: int) -> None:
    for reply_id in reply_ids:
        await wishes.wish(session, await planting.person(session, READER), reply_id, now=MONDAY)


async def is_possible(session: AsyncSession, person_id: int, reply_id: int = 1) -> bool:
    member, reply = await session.get_one(Member, person_id), await session.get_one(Reply, reply_id)
    return await wishes.is_possible(session, member, await planting.person(session, person_id), reply)


async def test_only_a_reply_that_one_cannot_read_and_someone_else_can_translate_is_asked_for(
    session: AsyncSession,
) -> None:
    possible = [await is_possible(session, each) for each in (AUTHOR, READER, TRANSLATOR)]
    await wish(session, 1, 1)

    assert possible == [False, True, False]
    assert not await is_possible(session, READER)
    assert len((await session.scalars(select(Wish))).all()) == 1
    (await session.get_one(Member, TRANSLATOR)).left_at = MONDAY
    with pytest.raises(NobodyTranslates):
        await wish(session, 2)


async def test_a_translator_hears_of_wishes_once_a_day(session: AsyncSession) -> None:
    await wish(session, 1, 2)
    (first,) = await session.scalars(select(Delivery).join(Notice).where(Notice.kind == NoticeKind.WISHED))
    first.state, first.settled_at = first.state.SENT, MONDAY
    await wish(session, 3, 4)

    _, second = await session.scalars(
        select(Delivery).join(Notice).where(Notice.kind == NoticeKind.WISHED).order_by(Delivery.id)
    )
    assert second.member_id == TRANSLATOR
    assert second.due_at == MONDAY + WEEK / 7
    assert await deals.count_wished(session, TRANSLATOR) == 4


async def test_a_member_asks_for_no_more_than_volunteers_can_bear_and_a_moderator_for_all(
    session: AsyncSession,
) -> None:
    await wish(session, 1, 2, 3, 4, 5)

    with pytest.raises(TooManyWishes):
        await wish(session, 6)
    (await session.get_one(Member, READER)).role = Role.MODERATOR
    await wish(session, 6)


async def test_what_no_member_may_read_is_dealt_to_those_alone_who_decide_about_it(session: AsyncSession) -> None:
    (await session.get_one(Reply, 1)).visibility = Visibility.WAITING
    with pytest.raises(NoSuchReply):
        await wish(session, 1)
    (await session.get_one(Member, READER)).role = Role.MODERATOR
    with pytest.raises(NobodyTranslates):
        await wish(session, 1)

    translator = await session.get_one(Member, TRANSLATOR)
    translator.role = Role.MODERATOR
    await wish(session, 1)
    dealt = await deals.deal(session, await planting.person(session, TRANSLATOR), TRANSLATOR, now=MONDAY)
    translator.role = Role.TRANSLATOR
    await session.flush()

    assert dealt is not None
    assert dealt.text == "Reply 1"
    assert await deals.dealt(session, await planting.person(session, TRANSLATOR), dealt.deal_id) is None
