"""Anyone finds what was said by words, of all that they may read."""

import pytest
from desk import ADDRESS, begin, signed_in
from scenes import scene
from steps import buttons, last, press, say
from world import World

from bot.sandbox import Phone


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
@scene
async def talking(world: World, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Ada moderates; Bea and Chloé have replied."""
    await begin(world, ada, bea, chloe)
    await say(world, bea, "Antes de la reunión nadie preguntaba a las mujeres.")
    for number in range(1, 7):
        await say(world, chloe, f"L’école n° {number} a changé l’heure des réunions.")
    await world.bot.tick()


@pytest.mark.usefixtures("talking")
async def test_a_member_finds_a_reply_by_words_and_opens_it(world: World, bea: Phone, chloe: Phone) -> None:
    await say(world, chloe, "/find “mujer” reunion")
    nothing = last(chloe)
    await say(world, chloe, "/find REUNION mujer")
    one = last(chloe)
    await press(world, chloe, "card:1:-")
    card = last(chloe)
    await say(world, bea, "/find école")
    first = last(bea), buttons(bea)
    await press(world, bea, next(each for each in buttons(bea) if each.startswith("find:1")))

    assert "nadie preguntaba" in one
    assert "nadie preguntaba" not in nothing
    assert "nadie preguntaba" in card
    assert first[0].count("a changé") == 5
    assert "n° 6" in first[0]
    assert last(bea).count("a changé") == 1
    assert "n° 1" in last(bea)


@pytest.mark.usefixtures("talking")
async def test_what_one_may_not_read_one_does_not_find(
    world: World, ada: Phone, bea: Phone, chloe: Phone, gus: Phone
) -> None:
    await bea.forges_a_tap("withdraw:1:0")
    await world.settle()
    async with signed_in(world, ada) as (browser, key):
        await browser.post("/desk/training/replies/3/hide", key=key, version="0", reason="off_topic")
    await say(world, chloe, "/find mujeres")
    withdrawn = last(chloe)
    await say(world, bea, "/find école 2")
    hidden = last(bea)
    await say(world, ada, "/find école 2")
    moderators = last(ada)
    await press(world, ada, "lookat:3")
    await say(world, gus, "/find école")

    assert "nadie preguntaba" not in withdrawn
    assert "a changé" not in hidden
    assert "n° 2" in moderators
    assert "a changé" not in last(gus)


@pytest.mark.usefixtures("talking")
async def test_words_are_asked_for_and_a_reply_typed_then_is_not_lost(world: World, bea: Phone) -> None:
    await say(world, bea, "/find")
    asked = last(bea)
    await say(world, bea, "heure")
    found = last(bea)
    await say(world, bea, "/find 😀…")
    emoji = last(bea)
    await say(world, bea, "/find …")
    no_word = last(bea)
    await press(world, bea, "find:0")
    await say(world, bea, "Preguntamos a todas.")
    await press(world, bea, next(each for each in buttons(bea) if each.startswith("reply:")))

    assert asked != found != emoji != no_word
    assert found.count("a changé") == 5
    assert "Preguntamos" not in last(bea)
    await world.bot.tick()
    await say(world, bea, "/find todas")
    assert "Preguntamos a todas" in last(bea)
