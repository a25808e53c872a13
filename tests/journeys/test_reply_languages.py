import pytest
from planting import MONDAY
from sqlalchemy import select
from steps import join, last, press, say
from world import World

from bot.features.menu import texts as menu_texts
from bot.features.replies import texts as reply_texts
from bot.i18n import translator
from bot.models import Reply
from bot.sandbox import Phone


async def languages(world: World) -> list[str]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Reply.language)))


@pytest.mark.on_either_database
async def test_the_language_of_a_reply_is_shown_and_put_right_and_the_bot_speaks_on_as_before(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "Il nous faut des formatrices qui restent plus d’une semaine.")
    assert await languages(world) == ["fr"]

    await say(world, bea, "/me")
    await press(world, bea, "replies:0")
    await press(world, bea, "tongues:1")
    assert "reconocido en esta respuesta: \u2068francés\u2069." in last(bea)
    await press(world, bea, "tongue:1:ar")

    assert "figura ahora en: \u2068árabe\u2069" in last(bea)
    assert await languages(world) == ["ar"]


async def test_a_language_that_no_button_offers_is_not_taken_nor_one_for_what_another_said(
    world: World, dialogue: str, bea: Phone, dalia: Phone
) -> None:
    await join(world, bea, dialogue)
    await join(world, dalia)
    await world.until(MONDAY)
    await say(world, bea, "Il nous faut des formatrices qui restent plus d’une semaine.")

    await bea.forges_a_tap("tongue:1:xx")
    await dalia.forges_a_tap("tongue:1:ar")
    await dalia.forges_a_tap("tongues:1")
    await world.settle()

    assert await languages(world) == ["fr"]
    assert bea.alerts == [menu_texts.stale_button(translator("es"))]
    assert dalia.alerts == [reply_texts.not_yours(translator("ar"))] * 2
