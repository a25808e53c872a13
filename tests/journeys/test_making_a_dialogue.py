"""A facilitator makes a dialogue on a phone, page by page, alone or with others."""

import asyncio
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from planting import MONDAY
from sqlalchemy import select
from steps import about, buttons, join, last, newest, press, say
from world import World

from bot import authoring
from bot.authoring import Content, DialogueFile, Recording, fingerprint
from bot.features.dialogues.actions import files
from bot.models import Dialogue, DialogueDraft, HeldMessage, Reply
from bot.sandbox import Phone

TITLE = "en: Training when time is short\nes: Formarse cuando falta el tiempo\nfr: Se former quand le temps manque"
IN_ENGLISH = "What has changed in your work since the training?"
IN_FRENCH = "Qu’est-ce qui a changé dans votre travail depuis la formation ?"
QUESTIONS = [
    f"{IN_ENGLISH}\n\n¿Qué ha cambiado en su trabajo desde la formación?\n\n{IN_FRENCH}",
    "en: What stood in the way? es: ¿Qué lo impidió? fr: Qu’est-ce qui y a fait obstacle ?",
    "English: What should come next?\nEspañol: ¿Qué debería venir después?\nFrançais : Que faudrait-il faire ensuite ?",
]
NOTE = "en: Why we ask.\n\nAnd what becomes of it.\nes: Por qué preguntamos.\nfr: Pourquoi nous demandons."


class Facilitator:
    """A phone whose taps and typed messages are counted."""

    def __init__(self, world: World, phone: Phone) -> None:
        self.world, self.phone = world, phone
        self.taps = self.typed = 0

    async def tap(self, start: str) -> None:
        self.taps += 1
        await press(self.world, self.phone, newest(self.phone, start))

    async def types(self, text: str) -> None:
        self.typed += 1
        await say(self.world, self.phone, text)


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


async def exported(world: World) -> DialogueFile:
    async with world.database.readers() as session:
        return await files.export_file(session, await session.scalar(select(Dialogue.slug)) or "")


async def test_a_dialogue_of_three_weeks_in_three_languages_is_made_on_a_phone(world: World, ada: Phone) -> None:
    one = Facilitator(world, ada)
    await one.types("/new")
    await one.tap("draftnew:weeks")
    await one.tap("set:1:languages:es")
    await one.tap("set:1:languages:fr")
    await one.tap("draft:1:title")
    await one.types(TITLE)
    await one.tap("set:1:timezone:Europe/London")
    assert "It begins on Monday 7 December 2026 at 09:00" in plain(last(ada))
    await one.tap("draft:1:0.text")
    for question in QUESTIONS:
        await one.types(question)
    await one.types(NOTE)
    await one.tap("draft:1:check")
    checked = plain(last(ada))
    await press(world, ada, "draftseen:1")
    await press(world, ada, "draftseen:1:es")
    seen = plain(last(ada))
    await press(world, ada, newest(ada, "draft:1:check"))
    await one.tap("draftready:1")

    made = await exported(world)
    assert "Nothing is wrong with it." in checked
    assert seen.startswith("Preview, 1 of ")
    assert "Formarse cuando falta el tiempo" in seen
    assert "is ready" in last(ada)
    assert made.slug == "training-when-time-is-short"
    assert made.languages == ("en", "es", "fr")
    assert made.title["es"] == "Formarse cuando falta el tiempo"
    assert [question.text["fr"][:12] for question in made.questions] == ["Qu’est-ce qu", "Qu’est-ce qu", "Que faudrait"]
    assert made.concept_note["en"] == "Why we ask.\n\nAnd what becomes of it."
    assert f"{made.starts:%d.%m.%Y %H:%M}, {made.finishes:%d.%m}" == "07.12.2026 09:00, 28.12"
    assert (one.taps, one.typed) == (8, 6)
    async with world.database.readers() as session:
        assert (await session.scalars(select(DialogueDraft))).all() == []


async def test_a_live_event_is_typed_in_one_message_and_taken_out_by_a_tap(world: World, ada: Phone) -> None:
    one = Facilitator(world, ada)
    await one.types("/new")
    await one.tap("draftnew:weeks")
    await one.tap("draft:1:more")
    await one.tap("draft:1:events")
    await one.tap("set:1:timezone:Europe/London")
    await one.tap("draft:1:more")
    await one.tap("draft:1:events")
    await one.types("An hour with Fatuma")
    understood = plain(last(ada))
    await one.types("An hour with Fatuma\n9 December 2026 15:00\nhttps://meet.example.org/x")
    await one.types("Another\n16.12.2026 15:00")
    listed = plain(last(ada))
    await one.tap("draftnoevent:1:0:2")

    assert "Please write it like" in understood
    assert "An hour with Fatuma: Wednesday 9 December 2026 at 15:00" in listed
    assert [words in plain(last(ada)) for words in ("An hour with Fatuma", "Another")] == [False, True]
    assert [event["title"] for event in (await draft(world))["events"]] == [{"en": "Another"}]


