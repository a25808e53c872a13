from datetime import timedelta

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select, update
from steps import about, buttons, join, last, press, say, texts
from world import World

from bot.core.members import CONSENT_VERSION
from bot.models import Base, Dialogue, HeldMessage, Member, Naming, Person, Reply
from bot.sandbox import Phone


async def members(world: World) -> list[Member]:
    async with world.database.readers() as session:
        found = await session.scalars(select(Member).where(Member.joined_at.is_not(None)).order_by(Member.id))
        return list(found)


async def person(world: World, phone: Phone) -> Person:
    async with world.database.readers() as session:
        return (await session.scalars(select(Person).where(Person.telegram_id == phone.user_id))).one()


@pytest.mark.on_either_database
@pytest.mark.usefixtures("dialogue")
async def test_the_invitation_is_in_the_phone_s_language_and_says_what_joining_means(world: World, bea: Phone) -> None:
    await say(world, bea, "/start training")

    assert "Formación" in last(bea)
    assert "Tres semanas, tres preguntas." in last(bea)
    assert buttons(bea) == ["read:1:en", "read:1:es", "read:1:fr", "read:1:ar", "join:1", "consent:1"]
    assert await members(world) == []


@pytest.mark.usefixtures("dialogue")
async def test_one_tap_joins_and_keeps_the_consent_with_its_version_and_language(world: World, bea: Phone) -> None:
    await join(world, bea)

    (member,) = await members(world)
    assert (member.consent_version, member.consent_language) == (CONSENT_VERSION, "es")
    assert member.naming is Naming.PSEUDONYM
    assert "Lo que puede la formación." in last(bea)


@pytest.mark.usefixtures("dialogue")
async def test_a_language_tapped_at_the_door_is_the_language_of_all_that_follows(world: World, bea: Phone) -> None:
    await join(world, bea, language="ar")

    assert "ما يمكن للتدريب أن يفعله." in last(bea)
    assert (await person(world, bea)).language == "ar"


LACKS = {
    "ru": "Этот диалог ведётся не на вашем языке",
    "zh-Hans": "不使用这种语言",
}


@pytest.mark.usefixtures("dialogue")
async def test_who_reads_a_language_that_the_dialogue_lacks_is_told_once_and_written_to_in_it(
    world: World, egor: Phone
) -> None:
    await say(world, egor, "/start training")
    await press(world, egor, "read:1:fr")
    assert buttons(egor)[:5] == ["read:1:en", "read:1:es", "read:1:fr", "read:1:ar", "read:1:ru"]
    await press(world, egor, "read:1:ru")
    invited = last(egor)
    await press(world, egor, "join:1")
    await world.until(MONDAY)

    assert LACKS["ru"] in invited
    assert "английский" in invited
    since = "\n".join(texts(egor)[1:])
    assert "What training can do." in since
    assert "What have you learned in step 1?" in since
    assert "Вопрос 1 из 3" in since
    assert LACKS["ru"] not in since
    assert "английский" not in since


@pytest.mark.usefixtures("dialogue")
async def test_a_language_that_no_dialogue_has_can_be_chosen_later_too(world: World, bea: Phone) -> None:
    await join(world, bea)
    await say(world, bea, "/me")
    await press(world, bea, "languages")
    assert buttons(bea)[:4] == ["language:en", "language:es", "language:fr", "language:ar"]

    await press(world, bea, "language:zh-Hans")

    assert LACKS["zh-Hans"] in last(bea)
    assert (await person(world, bea)).language == "zh-Hans"


@pytest.mark.usefixtures("dialogue")
async def test_the_only_open_dialogue_needs_no_name(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")

    assert "Three weeks, three questions." in last(ada)


@pytest.mark.usefixtures("dialogue")
async def test_several_open_dialogues_make_a_list(world: World, ada: Phone) -> None:
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue("second", title={"en": "Second"}))

    await say(world, ada, "/start")
    await press(world, ada, "see:2")

    assert "Second" in last(ada)


@pytest.mark.usefixtures("dialogue")
@pytest.mark.parametrize("payload", ["nowhere", "A" * 64, "_-" * 32, "training-", "%27%20OR%201"])
async def test_a_link_to_nothing_is_answered_with_what_would_be_right(world: World, ada: Phone, payload: str) -> None:
    await say(world, ada, f"/start {payload}")

    assert last(ada).startswith("There is no dialogue by that name.")
    assert await members(world) == []


