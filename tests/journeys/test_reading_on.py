"""Members read on: they report, join late, read translations, change who sees their words, and hear from moderators."""

import planting
import pytest
from planting import MONDAY, WEEK
from scenes import scene
from sqlalchemy import select
from steps import about, buttons, join, last, press, say
from world import World

from bot.models import Audience, Flag, KeyPoint, Moderation, Origin, Reply, Strength, Translation, Visibility
from bot.sandbox import Phone


@pytest.fixture
@scene
async def met(world: World, dialogue: str, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Ada (who moderates), Bea and Chloé were asked question 1, and Bea has replied (reply 1)."""
    for phone in (ada, bea, chloe):
        await join(world, phone, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "Aprendí a escuchar.")


async def reply(world: World, reply_id: int = 1) -> Reply:
    async with world.database.readers() as session:
        return await session.get_one(Reply, reply_id)


@pytest.mark.on_either_database
@pytest.mark.usefixtures("met")
async def test_a_reply_is_reported_after_a_second_look(world: World, chloe: Phone) -> None:
    await press(world, chloe, "deck:1")
    await press(world, chloe, "report:1:-")
    asked = last(chloe)
    async with world.database.readers() as session:
        before = (await session.scalars(select(Flag))).all()
    await press(world, chloe, "reported:1:-")

    assert "trois membres" in asked
    assert before == []
    assert "va examiner cette réponse" in last(chloe)
    assert "card:1:-" in buttons(chloe)
    assert (await reply(world)).waiting_since is not None


@pytest.mark.usefixtures("met")
async def test_a_translation_is_told_as_one_and_the_original_is_one_tap_away(world: World, chloe: Phone) -> None:
    async with world.database.sessions.begin() as session:
        session.add(
            Translation(
                reply_id=1,
                language="fr",
                text="J’ai appris à écouter.",
                origin=Origin.SERVICE,
                service="LibreTranslate",
                translated_at=MONDAY,
            )
        )
    await press(world, chloe, "deck:1")
    translated = last(chloe)

    await press(world, chloe, "card:1:-:o")

    assert "J’ai appris à écouter." in translated
    assert "LibreTranslate" in translated
    assert "Aprendí a escuchar." in last(chloe)
    assert "card:1:-" in buttons(chloe)
    await press(world, chloe, "respond:1")
    assert "LibreTranslate" in last(chloe)


@pytest.mark.usefixtures("met")
async def test_who_joins_late_is_told_what_came_before_and_may_still_answer(world: World, dalia: Phone) -> None:
    async with world.database.sessions.begin() as session:
        session.add(
            KeyPoint(
                dialogue_id=1,
                question_id=1,
                position=0,
                text={"en": "Listening comes first.", "ar": "الإصغاء أولًا."},
                strength=Strength.MAJORITY,
                created_at=MONDAY,
            )
        )
    await world.until(MONDAY + WEEK + WEEK / 7)

    await join(world, dalia)
    assert about(dalia, "الإصغاء أولًا.")
    assert about(dalia, "علامة «متأخر»")
    await press(world, dalia, "answer:1")
    await say(world, dalia, "وأنا أيضًا")

    late = await reply(world, 2)
    assert (late.question_id, late.late, late.parent_id) == (1, True, None)
    await say(world, dalia, "/replies")
    assert "answer:1" not in buttons(dalia)


@pytest.mark.usefixtures("met")
async def test_each_reply_of_one_s_own_says_who_sees_it_and_is_changed_from_the_list(
    world: World, bea: Phone, chloe: Phone
) -> None:
    await press(world, chloe, "deck:1")
    await say(world, bea, "/me")
    await press(world, bea, "replies:0")
    listed = last(bea)

    await press(world, bea, "terms:r:1")
    offered = last(bea)
    await press(world, bea, "audience:r:1:moderators")
    await press(world, chloe, "respond:1")

    assert "el equipo de moderación ven su respuesta con el nombre" in listed
    assert "1 participante ya la ha leído" in offered
    assert (await reply(world)).audience is Audience.MODERATORS
    assert "n’est plus affichée" in last(chloe)


@pytest.mark.usefixtures("met")
async def test_a_response_to_others_is_no_reply_and_the_reminder_still_comes(
    world: World, bea: Phone, chloe: Phone
) -> None:
    await press(world, chloe, "deck:1")
    await press(world, chloe, "respond:1")
    await say(world, chloe, "Moi aussi")

    await world.until(MONDAY + 6 * WEEK / 7)

    assert [each for each in buttons(chloe) if each.startswith("skip:")]
    assert not [each for each in buttons(bea) if each.startswith("skip:")]


async def test_where_moderators_approve_first_the_author_hears_of_a_response_then(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue(moderation=Moderation.BEFORE))
    await world.bot.prepare()
    await say(world, ada, "/start")
    for phone in (bea, chloe):
        await join(world, phone)
    await world.until(MONDAY)
    await say(world, bea, "Aprendí a escuchar.")
    waits = last(bea)
    async with world.database.sessions.begin() as session:
        (await session.get_one(Reply, 1)).visibility = Visibility.SHOWN
    await press(world, chloe, "deck:1")
    await press(world, chloe, "respond:1")
    await say(world, chloe, "Et comment ?")

    await world.until(MONDAY.replace(hour=19))
    untold = about(bea, "Et comment ?")
    await say(world, ada, "/queue")
    (first, *_) = [each for each in buttons(ada) if each.startswith("approve:")]
    await press(world, ada, first)
    (second, *_) = [each for each in buttons(ada) if each.startswith("approve:")] or [first]
    await press(world, ada, second)
    await world.until(MONDAY.replace(hour=18) + WEEK / 7)

    assert "una vez aprobada" in waits
    assert untold == []
    assert about(bea, "Et comment ?")


async def test_before_the_first_question_there_is_nothing_to_read_and_that_is_said(
    world: World, dialogue: str, bea: Phone, gus: Phone
) -> None:
    await join(world, bea, dialogue)

    for phone in (bea, gus):
        await say(world, phone, "/replies")

    assert "no se ha planteado ninguna pregunta" in last(bea)
    assert "no question has been asked so far" in last(gus)