async def test_a_question_is_recorded_followed_up_and_the_note_attached_on_their_pages(
    world: World, ada: Phone
) -> None:
    one = Facilitator(world, ada)
    await one.types("/new")
    await one.tap("draftnew:weeks")
    await one.tap("set:1:languages:es")
    await one.tap("draft:1:title")
    await one.types("en: Care\nes: Cuidados")
    await one.tap("set:1:timezone:Europe/London")
    await one.tap("draft:1:0.text")
    for number in (1, 2, 3):
        await one.types(f"en: What was step {number}? es: ¿Cuál fue el paso {number}?")
    await one.types("en: Why we ask.\nes: Por qué preguntamos.")
    await one.tap("draft:1:more")
    await one.tap("draft:1:questions")
    await one.tap("draft:1:0.text")
    asked = last(ada)
    await ada.sends_file("voice", duration=3600)
    await world.settle()
    refused = last(ada)
    voice = (await ada.sends_file("voice", duration=20))["voice"]["file_id"]
    await world.settle()
    await one.tap(next(data for data in buttons(ada) if data.startswith("put:") and data.endswith(":es")))
    told = plain(last(ada))
    await one.tap("draft:1:0.follow_up")
    await one.types("en: For example? es: ¿Por ejemplo?")
    await one.tap("draft:1:more")
    await one.tap("draft:1:concept_note")
    note = (await ada.sends_file("document", file_name="note.pdf"))["document"]["file_id"]
    await world.settle()
    await one.tap(next(data for data in buttons(ada) if data.startswith("put:") and data.endswith(":en")))
    await one.tap("draft:1:people")
    await one.tap("draft:1:check")
    await one.tap("draftready:1")

    made = await exported(world)
    first = made.questions[0]
    assert "record it here as a voice message" in asked
    assert "too long" in refused
    assert "Recorded in: Español" in told
    assert first.spoken == {"es": Recording(file_id=voice, of=fingerprint(first.text["es"]))}
    assert first.follow_up == {"en": "For example?", "es": "¿Por ejemplo?"}
    assert made.concept_note_file == {"en": note}


async def draft(world: World) -> Content:
    async with world.database.readers() as session:
        found = (await session.scalars(select(DialogueDraft.content))).one()
    return dict(found)


async def replies(world: World) -> list[str]:
    async with world.database.readers() as session:
        return [reply.text for reply in await session.scalars(select(Reply))]


async def held(world: World) -> int:
    async with world.database.readers() as session:
        return len((await session.scalars(select(HeldMessage))).all())


async def to_title(one: Facilitator) -> None:
    """Begin a draft, and go to the page of its title."""
    await one.types("/new")
    await one.tap("draftnew:weeks")
    await one.tap("draft:1:title")


@pytest.mark.on_either_database
async def test_what_is_typed_at_a_page_is_no_reply_and_a_reply_typed_there_is_taken_out_again(
    world: World, dialogue: str, ada: Phone
) -> None:
    await join(world, ada, dialogue)
    await world.until(MONDAY)
    one = Facilitator(world, ada)
    await to_title(one)

    await one.types("Care at work")
    kept = (await draft(world))["title"], await replies(world)
    await one.tap("draft:1:more")
    await one.tap("draft:1:title")
    await one.types("I have learned to ask first.")
    await one.tap("draftreply:1")

    assert kept == ({"en": "Care at work"}, [])
    assert (await draft(world))["title"] == {"en": "Care at work"}
    assert await replies(world) == ["I have learned to ask first."]
    assert await held(world) == 0


