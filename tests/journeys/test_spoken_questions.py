from datetime import timedelta
from typing import Any

import pytest
from planting import MONDAY
from sqlalchemy import select, update
from steps import about, buttons, join, last, press, say
from world import World

from bot.authoring import fingerprint
from bot.features.dialogues.actions import files
from bot.models import Act, Delivery, Kind, LogEntry, Notice, NoticeKind, Question, Reply
from bot.sandbox import Phone

ES = "¿Qué ha aprendido en el paso 1?"


def voices(phone: Phone) -> list[dict[str, Any]]:
    return [message for message in phone.received if "voice" in message]


async def record(world: World, ada: Phone, language: str = "es", **voice: Any) -> dict[str, Any]:
    """Ada records question 1."""
    await say(world, ada, "/dialogue")
    await press(world, ada, "files:1")
    await press(world, ada, "filesof:1:1")
    await press(world, ada, "record:1:1")
    sent = await ada.sends_file("voice", **voice)
    await world.settle()
    await press(world, ada, next(data for data in buttons(ada) if data.endswith(f":{language}")))
    voice_sent: dict[str, Any] = sent["voice"]
    return voice_sent


async def lengthen(world: World) -> None:
    """Let question 1 be too long for a caption."""
    async with world.database.sessions.begin() as session:
        question = await session.get_one(Question, 1)
        question.prompts = {"es": ["¿Con quién, y qué pasó después? " * 30]}


async def deliveries(world: World, *kinds: str) -> list[tuple[str, str, str | None]]:
    return [row for row in await world.deliveries() if row[0] in kinds]


@pytest.fixture
async def ready(world: World, dialogue: str, ada: Phone, bea: Phone, chloe: Phone) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await join(world, chloe, dialogue)


