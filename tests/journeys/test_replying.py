from datetime import UTC, timedelta
from typing import Any

import planting
import pytest
from planting import MONDAY, WEEK
from scenes import scene
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from steps import about, buttons, join, last, press, say, texts
from world import World

from bot.models import HeldMessage, Reply, Revision
from bot.sandbox import Phone


async def replies(world: World) -> list[Reply]:
    async with world.database.readers() as session:
        found = await session.scalars(
            select(Reply).options(selectinload(Reply.attachments), selectinload(Reply.question)).order_by(Reply.id)
        )
        return list(found)


@pytest.fixture
@scene
async def asked(world: World, dialogue: str, bea: Phone) -> int:
    """Bea was asked question 1; the id of its message."""
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    assert "paso 1" in last(bea)
    return int(bea.received[-1]["message_id"])


@pytest.mark.on_either_database
@pytest.mark.usefixtures("asked")
async def test_just_typing_is_a_reply_and_the_first_one_is_thanked_for_in_words(world: World, bea: Phone) -> None:
    before = len(bea.received)

    await say(world, bea, "Aprendí a escuchar.")

    (reply,) = await replies(world)
    assert (reply.text, reply.kind, reply.language, reply.late) == ("Aprendí a escuchar.", "text", "es", False)
    assert reply.replied_at == MONDAY
    assert len(bea.received) == before + 1
    assert buttons(bea) == ["takeback:1", "terms:r:1"]


@pytest.mark.usefixtures("asked")
async def test_the_receipt_counts_on_while_it_is_in_sight_and_takes_back_the_reply_it_names(
    world: World, bea: Phone
) -> None:
    await say(world, bea, "Uno")
    before = len(bea.received)

    await say(world, bea, "Dos")
    counted, under = last(bea), buttons(bea)
    await press(world, bea, "takeback:2")
    taken_back = last(bea)
    standing = [reply.text for reply in await replies(world) if reply.withdrawn_at is None]
    await press(world, bea, "bringback:2")

    assert len(bea.received) == before
    assert "2" in counted
    assert "Dos" in counted
    assert under == ["takeback:2", "terms:r:2"]
    assert "Dos" not in taken_back
    assert standing == ["Uno"]
    assert [reply.withdrawn_at for reply in await replies(world)] == [None, None]
    assert buttons(bea) == ["takeback:2", "terms:r:2"]


@pytest.mark.usefixtures("asked")
async def test_a_reply_whose_receipt_is_out_of_sight_gets_one_of_its_own_without_a_sound(
    world: World, bea: Phone
) -> None:
    await say(world, bea, "Uno")
    await world.pass_time(minutes=10)
    before = len(bea.received)
    await say(world, bea, "Dos")
    await say(world, bea, "/help")
    await say(world, bea, "Tres")  # after other words of the bot's

    receipts = [message for message in bea.received[before:] if message.get("reply_to_message")]
    sent = [request for request in world.sandbox.requests if request.params.get("disable_notification")]
    assert [message["reply_to_message"]["text"] for message in receipts] == ["Dos", "Tres"]
    assert len(sent) == 2


async def test_a_reply_to_the_question_s_message_belongs_to_it_even_weeks_later(
    world: World, asked: int, bea: Phone
) -> None:
    await world.until(MONDAY + 2 * WEEK)

    await say(world, bea, "Ahora lo veo claro", reply_to=asked)

    (reply,) = await replies(world)
    assert reply.question.number == 1
    assert reply.late


@pytest.mark.usefixtures("asked")
async def test_a_reply_after_the_close_is_kept_and_marked_late(world: World, bea: Phone) -> None:
    await world.until(MONDAY + 3 * WEEK + timedelta(hours=1))

    await say(world, bea, "Tarde, pero seguro")

    (reply,) = await replies(world)
    assert reply.question.number == 3
    assert reply.late


@pytest.mark.usefixtures("asked")
async def test_a_reply_is_as_late_as_telegram_dates_it_not_as_the_bot_gets_to_it(world: World, bea: Phone) -> None:
    await world.until(MONDAY + 3 * WEEK - timedelta(minutes=1))

    await bea.sends("Justo a tiempo")
    world.clock.advance_to(MONDAY + 3 * WEEK + timedelta(hours=1))  # before the bot has it
    await world.settle()

    (reply,) = await replies(world)
    assert (reply.question.number, reply.late) == (3, False)
    assert reply.kept_at >= reply.question.closes.replace(tzinfo=UTC)


