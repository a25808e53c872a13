"""What the bot may see and do in a group: privacy mode, masks, other chats' messages, and refusals met only when sending."""

from collections.abc import AsyncIterator

import pytest
from circle import SUPERGROUP, in_circle, link, replies
from planting import MONDAY
from scenes import scene
from steps import about, say
from world import World

from bot.sandbox import Clock, Phone, Sandbox
from bot.sandbox.groups import Group as Chat

CHANNEL = -1002000000001

pytestmark = pytest.mark.usefixtures("dialogue")


@pytest.fixture
async def sandbox(clock: Clock, request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    """In privacy mode, unless a test says otherwise."""
    async with Sandbox(clock=clock, privacy_mode=getattr(request, "param", True)) as running:
        yield running
        assert running.refusals == []


@pytest.fixture
@scene
async def circle(world: World, dialogue: str, ada: Phone, bea: Phone, dalia: Phone) -> Chat:
    """A group that Ada created, and in which the bot is an administrator."""
    assert dialogue == "training"
    await say(world, ada, "/start")
    return world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea, dalia], bot="administrator")


@pytest.mark.parametrize(
    ("sandbox", "heard"),
    [(True, ["To the question"]), (False, ["To the question", "To Bea"])],
    indirect=["sandbox"],
    ids=["privacy", "no privacy"],
)
@pytest.mark.on_either_database
async def test_in_privacy_mode_a_plain_member_hears_replies_to_its_question_alone(
    world: World, ada: Phone, bea: Phone, dalia: Phone, heard: list[str]
) -> None:
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea, dalia], bot="member")
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "step 1?")

    said = await say(world, bea, "To the question", chat=circle, reply_to=question["message_id"])
    await say(world, dalia, "To Bea", chat=circle, reply_to=said["message_id"])
    await say(world, dalia, "Small talk", chat=circle)

    assert [reply.text for reply in await replies(world)] == heard
    assert bool(in_circle(circle, "/setprivacy")) == (len(heard) == 1)


async def test_a_message_that_answers_one_in_another_chat_answers_nothing_here(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "step 1?")
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Someone"}

    await bea.sends_raw(
        {"text": "About that", "external_reply": {"origin": origin, "message_id": question["message_id"]}}, chat=circle
    )
    await world.settle()

    assert await replies(world) == []


async def test_a_removal_that_is_only_noticed_when_sending_is_told_and_ends(
    world: World, circle: Chat, ada: Phone
) -> None:
    await link(world, ada, circle)
    await circle.removes_bot(ada)
    world.sandbox.confirm_updates()  # as after a day's outage: Telegram no longer tells of it

    await world.until(MONDAY)
    await world.settle()
    await circle.adds_bot(ada)
    await world.settle()

    assert len(about(ada, "I can't post the questions in the group")) == 1
    assert len(in_circle(circle, "step 1?")) == 1


async def test_a_channel_in_which_the_bot_may_no_longer_post_is_told_and_resumes(
    world: World, circle: Chat, ada: Phone
) -> None:
    channel = world.sandbox.channel(CHANNEL, "News", bot="administrator")
    await circle.discusses(channel)
    await link(world, ada, circle)
    await channel.demotes_bot(ada)
    await world.until(MONDAY)
    before = [message for message in channel.messages if "step 1?" in message["text"]]

    await channel.promotes_bot(ada)
    await world.settle()

    assert before == []
    assert len(about(ada, "I may no longer write there")) == 1
    assert len([message for message in channel.messages if "step 1?" in message["text"]]) == 1


async def test_posts_of_a_channel_are_no_replies_even_when_forwarded(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    channel = world.sandbox.channel(CHANNEL, "News", bot="administrator")
    await circle.discusses(channel)
    await link(world, ada, circle)
    await world.until(MONDAY)
    await world.settle()

    other = await channel.posts("Other news")
    forwarded = await circle.gets_forwarded(other)
    await say(world, bea, "To the other news", chat=circle, reply_to=forwarded["message_id"])

    assert await replies(world) == []


async def test_an_anonymous_administrator_unlinks_by_showing_who_they_are(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    await link(world, ada, circle)
    await say(world, ada, "/unlink", chat=circle, anonymous=True)
    linked_still = not in_circle(circle, "no longer linked")

    await bea.taps(data="unlink", chat=circle)
    await world.settle()
    refused = list(bea.alerts)
    await ada.taps(data="unlink", chat=circle)
    await world.settle()

    assert linked_still
    assert len(refused) == 1
    assert in_circle(circle, "no longer linked")


async def test_who_speaks_as_a_channel_forgets_under_that_mask_alone(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    channel = world.sandbox.channel(CHANNEL, "News")
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "step 1?")
    to = question["message_id"]
    await say(world, bea, "As a channel", chat=circle, reply_to=to, as_channel=channel)
    await say(world, bea, "As myself", chat=circle, reply_to=to)

    await say(world, bea, "/forget", chat=circle, as_channel=channel)
    await say(world, bea, "As a channel again", chat=circle, reply_to=to, as_channel=channel)

    assert [reply.text for reply in await replies(world)] == ["As myself"]


async def test_an_album_s_later_caption_belongs_to_the_one_reply(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "step 1?")
    to = question["message_id"]

    await bea.sends_file("photo", chat=circle, reply_to=to, album="a")
    await bea.sends_file("photo", caption="The well", chat=circle, album="a")
    await world.settle()

    [reply] = await replies(world)
    assert (reply.kind, reply.text) == ("photo", "The well")
