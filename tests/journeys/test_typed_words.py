"""What members type without knowing how a bot is spoken to, and what becomes of it."""

import pytest
from planting import MONDAY
from scenes import scene
from sqlalchemy import select
from steps import buttons, join, last, press, say
from world import BEA, World

from bot.models import HeldMessage, Member, Naming, Person, Reply
from bot.sandbox import Phone


async def said(world: World) -> list[str]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Reply.text).order_by(Reply.id)))


async def held(world: World) -> list[str]:
    async with world.database.readers() as session:
        return [content["text"] for content in await session.scalars(select(HeldMessage.content))]


async def member(world: World) -> Member:
    async with world.database.readers() as session:
        return (await session.scalars(select(Member).join(Member.person).where(Person.telegram_id == BEA))).one()


async def zone(world: World) -> str | None:
    async with world.database.readers() as session:
        found: str | None = await session.scalar(select(Person.timezone).where(Person.telegram_id == BEA))
        return found


def button(phone: Phone, start: str) -> str:
    """The newest button whose data begins so."""
    return next(data for data in buttons(phone) if data.startswith(start))


@pytest.fixture
@scene
async def asked(world: World, dialogue: str, bea: Phone) -> int:
    """Bea was asked question 1; the id of its message."""
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    assert "paso 1" in last(bea)
    return int(bea.received[-1]["message_id"])


@pytest.mark.usefixtures("asked")
async def test_a_name_typed_at_the_card_of_names_is_offered_and_published_by_nothing(world: World, bea: Phone) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")

    await say(world, bea, "Me llamo Anna Schmidt")

    assert "Anna Schmidt" in last(bea)
    assert await said(world) == []
    await press(world, bea, button(bea, "named:"))
    assert (await member(world)).display_name == "Anna Schmidt"
    assert await held(world) == []


@pytest.mark.usefixtures("asked")
async def test_a_name_is_asked_for_until_it_is_settled(world: World, bea: Phone) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")
    await say(world, bea, "Ana")
    await say(world, bea, "Anna Schmidt")
    await press(world, bea, button(bea, "named:"))

    await say(world, bea, "Aprendí a escuchar.")

    assert (await member(world)).display_name == "Anna Schmidt"
    assert await said(world) == ["Aprendí a escuchar."]


@pytest.mark.usefixtures("asked")
async def test_who_cancels_keeps_their_name_and_what_they_typed_is_gone(world: World, bea: Phone) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")
    await say(world, bea, "Anna Schmidt")

    await press(world, bea, button(bea, "cancel:"))

    assert (await member(world)).naming is Naming.PSEUDONYM
    assert await held(world) == []
    await say(world, bea, "Aprendí a escuchar.")
    assert await said(world) == ["Aprendí a escuchar."]


@pytest.mark.usefixtures("asked")
async def test_a_reply_typed_at_the_card_of_names_becomes_one_when_its_author_says_so(world: World, bea: Phone) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")
    await say(world, bea, "Escuchar")

    await press(world, bea, button(bea, "reply:"))

    assert await said(world) == ["Escuchar"]
    await say(world, bea, "Preguntar")
    assert await said(world) == ["Escuchar", "Preguntar"]


@pytest.mark.usefixtures("asked")
async def test_after_ten_minutes_a_name_is_asked_for_no_longer(world: World, bea: Phone) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")
    await world.pass_time(minutes=11)

    await say(world, bea, "Escuchar")

    assert await said(world) == ["Escuchar"]


@pytest.mark.usefixtures("asked")
async def test_a_city_is_asked_for_with_the_zones_and_again_after_one_that_nobody_knows(
    world: World, bea: Phone
) -> None:
    await press(world, bea, "zones")
    await say(world, bea, "Qwxyzzq")
    assert "Qwxyzzq" in last(bea)

    await say(world, bea, "Vivo cerca de Múnich")
    await press(world, bea, button(bea, "zone:Europe/Berlin"))

    assert await zone(world) == "Europe/Berlin"
    assert await said(world) == []


