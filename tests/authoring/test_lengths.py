import pytest

from bot.authoring import Code, read

FRAME = """\
slug: lengths
languages: [en, fr]
timezone: UTC
starts: 2026-11-30T09:00
title: {en: Lengths, fr: Longueurs}
"""


def question(text: str, extra: str = "") -> str:
    return f"{FRAME}questions:\n  - text:\n      en: '{text}'\n      fr: Pourquoi ?\n{extra}"


def note(text: str) -> str:
    return f"{FRAME}concept_note: {{en: '{text}', fr: x}}\nquestions:\n  - text: {{en: x, fr: x}}\n"


@pytest.mark.parametrize("text", ["**x** " * 1800, "[link](https://example.org/a/very/long/address) " * 100])
def test_markup_does_not_count(text: str) -> None:
    assert read(question(text)).errors == []


@pytest.mark.parametrize(
    ("text", "length"), [("x" * 4097, 4097), ("😀" * 2100, 4200), ("* x\n" * 0 + "&amp;" * 4100, 4100)]
)
def test_a_text_too_long_for_a_message_is_refused_with_its_length(text: str, length: int) -> None:
    (fault,) = read(question(text)).errors

    assert (fault.code, fault.place, fault.line) == (Code.TEXT_TOO_LONG, "questions[0].text.en", 8)
    assert fault.params == {"language": "en", "length": length, "limit": 4096}


def test_a_question_must_fit_one_message_with_its_title_and_prompts() -> None:
    (fault,) = read(question("x" * 3000, f"    prompts: {{en: ['{'y' * 900}'], fr: [z]}}\n")).errors

    assert (fault.code, fault.place, fault.params["language"]) == (Code.MESSAGE_TOO_LONG, "questions[0]", "en")
    assert fault.params["length"] == 300 + 3002 + 902


def test_a_message_is_measured_in_the_language_that_stands_in() -> None:
    (fault,) = read(
        question("x" * 10, f"    prompts: {{en: ['{'y' * 3900}']}}\n").replace("Pourquoi ?", "z" * 10)
    ).errors[:1]

    assert fault.code == Code.MESSAGE_TOO_LONG


def test_a_concept_note_may_fill_many_messages_but_no_book() -> None:
    assert read(note("word " * 5900)).errors == []
    assert [fault.code for fault in read(note("word " * 6100)).errors] == [Code.TEXT_TOO_LONG]


def test_a_note_beyond_all_limits_is_refused_without_rendering_it() -> None:
    text = "\n".join(["x" * 99_000] * 3)

    (fault,) = read(note(text.replace("\n", "\n\n  "))).errors

    assert fault.code == Code.TEXT_TOO_LONG
