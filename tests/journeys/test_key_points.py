import pytest
from planting import MONDAY
from scenes import scene
from sqlalchemy import select
from steps import buttons, join, last, press, say, texts
from world import World

from bot.models import KeyPoint, Reply, Strength, Support
from bot.sandbox import Phone


@pytest.fixture
@scene
async def talking(world: World, dialogue: str, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Bea and Chloé have replied to question 1; Ada moderates."""
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await join(world, chloe, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "Aprendí a escuchar. Antes hablaba yo. Ahora pregunto.")
    await say(world, chloe, "J’ai appris à douter.")


async def write_point(world: World, ada: Phone, text: str = "Listening comes first.") -> None:
    await say(world, ada, "/keypoints")
    await press(world, ada, "chapter:1:1")
    await press(world, ada, "addpoint:1:1")
    await say(world, ada, text)


async def stored(world: World) -> list[tuple[dict[str, str], Strength | None]]:
    async with world.database.readers() as session:
        found = await session.scalars(select(KeyPoint).order_by(KeyPoint.position))
        return [(each.text, each.strength) for each in found]


async def look_again(world: World, ada: Phone) -> None:
    await press(world, ada, "chapter:1:1")
    await press(world, ada, "point:1")


def shown(phone: Phone) -> str:
    """The page that the phone shows last, edited in place as it may be."""
    return last(phone).replace("\u2068", "").replace("\u2069", "")


@pytest.mark.on_either_database
@pytest.mark.usefixtures("talking")
async def test_a_moderator_writes_a_key_point_and_rests_it_on_the_words_of_two_members(
    world: World, ada: Phone
) -> None:
    await write_point(world, ada)
    assert "Key point 1 of question 1" in shown(ada)
    assert "Wording missing: Spanish, French, Arabic" in shown(ada)
    assert "It rests on no reply yet." in shown(ada)

    await press(world, ada, "rests:1:0")
    await press(world, ada, "rest:1:1:0.2")
    assert "2. Antes hablaba yo." in shown(ada)
    await press(world, ada, "span:1:1:0:19:0")
    await press(world, ada, "strengths:1")
    assert [data for data in buttons(ada) if data.startswith("strength:")] == ["strength:1:single_voice", "strength:1"]
    await press(world, ada, "strength:1")
    assert "Rests on the words of 1 member (languages: 1)" in shown(ada)
    await press(world, ada, "rests:1:0")
    await press(world, ada, "rest:1:2:0.2")  # a single sentence is taken at once
    await press(world, ada, "strengths:1")
    await press(world, ada, "strength:1:consensus")

    assert "Consensus, rests on the words of 2 members (languages: 2)" in shown(ada)
    assert "Aprendí a escuchar." in shown(ada)
    assert "Antes" not in shown(ada)
    assert "Bea" not in shown(ada)  # she chose no name
    async with world.database.readers() as session:
        spans = (await session.scalars(select(Support.span).order_by(Support.id))).all()
    assert spans == ["Aprendí a escuchar.", "J’ai appris à douter."]
    for data in ("rests:1:0", "rest:1:2:0.2", "norest:1:2:0", "point:1"):
        await press(world, ada, data)
    assert "Rests on the words of 1 member (languages: 1)" in shown(ada)  # one is of one mind with nobody


@pytest.mark.usefixtures("talking")
async def test_wordings_are_typed_one_after_the_other_and_the_missing_languages_are_named(
    world: World, ada: Phone
) -> None:
    await write_point(world, ada)

    await press(world, ada, "wording:1")
    await say(world, ada, "Escuchar viene primero.")
    assert "Kept in: Spanish" in shown(ada)
    assert "Spanish: Escuchar viene primero." in shown(ada)
    assert "Wording missing: French, Arabic" in shown(ada)
    assert await stored(world) == [({"en": "Listening comes first.", "es": "Escuchar viene primero."}, None)]


@pytest.mark.usefixtures("talking")
async def test_three_languages_go_into_one_message_and_one_that_was_mistaken_is_put_right_by_a_tap(
    world: World, ada: Phone
) -> None:
    await write_point(world, ada, "en: Listening comes first.\nes: Escuchar viene primero.\nfr: Écouter vient d’abord.")
    assert "Kept in: English, Spanish, French" in shown(ada)
    assert "Wording missing: Arabic" in shown(ada)

    await press(world, ada, "addpoint:1:1")
    await say(world, ada, "Radio.")
    await press(
        world, ada, next(data for data in buttons(ada) if data.startswith("wordedin:2:") and data.endswith("es"))
    )

    three = {"en": "Listening comes first.", "es": "Escuchar viene primero.", "fr": "Écouter vient d’abord."}
    assert await stored(world) == [(three, None), ({"es": "Radio."}, None)]


@pytest.mark.usefixtures("talking")
async def test_what_a_moderator_who_takes_part_types_may_be_a_reply_so_it_is_asked(world: World, ada: Phone) -> None:
    await join(world, ada)
    await write_point(world, ada, "en: Listening comes first.\nes: Escuchar viene primero.")
    assert await stored(world) == []

    await press(world, ada, next(data for data in buttons(ada) if data.startswith("wroteall:")))

    assert await stored(world) == [({"en": "Listening comes first.", "es": "Escuchar viene primero."}, None)]


@pytest.mark.usefixtures("talking")
async def test_an_edit_that_takes_the_words_away_is_told_and_one_that_leaves_them_is_flagged(
    world: World, ada: Phone, bea: Phone
) -> None:
    await write_point(world, ada)
    await press(world, ada, "rests:1:0")
    await press(world, ada, "rest:1:1:0.2")
    await press(world, ada, "span:1:1:0:19:0")
    message = next(each for each in bea.messages if each.get("text", "").startswith("Aprendí"))
    await world.pass_time(minutes=1)

    await bea.edits(message["message_id"], "Aprendí a escuchar. Y a callar.")
    await world.settle()
    await look_again(world, ada)
    assert "Edited since, but these words still stand in it." in shown(ada)

    await bea.edits(message["message_id"], "Aprendí a callar.")
    await world.settle()
    await look_again(world, ada)
    assert "these words no longer stand in it" in shown(ada)


@pytest.mark.usefixtures("talking")
async def test_a_withdrawn_reply_no_longer_counts(world: World, ada: Phone, bea: Phone) -> None:
    await write_point(world, ada)
    await press(world, ada, "rests:1:0")
    await press(world, ada, "rest:1:1:0.2")
    await press(world, ada, "span:1:1:0:19:0")
    await say(world, bea, "/me")
    await press(world, bea, "replies:0")
    await press(world, bea, "withdraw:1:0")

    await look_again(world, ada)

    assert "Withdrawn by its author: it no longer counts." in shown(ada)
    assert "It rests on no reply yet." in shown(ada)


@pytest.mark.usefixtures("talking")
async def test_points_are_moved_and_deleted(world: World, ada: Phone) -> None:
    for text in ("First", "Second", "Third"):
        await write_point(world, ada, text)

    await press(world, ada, "movepoint:3:0")
    await press(world, ada, "point:1")
    await press(world, ada, "movepoint:1:0")  # the first stays first
    await press(world, ada, "point:2")
    await press(world, ada, "droppoint:2")
    assert "Delete this point in all languages?" in shown(ada)
    await press(world, ada, "droppoint:2:yes")

    assert [text["en"] for text, _ in await stored(world)] == ["First", "Third"]


@pytest.mark.usefixtures("talking")
async def test_a_question_for_further_discussion_rests_on_nothing(world: World, ada: Phone) -> None:
    await say(world, ada, "/keypoints")
    await press(world, ada, "chapter:1:0")
    await press(world, ada, "addpoint:1:0")
    await say(world, ada, "Who trains the trainers?")

    assert "Question 1 for further discussion" in shown(ada)
    assert "rests on" not in shown(ada)
    assert "rests:1:0" not in buttons(ada)


@pytest.mark.usefixtures("talking")
async def test_what_was_typed_may_turn_out_to_be_a_reply(world: World, ada: Phone) -> None:
    await join(world, ada)
    await say(world, ada, "/keypoints")
    await press(world, ada, "chapter:1:1")
    await press(world, ada, "addpoint:1:1")
    await say(world, ada, "I learned to listen, and that is my reply: it is longer than a name would ever be.")

    await press(world, ada, next(data for data in buttons(ada) if data.startswith("reply:")))

    assert await stored(world) == []
    async with world.database.readers() as session:
        assert (await session.scalars(select(Reply.text).order_by(Reply.id.desc()))).first() == (
            "I learned to listen, and that is my reply: it is longer than a name would ever be."
        )


@pytest.mark.usefixtures("talking")
async def test_a_point_that_is_too_long_is_refused_and_a_shorter_one_taken(world: World, ada: Phone) -> None:
    await write_point(world, ada, "long " * 300)

    assert "at most 1,000 characters" in texts(ada)[-1]
    await say(world, ada, "Short.")
    assert await stored(world) == [({"en": "Short."}, None)]


@pytest.mark.usefixtures("talking")
async def test_a_member_gets_nowhere_with_a_moderator_s_command_or_buttons(
    world: World, ada: Phone, bea: Phone
) -> None:
    await write_point(world, ada)

    await say(world, bea, "/keypoints")
    assert "son para" in last(bea) or "moder" in last(bea)
    for data in ("points:1", "chapter:1:1", "point:1", "droppoint:1:yes", "rests:1:0", "addpoint:1:1", "wording:1"):
        await bea.forges_a_tap(data)
        await world.settle()

    assert len(await stored(world)) == 1
    assert "Listening" not in " ".join(texts(bea))


@pytest.mark.usefixtures("talking")
async def test_a_button_of_a_deleted_point_says_so(world: World, ada: Phone) -> None:
    await write_point(world, ada)
    await press(world, ada, "droppoint:1")
    await press(world, ada, "droppoint:1:yes")

    await ada.forges_a_tap("point:1")
    await world.settle()

    assert "This button no longer works." in ada.alerts[-1]


@pytest.mark.usefixtures("talking")
async def test_nothing_of_a_proposing_service_is_seen_where_the_host_set_up_none(
    world: World, ada: Phone, bea: Phone
) -> None:
    await say(world, bea, "/me")
    await say(world, ada, "/keypoints")
    await press(world, ada, "chapter:1:1")

    assert "mayhelp:on" not in buttons(bea)
    assert "proposepoints:1" not in buttons(ada)


@pytest.mark.usefixtures("talking")
async def test_bold_and_links_made_in_telegram_stay_and_no_markdown_is_shown(world: World, ada: Phone) -> None:
    await say(world, ada, "/keypoints")
    await press(world, ada, "chapter:1:1")
    await press(world, ada, "addpoint:1:1")
    marks = [
        {"type": "bold", "offset": 3, "length": 9},
        {"type": "text_link", "offset": 29, "length": 8, "url": "https://example.org/note"},
    ]
    await say(world, ada, "😀 Listening comes first, as the note says.", marks=marks)
    shown = [ada.received[-1]]
    await press(world, ada, "chapter:1:1")
    shown.append(ada.received[-1])

    async with world.database.readers() as session:
        (point,) = await session.scalars(select(KeyPoint))
    assert point.text == {"en": "😀 **Listening** comes first, as [the note](<https://example.org/note>) says."}
    for message in shown:
        assert "**" not in message["text"]
        assert "](" not in message["text"]
        assert "https://example.org/note" in {entity.get("url") for entity in message["entities"]}
