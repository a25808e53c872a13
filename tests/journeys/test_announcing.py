from datetime import timedelta

import pytest
from planting import MONDAY
from steps import about, buttons, join, last, press, say
from world import World

from bot.sandbox import Phone


@pytest.fixture
async def joined(world: World, dialogue: str, ada: Phone, cast: tuple[Phone, Phone, Phone]) -> None:
    await say(world, ada, "/start")
    for phone in cast:
        await join(world, phone, dialogue)
    await world.until(MONDAY)


@pytest.fixture
def cast(bea: Phone, chloe: Phone, dalia: Phone) -> tuple[Phone, Phone, Phone]:
    """Bea reads Spanish, Chloé French, Dalia Arabic."""
    return bea, chloe, dalia


def button(phone: Phone, start: str) -> str:
    return next(data for data in buttons(phone) if data.startswith(start))


@pytest.mark.usefixtures("joined")
async def test_an_announcement_reaches_each_member_once_in_their_language(
    world: World, ada: Phone, bea: Phone, chloe: Phone, dalia: Phone
) -> None:
    await say(world, ada, "/announce")
    await say(world, ada, "We meet on *Friday*.")
    await press(world, ada, button(ada, "write:1:es"))
    await say(world, ada, "Nos vemos el viernes.")
    shown = last(ada)
    await press(world, ada, "send:1")
    await world.pass_time(minutes=5)

    assert "3 members get it:" in shown
    assert "who read it in \u2068English\u2069" in shown
    assert len(about(bea, "Nos vemos el viernes.")) == 1
    assert len(about(chloe, "We meet on")) == 1
    assert "anglais" in about(chloe, "We meet on")[0]
    assert len(about(dalia, "We meet on")) == 1
    assert about(bea, "We meet on") == []


@pytest.mark.usefixtures("joined")
async def test_a_draft_is_seen_as_each_language_sees_it_before_it_is_sent(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/announce")
    await say(world, ada, "We meet on Friday.")

    await press(world, ada, button(ada, "preview:1:es"))

    assert "Del equipo de moderación" in last(ada)
    assert "We meet on Friday." in last(ada)
    assert about(bea, "We meet") == []


@pytest.mark.usefixtures("joined")
async def test_sending_twice_sends_once(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/announce")
    await say(world, ada, "We meet on Friday.")
    message = ada.received[-1]["message_id"]
    await press(world, ada, "send:1")

    await ada.taps(data="stop:1", message_id=message)
    await world.settle()

    assert len(about(bea, "We meet")) == 1
    assert "gone out to everyone already" in last(ada)


@pytest.mark.usefixtures("joined")
async def test_an_announcement_at_night_waits_for_the_morning_and_can_be_stopped(
    world: World, ada: Phone, bea: Phone
) -> None:
    await world.until(MONDAY + timedelta(hours=13))  # 22:00
    await say(world, ada, "/announce")
    await say(world, ada, "We meet on Friday.")
    shown = last(ada)
    await press(world, ada, "send:1")

    await press(world, ada, "stop:1")
    await world.until(MONDAY + timedelta(days=1, hours=2))

    assert "it is night now" in shown
    assert "3 members do not get it" in last(ada)
    assert about(bea, "We meet") == []


@pytest.mark.usefixtures("joined")
async def test_a_nudge_goes_only_to_those_who_have_not_replied_and_at_most_twice(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    await say(world, bea, "Ya respondí")
    for _ in range(2):
        await say(world, ada, "/nudge")
        await press(world, ada, button(ada, "send:"))

    await say(world, ada, "/nudge")

    assert len(about(chloe, "Nous aimerions vous entendre")) == 2
    assert about(bea, "Nos gustaría") == []
    assert "nudged twice about question 1" in last(ada)


@pytest.mark.usefixtures("joined")
async def test_who_replies_before_the_nudge_is_sent_does_not_get_it(world: World, ada: Phone, chloe: Phone) -> None:
    await world.until(MONDAY + timedelta(hours=13))  # night: the nudge waits
    await say(world, ada, "/nudge")
    await press(world, ada, button(ada, "send:"))
    await say(world, chloe, "Me voici")

    await world.until(MONDAY + timedelta(days=1, hours=2))

    assert about(chloe, "Nous aimerions vous entendre") == []


@pytest.mark.usefixtures("joined")
async def test_a_text_that_is_too_long_is_refused_with_the_limit(world: World, ada: Phone) -> None:
    await say(world, ada, "/announce")

    await say(world, ada, "a" * 3001)

    assert "3,001 characters; 3,000 are possible" in last(ada)


@pytest.mark.usefixtures("joined")
async def test_what_a_moderator_typed_as_a_reply_can_become_one(world: World, ada: Phone) -> None:
    await join(world, ada)
    await say(world, ada, "/announce")
    await say(world, ada, "I think that training needs time.")

    await press(world, ada, button(ada, "reply:"))

    assert "kept as a reply to question 1" in last(ada)


@pytest.mark.usefixtures("joined")
async def test_members_cannot_announce(world: World, bea: Phone, chloe: Phone) -> None:
    await say(world, bea, "/announce")
    await say(world, bea, "Hola")

    assert about(chloe, "Hola") == []