@pytest.mark.on_either_database
@pytest.mark.usefixtures("ready")
async def test_a_recorded_question_is_one_message_with_its_text_for_those_of_that_language(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    recorded = await record(world, ada)
    told = last(ada)
    await world.until(MONDAY)

    (question,) = voices(bea)
    assert f"voice:{recorded['file_id']}#{fingerprint(ES)}" in told
    assert question["voice"]["file_id"] == recorded["file_id"]
    assert ES in question["caption"]
    assert "deck:1" in buttons(bea)
    assert len(about(bea, ES)) == 1
    assert voices(chloe) == []
    await say(world, bea, "Escuchar", reply_to=question["message_id"])
    async with world.database.readers() as session:
        reply = (await session.scalars(select(Reply))).one()
        acts = list(await session.scalars(select(LogEntry.act)))
        exported = await files.export_file(session, "training")
    assert reply.question_id == 1
    assert acts == [Act.RECORDED]
    assert [each.file_id for each in (exported.questions[0].spoken or {}).values()] == [recorded["file_id"]]


@pytest.mark.on_either_database
@pytest.mark.usefixtures("ready")
async def test_a_text_too_long_for_a_caption_comes_first_and_its_recording_right_after_it(
    world: World, ada: Phone, bea: Phone
) -> None:
    await record(world, ada)
    await lengthen(world)
    await world.until(MONDAY)

    *_, text, voice = bea.received
    assert ES in text["text"]
    assert "caption" in voice
    assert "voice" in voice
    await say(world, bea, "Escuchar", reply_to=voice["message_id"])
    assert await deliveries(world, "recording") == [("recording", "sent", None)]
    async with world.database.readers() as session:
        assert (await session.scalars(select(Reply.question_id))).all() == [1]


@pytest.mark.usefixtures("ready")
async def test_a_kill_between_text_and_recording_loses_neither_and_repeats_neither(
    world: World, ada: Phone, bea: Phone
) -> None:
    await record(world, ada)
    await lengthen(world)
    world.sandbox.faults.add("sendVoice", status=502, times=None)
    await world.until(MONDAY)
    before = await deliveries(world, "recording")
    world.sandbox.faults.clear()
    async with world.database.sessions.begin() as session:  # as if it had been planned, and nothing had left yet
        await session.execute(update(Delivery).where(Delivery.kind == Kind.RECORDING).values(state="planned"))
    await world.bot.tick()
    await world.bot.tick()

    assert [state for _, state, _ in before] == ["uncertain"]
    assert len(about(bea, ES)) == 1
    assert len(voices(bea)) == 1


@pytest.mark.usefixtures("ready")
async def test_a_recording_of_another_wording_is_not_sent_and_moderators_see_it(
    world: World, ada: Phone, bea: Phone
) -> None:
    await record(world, ada)
    async with world.database.sessions.begin() as session:
        question = await session.get_one(Question, 1)
        question.text = {**question.text, "es": "¿Qué recuerda del paso 1?"}

    await say(world, ada, "/dialogue")
    await press(world, ada, "files:1")
    await press(world, ada, "filesof:1:1")
    page = last(ada)
    await world.until(MONDAY)

    assert "changed since" in page
    assert voices(bea) == []
    assert len(about(bea, "¿Qué recuerda del paso 1?")) == 1


async def test_a_posted_recording_has_its_caption_corrected_and_says_that_it_speaks_another_wording(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await record(world, ada)
    await world.until(MONDAY)
    async with world.database.readers() as session:
        file = await files.export_file(session, "training")

    for text in ("¿Qué recuerda del paso 1?", "¿Qué recuerda? " * 80):
        first, *others = file.questions
        changed = first.model_copy(update={"text": {**first.text, "es": text}})
        async with world.database.sessions.begin() as session:
            await files.import_file(
                session, file.model_copy(update={"questions": (changed, *others)}), now=world.clock.now()
            )
        await world.settle()
        (question,) = voices(bea)
        if text.startswith("¿Qué recuerda del"):
            assert text in question["caption"]
            assert "cuenta lo escrito" in question["caption"] or "written" in question["caption"]
            assert "deck:1" in buttons(bea)
    assert "/question" in voices(bea)[0]["caption"]
    async with world.database.readers() as session:
        assert (await session.scalars(select(Delivery.id).where(Delivery.stale))).all() == []


@pytest.mark.usefixtures("ready")
async def test_a_file_that_telegram_refuses_leaves_the_text_alone_and_is_told_once(
    world: World, ada: Phone, bea: Phone, gus: Phone
) -> None:
    await join(world, gus, language="es")
    await record(world, ada)
    wrong = "wrong file identifier/HTTP URL specified"
    world.sandbox.faults.add("sendVoice", status=400, description=wrong, times=None)
    await world.until(MONDAY)
    tried = [request for request in world.sandbox.requests if request.method == "sendVoice"]
    await world.bot.tick()
    told = about(ada, "no longer takes")
    await press(world, ada, "files:1")
    await press(world, ada, "filesof:1:1")

    assert len(about(bea, ES)) == len(about(gus, ES)) == 1
    assert tried == []
    assert len(told) == 1
    assert "Please send it again" in last(ada)
    async with world.database.readers() as session:
        assert len((await session.scalars(select(Notice).where(Notice.kind == NoticeKind.FILE_REFUSED))).all()) == 1


@pytest.mark.usefixtures("ready")
async def test_a_member_who_takes_no_voice_messages_gets_the_text_and_nobody_is_told(
    world: World, ada: Phone, bea: Phone
) -> None:
    await record(world, ada)
    world.sandbox.faults.add("sendVoice", status=400, description="VOICE_MESSAGES_FORBIDDEN")
    await world.until(MONDAY)

    assert len(about(bea, ES)) == 1
    assert about(ada, "no longer takes") == []
    assert [state for _, state, _ in await deliveries(world, "question", "recording")].count("sent") >= 1


@pytest.mark.parametrize(
    ("kind", "file", "words"),
    [
        ("voice", {"duration": 3600}, "too long"),
        ("video_note", {}, "waiting for a voice message"),
        ("photo", {}, "waiting for a voice message"),
    ],
)
@pytest.mark.usefixtures("ready")
async def test_what_can_t_be_a_recording_is_said_and_the_next_may_be_one(
    world: World, ada: Phone, kind: str, file: dict[str, Any], words: str
) -> None:
    await say(world, ada, "/dialogue")
    await press(world, ada, "files:1")
    await press(world, ada, "filesof:1:1")
    await press(world, ada, "record:1:1")
    await ada.sends_file(kind, **file)
    await world.settle()
    refused = last(ada)
    await ada.sends_file("audio", duration=60)
    await world.settle()
    await press(world, ada, next(data for data in buttons(ada) if data.endswith(":es")))

    assert words in refused
    assert "audio:" in last(ada)


@pytest.mark.usefixtures("ready")
async def test_a_recording_is_taken_away_with_one_tap(world: World, ada: Phone, bea: Phone) -> None:
    await record(world, ada)

    await press(world, ada, "unrecord:1:1:es")
    await world.until(MONDAY)

    assert voices(bea) == []
    assert len(about(bea, ES)) == 1


@pytest.mark.on_either_database
async def test_the_concept_note_comes_as_a_file_as_well_to_who_joins_and_is_tried_no_more_once_refused(
    world: World, dialogue: str, *, ada: Phone, bea: Phone, chloe: Phone, gus: Phone
) -> None:
    await say(world, ada, "/start")
    await say(world, ada, "/dialogue")
    await press(world, ada, "files:1")
    await press(world, ada, "filesof:1")
    await press(world, ada, "record:1")
    await ada.sends_file("document", file_name="note.zip")
    await world.settle()
    refused = last(ada)
    await ada.sends_file("document", file_name="Nota conceptual.DOCX")
    await world.settle()
    await press(world, ada, next(data for data in buttons(ada) if data.endswith(":es")))

    await join(world, bea, dialogue)
    await join(world, chloe, dialogue)
    world.sandbox.faults.add("sendDocument", status=400, description="wrong remote file identifier specified")
    await join(world, gus, dialogue)
    await world.bot.tick()

    assert "PDF or Word" in refused
    for phone, told in ((bea, False), (chloe, True)):
        document = next(message for message in phone.received if "document" in message)
        assert ("espagnol" in document["caption"]) == told
    assert not any("document" in message for message in gus.received)
    assert len(about(ada, "no longer takes")) == 1
    assert [state for _, state, _ in await deliveries(world, "note_file")] == ["sent", "sent", "dropped"]


@pytest.mark.usefixtures("ready")
async def test_asking_for_the_question_again_brings_its_recording_too(world: World, ada: Phone, bea: Phone) -> None:
    await record(world, ada)
    await world.until(MONDAY + timedelta(hours=1))

    await say(world, bea, "/question")
    world.sandbox.faults.add("sendVoice", status=400, description="wrong file identifier/HTTP URL specified")
    await say(world, bea, "/question")

    assert len(voices(bea)) == 2
    assert len(about(bea, ES)) == 3
