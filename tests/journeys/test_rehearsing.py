import asyncio
import re
from collections.abc import Sequence
from typing import Any

import pytest
from planting import MONDAY, event
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload
from steps import about, buttons, join, last, press, say, texts
from world import World

from bot import markup
from bot.app.stage import Playhouse
from bot.authoring import fingerprint
from bot.core.plays import Scene, Script, Side
from bot.features.dialogues.actions import running
from bot.features.rehearsals import jobs
from bot.models import Base, Dialogue, Kind, Rehearsal, Reply
from bot.sandbox import Phone

DIRECTIONS = re.compile("[\u2066-\u2069]")


async def rows(world: World) -> dict[str, int]:
    """How many rows each table has, but those that tell of updates and of what Telegram was told."""
    async with world.database.readers() as session:
        counts = {
            table.name: await session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
    return {name: count for name, count in counts.items() if name not in {"inbox", "published"}}


async def until_over(world: World) -> None:
    """Wait until no rehearsal goes on."""
    async with asyncio.timeout(60):
        while True:
            async with world.database.readers() as session:
                if await session.scalar(select(func.count(Rehearsal.id))) == 0:
                    return
            await asyncio.sleep(0.05)


@pytest.mark.usefixtures("dialogue")
async def test_a_dialogue_is_leafed_through_as_a_member_gets_it_and_leaves_no_trace(world: World, ada: Phone) -> None:
    async with world.database.sessions.begin() as session:
        session.add(event(1, title={"en": "A talk", "es": "Una charla"}, link="https://meet.example.org/secret"))
    await say(world, ada, "/start")
    await say(world, ada, "/dialogue")
    before = await rows(world)

    await press(world, ada, "seeit:1")
    await press(world, ada, "seeit:1:es")
    pages = [last(ada)]
    while any(data.startswith(f"seeit:1:es:{len(pages)}") for data in buttons(ada)):
        await press(world, ada, f"seeit:1:es:{len(pages)}")
        pages.append(last(ada))
    await press(world, ada, f"seeit:1:es:{len(pages) - 2}")
    await press(world, ada, "mock")

    assert await rows(world) == before
    assert "do nothing" in ada.alerts[-1]
    assert "Formación" in pages[0]
    assert all(page.startswith("Preview, ") for page in pages[:-1])
    question = next(page for page in pages if "paso 1?" in page)
    assert "Monday 30 November 2026 at 09:00 (UTC)" in question
    assert "Auckland" in question
    assert "Los Angeles" in question
    assert [sum(words in page for page in pages) > 0 for words in ("Una charla", "meet.example.org")] == [True, False]
    assert "prompts of question 1" in pages[-1]  # they are there in English alone


@pytest.mark.usefixtures("dialogue")
async def test_a_rehearsal_plays_all_of_a_dialogue_to_one_moderator_and_counts_nowhere(
    world: World, ada: Phone, bea: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PAUSE_SECONDS", 0.0)
    await say(world, ada, "/start")
    await join(world, bea, "training")
    before, heard = await rows(world), len(texts(bea))

    await say(world, ada, "/rehearse")
    await press(world, ada, "rehearse:1:es")
    await until_over(world)

    assert await rows(world) == before
    assert len(texts(bea)) == heard
    played = texts(ada)
    for words in ("¿Qué ha aprendido en el paso 1?", "made-up reply", "Digest", "ha terminado", "Summary"):
        assert any(words in each and "Rehearsal: " in each for each in played), words
    assert "This was the rehearsal" in last(ada)
    assert not world.sandbox.refusals


@pytest.mark.usefixtures("dialogue")
async def test_recordings_files_and_follow_ups_have_their_place_in_preview_and_rehearsal(
    world: World, ada: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PAUSE_SECONDS", 0.0)
    await say(world, ada, "/start")
    voice = (await ada.sends_file("voice"))["voice"]["file_id"]
    note = (await ada.sends_file("document", file_name="note.pdf"))["document"]["file_id"]
    async with world.database.sessions.begin() as session:
        found = await session.get_one(Dialogue, 1, options=[selectinload(Dialogue.questions)])
        found.note_files = {"es": note}
        first, second, _ = found.questions
        of = {each: fingerprint(each.text["es"]) for each in (first, second)}
        first.follow_up = {"es": "¿Por ejemplo?"}
        first.spoken = {"es": {"kind": "voice", "file_id": voice, "of": of[first]}}
        second.spoken = {"es": {"kind": "voice", "file_id": voice, "of": of[first]}}

    await say(world, ada, "/rehearse")
    await press(world, ada, "rehearse:1:es")
    await until_over(world)
    played = texts(ada)
    await say(world, ada, "/dialogue")
    await press(world, ada, "seeit:1")
    await press(world, ada, "seeit:1:es")
    pages = [last(ada)]
    while any(data.startswith(f"seeit:1:es:{len(pages)}") for data in buttons(ada)):
        await press(world, ada, f"seeit:1:es:{len(pages)}")
        pages.append(last(ada))

    rehearsed = [message for message in ada.received if message.get("voice", {}).get("file_id") == voice]
    assert ["paso 1" in message["caption"] for message in rehearsed] == [True]
    assert any("document" in message and "note" in message["caption"] for message in ada.received)
    for shown in (played, pages):
        follow_up = next(index for index, each in enumerate(shown) if "¿Por ejemplo?" in each)
        assert "Follow-up to question 1" in shown[follow_up]
        assert "añadido a su respuesta" in "".join(shown[follow_up + 1 : follow_up + 3])
    assert any("[voice message]" in page and "paso 1" in page for page in pages)
    assert "The recording of question 2" in pages[-1]
    assert "The follow-up to question 1 is missing in" in pages[-1]


@pytest.mark.usefixtures("dialogue")
async def test_what_a_moderator_writes_during_a_rehearsal_becomes_no_reply(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")
    await join(world, ada, "training")
    await world.until(MONDAY)
    await say(world, ada, "/rehearse")
    await press(world, ada, "rehearse:1:es")
    await say(world, ada, "Does this go to all of them?")
    asked = last(ada)

    await press(world, ada, "rehearse:1:fr")
    refused = ada.alerts[-1]
    await press(world, ada, "norehearsal")

    assert "goes to nobody" in asked
    assert "already going on" in refused
    assert about(ada, "The rehearsal is stopped.")
    async with world.database.readers() as session:
        assert await session.scalar(select(func.count(Reply.id))) == 0
    assert (await rows(world))["rehearsal"] == 0


def seen(html: str) -> str:
    """The words of a message, but for a pseudonym, which is drawn, and what only keeps directions apart."""
    return re.sub(r"«\w+ \d+»", "«»", DIRECTIONS.sub("", markup.visible(html)))


def labels(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [DIRECTIONS.sub("", button["text"]) for row in rows for button in row]


async def play(world: World) -> Sequence[Scene]:
    async with world.database.readers() as session:
        file = await running.as_it_runs(session, "training")
    stage = Playhouse()
    try:
        return await stage.play(Script(file, "es", "en", (), world.sandbox.username, "en"))
    finally:
        await stage.end()


@pytest.mark.usefixtures("dialogue")
async def test_a_preview_shows_message_by_message_what_a_member_then_gets(world: World, bea: Phone) -> None:
    scenes = await play(world)
    got: list[tuple[str, list[str]]] = []
    known = 0

    async def take() -> None:
        nonlocal known
        await world.settle()
        got.extend((seen(markup.escape(one["text"])), labels(one)) for one in bea.received[known:])
        known = len(bea.received)

    await world.until(scenes[0].at)
    await bea.opens_link("training")
    await take()
    await bea.taps(data="join:1")
    known -= 1  # the invitation becomes the welcome
    for scene in scenes:
        if scene.at > world.clock.now():
            await world.until(scene.at)
        if scene.side is Side.SAID:
            await bea.sends(scene.html, reply_to=bea.received[-1]["message_id"])
        await take()

    shown = [
        (seen(one.html), [seen(label) for row in one.buttons for label in row])
        for one in scenes
        if one.side is Side.MEMBER
    ]
    assert got == shown
    assert [scene.cause for scene in scenes].count(Kind.REMINDER) == 3