@pytest.mark.usefixtures("asked")
async def test_with_two_dialogues_open_the_bot_asks_and_keeps_the_words_meanwhile(world: World, bea: Phone) -> None:
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue("second", title={"en": "Second", "es": "Segundo"}))
    await bea.opens_link("second")
    await world.settle()
    await press(world, bea, "join:2")

    await say(world, bea, "Para el segundo, creo.")
    kept_meanwhile = await replies(world)
    places = [data for data in buttons(bea) if data.startswith("place:")]
    await press(world, bea, places[1])
    await bea.taps(data=places[0]) if places[0] in buttons(bea) else None
    await world.settle()

    (reply,) = await replies(world)
    assert kept_meanwhile == []
    assert len(places) == 2
    assert (reply.text, reply.dialogue_id) == ("Para el segundo, creo.", 2)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("kind", ["voice", "audio", "photo", "video", "video_note", "document"])
async def test_every_kind_of_file_is_kept_with_what_telegram_says_of_it(world: World, bea: Phone, kind: str) -> None:
    content = b"\x89PNG" + bytes(500)

    await bea.sends_file(kind, content=content)
    await world.settle()

    (reply,) = await replies(world)
    (attachment,) = reply.attachments
    assert reply.kind == kind
    assert reply.text == ""
    assert attachment.file_id
    assert attachment.size == len(content)
    assert (attachment.duration is not None) == (kind in {"voice", "audio", "video", "video_note"})


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (
            {
                "rich_message": {
                    "blocks": [
                        {"type": "heading", "size": 1, "text": "Con formato"},
                        {
                            "type": "paragraph",
                            "text": ["y ", {"type": "bold", "text": ["algo ", {"type": "italic", "text": "más"}]}, "."],
                        },
                        {"type": "list", "items": [{"label": "1", "blocks": [{"type": "paragraph", "text": "Uno"}]}]},
                        {"type": "divider"},
                        {
                            "type": "table",
                            "cells": [[{"text": "a", "align": "left"}, {"text": "b"}]],
                            "caption": "Tabla",
                        },
                        {"type": "mathematical_expression", "expression": "x^2"},
                        {"type": "photo", "photo": [], "caption": {"text": "El taller", "credit": "Bea"}},
                    ]
                }
            },
            "text",
            "Con formato\ny algo más.\nUno\na\nb\nTabla\nx^2\nEl taller\nBea",
        ),
        (
            {
                "checklist": {
                    "title": "Para el taller",
                    "tasks": [{"id": 1, "text": "Sillas"}, {"id": 2, "text": "Pan"}],
                }
            },
            "checklist",
            "Para el taller\nSillas\nPan",
        ),
        ({"a_kind_of_tomorrow": {"sayings": ["Con alas"]}}, "message", ""),
    ],
)
async def test_the_words_of_a_message_of_a_kind_unknown_today_are_read_and_all_of_it_is_kept(
    world: World, bea: Phone, content: dict[str, Any], kind: str, words: str
) -> None:
    await bea.sends_raw(content)
    await world.settle()

    (reply,) = await replies(world)
    assert (reply.kind, reply.text) == (kind, words)
    assert "Con" in str(reply.attachments[0].details) or "Sillas" in str(reply.attachments[0].details)


@pytest.mark.usefixtures("asked")
async def test_two_messages_to_which_telegram_gave_no_id_are_two_replies(world: World, bea: Phone) -> None:
    for words in ("Uno", "Dos"):
        await bea.sends_raw({"message_id": 0, "text": words})
    await world.settle()

    assert [reply.text for reply in await replies(world)] == ["Uno", "Dos"]


@pytest.mark.usefixtures("asked")
async def test_an_album_is_one_reply_with_its_caption_and_one_thanks(world: World, bea: Phone) -> None:
    before = len(bea.received)

    for part in range(3):
        caption = "El taller" if part == 0 else None
        await bea.sends_file("photo", caption=caption, content=bytes([part]) * 9, album="a1")
    await world.settle()

    (reply,) = await replies(world)
    assert reply.text == "El taller"
    assert len(reply.attachments) == 3
    assert len(bea.received) == before + 1