@pytest.mark.usefixtures("dialogue")
async def test_a_dialogue_that_is_over_can_t_be_joined(world: World, ada: Phone) -> None:
    await world.until(MONDAY + 5 * WEEK)

    await say(world, ada, "/start training")

    assert last(ada).startswith("This dialogue is over")


@pytest.mark.usefixtures("dialogue")
async def test_joining_again_changes_nothing_and_brings_nothing_twice(world: World, bea: Phone) -> None:
    await join(world, bea)

    await bea.forges_a_tap("join:1")
    await world.settle()

    assert len(await members(world)) == 1
    assert [delivery for delivery in await world.deliveries() if delivery[0] == "concept_note"] == [
        ("concept_note", "sent", None)
    ]
    assert last(bea) == "Ya participa en \u2068Formación\u2069. No tiene que hacer nada más."


@pytest.mark.usefixtures("dialogue")
async def test_who_joins_late_gets_the_note_and_then_the_open_question_at_once(world: World, bea: Phone) -> None:
    await world.until(MONDAY + timedelta(days=3, hours=14))

    await join(world, bea)

    note, question = texts(bea)[-2:]
    assert "Lo que puede la formación." in note
    assert "¿Qué ha aprendido en el paso 1?" in question


@pytest.mark.usefixtures("dialogue")
async def test_who_left_gets_nothing_and_who_comes_back_gets_the_open_question(world: World, bea: Phone) -> None:
    await join(world, bea)
    await say(world, bea, "/me")
    (leave,) = [data for data in buttons(bea) if data.startswith("leave:")]
    await press(world, bea, leave)
    await press(world, bea, leave.replace("leave", "left"))
    await world.until(MONDAY)
    while_away = about(bea, "paso 1")

    await join(world, bea)

    assert while_away == []
    assert len(about(bea, "¿Qué ha aprendido en el paso 1?")) == 1
    assert len(about(bea, "Lo que puede la formación.")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_a_typed_city_becomes_the_time_zone_once_it_is_tapped(world: World, chloe: Phone) -> None:
    await join(world, chloe)
    await press(world, chloe, "zones")
    await press(world, chloe, "city")

    await say(world, chloe, "lyon")
    (zone,) = [data for data in buttons(chloe) if data.startswith("zone:Europe/Paris")]
    await press(world, chloe, zone)

    assert (await person(world, chloe)).timezone == "Europe/Paris"


@pytest.mark.usefixtures("dialogue")
async def test_words_taken_for_a_city_are_kept_as_the_reply_they_were(world: World, chloe: Phone) -> None:
    await join(world, chloe)
    await press(world, chloe, "zones")
    await world.until(MONDAY)
    await press(world, chloe, "city")

    await say(world, chloe, "Écouter avant de parler")
    (was_reply,) = [data for data in buttons(chloe) if data.startswith("reply:")]
    await press(world, chloe, was_reply)

    await say(world, chloe, "/me")
    await press(world, chloe, "replies:0")
    assert "Écouter avant de parler" in last(chloe)


@pytest.mark.usefixtures("dialogue")
async def test_a_member_may_be_named_by_name_by_another_name_or_not_at_all(world: World, ada: Phone) -> None:
    await join(world, ada)
    (names,) = [data for data in buttons(ada) if data.startswith("names:")]
    member_id = names.removeprefix("names:")

    await press(world, ada, names)
    await press(world, ada, f"name:{member_id}:name")
    by_account = (await members(world))[0].display_name
    await press(world, ada, names)
    await press(world, ada, f"rename:{member_id}")
    await say(world, ada, "A. from <the> North")
    (confirm,) = [data for data in buttons(ada) if data.startswith("named:")]
    await press(world, ada, confirm)
    by_another = (await members(world))[0].display_name
    await press(world, ada, names)
    await press(world, ada, f"name:{member_id}:anonymous")
    (member,) = await members(world)

    assert by_account == "Ada"
    assert by_another == "A. from the North"  # no symbols
    assert (member.naming, member.display_name) == (Naming.ANONYMOUS, None)


@pytest.mark.usefixtures("dialogue")
@pytest.mark.parametrize("ended", ["left:1", "erase:yes"])
@pytest.mark.parametrize("data", ["names:1", "name:1:anonymous", "rename:1", "leave:1", "left:1"])
async def test_a_button_of_a_membership_that_has_ended_says_that_it_no_longer_works(
    world: World, ada: Phone, ended: str, data: str
) -> None:
    await join(world, ada)
    await say(world, ada, "/me")
    await ada.forges_a_tap(ended)
    await world.settle()
    before = texts(ada)

    await ada.forges_a_tap(data)
    await world.settle()

    assert ada.alerts[-1:] == ["This button no longer works. /help shows what you can do."]
    assert texts(ada) == before


@pytest.mark.usefixtures("dialogue")
async def test_a_typed_name_is_held_until_it_can_be_taken_and_is_taken_once(world: World, ada: Phone) -> None:
    await join(world, ada)
    await press(world, ada, "names:1")
    await press(world, ada, "rename:1")
    await say(world, ada, "Ada of the North")
    (confirm,) = [data for data in buttons(ada) if data.startswith("named:")]
    await ada.forges_a_tap("left:1")
    await world.settle()

    await ada.forges_a_tap(confirm)
    await world.settle()
    async with world.database.readers() as session:
        held = list(await session.scalars(select(HeldMessage.content)))
    await join(world, ada)
    for _ in range(2):
        await ada.forges_a_tap(confirm)
        await world.settle()

    assert [content["text"] for content in held] == ["Ada of the North"]
    assert (await members(world))[0].display_name == "Ada of the North"
    assert last(ada) == "You have already chosen."


@pytest.mark.usefixtures("dialogue")
async def test_a_zone_that_does_not_exist_is_no_button_of_ours(world: World, ada: Phone) -> None:
    await join(world, ada)

    await ada.forges_a_tap("zone:Europe/Nowhere")
    await world.settle()

    assert ada.alerts[-1:] == ["This button no longer works. /help shows what you can do."]
    assert (await person(world, ada)).timezone is None


@pytest.mark.usefixtures("dialogue")
async def test_a_language_tapped_under_the_invitation_to_what_is_over_stays_chosen(world: World, ada: Phone) -> None:
    await say(world, ada, "/start training")
    await world.until(MONDAY + 5 * WEEK)

    await press(world, ada, "read:1:es")

    assert (await person(world, ada)).language == "es"
    assert last(ada).startswith("Este diálogo")


@pytest.mark.usefixtures("dialogue")
async def test_who_blocks_the_bot_gets_nothing_and_on_return_the_open_question(world: World, gus: Phone) -> None:
    await join(world, gus)
    await gus.blocks()
    await world.settle()
    await world.until(MONDAY)
    while_blocked = [delivery for delivery in await world.deliveries() if delivery[0] == "question"]

    await gus.unblocks()
    await world.settle()

    assert while_blocked == [("question", "unreachable", "blocked the bot")]
    assert "What have you learned in step 1?" in last(gus)


@pytest.mark.usefixtures("dialogue")
async def test_everything_about_a_person_can_be_taken_along_and_erased(world: World, bea: Phone) -> None:
    await join(world, bea)
    await world.until(MONDAY)
    await say(world, bea, "Lo que no quiero dejar aquí")
    await say(world, bea, "/me")

    await press(world, bea, "export")
    await say(world, bea, "/me")
    await press(world, bea, "erase")
    await press(world, bea, "erase:yes")

    async with world.database.readers() as session:
        raw = await session.connection(execution_options={"reads_only": True})
        kept = [str((await raw.execute(table.select())).all()) for table in Base.metadata.sorted_tables]
    assert any("document" in message for message in bea.received)
    assert not any("dejar aquí" in rows for rows in kept)


@pytest.mark.usefixtures("dialogue")
async def test_a_zone_picked_by_its_button_ends_the_wait_for_a_city(world: World, chloe: Phone) -> None:
    await join(world, chloe)
    await press(world, chloe, "zones")
    await press(world, chloe, "city")
    await press(world, chloe, next(data for data in buttons(chloe) if data.startswith("zone:")))
    await world.until(MONDAY + timedelta(hours=6))

    await say(world, chloe, "Oui, beaucoup.")

    async with world.database.readers() as session:
        assert (await session.scalars(select(Reply.text))).all() == ["Oui, beaucoup."]


async def test_being_added_to_a_group_makes_the_group_no_person(world: World, ada: Phone) -> None:
    group = world.sandbox.group(-100500, "A group", members=[ada], bot="left")

    await group.adds_bot(ada)
    await world.settle()

    async with world.database.readers() as session:
        known = (await session.scalars(select(Person.telegram_id))).all()
    assert -100500 not in known


@pytest.mark.usefixtures("dialogue")
async def test_a_second_tap_on_a_typed_name_is_answered_and_changes_nothing(world: World, ada: Phone) -> None:
    await join(world, ada)
    (member,) = await members(world)
    await press(world, ada, f"names:{member.id}")
    await press(world, ada, f"rename:{member.id}")
    await say(world, ada, "Ada from Nairobi")
    (confirm,) = [data for data in buttons(ada) if data.startswith("named:")]
    await press(world, ada, confirm)
    answered = spinners(world)

    await ada.forges_a_tap(confirm)
    await world.settle()

    assert spinners(world) == answered + 1
    assert (await members(world))[0].display_name == "Ada from Nairobi"


def spinners(world: World) -> int:
    return sum(request.method == "answerCallbackQuery" for request in world.sandbox.requests)


@pytest.mark.usefixtures("dialogue")
async def test_a_tap_on_the_language_that_is_shown_edits_nothing(world: World, ada: Phone) -> None:
    await ada.opens_link("training")
    await world.settle()
    await press(world, ada, "read:1:es")
    edited = sum(request.method == "editMessageText" for request in world.sandbox.requests)

    await ada.forges_a_tap("read:1:es")
    await world.settle()

    assert edited == 1
    assert sum(request.method == "editMessageText" for request in world.sandbox.requests) == 1
    assert spinners(world) == 2


@pytest.mark.usefixtures("dialogue")
async def test_the_time_is_asked_once_right_after_joining_and_told_by_clocks(world: World, egor: Phone) -> None:
    async with world.database.sessions.begin() as session:
        await session.execute(update(Dialogue).values(timezone="Africa/Nairobi"))
    await join(world, egor)
    (welcome,) = [message for message in egor.received if "reply_markup" in message]
    offered = [button for row in welcome["reply_markup"]["inline_keyboard"] for button in row]

    await press(world, egor, "zone:Europe/Moscow")
    (answered,) = [message for message in egor.received if message["message_id"] == welcome["message_id"]]

    assert "у вас сейчас \u206812:00\u2069?" in welcome["text"]
    assert [(button["text"], button["callback_data"]) for button in offered[:2]] == [
        ("Да, сейчас 12:00 (\u2068Москва\u2069)", "zone:Europe/Moscow"),
        ("12:00 · \u2068Найроби\u2069", "zone:Africa/Nairobi"),
    ]
    assert [button["callback_data"] for button in offered[-2:]] == ["zones", f"names:{(await members(world))[-1].id}"]
    assert (await person(world, egor)).timezone == "Europe/Moscow"
    assert "Следующий вопрос" in answered["text"]
    assert "Москва" not in answered["text"].split("\n\n")[1]  # by one's own clock, that needs no name
    assert buttons(egor) == [offered[-1]["callback_data"]]


@pytest.mark.usefixtures("dialogue")
async def test_who_joins_late_gets_the_note_then_what_is_over_then_what_is_open(
    world: World, ada: Phone, bea: Phone
) -> None:
    await join(world, ada)
    await world.until(MONDAY)
    await say(world, ada, "To listen")
    await world.until(MONDAY + WEEK + timedelta(hours=14))

    await join(world, bea)

    welcome, note, over, question = texts(bea)
    assert "La siguiente pregunta" not in welcome
    assert "Llega enseguida." in welcome
    assert "Lo que puede la formación." in note
    assert "La pregunta 1, «\u2068Paso 1\u2069», se ha cerrado: 1 respuesta." in over
    assert "¿Qué ha aprendido en el paso 2?" in question
    (told,) = [message for message in bea.received if "se ha cerrado" in message.get("text", "")]
    rows = told["reply_markup"]["inline_keyboard"]
    assert [[button["callback_data"] for button in row] for row in rows] == [["deck:1", "answer:1"]]
