import gettext
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from bot.authoring import Code, FileEvent, Read, read_any
from bot.features.dialogues.texts.faults import fault
from bot.i18n import Translator

ENGLISH = Translator("en", gettext.NullTranslations())
TEXTS: tuple[tuple[Any, ...], ...] = (
    ("", "English", "Español"),
    ("Title", "Care", "Cuidados"),
    ("Background", "Most care is given without pay.", "La mayor parte de los cuidados no se paga."),
    ("Question 1", "Who gives care where you live?", "¿Quién cuida donde usted vive?"),
    ("Question 1: prompts", "at home\nnext door", "en casa\nal lado"),
    ("Question 2", "What would make it easier to share?", "¿Qué ayudaría a repartirlos mejor?"),
)
SETTINGS: tuple[tuple[Any, ...], ...] = (("Time zone", "Europe/Madrid"), ("Starts", datetime(2027, 3, 1, 9)))


def workbook(texts: tuple[tuple[Any, ...], ...] = TEXTS, settings: tuple[tuple[Any, ...], ...] = SETTINGS) -> Workbook:
    book = Workbook()
    book.active.title = "Texts"
    for row in texts:
        book.active.append(row)
    sheet = book.create_sheet("Settings")
    for row in settings:
        sheet.append(row)
    return book


def read(book: Workbook) -> Read:
    stream = BytesIO()
    book.save(stream)
    return read_any(stream.getvalue())


def told(outcome: Read) -> list[str]:
    return [fault(ENGLISH, each) for each in (*outcome.errors, *outcome.warnings)]


def test_a_row_for_each_text_and_a_column_for_each_language_make_a_dialogue() -> None:
    outcome = read(workbook())

    assert told(outcome) == []
    assert outcome.dialogue is not None
    assert outcome.dialogue.languages == ("en", "es")
    assert outcome.dialogue.starts == datetime(2027, 3, 1, 9)
    assert outcome.dialogue.concept_note["es"] == "La mayor parte de los cuidados no se paga."
    assert outcome.dialogue.questions[0].prompts == {"en": ("at home", "next door"), "es": ("en casa", "al lado")}
    assert len(outcome.dialogue.questions) == 2


def test_a_live_event_stands_in_rows_of_texts_and_of_settings() -> None:
    texts = (
        *TEXTS,
        ("Live event 1", "An hour with carers", "Una hora con cuidadoras"),
        ("Live event 1: About", "Ask them.", "Pregúnteles."),
        ("Live event 1: Link", "https://meet.example.org/x"),
    )
    settings = (
        *SETTINGS,
        ("Encuentro en vivo 1: Comienza", datetime(2027, 3, 10, 15)),
        ("Live event 1: Lasts", "90 minutes"),
        ("Live event 1: Speakers", "Fatuma Noor; Li Na"),
        ("Live event 1: Languages", "en, es"),
    )

    outcome = read(workbook(texts, settings))

    assert told(outcome) == []
    assert outcome.dialogue is not None
    assert outcome.dialogue.events == (
        FileEvent(
            title={"en": "An hour with carers", "es": "Una hora con cuidadoras"},
            starts=datetime(2027, 3, 10, 15),
            lasts=timedelta(minutes=90),
            link="https://meet.example.org/x",
            languages=("en", "es"),
            speakers=("Fatuma Noor", "Li Na"),
            about={"en": "Ask them.", "es": "Pregúnteles."},
        ),
    )


def test_bold_words_and_a_cell_s_link_become_markdown() -> None:
    book = workbook()
    book["Texts"]["B3"] = CellRichText("Most care is ", TextBlock(InlineFont(b=True), "unpaid"), ".")
    book["Texts"]["B2"].hyperlink = "https://example.org/care"

    dialogue = read(book).dialogue

    assert dialogue is not None
    assert dialogue.concept_note["en"] == "Most care is **unpaid**."
    assert dialogue.title["en"] == "[Care](<https://example.org/care>)"


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        (
            "Settings!B2",
            date(2027, 3, 1),
            'Settings!B2: Starts: "2027-03-01" has no time of day. Write it like 2027-03-01T09:00.',
        ),
        (
            "Settings!B2",
            "03/04/2027 10:00",
            'Settings!B2: Starts: "03/04/2027 10:00" can be two days. Write the one that is meant:',
        ),
        ("Settings!A2", "Begins whenever", 'Settings!A2: I don\'t know what "Begins whenever" is.'),
        ("Settings!B1", "Europe/Madird", 'Settings!B1: Time zone: Unknown time zone "Europe/Madird".'),
        ("Texts!B4", "=A1&A2", "Texts!B4: There is a formula here without a result."),
        ("Texts!B4", "#REF!", 'Texts!B4: The cell says "#REF!"'),
        ("Texts!A4", "Question 3", "Texts!B5: Question 1: The text of this question is missing."),
        ("Texts!A6", "Question 1", "Texts!B6: There is another text for the same place above."),
        ("Texts!C1", "Elvish", 'Texts!C1: The heading "Elvish" is no language.'),
        ("Texts!E3", "ask Bea", "Texts!E3, only a warning: This stands beside the table, and is left out."),
        (
            "Texts!C3",
            "Most care in this world is given without pay.",
            "Texts!C3, only a warning: This should be in Spanish (es)",
        ),
    ],
)
def test_each_fault_is_told_by_its_cell(cell: str, value: object, said: str) -> None:
    book = workbook()
    sheet, place = cell.split("!")
    book[sheet][place] = value
    if isinstance(value, date):
        book[sheet][place].number_format = "dd/mm/yyyy"

    assert any(each.startswith(said) for each in told(read(book))), told(read(book))


def test_words_that_are_struck_out_are_asked_about() -> None:
    book = workbook()
    book["Texts"]["B3"].font = Font(strike=True)
    book["Texts"]["B4"] = CellRichText(
        "Who ", TextBlock(InlineFont(strike=True), "really"), " gives care where you live?"
    )

    assert [(each.code, each.spot and each.spot.cell) for each in read(book).errors] == [
        (Code.STRUCK_OUT, "B3"),
        (Code.STRUCK_OUT, "B4"),
    ]


def test_merged_cells_are_refused_where_texts_stand_and_not_in_a_title_above() -> None:
    above = workbook((("Our dialogue on care",), *TEXTS))
    above["Texts"].merge_cells("A1:C1")
    within = workbook()
    within["Texts"].merge_cells("B4:C4")

    assert [each.code for each in read(above).errors] == []
    assert [each.code for each in read(within).errors] == [Code.MERGED_CELLS]


def test_a_hidden_sheet_and_remarks_are_for_the_authors_alone() -> None:
    book = workbook(tuple((*row, "Remarks" if not row[0] else "as agreed") for row in TEXTS))
    hidden = book.create_sheet("Old")
    hidden.append(["anything"])
    hidden.sheet_state = "hidden"

    assert told(read(book)) == []


def test_a_table_that_says_nothing_of_a_dialogue_is_told_to_be_one() -> None:
    book = Workbook()
    book.active.append(["Name", "Phone"])
    book.active.append(["Bea", 5550100])

    assert [each.code for each in read(book).errors] == [Code.TABLE_NOT_UNDERSTOOD]
