import time
from datetime import timedelta

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import func, select
from steps import about, buttons, join, last, press, say, texts
from world import World

from bot.authoring import EXAMPLE, MOST_BYTES, DialogueFile, read, write
from bot.authoring.tree import MOST_VALUES
from bot.features.dialogues.actions import files
from bot.features.dialogues.handlers import imports
from bot.models import Dialogue, HeldMessage, Names, Reply
from bot.sandbox import Phone


async def send(world: World, phone: Phone, content: bytes, name: str = "dialogue.yaml") -> None:
    await phone.sends_file("document", content=content, file_name=name)
    await world.settle()


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


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
    await press(world, ada, "newfile")
    await press(world, ada, "template:yaml")
    (document,) = [message["document"] for message in ada.received if "document" in message]

    await send(world, ada, ada.opens(document["file_id"]), document["file_name"])

    assert "is ready" in last(ada)
    assert "The first question goes out in 16 days" in plain(last(ada))


@pytest.mark.parametrize("form", ["docx", "xlsx"])
async def test_an_organiser_fills_in_a_word_file_or_a_spreadsheet_in_their_language_and_sends_it_back(
    world: World, ada: Phone, form: str
) -> None:
    await say(world, ada, "/new")
    await press(world, ada, "newfile")
    await press(world, ada, f"template:{form}")
    document = ada.received[-1]["document"]

    await send(world, ada, ada.opens(document["file_id"]), document["file_name"])
    asked = last(ada)
    nothing_yet = await slugs(world)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("dialoguefile:")))

    assert document["file_name"] == f"my-dialogue.{form}"
    assert asked.startswith("Is this a dialogue")
    assert nothing_yet == set()
    assert "my-dialogue" in last(ada)
    assert (await exported(world, "my-dialogue")).languages == ("en", "es")
    assert "transporte" in (await exported(world, "my-dialogue")).title["es"]


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

    assert "Nothing differs from the dialogue" in "".join(texts(ada)[-2:])
    assert "questions[0].title" in "".join(texts(ada)[-2:])


async def exported(world: World, slug: str) -> DialogueFile:
    async with world.database.readers() as session:
        return await files.export_file(session, slug)


@pytest.mark.on_either_database
async def test_a_file_sent_again_says_what_differs_and_keeps_what_was_moved_in_the_chat(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await join(world, bea, dialogue)
    original = await exported(world, dialogue)
    await send(world, ada, write(original).encode())
    await world.until(MONDAY)
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:2")
    await press(world, ada, "later:2:o:7")
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("moved:2:")))
    await world.until(MONDAY + planting.WEEK + timedelta(days=2))

    await send(world, ada, write(original.model_copy(update={"title": {**original.title, "en": "Better"}})).encode())
    shown = last(ada)
    async with world.database.readers() as session:
        unchanged = await session.scalar(select(Dialogue.title))
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("bringin:")))
    await world.until(MONDAY + 2 * planting.WEEK + timedelta(hours=1))

    assert "title: another wording (English)" in plain(shown)
    assert "question 2 opens on Monday 14 December 2026" in plain(shown)
    assert "(in the file: Monday 7 December 2026" in plain(shown)
    assert unchanged == original.title
    assert (await exported(world, dialogue)).title["en"] == "Better"
    assert len(about(bea, "¿Qué ha aprendido en el paso 2?")) == 1


async def test_what_was_shown_is_shown_anew_when_it_has_changed_meanwhile_and_can_be_left(
    world: World, dialogue: str, ada: Phone
) -> None:
    await say(world, ada, "/start")
    original = await exported(world, dialogue)
    await send(world, ada, write(original.model_copy(update={"title": {"en": "Better"}})).encode())
    yes = next(data for data in buttons(ada) if data.startswith("bringin:"))
    async with world.database.sessions.begin() as session:
        (await session.scalars(select(Dialogue))).one().names = Names.REAL

    await press(world, ada, yes)
    shown_anew = last(ada)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("leaveout:")))

    assert "names: real → choose" in plain(shown_anew)
    assert "nothing was changed" in last(ada)
    assert (await exported(world, dialogue)).title == original.title
    async with world.database.readers() as session:
        assert (await session.scalars(select(HeldMessage))).all() == []


