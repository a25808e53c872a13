"""Members meet each other: they read, answer, chime in, and say who sees their words."""

import planting
import pytest
from planting import MONDAY, WEEK
from scenes import scene
from sqlalchemy import select, update
from steps import about, buttons, join, last, press, say
from world import ADA, World

from bot.features.moderation.actions import decisions
from bot.models import Audience, HeldMessage, Member, Naming, Reply, Rung, RungKind, Visibility
from bot.sandbox import Phone
from bot.tallies import reconciliation


async def replies(world: World) -> list[Reply]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Reply).order_by(Reply.id)))


def labels(phone: Phone) -> list[str]:
    """What stands on the buttons under the newest message that has any."""
    for message in reversed(phone.received):
        rows = message.get("reply_markup", {}).get("inline_keyboard")
        if rows:
            return [button["text"] for row in rows for button in row]
    return []


@pytest.fixture
@scene
async def met(world: World, dialogue: str, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Ada, Bea and Chloé were asked question 1, and Bea has replied (reply 1)."""
    for phone in (ada, bea, chloe):
        await join(world, phone, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "Aprendí a escuchar.")


async def change(world: World, model: type[Reply] | type[Member], **values: object) -> None:
    async with world.database.sessions.begin() as session:
        await session.execute(update(model).values(**values))


@pytest.mark.on_either_database
@pytest.mark.usefixtures("met")
async def test_the_question_leads_to_what_others_say_in_a_message_of_its_own(
    world: World, ada: Phone, bea: Phone
) -> None:
    before = len(ada.received)

    await press(world, ada, "deck:1")
    await press(world, bea, "deck:1")

    assert len(ada.received) == before + 1
    assert "Aprendí a escuchar." in last(ada)
    assert "Language of the reply: \u2068Spanish\u2069" in last(ada)
    assert "Nadie más ha respondido todavía" in last(bea)  # one's own replies are left out


@pytest.mark.usefixtures("met")
async def test_cards_turn_in_place_featured_first_then_unread(world: World, ada: Phone, chloe: Phone) -> None:
    await say(world, chloe, "Deux")
    await say(world, chloe, "Trois")
    async with world.database.sessions.begin() as session:
        await session.execute(update(Reply).where(Reply.id == 1).values(featured_at=MONDAY))
    await say(world, ada, "/replies")
    count = len(ada.received)
    seen = [last(ada)]

    for following in (3, 2):
        await press(world, ada, f"card:{following}:-")
        seen.append(last(ada))

    assert [word in card for word, card in zip(("Aprendí", "Trois", "Deux"), seen, strict=True)] == [True] * 3
    assert "featured by the moderators" in seen[0]
    assert len(ada.received) == count
    assert "Next unread" not in labels(ada)
    await say(world, ada, "/replies")
    assert "Aprendí" in last(ada)  # nothing is unread any more: from the top


@pytest.mark.usefixtures("met")
async def test_replies_are_read_in_one_language(world: World, ada: Phone, chloe: Phone) -> None:
    await say(world, chloe, "Écouter")
    await say(world, ada, "/replies")

    await press(world, ada, "filter:1")
    offered = buttons(ada)
    await press(world, ada, "top:1:fr")

    assert {"top:1:es", "top:1:fr"} <= set(offered)
    assert "Écouter" in last(ada)
    assert "Only: \u2068French\u2069" in labels(ada)
    assert "card:1:fr" not in buttons(ada)


@pytest.mark.usefixtures("met")
async def test_a_voice_reply_is_shown_as_one_and_sent_when_asked_for(world: World, ada: Phone, bea: Phone) -> None:
    await bea.sends_file("voice", content=b"Ogg" * 99)
    await world.settle()
    await press(world, ada, "deck:1")

    shown = last(ada)
    await press(world, ada, "file:2")

    assert "[voice message]" in shown
    assert ada.received[-1]["voice"]["duration"]


@pytest.mark.usefixtures("met")
async def test_what_members_may_not_read_is_not_shown_even_to_who_forges_a_button(
    world: World, ada: Phone, chloe: Phone
) -> None:
    await press(world, chloe, "deck:1")
    await change(world, Reply, audience=Audience.MODERATORS)

    await press(world, chloe, "respond:1")
    refused = last(chloe)
    await say(world, chloe, "/replies")

    assert "n’est plus affichée" in refused
    assert "Personne d’autre" in last(chloe)
    assert [reply.parent_id for reply in await replies(world)] == [None]
    del ada


@pytest.mark.usefixtures("met")
async def test_a_response_is_kept_below_its_card_and_its_author_hears_of_it_in_the_evening(
    world: World, ada: Phone, bea: Phone
) -> None:
    await press(world, ada, "deck:1")
    await press(world, ada, "respond:1")
    await say(world, ada, "How did you learn it?")
    await say(world, ada, "/replies")
    untold = about(bea, "How did you learn it?")

    await world.until(MONDAY.replace(hour=18))

    _, response = await replies(world)
    assert (response.parent_id, response.question_id) == (1, 1)
    assert "Responses (1)" in labels(ada)
    assert untold == []
    assert "comentario nuevo" in last(bea)
    await press(world, bea, "thread:1:0")
    assert "How did you learn it?" in last(bea)


@pytest.mark.usefixtures("met")
async def test_several_responses_are_told_in_one_message_and_what_was_seen_is_not_told(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    for phone, words in ((ada, "One"), (chloe, "Deux")):
        await press(world, phone, "deck:1")
        await press(world, phone, "respond:1")
        await say(world, phone, words)
    before = len(bea.received)
    await world.until(MONDAY.replace(hour=18))
    together = len(bea.received) - before
    await press(world, ada, "respond:1")
    await say(world, ada, "Three")
    await press(world, bea, "thread:1:0")

    before = len(bea.received)
    await world.pass_time(days=1)

    assert together == 1
    assert len(bea.received) == before
    assert ("notice", "dropped", "seen already") in await world.deliveries()


@pytest.mark.usefixtures("met")
async def test_an_author_hears_at_once_if_they_chose_so(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, bea, "/me")
    await press(world, bea, "hear:once")
    await press(world, ada, "deck:1")
    await press(world, ada, "respond:1")

    await say(world, ada, "At once")

    assert about(bea, "At once")


@pytest.mark.usefixtures("met")
async def test_a_thread_has_two_levels(world: World, ada: Phone, bea: Phone, chloe: Phone) -> None:
    await press(world, ada, "deck:1")
    await press(world, ada, "respond:1")
    await say(world, ada, "First level")
    await say(world, chloe, "/replies")
    await press(world, chloe, "thread:1:0")
    await press(world, chloe, "card:2:-")
    await press(world, chloe, "respond:2")
    await say(world, chloe, "Second level")
    await say(world, bea, "/replies")
    async with world.database.readers() as session:
        bea_reads = await session.scalar(select(Reply.parent_id).where(Reply.id == 3))

    await say(world, ada, "/replies")
    await press(world, ada, "thread:1:0")
    await press(world, ada, "card:3:-")
    await press(world, ada, "respond:3")
    await say(world, ada, "Third, on the second level")

    assert bea_reads == 2
    assert [reply.parent_id for reply in await replies(world)] == [None, 1, 2, 2]
    await say(world, ada, "/replies")
    await press(world, ada, "thread:1:0")
    assert "↳ 2." in last(ada).replace("\u2068", "").replace("\u2069", "")


@pytest.mark.usefixtures("met")
async def test_what_was_no_response_becomes_the_reply_to_the_question(world: World, ada: Phone) -> None:
    await press(world, ada, "deck:1")
    await press(world, ada, "respond:1")
    await say(world, ada, "I meant the question")

    await press(world, ada, "elsewhere:2")

    _, reply = await replies(world)
    assert (reply.text, reply.parent_id, reply.question_id) == ("I meant the question", None, 1)
    async with world.database.readers() as session:
        assert (await session.scalars(select(HeldMessage))).all() == []


@pytest.mark.usefixtures("met")
async def test_a_response_that_was_counted_and_is_moved_elsewhere_leaves_the_tallies_as_a_recount_has_them(
    world: World, ada: Phone
) -> None:
    await press(world, ada, "deck:1")
    await press(world, ada, "respond:1")
    await say(world, ada, "I meant the question")
    async with world.database.readers() as session:
        counted = (await session.scalars(select(Reply.counted_language).order_by(Reply.id))).all()

    await press(world, ada, "elsewhere:2")

    assert counted == ["es", "en"]
    async with world.database.readers() as session:
        assert await reconciliation.differing(session) == 0


@pytest.mark.usefixtures("met")
async def test_a_response_that_a_moderator_took_out_of_sight_is_not_moved_back_into_it(
    world: World, ada: Phone, bea: Phone
) -> None:
    await press(world, bea, "deck:1")
    await say(world, ada, "What I learned")
    await press(world, bea, "deck:1")
    await press(world, bea, "respond:2")
    await say(world, bea, "Better hidden")
    async with world.database.sessions.begin() as session:
        organiser = await planting.person(session, ADA)
        await decisions.hide(session, organiser, 3, reason="Not here", version=None, now=MONDAY)

    await press(world, bea, "elsewhere:3")

    hidden = (await replies(world))[2]
    assert (hidden.text, hidden.visibility, len(await replies(world))) == ("Better hidden", Visibility.HIDDEN, 3)
    assert about(bea, "se queda donde está")


@pytest.mark.usefixtures("met")
async def test_a_reply_to_a_card_s_message_is_a_response_without_any_button(world: World, chloe: Phone) -> None:
    await press(world, chloe, "deck:1")

    await say(world, chloe, "Moi aussi", reply_to=chloe.received[-1]["message_id"])

    assert (await replies(world))[1].parent_id == 1


@pytest.mark.usefixtures("met")
async def test_a_new_question_ends_the_wait_for_a_response(world: World, ada: Phone) -> None:
    await press(world, ada, "deck:1")
    await press(world, ada, "respond:1")
    await world.until(MONDAY + WEEK)

    await say(world, ada, "To question two")

    reply = (await replies(world))[1]
    assert (reply.parent_id, reply.question_id) == (None, 2)


@pytest.mark.usefixtures("met")
async def test_words_for_a_reply_that_was_withdrawn_meanwhile_are_held_and_asked_about(
    world: World, ada: Phone
) -> None:
    await press(world, ada, "deck:1")
    await press(world, ada, "respond:1")
    await change(world, Reply, withdrawn_at=MONDAY)

    await say(world, ada, "Are you there?")

    assert len(await replies(world)) == 1
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("place:")))
    assert [reply.text for reply in await replies(world)] == ["Aprendí a escuchar.", "Are you there?"]


@pytest.mark.usefixtures("met")
async def test_one_tap_is_counted_and_a_second_takes_it_back(world: World, ada: Phone, chloe: Phone) -> None:
    await press(world, ada, "deck:1")
    await press(world, ada, "chime:same:1:1:-")
    await press(world, chloe, "deck:1")
    theirs = labels(chloe)

    await press(world, ada, "chime:same:1:1:-")

    assert "Moi aussi (1)" in theirs
    assert "Me too" in labels(ada)
    async with world.database.readers() as session:
        assert (await session.scalars(select(Rung))).all() == []


@pytest.mark.usefixtures("met")
async def test_a_tap_on_a_rung_of_a_card_is_answered_once(world: World, ada: Phone) -> None:
    await press(world, ada, "deck:1")
    before = [request.method for request in world.sandbox.requests].count("answerCallbackQuery")

    await press(world, ada, "chime:same:1:1:-")

    after = [request.method for request in world.sandbox.requests].count("answerCallbackQuery")
    assert after == before + 1


@pytest.mark.usefixtures("met")
async def test_an_example_to_the_question_becomes_a_reply_and_one_to_a_card_a_response(
    world: World, ada: Phone
) -> None:
    await press(world, ada, "chime:example:1:0:-")
    await say(world, ada, "Our village")
    await press(world, ada, "deck:1")
    await press(world, ada, "chime:example:1:1:-")
    await say(world, ada, "And our school")

    assert [(reply.text, reply.parent_id) for reply in (await replies(world))[1:]] == [
        ("Our village", None),
        ("And our school", 1),
    ]
    async with world.database.readers() as session:
        rungs = await session.scalars(select(Rung.kind))
        assert rungs.all() == [RungKind.EXAMPLE] * 2


@pytest.mark.usefixtures("dialogue")
async def test_before_the_first_reply_it_is_said_who_sees_it_and_may_be_changed(
    world: World, bea: Phone, chloe: Phone
) -> None:
    await join(world, bea)
    await join(world, chloe)
    await world.until(MONDAY)
    told = "ven su respuesta con el nombre" in last(bea)
    (terms,) = [data for data in buttons(bea) if data.startswith("terms:m:")]
    await press(world, bea, terms)
    await press(world, bea, terms.replace("terms", "sign") + ":anonymous")
    await press(world, bea, terms.replace("terms", "audience") + ":moderators")

    await say(world, bea, "Con franqueza")

    (reply,) = await replies(world)
    assert told
    assert (reply.naming, reply.audience) == (Naming.ANONYMOUS, Audience.MODERATORS)
    assert "Solo el equipo de moderación ve su respuesta, sin ningún nombre." in last(bea)
    await press(world, chloe, "deck:1")
    assert "Con franqueza" not in last(chloe)


@pytest.mark.usefixtures("met")
async def test_each_reply_keeps_its_own_name_and_may_change_it_later(world: World, ada: Phone, bea: Phone) -> None:
    await press(world, bea, "terms:r:1")
    await press(world, bea, "sign:r:1:name")
    await say(world, bea, "Dos")

    await press(world, ada, "deck:1")
    pseudonymous = last(ada)
    await press(world, ada, "card:1:-")

    assert "Bea" not in pseudonymous
    assert "Bea" in last(ada)
    assert [reply.naming for reply in await replies(world)] == [Naming.NAME, Naming.PSEUDONYM]


@pytest.mark.usefixtures("met")
async def test_what_holds_for_one_reply_alone_and_what_from_now_on_is_said_and_holds(world: World, bea: Phone) -> None:
    await press(world, bea, "terms:r:1")
    await press(world, bea, "audience:r:1:moderators")
    alone = last(bea)
    await press(world, bea, "rule:1")
    from_now_on = last(bea)
    await say(world, bea, "Con franqueza")

    assert "Esto vale solo para esta respuesta" in alone
    assert "Esto vale solo" not in from_now_on
    assert "Lo que diga a partir de ahora se verá del mismo modo" in from_now_on
    assert bea.alerts[-1].startswith("Hecho: lo que diga a partir de ahora")
    assert [reply.audience for reply in await replies(world)] == [Audience.MODERATORS] * 2
    assert "Solo el equipo de moderación ve su respuesta" in last(bea)


@pytest.mark.usefixtures("met")
async def test_a_response_is_withdrawn_by_its_receipt_too(world: World, ada: Phone) -> None:
    await press(world, ada, "deck:1")
    await press(world, ada, "respond:1")
    await say(world, ada, "Too frank")

    await press(world, ada, "takeback:2")
    withdrawn = (await replies(world))[1].withdrawn_at
    await press(world, ada, "bringback:2")

    assert withdrawn == MONDAY
    assert (await replies(world))[1].withdrawn_at is None
    assert last(ada).startswith("Your response is kept.")


@pytest.mark.usefixtures("met")
async def test_who_has_left_is_told_that_the_buttons_about_their_name_no_longer_work(world: World, bea: Phone) -> None:
    await change(world, Member, left_at=MONDAY)

    for data in ("signall:2", "terms:m:2", "audience:m:2:moderators"):
        await bea.forges_a_tap(data)
        await world.settle()

    assert len(bea.alerts) == 3
    assert set(bea.alerts) == {"Este botón ya no funciona. Con /help verá qué puede hacer."}
    async with world.database.readers() as session:
        assert {member.audience for member in await session.scalars(select(Member))} == {Audience.MEMBERS}


@pytest.mark.usefixtures("met")
async def test_who_has_left_is_told_that_the_buttons_of_a_question_no_longer_work(world: World, bea: Phone) -> None:
    before = last(bea)
    await change(world, Member, left_at=MONDAY)

    for data in ("deck:1", "top:1:-", "filter:1", "chime:same:1:0:-", "answer:1"):
        await bea.forges_a_tap(data)
        await world.settle()

    assert len(bea.alerts) == 5
    assert set(bea.alerts) == {"Este botón ya no funciona. Con /help verá qué puede hacer."}
    assert last(bea) == before


@pytest.mark.usefixtures("met")
async def test_highlights_stand_above_the_next_question_other_languages_first(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    await say(world, chloe, "En français")
    await say(world, ada, "In English")
    await change(world, Reply, featured_at=MONDAY)

    await world.until(MONDAY + WEEK)

    question = last(ada)
    assert question.index("What question") < question.index("français") < question.index("step 2")
    assert "Aprendí" in question
    assert "In English" not in question  # her own
    assert len(question) < 4096
    del bea


@pytest.mark.usefixtures("met")
async def test_in_two_dialogues_cards_say_which_one_they_are_of(world: World, ada: Phone) -> None:
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue("second", title={"en": "Second", "es": "Segundo"}))
    await ada.opens_link("second")
    await world.settle()
    await press(world, ada, "join:2")

    await say(world, ada, "/replies")
    listed = last(ada)
    await press(world, ada, "top:1:-")

    assert "Second" in listed
    assert "Training" in last(ada)


@pytest.mark.usefixtures("met")
async def test_everyone_reads_in_their_language(
    world: World, dalia: Phone, egor: Phone, fang: Phone, chloe: Phone
) -> None:
    for phone in (dalia, egor, fang):
        await join(world, phone)
        await press(world, phone, "deck:1")
    await press(world, chloe, "deck:1")

    assert "لغة الرد" in last(dalia)
    assert "Язык ответа" in last(egor)
    assert "回答所用语言" in last(fang)
    assert "Langue de la réponse" in last(chloe)
    assert all("Aprendí a escuchar." in last(phone) for phone in (dalia, egor, fang, chloe))
