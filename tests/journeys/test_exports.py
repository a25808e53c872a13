import json
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from planting import MONDAY, WEEK
from sqlalchemy import func, select, update
from steps import about, buttons, join, last, press, say
from world import BEA, World

from bot.features.exports.handlers import files as handlers
from bot.models import HeldMessage, Member, Naming, Proposal, Reply, Role, Support
from bot.sandbox import Phone


@pytest.mark.on_either_database
async def test_a_moderator_takes_everything_along_in_the_chat(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "Aprendí a <b>escuchar</b>.")
    await say(world, bea, "Y a esperar.")
    await world.until(MONDAY + WEEK)
    await say(world, bea, "Más tarde")

    await say(world, ada, "/export")
    await press(world, ada, "exported:1:zip")

    document = ada.received[-1]["document"]
    assert document["file_name"] == "training.zip"
    file = await world.bot.application.bot.get_file(document["file_id"])
    archive = zipfile.ZipFile(BytesIO(await file.download_as_bytearray()))
    names = archive.namelist()
    assert {"replies.csv", "replies.xlsx", "replies.jsonl", "proceedings.html", "method.txt", "columns.md"} < set(names)
    assert {"moderation-log.csv", "dialogue.yaml", "summary-training-ar.pdf", "summary-training-fr.docx"} < set(names)
    told = archive.read("proceedings.html").decode()
    assert "Aprendí a &lt;b&gt;escuchar&lt;/b&gt;." in told
    assert "Bea" not in told
    assert told.count("Step 1") == 1
    assert told.index("<h2>Question 1: \u2068Step 1\u2069</h2>") < told.index("<h3>[R1]") < told.index("<h3>[R2]")
    assert told.index("<h3>[R2]") < told.index("Question 2") < told.index("Más tarde")


async def test_a_table_of_a_dialogue_without_replies_is_a_file_with_headings(
    world: World, dialogue: str, ada: Phone
) -> None:
    await say(world, ada, "/start")

    await say(world, ada, "/export")
    await press(world, ada, "exported:1:csv")

    assert ada.received[-1]["document"]["file_name"] == f"{dialogue}.csv"
    assert "0 replies" in last(ada)


async def test_how_far_a_file_is_is_told_only_when_that_has_changed(
    world: World, dialogue: str, ada: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers, "TELL_SECONDS", 0.01)
    await say(world, ada, "/start")

    await say(world, ada, "/export")
    await press(world, ada, "exported:1:zip")

    assert ada.received[-1]["document"]["file_name"] == f"{dialogue}.zip"
    assert world.sandbox.refusals == []


@pytest.mark.parametrize("fault", [{"status": 502}, {"drop": "after"}, {"status": 429}], ids=str)
async def test_a_word_on_how_far_a_file_is_that_goes_unanswered_does_not_cost_the_file(
    world: World, dialogue: str, ada: Phone, fault: dict[str, Any]
) -> None:
    await say(world, ada, "/start")
    await say(world, ada, "/export")
    world.sandbox.faults.add("editMessageText", **fault)

    await press(world, ada, "exported:1:csv")

    assert ada.received[-1]["document"]["file_name"] == f"{dialogue}.csv"


async def test_every_form_holds_what_members_may_read_and_nobody_who_chose_not_to_be_named(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "=1+1")
    taken_back = await say(world, bea, "Mejor no digo esto")
    async with world.database.sessions.begin() as session:
        for reply in await session.scalars(select(Reply)):
            reply.naming = Naming.ANONYMOUS
            if reply.message_id == taken_back["message_id"]:
                reply.withdrawn_at = MONDAY

    for form in ("csv", "xlsx", "jsonl", "zip"):
        await say(world, ada, "/export")
        await press(world, ada, f"exported:1:{form}")

        words = everything(await downloaded(world, ada))
        assert "=1+1" in words
        assert "Mejor no digo esto" not in words
        assert "Bea" not in words
        assert str(BEA) not in words


def everything(file: bytes) -> str:
    """All the words of a file, of those packed in it too."""
    if not zipfile.is_zipfile(BytesIO(file)):
        return file.decode(errors="replace")
    archive = zipfile.ZipFile(BytesIO(file))
    return "\n".join(everything(archive.read(name)) for name in archive.namelist())


