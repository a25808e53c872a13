import time

import planting
import pytest
from planting import MONDAY
from sqlalchemy import func, select
from steps import about, join, last, say, texts
from world import World

from bot.authoring import EXAMPLE, MOST_BYTES, write
from bot.authoring.tree import MOST_VALUES
from bot.features.dialogues import handlers
from bot.features.dialogues.actions import files
from bot.models import Dialogue, Reply
from bot.sandbox import Phone


async def send(world: World, phone: Phone, content: bytes, name: str = "dialogue.yaml") -> None:
    await phone.sends_file("document", content=content, file_name=name)
    await world.settle()


async def slugs(world: World) -> set[str]:
    async with world.database.readers() as session:
        return set(await session.scalars(select(Dialogue.slug)))


@pytest.mark.on_either_database
async def test_an_organiser_makes_a_dialogue_by_sending_its_file(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/start")

    await send(world, ada, EXAMPLE.read_bytes())
    await bea.opens_link(last(ada).split("?start=")[1].split("\u2069")[0])
    await world.settle()

    assert await slugs(world) == {"care-and-training"}
    assert "Formaci" in last(bea) or "cuidado" in last(bea).lower()


async def test_the_example_that_new_sends_can_be_sent_back(world: World, ada: Phone) -> None:
    await say(world, ada, "/new")
    (document,) = [message["document"] for message in ada.received if "document" in message]

    await send(world, ada, EXAMPLE.read_bytes(), document["file_name"])

    assert "is ready" in last(ada)


async def test_every_fault_is_told_in_the_organisers_language_and_nothing_is_imported(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")

    await send(world, ada, b"slug: X\nlanguages: [en, en]\ncolour: <b>red</b>\n")

    assert "Nothing was imported: please correct" in last(ada)
    assert "colour" in last(ada)
    assert "&lt;" not in last(ada)
    assert await slugs(world) == set()


async def test_a_file_with_warnings_is_imported_and_they_are_told(world: World, dialogue: str, ada: Phone) -> None:
    async with world.database.sessions.begin() as session:
        file = write(await files.export_file(session, dialogue))

    await send(world, ada, file.encode())

    assert "has been changed" in last(ada)
    assert "questions[0].title" in "".join(texts(ada)[-2:])


async def test_what_would_lose_replies_is_refused_and_changes_nothing(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await join(world, bea, dialogue)
    await world.until(MONDAY + planting.WEEK)
    await say(world, bea, "Segunda respuesta")
    async with world.database.sessions.begin() as session:
        exported = await files.export_file(session, dialogue)
    shorter = exported.model_copy(
        update={"questions": exported.questions[:1], "title": {**exported.title, "en": "Changed"}}
    )

    await send(world, ada, write(shorter).encode())

    async with world.database.readers() as session:
        kept = (await session.scalars(select(Dialogue))).one()
        replies = await session.scalar(select(func.count()).select_from(Reply))
    assert "would lose its replies" in last(ada)
    assert (kept.title["en"], replies) == ("Training", 1)


async def test_a_members_file_is_a_reply(world: World, dialogue: str, bea: Phone) -> None:
    await join(world, bea, dialogue)
    await world.until(MONDAY)

    await send(world, bea, EXAMPLE.read_bytes())

    async with world.database.readers() as session:
        assert [reply.kind for reply in await session.scalars(select(Reply))] == ["document"]
    assert await slugs(world) == {dialogue}


async def test_a_file_too_large_to_be_a_dialogue_is_refused_with_the_limit(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")

    await send(world, ada, b"#" * (MOST_BYTES + 1))

    assert "1 MiB is possible" in last(ada)


@pytest.mark.parametrize("command", ["/new"])
async def test_members_are_told_that_making_dialogues_is_for_organisers(
    world: World, dialogue: str, bea: Phone, command: str
) -> None:
    await join(world, bea, dialogue)

    await say(world, bea, command)

    assert about(bea, "moder")


# As many values as are read, and then lines that want quotes: after each, all is read again.
LABORIOUS = b"slug: x\nlanguages:\n" + b"- en\n" * (MOST_VALUES - 100) + b"title: a: b\n" * 30


async def test_the_worst_of_files_holds_up_nobody_else(world: World, dialogue: str, ada: Phone, bea: Phone) -> None:
    await join(world, bea, dialogue)
    used = time.thread_time()

    await send(world, ada, LABORIOUS)

    assert time.thread_time() - used < 0.7  # of the loop's processor; to read it once takes more
    assert "Nothing was imported: please correct" in last(ada)


async def test_a_file_that_takes_too_long_is_given_up_with_a_word(
    world: World, ada: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers, "READING_SECONDS", 0.02)
    await say(world, ada, "/start")

    await send(world, ada, LABORIOUS)

    assert "takes too long to read" in last(ada)
