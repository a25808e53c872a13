"""A facilitator makes a dialogue on a phone, page by page, alone or with others."""

from sqlalchemy import select
from steps import last, newest, press, say
from world import World

from bot.authoring import DialogueFile
from bot.features.dialogues.actions import files
from bot.models import Dialogue, DialogueDraft
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
    assert seen.startswith("Preview, 1 of ")
    assert "Formarse cuando falta el tiempo" in seen
    assert "Nothing is wrong with it." in checked
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
    async with world.database.readers() as session:
        (draft,) = await session.scalars(select(DialogueDraft))
    assert [event["title"] for event in draft.content["events"]] == [{"en": "Another"}]


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
