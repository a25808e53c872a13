import pytest

from bot.core import wordings

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