async def downloaded(world: World, phone: Phone) -> bytes:
    file = await world.bot.application.bot.get_file(phone.received[-1]["document"]["file_id"])
    return bytes(await file.download_as_bytearray())


@pytest.mark.usefixtures("dialogue")
async def test_every_export_is_written_down(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")

    await say(world, ada, "/export")
    await press(world, ada, "exported:1:csv")

    await say(world, ada, "/export")
    await press(world, ada, "exported:1:jsonl")
    lines = (await downloaded(world, ada)).decode().splitlines()
    acts = [json.loads(line)["act"] for line in lines if '"log_entry"' in line]
    assert acts == ["exported", "exported"]


async def test_an_archive_of_much_has_a_chart_for_each_language_and_the_same_in_words(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    for number in range(5):
        await say(world, bea, f"Aprendí {number} cosas.")
    await world.until(MONDAY + timedelta(hours=1))

    await say(world, ada, "/export")
    await press(world, ada, "exported:1:zip")

    archive = zipfile.ZipFile(BytesIO(await downloaded(world, ada)))
    drawn = {name for name in archive.namelist() if name.endswith(".png")}
    assert drawn == {f"replies-by-day-{language}.png" for language in ("en", "es", "fr", "ar")}
    assert "5" in archive.read("replies-by-day-en.txt").decode()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.TRANSLATOR, Role.FACILITATOR])
async def test_no_other_role_exports_not_even_by_an_old_button(
    world: World, dialogue: str, bea: Phone, role: Role
) -> None:
    await join(world, bea, dialogue)
    async with world.database.sessions.begin() as session:
        await session.execute(update(Member).values(role=Role.MODERATOR))
    await say(world, bea, "/export")
    async with world.database.sessions.begin() as session:
        await session.execute(update(Member).values(role=role))

    await press(world, bea, "exported:1:csv")

    assert not any("document" in message for message in bea.received)


async def test_a_member_gets_nothing(world: World, dialogue: str, bea: Phone) -> None:
    await join(world, bea, dialogue)

    await say(world, bea, "/export")

    assert not about(bea, "zip")
    assert "moderaci" in last(bea)


@pytest.mark.on_either_database
async def test_what_was_said_goes_to_another_tool_and_what_it_found_comes_back_as_proposals(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "Our data: aprendí a escuchar.")

    await say(world, ada, "/export")
    for pressed in ("tools:1", "tool:1:t3c", "fits:1:t3c:1"):
        await press(world, ada, pressed)
    assert "1 reply fits" in last(ada)
    assert "a space was put in: \u2068R1\u2069" in last(ada)
    await press(world, ada, "fortool:1:t3c:1")

    assert ada.received[-1]["document"]["file_name"] == "training-t3c.csv"
    assert "Our data : aprendí a escuchar." in (await downloaded(world, ada)).decode()
    found = {"title": "They listen.", "quotes": [{"text": "aprendí a escuchar"}, {"text": "Nobody said this."}]}
    report = {"data": ["v0.2", {"topics": [{"subtopics": [{"claims": [found]}]}]}]}

    await ada.sends_file("document", content=json.dumps(report).encode(), file_name="report.json")
    await world.settle()
    assert "a file of \u2068Talk to the City\u2069 with 1 claim" in last(ada)
    (take,) = [button for button in buttons(ada) if button.startswith("takeclaims:")]
    await press(world, ada, take)

    assert "1 key point is proposed." in last(ada)
    assert "1 quote was left out" in last(ada)
    await press(world, ada, "proposepoints:1")
    assert "It comes from a file of" in last(ada)
    await press(world, ada, "pointok:1")
    async with world.database.readers() as session:
        assert await session.scalar(select(Support.span)) == "aprendí a escuchar"
        assert await session.scalar(select(func.count()).select_from(Reply)) == 1
        assert await session.scalar(select(func.count()).select_from(HeldMessage)) == 0


async def test_a_table_that_a_member_sends_is_their_reply(world: World, dialogue: str, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)

    await bea.sends_file("document", content=b"comment-body\nYes\n", file_name="comments.csv")
    await world.settle()

    async with world.database.readers() as session:
        assert await session.scalar(select(func.count()).select_from(Reply)) == 1
        assert await session.scalar(select(func.count()).select_from(Proposal)) == 0
