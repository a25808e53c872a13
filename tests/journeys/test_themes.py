import json
from pathlib import Path

import pytest
from planting import MONDAY
from scenes import scene
from steps import buttons, join, last, press, say
from world import World

from bot.sandbox import Phone

TEXTS = json.loads((Path(__file__).parents[2] / "benchmarks/themes/texts.json").read_text(encoding="utf-8"))


@pytest.fixture
@scene
async def talking(
    world: World,
    dialogue: str,
    ada: Phone,
    bea: Phone,
    *,
    chloe: Phone,
    dalia: Phone,
    egor: Phone,
    fang: Phone,
) -> None:
    """Five members say three things about money and three about the internet, each in their language."""
    await say(world, ada, "/start")
    speakers = {"es": bea, "fr": chloe, "ar": dalia, "ru": egor, "zh-Hans": fang}
    for phone in speakers.values():
        await join(world, phone, dialogue)
    await world.until(MONDAY)
    for language, phone in speakers.items():
        for theme in ("money", "internet"):
            for text in TEXTS[theme][language]:
                await say(world, phone, text)
    await world.bot.sorter.sort()


@pytest.mark.on_either_database
@pytest.mark.usefixtures("talking")
async def test_a_moderator_names_a_proposed_theme_and_the_name_stays(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/themes")
    await press(world, ada, "themesof:1")
    assert "proposed by a program" in last(ada)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("theme:")))
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("themename:")))
    typed = await say(world, ada, "The internet")
    named = next(data for data in buttons(ada) if data.startswith("themenamed:"))
    await ada.edits(typed["message_id"], "The internet, " * 6)
    await press(world, ada, named)
    assert "at most 80 characters" in last(ada)
    await say(world, ada, "The internet")
    named = next(data for data in buttons(ada) if data.startswith("themenamed:"))
    await press(world, ada, named)
    assert "The internet" in last(ada)
    await ada.forges_a_tap(named)
    await world.settle()
    assert "You have already chosen." in last(ada)

    await say(world, bea, "Internet no funciona en mi barrio, no hay conexión.")
    await world.bot.sorter.sort()

    await say(world, ada, "/themes")
    await press(world, ada, "themesof:1")
    assert "The internet" in last(ada)


@pytest.mark.usefixtures("talking")
async def test_a_reply_is_put_into_another_theme_by_buttons(world: World, ada: Phone) -> None:
    await say(world, ada, "/themes")
    await press(world, ada, "themesof:1")
    first = next(data for data in buttons(ada) if data.startswith("theme:"))
    await press(world, ada, first)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("themesaid:")))
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("thememove:")))
    await press(world, ada, next(data for data in buttons(ada) if data.endswith(":0")))

    assert "1 reply is in no theme yet." in last(ada)


async def test_without_replies_and_for_members_it_says_so(world: World, dialogue: str, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)

    await say(world, ada, "/themes")
    await say(world, bea, "/themes")

    assert "Nobody has replied in words yet" in last(ada)
    assert "themes" not in [command["command"] for command in bea.commands()]
