import planting
import pytest

from bot.core import wordings
from bot.core.wordings import Opened, Overtaken
from bot.models import Person, Question

TEXTS, VERSIONS = {"en": "One", "es": "Uno", "fr": "Un"}, {"en": 2, "es": 2}


@pytest.mark.parametrize(
    ("language", "text", "version"),
    [
        ("en", "Two", 3),  # a change, behind which the others fall
        ("fr", "Deux", 2),  # it had fallen behind, and catches up
        ("ru", "Два", 2),  # the first in its language says what the newest says
    ],
)
def test_a_wording_that_changes_is_a_new_version_unless_it_catches_up(language: str, text: str, version: int) -> None:
    texts, versions = wordings.reword(TEXTS, VERSIONS, language, text)

    assert texts == {**TEXTS, language: text}
    assert versions == {**VERSIONS, language: version}


def test_a_wording_that_is_written_as_it_was_changes_nothing() -> None:
    assert wordings.reword(TEXTS, VERSIONS, "en", "One") == (TEXTS, VERSIONS)
    assert wordings.reword({}, {}, "en", "One") == ({"en": "One"}, {"en": 1})


@pytest.mark.parametrize(
    ("language", "source", "found"), [("fr", "en", "fr"), ("ru", "es", "es"), ("ru", "ru", "en"), ("es", "en", "es")]
)
def test_who_reads_no_language_of_a_text_reads_the_source_s_or_else_the_first(
    language: str, source: str, found: str
) -> None:
    assert wordings.nearest_with_language(TEXTS, language, source) == (found, TEXTS[found])


def test_a_question_is_called_by_its_title_or_by_what_it_asks_without_marks() -> None:
    dialogue = planting.dialogue()
    titled = dialogue.questions[0]
    untitled = Question(title={}, text={"en": "What have you **learned**?", "es": "¿Qué ha *aprendido*?"})

    assert wordings.heading(titled, dialogue, "es") == "Paso 1"
    assert wordings.heading(untitled, dialogue, "es") == "¿Qué ha aprendido?"
    assert wordings.heading(untitled, dialogue, "fr") == "What have you learned?"


@pytest.mark.parametrize(("own", "zone"), [("America/Lima", "America/Lima"), (None, "UTC")])
def test_one_takes_part_by_the_dialogue_s_clock_until_one_chooses_one_s_own(own: str | None, zone: str) -> None:
    assert wordings.zone_of(Person(telegram_id=1, language="en", timezone=own), planting.dialogue()) == zone


def test_who_saw_an_older_wording_catches_up_with_that_and_no_further() -> None:
    _, versions = wordings.reword(TEXTS, VERSIONS, "fr", "Deux", seen=1)
    _, ahead = wordings.reword(TEXTS, VERSIONS, "fr", "Deux", seen=3)

    assert (versions["fr"], ahead["fr"]) == (1, 2)


def test_a_wording_is_changed_only_by_who_saw_it_as_it_is_or_wants_it_as_it_is() -> None:
    seen, not_seen = Opened(wordings.mark_of("One"), 2), Opened(wordings.mark_of("Once"), 2)

    assert wordings.amend(TEXTS, VERSIONS, "en", "Two", seen) == wordings.reword(TEXTS, VERSIONS, "en", "Two")
    assert wordings.amend(TEXTS, VERSIONS, "en", "One", not_seen) == (TEXTS, VERSIONS)
    assert wordings.amend(TEXTS, VERSIONS, "en", "", seen) == ({"es": "Uno", "fr": "Un"}, {"es": 2})
    assert wordings.amend(TEXTS, VERSIONS, "ru", "", not_seen) == (TEXTS, VERSIONS)
    with pytest.raises(Overtaken) as refused:
        wordings.amend(TEXTS, VERSIONS, "en", "Two", not_seen)
    assert refused.value.text == "One"
    with pytest.raises(Overtaken) as gone:
        wordings.amend(TEXTS, VERSIONS, "ru", "Два", not_seen)
    assert gone.value.text == ""


def test_the_newest_version_is_that_of_a_wording_there_is_and_the_first_unless_it_is_known() -> None:
    assert wordings.newest({"en": "One", "fr": "Un"}, {"en": 2, "ru": 5}) == 2
    assert wordings.newest({"fr": "Un"}, {}) == 1
    assert wordings.newest({}, {"en": 4}) == 1
    assert wordings.mark_of(None) == wordings.mark_of("") == ""
