"""What moderators announce is posted where the dialogue's questions are: once in each room, in its language."""

from datetime import timedelta

import pytest
from circle import SUPERGROUP, in_circle, link
from planting import MONDAY
from scenes import scene
from steps import about, buttons, join, last, press, say
from world import World

from bot.sandbox import Phone
from bot.sandbox.groups import Group as Chat

OTHER = -1001000000002
ENGLISH, SPANISH = "We meet on Friday.", "Nos vemos el viernes."


@pytest.fixture
@scene
async def forum(world: World, dialogue: str, ada: Phone, bea: Phone, dalia: Phone) -> Chat:
    """A forum of Ada's with a topic for Spanish and one for Arabic; Bea takes part in private too, and it is Monday."""
    assert dialogue == "training"
    await say(world, ada, "/start")
    await join(world, bea)
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea, dalia], bot="administrator", forum=True)
    await link(world, ada, circle, "training es ar")
    await world.until(MONDAY)
    return circle


async def draft(world: World, ada: Phone) -> str:
    """Draft the announcement in English and Spanish; the page before it is sent."""
    await say(world, ada, "/announce")
    await say(world, ada, ENGLISH)
    await press(world, ada, next(data for data in buttons(ada) if data.endswith(":es") and data.startswith("write:")))
    await say(world, ada, SPANISH)
    return last(ada)


def send(ada: Phone) -> str:
    """The button that sends what was drafted."""
    return next(data for data in buttons(ada) if data.startswith("send:"))


def stop(ada: Phone) -> str:
    """The button that stops what was sent."""
    return next(data for data in buttons(ada) if data.startswith("stop:"))


def topics_of(circle: Chat, words: str) -> list[int]:
    """In which topics the bot posted some words."""
    return [message["message_thread_id"] for message in in_circle(circle, words)]


@pytest.mark.on_either_database
async def test_each_topic_gets_an_announcement_once_in_its_language(
    world: World, forum: Chat, ada: Phone, bea: Phone
) -> None:
    spanish, arabic = forum.chat.topics

    shown = await draft(world, ada)
    await press(world, ada, send(ada))
    await world.pass_time(minutes=5)

    assert "1 member gets it:" in shown
    assert "It is also posted in 1 group." in shown
    assert "\u2068Arabic\u2069: it is posted there in \u2068English\u2069, for want of a translation" in shown
    assert "It is also posted in 1 group." in last(ada)
    assert topics_of(forum, SPANISH) == [spanish]
    assert topics_of(forum, ENGLISH) == [arabic]
    assert "Del equipo de moderación" in in_circle(forum, SPANISH)[0]["text"]
    assert "من فريق تيسير الحوار" in in_circle(forum, ENGLISH)[0]["text"]
    assert len(about(bea, SPANISH)) == 1


async def test_a_draft_is_seen_in_the_languages_of_the_groups_too(world: World, forum: Chat, ada: Phone) -> None:
    await draft(world, ada)

    await press(world, ada, next(data for data in buttons(ada) if data.startswith("preview:") and data.endswith(":ar")))

    assert "من فريق تيسير الحوار" in last(ada)
    assert ENGLISH in last(ada)
    assert in_circle(forum, ENGLISH) == []


async def draft_beside_a_closed_topic(world: World, forum: Chat, ada: Phone, topic: int) -> None:
    """Draft an announcement while a topic is closed, of which the bot finds out when it posts."""
    await forum.promotes_bot(ada, can_manage_topics=False)
    await draft(world, ada)
    await forum.closes_topic(ada, topic)
    world.sandbox.confirm_updates()


async def test_a_closed_topic_does_not_stop_the_others_and_gets_it_once_it_is_open(
    world: World, forum: Chat, ada: Phone
) -> None:
    spanish, arabic = forum.chat.topics
    await draft_beside_a_closed_topic(world, forum, ada, spanish)

    await press(world, ada, send(ada))
    before = topics_of(forum, SPANISH)
    await forum.reopens_topic(ada, spanish)
    await world.settle()

    assert before == []
    assert len(about(ada, "The topic I post in is closed")) == 1
    assert topics_of(forum, ENGLISH) == [arabic]
    assert topics_of(forum, SPANISH) == [spanish]


async def test_a_deleted_topic_is_opened_anew_for_an_announcement(world: World, forum: Chat, ada: Phone) -> None:
    spanish, arabic = forum.chat.topics
    await draft(world, ada)
    await forum.deletes_topic(spanish)

    await press(world, ada, send(ada))
    await world.settle()

    [posted] = topics_of(forum, SPANISH)
    assert posted in forum.chat.topics
    assert posted != spanish
    assert topics_of(forum, ENGLISH) == [arabic]


async def test_a_group_the_bot_was_removed_from_is_not_counted_and_the_others_get_it(
    world: World, forum: Chat, ada: Phone
) -> None:
    left = world.sandbox.group(OTHER, "Earth", members=[ada], bot="administrator")
    await link(world, ada, left, "training en")
    await left.removes_bot(ada)
    await world.settle()

    shown = await draft(world, ada)
    await press(world, ada, send(ada))

    assert "It is also posted in 1 group." in shown
    assert len(in_circle(forum, SPANISH)) == 1
    assert in_circle(left, ENGLISH) == []


