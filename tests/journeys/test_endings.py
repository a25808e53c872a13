"""A dialogue ends: each member is thanked once, hears what it came to, and later what became of their words."""

import pytest
from planting import MONDAY, WEEK
from scenes import scene
from steps import about, buttons, join, last, press, say
from world import World

from bot.models import KeyPoint, Strength, Support
from bot.sandbox import Phone

END = MONDAY + 3 * WEEK


@pytest.fixture
@scene
async def ended(world: World, dialogue: str, bea: Phone, chloe: Phone) -> None:
    """Bea and Chloé took part in a dialogue that is over; Bea replied twice."""
    await join(world, bea, dialogue)
    await join(world, chloe, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "Uno")
    await say(world, bea, "Dos")
    await world.until(MONDAY + WEEK)
    async with world.database.sessions.begin() as session:
        point = KeyPoint(
            dialogue_id=1,
            question_id=1,
            position=0,
            text={"es": "Escuchar."},
            strength=Strength.MAJORITY,
            created_at=MONDAY,
        )
        session.add(point)
        await session.flush()
        session.add(Support(key_point_id=point.id, reply_id=1, start=0, end=3, span="Uno", chosen_at=MONDAY))
    await world.until(END)


@pytest.mark.on_either_database
@pytest.mark.usefixtures("ended")
async def test_each_member_is_thanked_once_in_their_language_with_the_numbers_and_a_way_to_read_on(
    world: World, bea: Phone, chloe: Phone
) -> None:
    thanked, under = last(chloe), buttons(chloe)
    await world.pass_time(days=1)
    await press(world, chloe, "readon")

    assert "est terminé" in thanked
    assert "2 réponses" in thanked
    assert under == ["readon"]
    assert len(about(chloe, "est terminé")) == 1
    assert len(about(bea, "ha terminado")) == 1
    assert "2 de esas respuestas son suyas." in about(bea, "ha terminado")[0]


@pytest.mark.usefixtures("ended")
async def test_an_author_hears_in_the_evening_what_became_of_their_words_and_finds_it_beside_each_reply(
    world: World, bea: Phone, chloe: Phone
) -> None:
    await world.pass_time(days=7)
    (told,) = about(bea, "Qué ha sido de sus palabras")
    await press(world, bea, "mywords")
    newest = last(bea)
    await press(world, bea, "replies:1")

    assert "Uno" in told
    assert "Dos" not in told
    assert "Dos" in newest
    assert "2 de 2" in last(bea)
    assert "1 punto clave se apoya en ella" in last(bea)
    assert buttons(bea)[:3] == ["withdraw:1:1", "terms:r:1", "tongues:1"]
    assert about(chloe, "devenues") == []


@pytest.mark.usefixtures("dialogue")
async def test_the_next_question_tells_in_one_line_what_came_to_the_one_before(
    world: World, bea: Phone, chloe: Phone
) -> None:
    await join(world, bea)
    await join(world, chloe)
    await world.until(MONDAY)
    first = buttons(chloe)
    await say(world, bea, "Uno")
    await world.until(MONDAY + WEEK)
    asked = last(chloe)

    await press(world, chloe, "skip:2")

    assert first == ["chime:example:1:0:-", "skip:1", "deck:1", "terms:m:3"]
    assert "Question 1 à ce jour" in asked
    assert "1 réponse" in asked
    assert "nouvelles pour vous" in asked
    assert buttons(chloe) == ["chime:example:2:0:-", "deck:2", "deck:1", "terms:m:3"]