@pytest.mark.usefixtures("asked")
async def test_a_second_line_sent_while_the_bot_still_searches_is_no_reply(world: World, bea: Phone) -> None:
    await press(world, bea, "zones")
    await bea.sends("cerca de Qwxyzzq")
    await bea.sends("Múnich")
    await world.settle()

    assert await said(world) == []
    await press(world, bea, button(bea, "zone:Europe/Berlin"))
    assert await zone(world) == "Europe/Berlin"


@pytest.mark.usefixtures("asked")
async def test_the_question_can_be_answered_while_a_name_is_asked_for(world: World, bea: Phone, asked: int) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")

    await say(world, bea, "Escuchar", reply_to=asked)

    assert await said(world) == ["Escuchar"]


@pytest.mark.usefixtures("asked")
async def test_thanks_hello_and_emoji_get_a_reaction_and_are_kept_nowhere(world: World, bea: Phone) -> None:
    before = len(bea.received)

    for words in ("Thanks!", "hola", "👍🏽", "ok"):
        message = await say(world, bea, words)
        assert bea.reactions(message["message_id"]) == ["🤝"]
    await bea.sends_file("sticker")
    await bea.sends_file("animation")
    await world.settle()

    assert (await said(world), await held(world), len(bea.received)) == ([], [], before)


@pytest.mark.usefixtures("asked")
async def test_help_in_any_language_is_answered_with_the_help_and_its_buttons(world: World, bea: Phone) -> None:
    for words in ("帮助", "Help!", "?"):
        before = len(bea.received)
        await say(world, bea, words)
        assert len(bea.received) == before + 1
        assert "Para responder" in last(bea)
        assert "ask" in buttons(bea)
    assert (await said(world), await held(world)) == ([], [])


@pytest.mark.usefixtures("asked")
async def test_who_wants_to_stop_is_shown_the_ways_out_and_is_quoted_nowhere(world: World, bea: Phone) -> None:
    await say(world, bea, "how do I leave?")

    member_id = (await member(world)).id
    assert await said(world) == []
    assert buttons(bea)[:3] == ["pauses", "reminders:off", f"leave:{member_id}"]
    await press(world, bea, "reminders:off")
    assert not (await member(world)).reminders


@pytest.mark.usefixtures("asked")
async def test_stop_is_asked_about_no_longer_once_a_way_out_was_taken(world: World, bea: Phone) -> None:
    leave = f"leave:{(await member(world)).id}"
    for way in (
        ["pauses", "pause:7"],
        ["resume"],
        ["reminders:off"],
        [leave, "stay"],
        [leave, leave.replace("leave", "left")],
    ):
        await say(world, bea, "stop")
        assert await held(world) == ["stop"]

        for tap in way:
            await press(world, bea, tap)

        assert await held(world) == [], way


@pytest.mark.usefixtures("asked")
async def test_stop_is_a_reply_when_its_author_says_so_with_its_own_time(world: World, bea: Phone) -> None:
    await say(world, bea, "Basta")
    await world.pass_time(hours=2)

    await press(world, bea, button(bea, "reply:"))

    async with world.database.readers() as session:
        reply = (await session.scalars(select(Reply))).one()
    assert (reply.text, reply.replied_at) == ("Basta", MONDAY)


@pytest.mark.usefixtures("asked")
async def test_thanks_below_the_reply_of_another_are_a_response(world: World, bea: Phone, ada: Phone) -> None:
    await say(world, bea, "Aprendí a escuchar.")
    await join(world, ada)
    await say(world, ada, "/replies")
    card = ada.received[-1]["message_id"]

    await say(world, ada, "Thank you!", reply_to=card)
    if any(
        data.startswith("responded:") for data in buttons(ada)
    ):  # Ada organises: her words may be more than a response
        await press(world, ada, button(ada, "responded:"))

    assert "Thank you!" in await said(world)


@pytest.mark.parametrize("words", ["¿Puedo contestar mañana?", "Bonjour, qui lit mes réponses ?", "من يقرأ هذا؟"])
@pytest.mark.usefixtures("asked")
async def test_a_short_question_is_held_and_becomes_a_reply_only_by_its_author(
    world: World, bea: Phone, words: str
) -> None:
    await say(world, bea, words)

    assert await said(world) == []
    await press(world, bea, button(bea, "reply:"))
    assert await said(world) == [words]


