import gettext

import pytest

from bot.authoring import Code, Fault, read
from bot.features.dialogues.texts.faults import WORDINGS, fault
from bot.i18n import Translator

ENGLISH = Translator("en", gettext.NullTranslations())
ARABIC = Translator("ar", gettext.NullTranslations())


def told(text: str) -> list[str]:
    outcome = read(text)
    return [fault(ENGLISH, each) for each in (*outcome.errors, *outcome.warnings)]


def test_every_fault_has_words() -> None:
    assert set(WORDINGS) == set(Code)


BAD_TIMES = """\
slug: bad-times
languages: [en]
timezone: Europe/Pariss
starts: 2026-11-30T09:00
ends: 2026-11-01T09:00
title: Times
questions:
  - {text: "First?", opens: 2026-12-10T09:00}
  - {text: "Second?", opens: 2026-12-03T09:00}
"""
NO_SOURCE = """\
slug: no-source
languages: [en, fr]
timezone: Europe/Paris
starts: 2026-11-30T09:00
title: {en: Only French below}
questions:
  - text: {fr: "Que manque-t-il ici ?"}
"""
TYPO = """\
slug: typo
languages: [en]
timezone: UTC
starts: 2026-11-30T09:00
title: A typo
quesitons:
  - text: What went wrong?
"""


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            BAD_TIMES,
            [
                (
                    'Line 3, column 11: timezone: Unknown time zone "Europe/Pariss". '
                    'A time zone has an IANA name such as Africa/Nairobi. Did you mean "Europe/Paris"?'
                ),
                "Line 5, column 7: ends: The dialogue ends (2026-11-01 09:00) before it starts (2026-11-30 09:00). Set a later end.",
                (
                    "Line 9, column 30: questions[1].opens: Question 2 opens (2026-12-03 09:00) before or together with question 1 "
                    "(2026-12-10 09:00). Put the questions in the order of their opening."
                ),
            ],
        ),
        (
            NO_SOURCE,
            [
                "Line 7, column 11: questions[0].text: The text in the source language, English (en), is missing. Every text needs it.",
                "Line 5, column 8, only a warning: title: no French (fr)",
            ],
        ),
        (
            TYPO,
            [
                'Line 1, column 1: The key "questions" is missing.',
                'Line 6, column 1: Unknown key "quesitons". Did you mean "questions"?',
            ],
        ),
        (
            "slug: broken\ntitle: Broken\nlanguages: [en, fr\nstarts: 2026-11-30T09:00\n",
            ["Line 3, column 12: Not YAML: the list opened in line 3 is never closed. Add the ] at its end."],
        ),
        (
            TYPO.replace("quesitons", "questions").replace("What went wrong?", "word " * 1000 + "x"),
            [
                (
                    "Line 7, column 11: questions[0].text: The text in English (en) is 5,001 characters long once rendered; "
                    "the limit is 4,096."
                )
            ],
        ),
    ],
    ids=["times", "source", "typo", "list", "length"],
)
def test_a_refused_file_is_told_what_is_wrong_and_what_would_be_right(text: str, sentences: list[str]) -> None:
    assert told(text) == sentences


def test_a_line_that_wants_quotes_is_shown_as_it_should_be() -> None:
    sentence = told("title: {en: Note: this}\n")[-1]

    assert sentence.endswith('The line as it should be:\n    title: {en: "Note: this"}')


def test_values_are_isolated_where_directions_meet() -> None:
    found = Fault(Code.UNKNOWN_KEY, "", 1, 1, {"key": "عنوان", "suggestion": "title"})

    assert '"\u2068عنوان\u2069"' in fault(ENGLISH, found)
    assert '"title"' in fault(ENGLISH, found)
    assert '"\u2068title\u2069"' in fault(ARABIC, found)


def test_a_long_value_is_quoted_in_part() -> None:
    sentence = fault(ENGLISH, Fault(Code.PERIOD, "every", 1, 1, {"value": "week " * 100}))

    assert "week week…" in sentence
    assert len(sentence) < 300


@pytest.mark.parametrize(
    ("tag", "name"),
    [("es", "Spanish (es)"), ("zh-Hans", "Simplified Chinese (zh-Hans)"), ("ht", "Haitian Creole (ht)")],
)
def test_a_language_is_named_in_the_reader_s_language(tag: str, name: str) -> None:
    assert name in fault(ENGLISH, Fault(Code.NO_TEXT_IN_LANGUAGE, "title", 1, 1, {"language": tag}))
    assert name not in fault(ARABIC, Fault(Code.NO_TEXT_IN_LANGUAGE, "title", 1, 1, {"language": tag}))