async def test_a_file_that_would_put_a_question_into_the_past_is_refused_with_the_year(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await join(world, bea, dialogue)
    await world.until(MONDAY + timedelta(days=1))
    file = await exported(world, dialogue)
    questions = (file.questions[0], *(one.model_copy(update={"opens": None}) for one in file.questions[1:]))
    past = file.model_copy(update={"every": timedelta(hours=2), "reminder": None, "questions": questions})

    await send(world, ada, write(past).encode())

    assert "question 1 closes on Monday 30 November 2026" in plain(last(ada))
    assert "That has passed, so members would be cut off." in last(ada)


@pytest.mark.parametrize(
    ("year", "warning"),
    [
        (2014, "The last question closed on Thursday 18 December 2014"),
        (2062, "The first question goes out only on Thursday 30 November 2062"),
    ],
)
async def test_a_dialogue_in_a_wrong_year_is_made_only_after_a_yes(
    world: World, ada: Phone, year: int, warning: str
) -> None:
    await say(world, ada, "/start")

    await send(world, ada, EXAMPLE.read_bytes().replace(b"2026-", f"{year}-".encode()))
    asked, made = plain(last(ada)), await slugs(world)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("bringin:")))

    assert warning in asked
    assert made == set()
    assert len(await slugs(world)) == 1


async def test_the_example_begins_weeks_after_it_is_asked_for(world: World, ada: Phone) -> None:
    await world.until(MONDAY + 5 * planting.WEEK)
    await say(world, ada, "/new")

    await press(world, ada, "newfile")
    await press(world, ada, "template:yaml")
    (document,) = [message["document"] for message in ada.received if "document" in message]
    written = read(ada.opens(document["file_id"])).dialogue
    assert written is not None
    assert timedelta(weeks=2) <= written.starts - world.clock.now().replace(tzinfo=None) < timedelta(weeks=3)
    assert (written.starts.weekday(), written.finishes.weekday()) == (0, 4)


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


@pytest.mark.parametrize("name", ["dialogue.yaml", "notes.docx"])
async def test_a_members_file_is_a_reply(world: World, dialogue: str, bea: Phone, name: str) -> None:
    await join(world, bea, dialogue)
    await world.until(MONDAY)

    await send(world, bea, EXAMPLE.read_bytes(), name)

    async with world.database.readers() as session:
        assert [reply.kind for reply in await session.scalars(select(Reply))] == ["document"]
    assert await slugs(world) == {dialogue}


async def test_a_text_with_headings_that_an_organiser_pastes_is_no_reply_and_its_faults_are_told_by_line(
    world: World, dialogue: str, ada: Phone
) -> None:
    await join(world, ada, dialogue)
    await world.until(MONDAY)

    await say(world, ada, "Care and work\n\nStarts: 03/04/2027 9:00\n\nQuestion 1\nWho gives care where you live?\n")
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("dialoguefile:")))

    told = plain(last(ada))
    async with world.database.readers() as session:
        replies = await session.scalar(select(func.count()).select_from(Reply))
    assert replies == 0
    assert await slugs(world) == {dialogue}
    assert "“Time zone” is missing. Add it to the settings" in told
    assert 'Line 3 (“Starts: 03/04/2027 9:00”): Starts: "03/04/2027 9:00" can be two days.' in told


@pytest.mark.parametrize("name", ["my-dialogue.yaml.txt", "my-dialogue.md", None])
async def test_what_looks_like_an_organiser_s_dialogue_file_is_no_reply_and_is_imported_when_they_say_so(
    world: World, dialogue: str, ada: Phone, name: str | None
) -> None:
    await join(world, ada, dialogue)
    await world.until(MONDAY)
    async with world.database.readers() as session:
        file = await files.export_file(session, dialogue)
    later = {"starts": file.starts + WEEK, "ends": None}  # what begins in the past is asked about once more
    content = write(file.model_copy(update={"slug": "pasted", "concept_note": {}, "summary": {}} | later))

    if name is None:
        await say(world, ada, content)
    else:
        await send(world, ada, content.encode(), name)
    before = await slugs(world)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("dialoguefile:")))

    async with world.database.readers() as session:
        kept = (
            await session.scalar(select(func.count()).select_from(Reply)),
            await session.scalar(select(func.count()).select_from(HeldMessage)),
        )
    assert before == {dialogue}
    assert await slugs(world) == {dialogue, "pasted"}
    assert kept == (0, 0)


async def test_a_reply_of_an_organiser_that_looks_like_a_dialogue_file_stays_one_when_they_say_so(
    world: World, dialogue: str, ada: Phone
) -> None:
    await join(world, ada, dialogue)
    await world.until(MONDAY)

    await say(world, ada, "title: a word\ntext: another")
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("reply:")))
    await send(world, ada, b"Just my notes.", "notes.txt")

    async with world.database.readers() as session:
        assert [reply.kind for reply in await session.scalars(select(Reply))] == ["text", "document"]


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
    monkeypatch.setattr(imports, "READING_SECONDS", 0.02)
    await say(world, ada, "/start")

    await send(world, ada, LABORIOUS)

    assert "takes too long to read" in last(ada)
