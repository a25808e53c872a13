import pytest
from planting import MONDAY
from scenes import scene
from sqlalchemy import func, select
from steps import about, buttons, join, last, press, say
from world import World

from bot.models import HeldMessage, KeyPoint, Reply, Support
from bot.sandbox import Phone

SAID = "Aprendí a escuchar. Antes hablaba yo."


@pytest.fixture
@scene
async def card(world: World, dialogue: str, ada: Phone, bea: Phone) -> int:
    """Ada, who moderates and takes part, has Bea's reply to question 1 on a card of her queue; its message's id."""
    await say(world, ada, "/start")
    await join(world, ada, dialogue)
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await say(world, bea, SAID)
    await say(world, ada, "/queue")
    await press(world, ada, "queue:1:s:0")
    return int(ada.received[-1]["message_id"])


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.on_either_database
async def test_words_below_a_card_become_a_key_point_that_rests_on_the_reply(
    world: World, ada: Phone, card: int
) -> None:
    await say(world, ada, "Listening comes first.", reply_to=card)
    assert "You wrote this below a member’s reply. What is it?" in last(ada)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("pointon:")))
    await press(world, ada, next(data for data in buttons(ada) if data.endswith(":en")))

    assert "Key point 1 of question 1" in plain(last(ada))
    async with world.database.readers() as session:
        point = (await session.scalars(select(KeyPoint))).one()
        span = (await session.scalars(select(Support.span))).one()
        left = await session.scalar(select(func.count()).select_from(HeldMessage))
    assert point.text == {"en": "Listening comes first."}
    assert span == SAID
    assert left == 0


async def test_words_below_a_card_are_never_taken_for_a_reply_unasked(world: World, ada: Phone, card: int) -> None:
    await say(world, ada, "I see.", reply_to=card)

    async with world.database.readers() as session:
        assert (await session.scalars(select(Reply.text))).all() == [SAID]

    await press(world, ada, next(data for data in buttons(ada) if data.startswith("reply:")))
    async with world.database.readers() as session:
        assert (await session.scalars(select(Reply.text).order_by(Reply.id))).all() == [SAID, "I see."]


@pytest.mark.parametrize(("verb", "as_moderator"), [("spoken:", True), ("responded:", False)])
async def test_words_below_a_card_become_a_response_by_the_moderators_or_in_one_s_own_name(
    world: World, ada: Phone, card: int, verb: str, *, as_moderator: bool
) -> None:
    await say(world, ada, "Who was listening?", reply_to=card)

    await press(world, ada, next(data for data in buttons(ada) if data.startswith(verb)))

    async with world.database.readers() as session:
        response = (await session.scalars(select(Reply).where(Reply.parent_id.is_not(None)))).one()
    assert (response.text, response.as_moderator) == ("Who was listening?", as_moderator)


async def test_a_voice_message_below_a_card_is_a_response_but_no_key_point(world: World, ada: Phone, card: int) -> None:
    await ada.sends_file("voice", reply_to=card)
    await world.settle()
    offered = buttons(ada)
    await press(world, ada, next(data for data in offered if data.startswith("spoken:")))

    async with world.database.readers() as session:
        response = (await session.scalars(select(Reply).where(Reply.parent_id.is_not(None)))).one()
    assert not any(data.startswith("pointon:") for data in offered)
    assert (response.kind, response.as_moderator) == ("voice", True)


async def test_key_points_with_words_below_a_card_asks_only_for_the_language(
    world: World, ada: Phone, card: int
) -> None:
    await say(world, ada, "/keypoints Listening comes first.", reply_to=card)
    assert "In which language is this?" in last(ada)
    await press(world, ada, next(data for data in buttons(ada) if data.endswith(":en")))

    assert "Key point 1 of question 1" in plain(last(ada))


async def test_a_key_point_on_a_reply_withdrawn_meanwhile_is_refused_and_its_words_stay(
    world: World, ada: Phone, bea: Phone, card: int
) -> None:
    await say(world, ada, "Listening comes first.", reply_to=card)
    ask = next(data for data in buttons(ada) if data.startswith("pointon:"))
    await say(world, bea, "/me")
    await press(world, bea, "replies:0")
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("withdraw:")))

    await press(world, ada, ask)

    assert len(ada.alerts) == 1
    async with world.database.readers() as session:
        assert (await session.scalars(select(KeyPoint))).all() == []
        assert await session.scalar(select(func.count()).select_from(HeldMessage)) == 1


async def test_a_key_point_that_is_too_long_is_told_and_its_words_stay(world: World, ada: Phone, card: int) -> None:
    await say(world, ada, "Listening comes first. " * 60, reply_to=card)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("pointon:")))
    await press(world, ada, next(data for data in buttons(ada) if data.endswith(":en")))

    assert "That is too long for one point" in plain(ada.alerts[-1])
    async with world.database.readers() as session:
        assert await session.scalar(select(func.count()).select_from(HeldMessage)) == 1


@pytest.mark.usefixtures("card")
async def test_a_member_cannot_propose_a_key_point(world: World, dialogue: str, ada: Phone, chloe: Phone) -> None:
    await join(world, chloe, dialogue)

    await chloe.forges_a_tap("pointon:1:1:en")
    await say(world, chloe, "I see.", reply_to=(await a_card_of(world, chloe)))

    assert len(chloe.alerts) == 1
    assert about(chloe, "What is it?") == []
    async with world.database.readers() as session:
        response = (await session.scalars(select(Reply).where(Reply.parent_id.is_not(None)))).one()
    assert response.text == "I see."
    assert "I see." not in last(ada)


async def a_card_of(world: World, phone: Phone) -> int:
    """The message that shows Bea's reply to a member who reads on."""
    await press(world, phone, "deck:1")
    return int(next(each for each in reversed(phone.received) if SAID in each.get("text", ""))["message_id"])
