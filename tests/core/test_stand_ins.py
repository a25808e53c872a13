from dataclasses import replace

import planting
import pytest
from said.announcements import told

from bot.core import questions, wordings
from bot.database import Database
from bot.features.announcements import texts
from bot.i18n import translator
from bot.models import Dialogue


def dialogue() -> Dialogue:
    """In English, Spanish, French and Arabic; the concept note isn't in French, the prompts are in English alone."""
    return planting.dialogue()


async def kept(database: Database) -> Dialogue:
    """The same, with all that the database fills in."""
    async with database.sessions() as session:
        session.add(of := dialogue())
        await session.flush()
        session.expunge_all()
    return of


@pytest.mark.parametrize(("reader", "other"), [("pt", "es"), ("ru", "en"), ("fr", ""), ("es-MX", ""), ("pt-BR", "es")])
def test_for_a_language_that_a_dialogue_lacks_stands_in_what_its_readers_read_else_the_source(
    reader: str, other: str
) -> None:
    assert wordings.stand_in(dialogue(), reader) == other


async def test_a_single_text_that_lacks_even_the_stand_in_says_so(database: Database) -> None:
    of = await kept(database)
    question = of.questions[0]
    in_spanish = questions.asked(of, question, language="pt", zone="UTC", total=3)
    question.text = {"en": "What have you learned?"}

    in_english = questions.asked(of, question, language="pt", zone="UTC", total=3)

    assert (in_spanish.language, in_spanish.stood_in) == ("es", True)
    assert (in_english.language, in_english.stood_in) == ("en", False)


async def test_a_concept_note_that_lacks_a_language_of_its_dialogue_says_so(database: Database) -> None:
    note = questions.note(await kept(database), "fr")

    assert (note.language, note.stood_in) == ("en", False)


def test_an_announcement_in_the_language_that_stands_in_doesn_t_mention_it_again() -> None:
    once = told("Training", ("en", "We meet on Friday."))
    t = translator("ru")

    assert "английский" in texts.announcement(t, once)
    assert "английский" not in texts.announcement(t, replace(once, stood_in=True))