async def test_what_is_typed_after_a_question_has_come_or_long_after_is_asked_about(
    world: World, dialogue: str, ada: Phone
) -> None:
    await join(world, ada, dialogue)
    one = Facilitator(world, ada)
    await to_title(one)
    await world.until(MONDAY)

    await one.types("I have learned to ask first.")
    asked = last(ada)
    await one.tap("reply:")
    await one.types("/new")
    await one.tap("draft:1:more")
    await one.tap("draft:1:title")
    await world.pass_time(hours=1)
    await one.types("Care at work")
    nothing_yet = (await draft(world)).get("title"), await replies(world)
    await one.tap("put:1:")

    assert "or a reply to the question?" in asked
    assert nothing_yet == (None, ["I have learned to ask first."])
    assert (await draft(world))["title"] == {"en": "Care at work"}
    assert len(await replies(world)) == 1


async def test_two_write_a_draft_and_a_third_translates_what_is_missing(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    one, other, translator = (Facilitator(world, phone) for phone in (ada, bea, chloe))
    await one.types("/new")
    await one.tap("draftnew:weeks")
    await one.tap("set:1:languages:fr")
    await one.tap("draft:1:more")
    await one.tap("draft:1:people")
    await one.tap("draftshare:1")
    await bea.opens_link(last(ada).split("?start=")[1].split("\u2069")[0])
    await world.settle()
    await other.tap("drafthand:")
    await one.tap("draft:1:more")
    await one.tap("draft:1:title")
    await other.tap("draft:2:title")
    await other.types("en: Care")

    await one.types("en: Work")
    met = plain(last(ada))
    stood = (await draft(world))["title"]
    await one.tap("put:1:")
    await one.tap("draft:1:more")
    await one.tap("draft:1:check")
    await one.tap("draftshare:1:fr")
    await chloe.opens_link(last(ada).split("?start=")[1].split("\u2069")[0])
    await world.settle()
    offered = plain(last(chloe))
    await translator.tap("drafthand:")
    await translator.types("Le travail")

    assert "“Bea” has changed meanwhile: Title." in met
    assert stood == {"en": "Care"}
    assert "Ada" in offered
    assert "1 texte du dialogue Work" in offered
    assert (await draft(world))["title"] == {"en": "Work", "fr": "Le travail"}
    assert "Il ne manque plus rien" in last(chloe)
    assert not [data for data in buttons(chloe) if data.startswith("draft:")]


async def test_a_dialogue_is_changed_by_the_same_pages_once_what_would_change_was_seen(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    async with world.database.sessions.begin() as session:
        await files.import_file(session, await files.export_file(session, dialogue), now=world.clock.now())
    one = Facilitator(world, ada)
    await one.types("/dialogue")
    await one.tap("draftof:1")
    await one.tap("draft:1:title")
    await one.types("en: Training, better")
    await one.tap("draft:1:more")
    await one.tap("draft:1:check")

    await one.tap("draftready:1")
    shown, before = plain(last(ada)), (await exported(world)).title["en"]
    await one.tap("draftready:1:")

    assert "title: another wording (English)" in shown
    assert "Until you say yes, nothing changes." in shown
    assert before == "Training"
    assert (await exported(world)).title["en"] == "Training, better"
    assert about(bea, "better") == []


async def test_a_file_that_is_not_right_yet_is_gone_on_with_and_comes_back_as_it_was(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")
    unfinished = "slug: care\nlanguages: [en, es]\ntitle: {en: Care}\nquestions:\n  - text: {en: What now}\n"
    await ada.sends_file("document", content=unfinished.encode(), file_name="care.yaml")
    await world.settle()
    one = Facilitator(world, ada)

    await one.tap("draftfrom:")
    checked = plain(last(ada))
    await one.tap("draftfile:1")
    sent = next(message["document"] for message in reversed(ada.received) if "document" in message)

    assert "First day and rhythm: still missing" in checked
    assert "Time zone: still missing" in checked
    assert "Spanish: Title, Question 1" in checked
    assert ada.opens(sent["file_id"]).decode() == authoring.write_content(await draft(world))
    assert authoring.found_in(ada.opens(sent["file_id"])) == await draft(world)
    assert sent["file_name"] == "care.yaml"


async def test_a_draft_waits_for_days_and_an_edited_message_is_followed(world: World, ada: Phone) -> None:
    one = Facilitator(world, ada)
    await to_title(one)
    message = await ada.sends("Care at wrok")
    await world.settle()
    await ada.edits(message["message_id"], "Care at work")
    await world.settle()
    await world.pass_time(days=9)

    await one.types("/new")
    await one.tap("draft:1:more")
    await one.tap("draft:1:people")
    await one.types("Is this a page to write on?")

    assert (await draft(world))["title"] == {"en": "Care at work"}
    assert "This page is filled by its buttons." in last(ada)
    live = [message for message in ada.received if "draft:1:more" in str(message.get("reply_markup"))]
    assert len(live) == 1  # of the pages before no button is left


async def test_a_word_file_without_dates_is_gone_on_with_and_its_spreadsheet_comes_back_with_another_language(
    world: World, ada: Phone
) -> None:
    document, word, sheet = Document(), BytesIO(), BytesIO()
    document.add_heading("Training when time is short", 0)
    document.add_heading("Background", 1)
    document.add_paragraph("Whoever cares for others has little time left for a course.")
    document.add_heading("Question 1: Who is missing?", 1)
    document.save(word)
    await say(world, ada, "/start")

    await ada.sends_file("document", content=word.getvalue(), file_name="our dialogue.docx")
    await world.settle()
    await press(world, ada, newest(ada, "dialoguefile:"))
    refused = plain(last(ada))
    await press(world, ada, newest(ada, "draftfrom:"))
    await press(world, ada, newest(ada, "draftfile:1:xlsx"))
    handed = ada.received[-1]["document"]
    book = load_workbook(BytesIO(ada.opens(handed["file_id"])))
    texts, settings = book.worksheets
    texts["C1"] = "Español"
    for row, text in enumerate(
        ("Formarse cuando falta el tiempo", "A quien cuida le falta tiempo.", "¿Quién falta?"), 2
    ):
        texts.cell(row, 3, text)
    settings.append(["Time zone", "Europe/London"])
    settings.append(["Starts", "14 December 2026, 9:00"])
    next(row for row in settings.rows if row[0].value == "Languages")[1].value = "en, es"
    book.save(sheet)
    await ada.sends_file("document", content=sheet.getvalue(), file_name=handed["file_name"])
    await world.settle()
    await press(world, ada, newest(ada, "dialoguefile:"))

    made = await exported(world)
    assert "“Starts” is missing. Add it to the settings" in refused
    assert handed["file_name"] == "training-when-time-is-short.xlsx"
    assert "is ready" in last(ada)
    assert made.languages == ("en", "es")
    assert made.questions[0].text == {"en": "Who is missing?", "es": "¿Quién falta?"}
    assert f"{made.starts:%d.%m.%Y %H:%M}" == "14.12.2026 09:00"


async def test_how_the_summary_looks_and_what_it_calls_its_parts_is_chosen_too(world: World, ada: Phone) -> None:
    one = Facilitator(world, ada)
    await one.types("/new")
    await one.tap("draftnew:weeks")
    await one.tap("set:1:languages:fr")
    await one.tap("draft:1:more")
    await one.tap("draft:1:document")
    await one.tap("set:1:document.strength:hidden")
    assert "It doesn’t tell how many agreed" in labels_of(ada)
    await one.tap("draft:1:labels.summary")
    assert "Français: Synthèse" in plain(last(ada)), "what it is called without a word of one's own"
    await one.types("fr: Résumé")
    assert "Français: Résumé" in plain(last(ada))
    await one.tap("draft:1:document")
    assert "Résumé" in labels_of(ada)
    await one.tap("draft:1:labels.summary")
    await one.types("en: Outcomes")
    await one.tap("draft:1:check")

    assert "Instead of" not in plain(last(ada)), "no label has to be there"
    async with world.database.readers() as session:
        (draft,) = (await session.scalars(select(DialogueDraft))).all()
    assert draft.content["document"] == {"strength": "hidden"}
    assert draft.content["labels"] == {"summary": {"en": "Outcomes", "fr": "Résumé"}}


def labels_of(phone: Phone) -> list[str]:
    """What stands on the buttons of the newest message."""
    return [button["text"] for row in phone.received[-1]["reply_markup"]["inline_keyboard"] for button in row]


async def test_who_taps_ready_twice_makes_one_dialogue(world: World, ada: Phone) -> None:
    one = Facilitator(world, ada)
    await one.types("/new")
    await one.tap("draftnew:question")
    await one.tap("draft:1:title")
    await one.types("Care at work")
    await one.tap("set:1:timezone:Europe/London")
    await one.tap("draft:1:0.text")
    await one.types("Who cares?")
    await one.tap("draft:1:more")
    await one.tap("draft:1:check")

    ready = newest(ada, "draftready:1")
    await asyncio.gather(ada.taps(data=ready), ada.taps(data=ready))
    await world.settle()

    assert "is ready" in last(ada)
    assert "became a dialogue" in ada.alerts[-1]
    assert (await exported(world)).slug == "care-at-work"
