import gettext
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bot.authoring import Code, Read, read, read_any
from bot.features.dialogues.texts.faults import fault
from bot.i18n import Translator

ENGLISH = Translator("en", gettext.NullTranslations())
SETTINGS = (("Time zone", "Europe/Paris"), ("Starts", "2027-03-01T09:00"))


def written(document: Any) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_settings(document: Any, settings: tuple[tuple[str, str], ...] = SETTINGS) -> bytes:
    table = document.add_table(rows=0, cols=2)
    for key, value in settings:
        row = table.add_row().cells
        row[0].text, row[1].text = key, value
    return written(document)


def told(outcome: Read) -> list[str]:
    return [fault(ENGLISH, each) for each in (*outcome.errors, *outcome.warnings)]


def link(paragraph: Any, text: str, address: str) -> None:
    relation = paragraph.part.relate_to(
        address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    element, run, words = OxmlElement("w:hyperlink"), OxmlElement("w:r"), OxmlElement("w:t")
    element.set(qn("r:id"), relation)
    words.text = text
    run.append(words)
    element.append(run)
    paragraph._p.append(element)  # noqa: SLF001 - python-docx has no word for it


VERSIONS = {
    "en": (
        "Virtual Dialogue: Care and work",
        "BACKGROUND",
        "Most care in the world is given without pay, and those who give it have little time left for anything else.",
        ("WHO GIVES CARE WHERE YOU LIVE?", "WHAT WOULD MAKE IT EASIER TO SHARE?"),
        "Think of your own street before you think of your country.",
    ),
    "es": (
        "Diálogo Virtual: Cuidados y trabajo",
        "ANTECEDENTES",
        "La mayor parte de los cuidados en el mundo se presta sin remuneración, y a quien cuida le queda poco tiempo para lo demás.",
        ("¿QUIÉN CUIDA DONDE USTED VIVE?", "¿QUÉ AYUDARÍA A REPARTIR MEJOR LOS CUIDADOS?"),
        "Piense primero en su propia calle y después en su país.",
    ),
    "fr": (
        "Dialogue virtuel : le soin et le travail",
        "INTRODUCTION",
        "La plus grande partie du travail de soin est accomplie sans salaire, et il reste peu de temps à celles et ceux qui s’en chargent.",
        ("QUI PREND SOIN DES AUTRES LÀ OÙ VOUS VIVEZ ?", "QU’EST-CE QUI AIDERAIT À MIEUX LE PARTAGER ?"),
        "Pensez d’abord à votre rue, ensuite à votre pays.",
    ),
}  # fmt: skip


def test_one_language_after_another_is_understood_by_its_headings_alone() -> None:
    document = Document()
    days = ("1st – 19th March 2027", "1 al 19 de marzo de 2027", "1 - 19 mars 2027")
    for dates, (title, background, note, (first, second), below) in zip(days, VERSIONS.values(), strict=True):
        document.add_heading(title, 1)
        document.add_paragraph(dates)
        document.add_heading(background, 2)
        document.add_paragraph(note)
        document.add_heading(first, 2)
        document.add_paragraph(below)
        document.add_heading(second, 2)

    outcome = read_any(with_settings(document))

    assert told(outcome) == []
    assert outcome.dialogue is not None
    assert outcome.dialogue.languages == ("en", "es", "fr")
    assert outcome.dialogue.slug == "virtual-dialogue-care-and-work"
    assert outcome.dialogue.title == {tag: version[0] for tag, version in VERSIONS.items()}
    assert outcome.dialogue.concept_note == {tag: version[2] for tag, version in VERSIONS.items()}
    one, two = outcome.dialogue.questions
    assert (one.title, one.text) == (
        {tag: version[3][0] for tag, version in VERSIONS.items()},
        {tag: version[4] for tag, version in VERSIONS.items()},
    )
    assert (two.title, two.text) == ({}, {tag: version[3][1] for tag, version in VERSIONS.items()})


def test_dates_below_the_title_are_no_text_and_their_time_of_day_is_asked_for() -> None:
    document = Document()
    document.add_heading("Care", 0)
    document.add_paragraph("1st – 19th March 2027")
    document.add_heading("Who gives care where you live?", 1)

    outcome = read_any(with_settings(document, SETTINGS[:1]))

    assert [each.code for each in outcome.errors] == [Code.MISSING_KEY]
    assert [each.code for each in outcome.warnings] == [Code.DATES_LEFT_OUT]


def test_headings_that_are_only_bold_lines_and_numbered_questions_are_understood() -> None:
    document = Document()
    for title, background, note, (first, second), _ in list(VERSIONS.values())[:2]:
        for bold in (title, background.capitalize()):
            document.add_paragraph().add_run(bold).bold = True
            if bold != title:
                document.add_paragraph(note)
        word = "Question" if title.startswith("Virtual") else "Pregunta"
        document.add_paragraph().add_run(f"{word} 1: {first.capitalize()}").bold = True
        document.add_paragraph("one" if word == "Question" else "una", style="List Bullet")
        document.add_paragraph(f"{word} 2. {second.capitalize()}")

    outcome = read_any(with_settings(document))

    assert told(outcome) == []
    assert outcome.dialogue is not None
    assert outcome.dialogue.languages == ("en", "es")
    assert [question.text["es"] for question in outcome.dialogue.questions] == [
        "¿quién cuida donde usted vive?",
        "¿qué ayudaría a repartir mejor los cuidados?",
    ]
    assert outcome.dialogue.questions[0].prompts == {"en": ("one",), "es": ("una",)}


def test_bold_italics_links_and_lists_become_markdown() -> None:
    document = Document()
    document.add_heading("Care", 0)
    document.add_heading("Concept note", 1)
    paragraph = document.add_paragraph("It is ")
    paragraph.add_run("unpaid").bold = True
    paragraph.add_run(", and ")
    paragraph.add_run("mostly").italic = True
    paragraph.add_run(" by women; see ")
    link(paragraph, "the report", "https://example.org/a?b=1")
    for item in ("first aim", "second aim"):
        document.add_paragraph(item, style="List Bullet")
    document.add_paragraph("deeper", style="List Bullet 2")
    for item in ("one", "two"):
        document.add_paragraph(item, style="List Number")
    document.add_heading("Questions", 1)
    document.add_paragraph("Who gives care where you live?", style="List Number")
    document.add_paragraph("What would make it easier?", style="List Number")

    dialogue = read_any(with_settings(document)).dialogue

    assert dialogue is not None
    assert dialogue.concept_note["en"] == (
        "It is **unpaid**, and *mostly* by women; see [the report](<https://example.org/a?b=1>)\n\n"
        "- first aim\n- second aim\n  - deeper\n1. one\n2. two"
    )
    assert [question.text["en"] for question in dialogue.questions] == [
        "Who gives care where you live?",
        "What would make it easier?",
    ]


def test_a_table_with_a_column_for_each_language_is_understood() -> None:
    document = Document()
    rows = [
        ("", "English", "Français"),
        ("Title", "Care", "Le soin"),
        ("Question 1", "Who gives care where you live?", "Qui prend soin des autres là où vous vivez ?"),
        ("Prompts", "", ""),
    ]
    table = document.add_table(rows=0, cols=3)
    for row in rows[:3]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text

    outcome = read_any(with_settings(document))

    assert told(outcome) == []
    assert outcome.dialogue is not None
    assert outcome.dialogue.title == {"en": "Care", "fr": "Le soin"}
    assert outcome.dialogue.questions[0].text["fr"] == "Qui prend soin des autres là où vous vivez ?"


def test_three_languages_in_one_paragraph_are_told_apart_and_not_guessed() -> None:
    document = Document()
    document.add_heading("Care and work", 0)
    document.add_heading("Question 1", 1)
    document.add_paragraph(
        "Who gives care where you live? / ¿Quién cuida a los demás donde usted vive? / Qui prend soin des autres là où vous vivez ?"
    )

    outcome = read_any(with_settings(document))

    assert [each.code for each in outcome.errors] == [Code.SEVERAL_LANGUAGES]
    assert told(outcome)[0].startswith("Paragraph 3 (“Who gives care where you live? / ¿Quién ")


def test_a_file_without_headings_is_told_how_to_write_them() -> None:
    document = Document()
    document.add_paragraph("We would like to talk about care.")
    document.add_paragraph("It is mostly unpaid, and nobody counts it. " * 5)

    outcome = read_any(written(document))

    assert outcome.dialogue is None
    assert any("No question was found. Give each a heading such as “Question 1”." in said for said in told(outcome))


def test_what_is_not_taken_is_told_where_it_stands() -> None:
    document = Document()
    document.add_heading("Care", 0)
    document.add_heading("Question 1", 1)
    document.add_paragraph("Who gives care where you live?")
    document.add_picture(str(Path(__file__).parents[3] / "docs" / "demo.png"))
    document.add_heading("Budget", 1)
    document.add_paragraph("Ten thousand.")
    document.add_table(rows=1, cols=2).rows[0].cells[0].text = "Name of the venue"
    document.add_heading("Question 2", 1)
    document.add_paragraph("What would ").add_run("really").font.strike = True

    outcome = read_any(with_settings(document))

    assert [each.split("): ")[0] for each in told(outcome)] == [
        "Paragraph 5 (“Budget”",
        (
            "Table 1: I don't understand this table. It needs a column for each language, headed by it, and a row for each text; "
            "or settings and their values."
        ),
        "Paragraph 8 (“What would really”",
        "Paragraph 4 (“”), only a warning: The picture or special sign here is left out.",
    ]


@pytest.mark.parametrize("looks", ["headings", "lines"])
def test_languages_may_also_stand_one_below_another_within_each_question(looks: str) -> None:
    document = Document()
    document.add_heading("Care", 0)
    for number, (english, spanish) in enumerate(
        [("Who gives care?", "¿Quién cuida?"), ("Who should?", "¿Quién debería?")], start=1
    ):
        document.add_heading(f"Question {number}", 1)
        for language, text in (("English", english), ("Español", spanish)):
            if looks == "headings":
                document.add_heading(language, 2)
            else:
                document.add_paragraph(language)
            document.add_paragraph(text)

    outcome = read_any(with_settings(document))

    assert [each.code for each in (*outcome.errors, *outcome.warnings)] == [Code.NO_TEXT_IN_LANGUAGE]  # of the title
    assert outcome.dialogue is not None
    assert [question.text for question in outcome.dialogue.questions] == [
        {"en": "Who gives care?", "es": "¿Quién cuida?"},
        {"en": "Who should?", "es": "¿Quién debería?"},
    ]


def test_a_heading_that_nobody_knows_is_told_and_begins_no_other_language() -> None:
    document = Document()
    for heading in ("Care", "Background", "Our budget", "Question 1"):
        document.add_heading(heading, 1)
        document.add_paragraph("" if heading == "Care" else "Who gives care to others where you live?")

    outcome = read_any(with_settings(document))

    assert [(each.code, each.params.get("value")) for each in outcome.errors] == [
        (Code.HEADING_NOT_UNDERSTOOD, "Our budget")
    ]


def test_a_table_of_contents_is_passed_over() -> None:
    document = Document()
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_heading("Care", 0)
    document.add_paragraph("Question 1 ..... 2", style="toc 1")
    document.add_heading("Question 1", 1)
    document.add_paragraph("Who gives care where you live?")

    outcome = read_any(with_settings(document))

    assert told(outcome) == []


def test_changes_in_a_review_are_read_as_they_would_be_accepted() -> None:
    document = Document()
    document.add_heading("Care", 0)
    document.add_heading("Question 1", 1)
    paragraph = document.add_paragraph("Who gives ")
    for name, words in (("w:ins", "care"), ("w:del", "money")):
        change, run, text = (
            OxmlElement(name),
            OxmlElement("w:r"),
            OxmlElement("w:t" if name == "w:ins" else "w:delText"),
        )
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)  # noqa: SLF001 - as above
    paragraph.add_run(" here?")

    dialogue = read_any(with_settings(document)).dialogue

    assert dialogue is not None
    assert dialogue.questions[0].text == {"en": "Who gives care here?"}


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        ("03/04/2027 9:00", Code.AMBIGUOUS_DATE, "2027-03-04T09:00 or 2027-04-03T09:00"),
        ("3 April 2027", Code.DATE_WITHOUT_TIME, "2027-04-03T09:00"),
        ("1 Farvardin 1406, 9:00", Code.MOMENT, "1 Farvardin 1406"),
    ],
)
def test_a_date_that_can_be_two_or_none_is_asked_about(value: str, code: Code, said: str) -> None:
    document = Document()
    document.add_heading("Care", 0)
    document.add_heading("Who gives care where you live?", 1)

    outcome = read_any(with_settings(document, (("Time zone", "Europe/Paris"), ("Starts", value))))

    assert [each.code for each in outcome.errors] == [code]
    assert said in told(outcome)[0]
    assert told(outcome)[0].startswith("Table 1, row 2, column 2")


def test_a_plain_text_with_headings_is_read_as_a_word_file_is() -> None:
    text = (
        "Care and work\n\nTime zone: Europe/Paris\nStarts: 1 March 2027, 9:00\n\nBackground\nMost care is given without pay.\n\n"
        "Question 1: Who gives care where you live?\n- at home\n- next door\n\nQuestion 2\nWhat would make it easier to share?\n"
    )

    outcome = read_any(text.encode())

    assert told(outcome) == []
    assert outcome.dialogue is not None
    assert outcome.dialogue.questions[0].prompts == {"en": ("at home", "next door")}
    assert outcome.dialogue.concept_note == {"en": "Most care is given without pay."}


def test_a_dialogue_file_is_still_read_as_one() -> None:
    text = "slug: care\nlanguages: [en]\ntitle: Care\nquestions:\n  - text: Who?\n"

    assert read_any(text.encode()).errors == read(text).errors