async def test_at_night_groups_wait_for_the_morning_and_are_spared_when_it_is_stopped(
    world: World, forum: Chat, ada: Phone, bea: Phone
) -> None:
    await world.until(MONDAY + timedelta(hours=13))  # 22:00
    shown = await draft(world, ada)
    await press(world, ada, send(ada))

    await press(world, ada, stop(ada))
    await world.until(MONDAY + timedelta(days=1, hours=2))

    assert "By the dialogue’s clock it is night now" in shown
    assert "1 member does not get it.\nIt is no longer posted in 1 group." in last(ada)
    assert in_circle(forum, SPANISH) == in_circle(forum, ENGLISH) == []
    assert about(bea, SPANISH) == []


async def test_in_the_morning_groups_get_what_was_sent_at_night(world: World, forum: Chat, ada: Phone) -> None:
    await world.until(MONDAY + timedelta(hours=13))
    await draft(world, ada)
    await press(world, ada, send(ada))

    await world.until(MONDAY + timedelta(days=1, hours=2))

    assert len(in_circle(forum, SPANISH)) == len(in_circle(forum, ENGLISH)) == 1


async def test_what_telegram_puts_off_in_a_group_can_be_stopped_while_it_runs(
    world: World, forum: Chat, ada: Phone, bea: Phone
) -> None:
    await draft(world, ada)
    world.sandbox.faults.add("sendMessage", chat_id=forum.id, status=429, retry_after=60)
    await press(world, ada, send(ada))

    await press(world, ada, stop(ada))
    await world.pass_time(minutes=5)

    assert len(about(bea, SPANISH)) == 1
    assert last(ada) == "It is no longer posted in 1 group."
    assert in_circle(forum, SPANISH) == in_circle(forum, ENGLISH) == []


async def test_a_room_that_was_missed_is_spared_when_the_announcement_is_stopped(
    world: World, forum: Chat, ada: Phone
) -> None:
    spanish, _ = forum.chat.topics
    await draft_beside_a_closed_topic(world, forum, ada, spanish)
    await press(world, ada, send(ada))

    await press(world, ada, stop(ada))
    await forum.reopens_topic(ada, spanish)
    await world.settle()

    assert about(ada, "It is no longer posted in 1 group.")
    assert in_circle(forum, SPANISH) == []


async def test_a_posting_nobody_knows_the_fate_of_is_not_repeated(world: World, forum: Chat, ada: Phone) -> None:
    await draft(world, ada)
    world.sandbox.faults.add("sendMessage", chat_id=forum.id, drop="after")

    await press(world, ada, send(ada))
    await world.pass_time(days=1)

    assert len(in_circle(forum, SPANISH)) == len(in_circle(forum, ENGLISH)) == 1
    assert [state for kind, state, _ in await world.deliveries() if kind == "notice"].count("uncertain") == 1


async def test_languages_that_share_a_chat_do_not_repeat_a_text_for_want_of_a_translation(
    world: World, dialogue: str, ada: Phone
) -> None:
    assert dialogue == "training"
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada], bot="administrator")
    await link(world, ada, circle, "training fr en es")

    shown = await draft(world, ada)
    await press(world, ada, send(ada))

    assert "for want of a translation" not in shown
    assert len(in_circle(circle, ENGLISH)) == len(in_circle(circle, SPANISH)) == 1
    assert "From the moderators of" in in_circle(circle, ENGLISH)[0]["text"]


async def test_a_dialogue_that_takes_place_in_groups_alone_is_announced_to(
    world: World, dialogue: str, ada: Phone
) -> None:
    assert dialogue == "training"
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada], bot="administrator")
    await link(world, ada, circle)

    shown = await draft(world, ada)
    await press(world, ada, send(ada))

    assert "It is posted in 1 group." in shown
    assert "nobody" not in shown
    assert last(ada) == "It is posted in 1 group."
    assert len(in_circle(circle, ENGLISH)) == 1


async def test_what_is_announced_comes_in_the_channel_that_a_group_discusses(
    world: World, dialogue: str, ada: Phone
) -> None:
    assert dialogue == "training"
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada], bot="administrator")
    channel = world.sandbox.channel(-1002000000001, "News", bot="administrator")
    await circle.discusses(channel)
    await link(world, ada, circle)

    await draft(world, ada)
    await press(world, ada, send(ada))

    assert len([post for post in channel.messages if ENGLISH in post.get("text", "")]) == 1


async def test_what_is_for_members_only_is_kept_out_of_the_groups(
    world: World, forum: Chat, ada: Phone, bea: Phone
) -> None:
    await draft(world, ada)

    await press(world, ada, next(data for data in buttons(ada) if data.startswith("aim:")))
    shown = last(ada)
    await press(world, ada, send(ada))

    assert "It is not posted in groups." in shown
    assert last(ada).startswith("On its way to 1 member.")
    assert "group" not in last(ada)
    assert len(about(bea, SPANISH)) == 1
    assert in_circle(forum, SPANISH) == in_circle(forum, ENGLISH) == []


async def test_an_announcement_may_go_to_groups_after_all(world: World, forum: Chat, ada: Phone) -> None:
    await draft(world, ada)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("aim:")))

    await press(world, ada, next(data for data in buttons(ada) if data.startswith("aim:")))
    await press(world, ada, send(ada))

    assert len(in_circle(forum, SPANISH)) == len(in_circle(forum, ENGLISH)) == 1


async def test_a_nudge_stays_private(world: World, forum: Chat, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/nudge")
    shown = last(ada)
    before = len(forum.received)

    await press(world, ada, send(ada))

    assert "group" not in shown
    assert len(about(bea, "Nos gustaría")) == 1
    assert len(forum.received) == before