@pytest.mark.usefixtures("asked")
async def test_an_edit_makes_a_revision_and_is_acknowledged_once(world: World, bea: Phone) -> None:
    message = await say(world, bea, "Aprendi")
    before = len(bea.received)

    await bea.edits(message["message_id"], "Aprendí mucho")
    await world.settle()
    await bea.edits_without_change(message["message_id"])
    await world.settle()

    (reply,) = await replies(world)
    async with world.database.readers() as session:
        (revision,) = await session.scalars(select(Revision))
    assert reply.text == "Aprendí mucho"
    assert revision.text == "Aprendi"
    assert len(bea.received) == before + 1


@pytest.mark.usefixtures("asked")
async def test_an_author_withdraws_and_restores_a_reply(world: World, bea: Phone) -> None:
    await say(world, bea, "Demasiado franco")
    await say(world, bea, "/me")
    await press(world, bea, "replies:0")

    await press(world, bea, "withdraw:1:0")
    (withdrawn,) = await replies(world)
    await press(world, bea, "restore:1:0")
    (restored,) = await replies(world)

    assert withdrawn.withdrawn_at is not None
    assert restored.withdrawn_at is None
    assert "Demasiado franco" in last(bea)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<b>no</b> & <script>", "<b>no</b> & <script>"),
        ("a\u202eb\u2066c", "abc"),
        ("Gales 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👩‍👩‍👧", "Gales 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👩‍👩‍👧"),
        ("x" * 4096, "x" * 4096),
        ("/ no es un comando", "/ no es un comando"),
    ],
)
async def test_odd_words_are_kept_as_they_can_be_shown(world: World, bea: Phone, sent: str, kept: str) -> None:
    await say(world, bea, sent)
    await say(world, bea, "/me")
    await press(world, bea, "replies:0")

    (reply,) = await replies(world)
    assert reply.text == kept


@pytest.mark.usefixtures("dialogue")
async def test_before_the_first_question_the_bot_says_when_it_comes(world: World, ada: Phone) -> None:
    await join(world, ada)

    await say(world, ada, "To listen.")

    assert await replies(world) == []
    assert "The next one comes on" in last(ada)
    assert "I haven't kept your message" in last(ada)


@pytest.mark.usefixtures("dialogue")
async def test_a_stranger_is_told_how_to_join(world: World, ada: Phone) -> None:
    await say(world, ada, "Hello?")

    assert "/start" in last(ada)


@pytest.mark.usefixtures("asked")
async def test_a_held_message_that_its_author_forgets_is_gone(world: World, bea: Phone) -> None:
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue("second"))
    await bea.opens_link("second")
    await world.settle()
    await press(world, bea, "join:2")
    await say(world, bea, "Nada")
    (forget,) = [data for data in buttons(bea) if data.startswith("forget:")]

    await press(world, bea, forget)

    async with world.database.readers() as session:
        assert (await session.scalars(select(HeldMessage))).all() == []
    assert await replies(world) == []


@pytest.mark.usefixtures("asked")
async def test_the_open_question_can_be_seen_again(world: World, bea: Phone) -> None:
    await say(world, bea, "/question")

    assert len(about(bea, "¿Qué ha aprendido en el paso 1?")) == 2


@pytest.mark.usefixtures("asked")
async def test_an_unknown_command_is_no_reply_and_is_answered(world: World, bea: Phone) -> None:
    before = len(texts(bea))

    await say(world, bea, "/replay")

    assert len(texts(bea)) == before + 1
    assert await replies(world) == []


@pytest.mark.usefixtures("asked")
async def test_what_is_too_long_for_one_message_comes_as_two_and_both_are_kept(world: World, bea: Phone) -> None:
    words = "palabra " * 625  # 5,000 characters: the app splits them at 4,096

    await say(world, bea, words[:4096].strip())
    await say(world, bea, words[4096:].strip())

    kept = await replies(world)
    assert [len(reply.text) for reply in kept] == [len(words[:4096].strip()), len(words[4096:].strip())]


@pytest.mark.usefixtures("asked")
async def test_who_was_never_asked_about_a_held_message_is_asked_again(world: World, bea: Phone) -> None:
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue("second"))
    await bea.opens_link("second")
    await world.settle()
    await press(world, bea, "join:2")
    world.sandbox.faults.add(method="sendMessage", drop="before")
    await say(world, bea, "Se perdió.")
    never_asked = buttons(bea)

    await world.pass_time(minutes=2)
    await world.pass_time(minutes=2)
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("place:")))

    assert not any(data.startswith("place:") for data in never_asked)
    assert [reply.text for reply in await replies(world)] == ["Se perdió."]
