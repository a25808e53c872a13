import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from complete import full

from bot.authoring import DialogueFile, FileQuestion, read, read_any
from bot.features.dialogues.actions import example
from bot.features.dialogues.reports.forms import FileForm, as_file
from bot.i18n import LANGUAGES
from bot.paper.sheets import TooLongForCell

EXAMPLES = sorted((Path(__file__).parents[3] / "docs" / "examples").glob("*.yaml"))
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
SCRAPS = (
    *"\n\t:?-[]{},'\"#&*!|>%@`\\~=<0aé中ع😀",
    "  ",
    "_x0041_",
    "\u200d",
    ": ",
    " #",
    "=1+1",
    "1e3",
    "2027-01-01",
    "\r\n",
)


def come_back(dialogue: DialogueFile, form: FileForm, language: str) -> DialogueFile | None:
    outcome = read_any(as_file(dialogue, form, language))
    assert outcome.errors == []
    return outcome.dialogue


@pytest.mark.parametrize("form", [FileForm.WORD, FileForm.WORKBOOK])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_back_from_word_and_from_a_workbook_as_it_was(path: Path, form: FileForm) -> None:
    dialogue = read(path.read_bytes()).dialogue

    assert dialogue is not None
    assert come_back(dialogue, form, "ar") == dialogue


def test_all_that_a_dialogue_file_can_say_comes_back_from_a_workbook_and_but_for_code_from_word() -> None:
    dialogue = full()
    question = dialogue.questions[0]
    without_code = question.model_copy(update={"text": {**question.text, "en": "Why?"}})

    assert come_back(dialogue, FileForm.WORKBOOK, "zh-Hans") == dialogue
    in_word = dialogue.model_copy(update={"questions": (without_code,)})
    assert come_back(in_word, FileForm.WORD, "zh-Hans") == in_word


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_to_fill_in_is_in_the_organiser_s_language_and_lies_ahead(language: str) -> None:
    dialogue = example.template(language, now=NOW)

    assert dialogue.source_language in {language, "en"}
    assert len(dialogue.languages) == 2
    assert (dialogue.starts - NOW.replace(tzinfo=None)).days >= 13
    for form in (FileForm.WORD, FileForm.WORKBOOK, FileForm.YAML):
        assert come_back(dialogue, form, language) == dialogue


def test_a_text_that_no_cell_can_hold_is_refused_and_not_cut() -> None:
    whole = example.template("en", now=NOW)
    dialogue = DialogueFile.model_validate(whole.model_dump() | {"concept_note": {"en": "x" * 33_000}})

    with pytest.raises(TooLongForCell):
        as_file(dialogue, FileForm.WORKBOOK, "en")


def test_any_text_comes_back_from_a_workbook() -> None:
    chance = random.Random(12)  # noqa: S311 - the same texts on every run
    whole = example.template("en", now=NOW)
    for _ in range(15):
        text = "x".join(chance.choices(SCRAPS, k=chance.randrange(1, 30)))
        texts = {"en": f"x{text}x", "es": f"{text}x"}
        question = FileQuestion(text=texts, prompts={"en": (f"- {text}x", "=x"), "es": (f"x{text}x",)})
        dialogue = DialogueFile.model_validate(whole.model_dump() | {"questions": (question,), "concept_note": texts})

        assert come_back(dialogue, FileForm.WORKBOOK, "fr") == dialogue


def test_what_looks_like_markdown_and_is_not_meant_so_comes_back_from_word_as_members_see_it() -> None:
    whole = example.template("en", now=NOW)
    note = {"en": "Two \\* three \\* four\n\n1\\. no list\n\n\\# no heading\n\n- a list\n  - below it", "es": "x"}
    dialogue = DialogueFile.model_validate(whole.model_dump() | {"concept_note": note})

    back = come_back(dialogue, FileForm.WORD, "en")

    assert back is not None
    assert back.concept_note["en"].replace("\\#", "#").replace("\\*", "*").replace("\\.", ".") == note["en"].replace(
        "\\", ""
    )
