"""The topics of a forum group: one that is closed, deleted or in doubt silences its own room, and no other."""

from datetime import timedelta

import pytest
from circle import SUPERGROUP, in_circle, link, replies
from planting import MONDAY
from scenes import scene
from sqlalchemy import select
from steps import about, buttons, press, say
from world import World

from bot.features.groups.actions import topics
from bot.models import Group, Room
from bot.sandbox import Phone
from bot.sandbox.groups import Group as Chat

pytestmark = pytest.mark.usefixtures("dialogue")
SPANISH = "en el paso 1?"
ENGLISH = "in step 1?"


@pytest.fixture
@scene
async def forum(world: World, dialogue: str, ada: Phone, bea: Phone) -> Chat:
    """A group with topics that Ada created, and in which the bot is an administrator."""
    assert dialogue == "training"
    await say(world, ada, "/start")
    return world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea], bot="administrator", forum=True)


async def close_first_topic_and_link(world: World, forum: Chat, ada: Phone) -> int:
    """Link in English and Spanish, where the English topic is closed before anything could be said in it."""
    # The answer to the command meets with the same: General is closed as well.
    world.sandbox.faults.add("sendMessage", chat_id=forum.id, times=2, status=400, description="TOPIC_CLOSED")
    world.sandbox.faults.add("reopenForumTopic", status=400, description="not enough rights")
    await say(world, ada, "/link training en es", chat=forum)
    await world.settle()
    return min(forum.chat.topics)


@pytest.mark.on_either_database
async def test_a_topic_closed_before_the_notice_silences_its_own_room_alone(
    world: World, forum: Chat, ada: Phone, bea: Phone
) -> None:
    english = await close_first_topic_and_link(world, forum, ada)
    _, spanish = forum.chat.topics

    await world.until(MONDAY)
    await say(world, bea, "En mi pueblo", chat=forum, topic=spanish)

    assert in_circle(forum, SPANISH)
    assert not in_circle(forum, ENGLISH)
    assert [reply.text for reply in await replies(world)] == ["En mi pueblo"]
    assert about(ada, "where I post in \u2068English\u2069")
    await forum.closes_topic(ada, english)
    await forum.reopens_topic(ada, english)
    await world.settle()
    await world.settle()
    assert len(in_circle(forum, ENGLISH)) == 1


async def test_a_deleted_topic_leaves_the_other_room_alone_and_organisers_hear_of_it(
    world: World, forum: Chat, ada: Phone, bea: Phone
) -> None:
    await link(world, ada, forum, "training en es")
    english, spanish = forum.chat.topics
    await forum.deletes_topic(english)

    await world.until(MONDAY)
    await world.settle()
    await say(world, bea, "En mi pueblo", chat=forum, topic=spanish)

    assert len(in_circle(forum, SPANISH)) == len(in_circle(forum, ENGLISH)) == 1
    assert [reply.text for reply in await replies(world)] == ["En mi pueblo"]
    assert len(about(ada, "The topic I post in was deleted")) == 1
    async with world.database.readers() as session:
        assert (await session.scalars(select(Group.silent_since))).all() == [None]


async def test_the_general_topic_is_reopened_when_it_was_closed(world: World, forum: Chat, ada: Phone) -> None:
    await link(world, ada, forum, "training en")
    await forum.closes_general(ada)

    await world.until(MONDAY)
    await world.settle()

    assert len(in_circle(forum, ENGLISH)) == 1
    assert not forum.chat.general_closed


async def test_a_general_topic_that_may_not_be_reopened_is_told_and_resumes(
    world: World, forum: Chat, ada: Phone
) -> None:
    await link(world, ada, forum, "training en")
    await forum.promotes_bot(ada, can_manage_topics=False)
    await forum.closes_general(ada)

    await world.until(MONDAY)
    await world.settle()
    before = list(in_circle(forum, ENGLISH))
    await forum.reopens_general(ada)
    await world.settle()

    assert before == []
    assert len(about(ada, "The topic I post in is closed")) == 1
    assert len(in_circle(forum, ENGLISH)) == 1


async def interrupt_opening(world: World, forum: Chat, ada: Phone) -> None:
    """The topic for Spanish comes about, but the bot never learns of it."""
    world.sandbox.faults.add("createForumTopic", drop="after")
    await say(world, ada, "/link training es en", chat=forum)
    await world.pass_time(minutes=6)
    await world.settle()


async def test_a_topic_that_may_have_come_about_is_not_made_twice_and_is_recognised_by_what_is_said_in_it(
    world: World, forum: Chat, ada: Phone, bea: Phone
) -> None:
    await interrupt_opening(world, forum, ada)
    names = [topic.name for topic in forum.chat.topics.values()]
    spanish = min(forum.chat.topics)
    await world.until(MONDAY)

    assert names == ["Español: Formación", "English: Training"]
    assert len(about(ada, "I was interrupted while I opened the topic")) == 1
    assert in_circle(forum, ENGLISH)
    assert not in_circle(forum, SPANISH)
    await say(world, bea, "¿Hola?", chat=forum, topic=spanish)
    await world.settle()
    [question] = in_circle(forum, SPANISH)
    assert question["message_thread_id"] == spanish
    assert len(forum.chat.topics) == 2


async def test_an_organiser_who_finds_no_topic_has_it_opened_once(world: World, forum: Chat, ada: Phone) -> None:
    await link(world, ada, forum, "training en")
    async with world.database.sessions.begin() as session:  # as a process leaves it that is killed before the call
        room = (await session.scalars(select(Room))).one()
        room.wants_topic, room.told_at = True, None
        assert await topics.begin(session, room.id, now=world.clock.now())
    await world.pass_time(minutes=6)
    await world.settle()
    assert not forum.chat.topics
    [opening] = [data for data in buttons(ada) if data.startswith("opentopic")]

    await press(world, ada, opening)
    await press(world, ada, opening)

    assert [topic.name for topic in forum.chat.topics.values()] == ["English: Training"]
    assert ada.alerts[-2:] == ["I open the topic now.", "The topic is there by now: I go on in it."]


async def test_only_an_organiser_has_a_doubtful_topic_opened(world: World, forum: Chat, ada: Phone, bea: Phone) -> None:
    await interrupt_opening(world, forum, ada)
    await say(world, bea, "/start")

    await bea.forges_a_tap("opentopic:1")
    await world.settle()

    assert len(forum.chat.topics) == 2
    assert bea.alerts[-1].startswith("Solo")


async def test_a_refused_pin_is_told_to_the_organisers_and_questions_come_all_the_same(
    world: World, forum: Chat, ada: Phone
) -> None:
    await forum.promotes_bot(ada, can_pin_messages=False)
    await link(world, ada, forum, "training en")

    await world.until(MONDAY + timedelta(hours=1))

    assert forum.chat.pinned == []
    assert len(about(ada, "Please pin my message about what is kept yourself")) == 1
    assert in_circle(forum, ENGLISH)
