from collections.abc import AsyncIterator
from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from scenes import scene
from steps import about, buttons, join, last, press, say
from world import ADA, BEA, World, settings_for

from bot.app.application import Bot
from bot.database import Database
from bot.features.announcements.actions import drafts
from bot.sandbox import Clock, Phone, Sandbox
from bot.telegram.gate import chats


@pytest.fixture
@scene
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


@pytest.mark.on_either_database
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
    assert "read in \u2068English\u2069" in shown
    assert "Spanish\u2069: " not in shown  # one member's language alone would make her out
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

    assert "your reply to question 1 is kept" in last(ada)


@pytest.mark.usefixtures("joined")
async def test_members_cannot_announce(world: World, bea: Phone, chloe: Phone) -> None:
    await say(world, bea, "/announce")
    await say(world, bea, "Aprendo")

    assert about(chloe, "Aprendo") == []


@pytest.fixture
async def generous(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """A world whose host lets moderators pay for announcements, however few get them."""
    monkeypatch.setattr(chats, "PRIVATE_SECONDS", 0.0)
    monkeypatch.setattr(drafts, "FREE_PER_SECOND", 0)
    settings = settings_for(sandbox, sqlite_url, paid_broadcast="announcements")
    bot = Bot(settings, database, clock=clock.now, tick_seconds=0.05)
    async with bot.running():
        yield World(sandbox, bot, database, clock)


def paid(world: World, words: str) -> list[bool]:
    """For each message with these words that the bot tried to send: whether it was to be paid for."""
    return [
        request.params.get("allow_paid_broadcast") in {True, "true"}
        for request in world.sandbox.requests
        if request.method == "sendMessage" and words in str(request.params.get("text"))
    ]


async def announce(world: World) -> tuple[Phone, Phone]:
    """Ada drafts an announcement to Bea, the one member there is, and asks what it would cost."""
    ada = world.sandbox.phone(user_id=ADA, first_name="Ada", language_code="en")
    bea = world.sandbox.phone(user_id=BEA, first_name="Bea", language_code="es")
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue())
    await world.bot.prepare()
    await say(world, ada, "/start")
    await join(world, bea, "training")
    await world.until(MONDAY)
    await say(world, ada, "/announce")
    await say(world, ada, "We meet on Friday.")
    await press(world, ada, "price:1")
    return ada, bea


async def test_an_announcement_is_paid_for_once_the_price_was_seen_and_confirmed(generous: World) -> None:
    ada, bea = await announce(generous)
    offer, before = last(ada), about(bea, "We meet")

    await press(generous, ada, "pay:1")

    assert "at most 1 Telegram Star" in offer
    assert before == []
    assert len(about(bea, "We meet on Friday.")) == 1
    assert paid(generous, "Del equipo") == [True]


async def test_what_telegram_does_not_take_as_paid_for_is_sent_all_the_same(generous: World) -> None:
    ada, bea = await announce(generous)
    generous.sandbox.faults.add("sendMessage", chat_id=BEA, status=400, description="BALANCE_TOO_LOW")

    await press(generous, ada, "pay:1")
    await generous.settle()

    assert len(about(bea, "We meet on Friday.")) == 1
    assert paid(generous, "Del equipo") == [False]


async def test_who_has_seen_the_price_may_send_without_paying(generous: World) -> None:
    ada, _bea = await announce(generous)

    await press(generous, ada, "send:1")

    assert paid(generous, "Del equipo") == [False]


@pytest.mark.usefixtures("joined")
async def test_where_the_host_has_not_allowed_it_nothing_is_offered_for_stars(world: World, ada: Phone) -> None:
    await say(world, ada, "/announce")
    await say(world, ada, "We meet on Friday.")

    assert [data for data in buttons(ada) if data.startswith("price:")] == []


@pytest.mark.usefixtures("joined")
async def test_what_a_moderator_made_bold_or_a_link_is_so_for_members(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/announce")
    marks = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "text_link", "offset": 11, "length": 6, "url": "https://example.org"},
    ]
    await say(world, ada, "We meet on Friday.", marks=marks)
    await press(world, ada, "send:1")
    await world.pass_time(minutes=5)

    message = bea.received[-1]
    told = {(entity["type"], entity.get("url")) for entity in message["entities"]}
    assert "We meet on Friday." in message["text"]
    assert {("bold", None), ("text_link", "https://example.org/")} <= told or (
        "text_link",
        "https://example.org",
    ) in told
