import pytest

from bot.authoring import Code, Read, Recording, fingerprint, read, write

FILE = """\
slug: spoken
languages: [en, es]
timezone: UTC
starts: 2026-11-30T09:00
title: {en: Spoken, es: Hablado}
concept_note: {en: Why, es: Por qué}
concept_note_file: {es: BQACAgQAAxkBAAID}
questions:
  - text: {en: Why?, es: ¿Por qué?}
    follow_up: {en: For example?, es: ¿Por ejemplo?}
    spoken: {es: AwACAgQAAxkBAAIB}
"""


def told(outcome: Read) -> list[tuple[Code, str]]:
    return [(fault.code, fault.place) for fault in (*outcome.errors, *outcome.warnings)]


def test_recordings_and_files_are_read_for_the_languages_that_have_them_without_a_word_of_those_that_lack_them() -> (
    None
):
    outcome = read(FILE)

    assert told(outcome) == []
    assert outcome.dialogue is not None
    assert outcome.dialogue.concept_note_file == {"es": "BQACAgQAAxkBAAID"}
    (question,) = outcome.dialogue.questions
    assert question.follow_up == {"en": "For example?", "es": "¿Por ejemplo?"}
    assert question.spoken == {"es": Recording(file_id="AwACAgQAAxkBAAIB", of=fingerprint("¿Por qué?"))}


def test_a_recording_stays_with_the_wording_it_says_through_file_after_file() -> None:
    first = read(FILE.replace("AwACAgQAAxkBAAIB", "audio:AwACAgQAAxkBAAIB")).dialogue
    assert first is not None

    changed = write(first).replace("¿Por qué?", "¿Por qué no?")
    outcome = read(changed)
    again = read(write(outcome.dialogue or first))
    back = read(changed.replace("¿Por qué no?", "¿Por  qué?"))

    assert told(outcome) == told(again) == [(Code.STALE_RECORDING, "questions[0].spoken")]
    assert again.dialogue == outcome.dialogue
    assert told(back) == []


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        (("AwACAgQAAxkBAAIB", "recording 2"), [(Code.FILE_ID, "questions[0].spoken.es")]),
        (("BQACAgQAAxkBAAID", "https://example.org/note.pdf"), [(Code.FILE_ID, "concept_note_file.es")]),
        (("{es: AwACAgQAAxkBAAIB}", "{fr: AwACAgQAAxkBAAIB}"), [(Code.LANGUAGE_NOT_LISTED, "questions[0].spoken")]),
        (("es: ¿Por ejemplo?", 'es: ""'), [(Code.EMPTY, "questions[0].follow_up.es")]),
        (("en: For example?", "en: " + "x" * 1001), [(Code.TEXT_TOO_LONG, "questions[0].follow_up.en")]),
        (
            (", es: ¿Por qué?", ""),
            [(Code.NO_TEXT_IN_LANGUAGE, "questions[0].text"), (Code.STALE_RECORDING, "questions[0].spoken")],
        ),
    ],
)
def test_what_is_no_file_or_no_follow_up_is_told_where_it_stands(
    changes: tuple[str, str], faults: list[tuple[Code, str]]
) -> None:
    assert told(read(FILE.replace(*changes))) == faults
