from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import planting
import pytest
from planting import CIRCLE, MONDAY
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.messages import Content
from bot.database import Database
from bot.features.intake.actions import groups
from bot.features.intake.actions.groups import Answers, GroupMessage
from bot.features.privacy.actions import refusal
from bot.features.questions.actions import deliveries
from bot.models import Delivery, Dialogue, Member, Naming, Reply, State

ASKED = 50  # the message id of the question
SPEAKER, OTHER = 900, 901
SAID = GroupMessage(chat_id=CIRCLE, message_id=60, author_id=SPEAKER, sent_at=MONDAY, reply_to=ASKED)


async def ask(session: AsyncSession) -> None:
    """Question 1 reached each room: as message 50 and following."""
    await deliveries.open_due(session, now=MONDAY - timedelta(hours=15))
    rooms = await session.scalars(select(Delivery).where(Delivery.room_id.is_not(None)).order_by(Delivery.room_id))
    for message_id, delivery in enumerate(rooms.all(), start=ASKED):
        delivery.state, delivery.message_id, delivery.settled_at = State.SENT, message_id, MONDAY
    await session.flush()


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """A dialogue with one member."""
    await planting.plant(either_database, "UTC")
    async with either_database.sessions.begin() as session:
        yield session


async def keep(session: AsyncSession, said: GroupMessage, text: str = "Words") -> Reply | None:
    answers = await groups.what_it_answers(session, said)
    if answers is None:
        return None
    kept = await groups.keep(session, said, answers, Content("text", text), language="es", now=MONDAY)
    return await session.get_one(Reply, kept.reply_id) if kept else None


async def test_what_hangs_from_the_question_is_kept_and_small_talk_is_not(session: AsyncSession) -> None:
    await planting.group(session)
    await ask(session)

    answer = await keep(session, SAID)
    small_talk = await keep(session, replace(SAID, message_id=61, reply_to=None))
    elsewhere = await keep(session, replace(SAID, message_id=62, chat_id=CIRCLE - 1))

    assert answer is not None
    assert (answer.question_id, answer.room_id, answer.parent_id) == (1, 1, None)
    assert small_talk is elsewhere is None


async def test_the_same_message_twice_is_one_reply(session: AsyncSession) -> None:
    await planting.group(session)
    await ask(session)

    first, again = await keep(session, SAID), await keep(session, SAID)

    assert first is again is not None
    assert len((await session.scalars(select(Reply.id))).all()) == 1


async def test_a_chain_of_replies_is_two_levels_deep_and_one_s_own_addition_is_a_reply(session: AsyncSession) -> None:
    await planting.group(session)
    await ask(session)
    first = await keep(session, SAID)

    response = await keep(session, replace(SAID, message_id=61, author_id=OTHER, reply_to=60))
    deeper = await keep(session, replace(SAID, message_id=62, reply_to=61))
    addition = await keep(session, replace(SAID, message_id=63, reply_to=60))

    assert first is not None
    assert [each.parent_id for each in (response, deeper, addition) if each] == [first.id, first.id, None]


async def test_a_topic_answers_its_own_room_s_question(session: AsyncSession) -> None:
    await planting.group(session, "en", "es", topics=True)
    await ask(session)

    spanish = await keep(session, replace(SAID, reply_to=None, topic_id=102, thread_id=102))
    unknown = await keep(session, replace(SAID, message_id=61, reply_to=None, topic_id=103, thread_id=103))

    assert spanish is not None
    assert spanish.room_id == 2
    assert unknown is None


async def test_comments_hang_from_the_forward_of_the_channel_s_post(session: AsyncSession) -> None:
    channel = -1002000000001
    await planting.group(session, channel_id=channel)
    await ask(session)
    where = {"chat_id": CIRCLE, "post_id": ASKED, "thread_id": 70}
    assert await groups.map_comments(session, channel_id=channel, **where)
    assert await groups.map_comments(session, channel_id=channel, **where)  # Telegram may bring it twice
    assert not await groups.map_comments(session, channel_id=channel - 1, **where)

    comment = await keep(session, replace(SAID, reply_to=70, thread_id=70))
    on_message_of_that_id = await keep(session, replace(SAID, message_id=61, reply_to=ASKED))

    assert comment is not None
    assert on_message_of_that_id is None


async def test_nothing_said_before_the_group_was_told_is_kept(session: AsyncSession) -> None:
    group = await planting.group(session)
    await ask(session)
    assert group.told_at is not None

    before = replace(SAID, sent_at=group.told_at - timedelta(seconds=1))

    assert await groups.what_it_answers(session, before) is None


async def test_who_never_joined_takes_no_part_is_not_quoted_and_goes_by_a_pseudonym(session: AsyncSession) -> None:
    await planting.group(session)
    await ask(session)

    kept = await keep(session, SAID)

    assert kept is not None
    member = await session.get_one(Member, kept.member_id)
    assert (member.joined_at, member.quotable, kept.naming) == (None, False, Naming.PSEUDONYM)


async def test_the_pseudonym_of_a_group_tells_nothing_of_what_its_bearer_says_in_private(session: AsyncSession) -> None:
    await planting.group(session)
    await ask(session)
    spoken = await keep(session, SAID)
    assert spoken is not None
    joined = await planting.join(session, await session.get_one(Dialogue, 1), SPEAKER)

    in_private = await planting.reply(session, joined.id, message_id=1)
    again = await keep(session, replace(SAID, message_id=61))

    assert again is not None
    written = await session.get_one(Reply, in_private.reply_id)
    assert spoken.member_id == again.member_id == written.member_id
    assert spoken.signature == again.signature == joined.group_pseudonym
    assert written.signature == joined.pseudonym != joined.group_pseudonym


async def test_who_was_removed_or_has_refused_a_moment_ago_is_not_heard(session: AsyncSession) -> None:
    await planting.group(session)
    await ask(session)
    answers = Answers(1, 1, 1, 1)
    first = await keep(session, SAID)
    assert first is not None
    (await session.get_one(Member, first.member_id)).removed_at = MONDAY
    await refusal.refuse(session, OTHER, now=MONDAY)

    removed = await keep(session, replace(SAID, message_id=61))
    other = replace(SAID, message_id=62, author_id=OTHER)
    refused = await groups.keep(session, other, answers, Content("text", "No"), language="es", now=MONDAY)

    assert removed is None
    assert refused is None


async def test_an_edit_is_followed_and_that_of_small_talk_is_nothing(session: AsyncSession) -> None:
    await planting.group(session)
    await ask(session)
    kept = await keep(session, SAID, "Teh first")

    content = Content("text", "The first")
    edited = await groups.follow_edit(session, chat_id=CIRCLE, message_id=60, content=content, now=MONDAY)
    nothing = await groups.follow_edit(session, chat_id=CIRCLE, message_id=99, content=content, now=MONDAY)

    assert edited is not None
    assert kept is not None
    assert kept.text == "The first"
    assert nothing is None