async def test_a_short_question_sent_to_the_question_is_a_reply(world: World, bea: Phone, asked: int) -> None:
    await say(world, bea, "¿No será el miedo?", reply_to=asked)

    assert await said(world) == ["¿No será el miedo?"]


@pytest.mark.usefixtures("asked")
async def test_what_replies_to_the_concept_note_is_asked_about_and_can_be_for_nobody(world: World, bea: Phone) -> None:
    note = next(message["message_id"] for message in bea.received if "Lo que puede" in message.get("text", ""))

    await say(world, bea, "No lo entiendo", reply_to=note)
    await press(world, bea, button(bea, "forget:"))

    assert (await said(world), await held(world)) == ([], [])


@pytest.mark.usefixtures("asked")
async def test_a_contact_is_not_kept_and_a_place_becomes_the_time_zone(world: World, bea: Phone) -> None:
    await bea.sends_contact("+1 809 555 0100", "Centro")
    await world.settle()
    assert "teléfono" in last(bea)

    await bea.sends_location(18.47, -69.9)
    await world.settle()
    assert (await said(world), len(await held(world))) == ([], 1)
    await press(world, bea, button(bea, "zone:America/Santo_Domingo"))

    assert await zone(world) == "America/Santo_Domingo"
    assert await held(world) == []


@pytest.mark.usefixtures("asked")
async def test_a_place_can_be_a_reply(world: World, bea: Phone) -> None:
    await bea.sends_location(18.47, -69.9)
    await world.settle()

    await press(world, bea, button(bea, "reply:"))

    async with world.database.readers() as session:
        assert (await session.scalars(select(Reply.kind))).all() == ["location"]


async def test_who_types_at_the_invitation_is_shown_how_to_join(world: World, dialogue: str, bea: Phone) -> None:
    await bea.opens_link(dialogue)
    await world.settle()

    await say(world, bea, "Hello, what is this?")

    assert "Formación" in last(bea)
    assert await held(world) == []
    await press(world, bea, "join:1")
    assert (await member(world)).takes_part


@pytest.mark.usefixtures("asked")
async def test_what_was_only_ok_and_is_edited_into_more_is_not_lost(world: World, bea: Phone) -> None:
    message = await say(world, bea, "ok")
    await bea.edits(message["message_id"], "Aprendí a escuchar.")
    await world.settle()

    await press(world, bea, button(bea, "reply:"))

    assert await said(world) == ["Aprendí a escuchar."]


@pytest.mark.usefixtures("asked")
async def test_a_live_location_that_moves_says_nothing_each_time(world: World, bea: Phone) -> None:
    message = await bea.sends_location(18.47, -69.9)
    await world.settle()
    before = len(bea.received)

    await bea.edits_without_change(message["message_id"])
    await world.settle()

    assert len(bea.received) == before


@pytest.mark.usefixtures("asked")
async def test_an_album_sent_to_the_concept_note_is_asked_about_once_and_forgotten_as_a_whole(
    world: World, bea: Phone
) -> None:
    note = next(message["message_id"] for message in bea.received if "Lo que puede" in message.get("text", ""))
    before = len(bea.received)
    for part in range(3):
        await bea.sends_file("photo", content=bytes([part]) * 9, album="a1", reply_to=note)
    await world.settle()
    asked = len(bea.received) - before

    await press(world, bea, button(bea, "forget:"))

    assert asked == 1
    assert (await said(world), await held(world)) == ([], [])


@pytest.mark.usefixtures("asked")
async def test_a_question_that_was_lost_on_the_way_is_asked_again(world: World, bea: Phone) -> None:
    world.sandbox.faults.add(method="sendMessage", drop="before")
    await say(world, bea, "¿Quién lee esto?")
    never_asked = buttons(bea)

    await world.pass_time(minutes=2)
    await world.pass_time(minutes=2)

    assert not any(data.startswith("tomods:") for data in never_asked)
    assert button(bea, "tomods:")
    assert button(bea, "reply:")
