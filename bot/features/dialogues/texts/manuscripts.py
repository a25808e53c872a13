"""The words for what is wrong in a Word file, a workbook or a plain text: where it stands, and how to write it."""

from collections.abc import Callable

from bot.authoring import Code, Position
from bot.i18n import Translator

Wording = Callable[[Translator], str]

FILES: dict[Code, Wording] = {
    Code.OLD_OFFICE: lambda t: t.gettext(
        "This is a file of an older Office (.doc, .xls), or one with a password. Save it as .docx or .xlsx, without a password."
    ),
    Code.OTHER_OFFICE: lambda t: t.gettext(
        "I can't read a file of this kind (%(kind)s). Save it as a Word file (.docx) or a workbook (.xlsx)."
    ),
    Code.MACROS: lambda t: t.gettext("There are macros in this file. Save it without them, as .docx or .xlsx."),
    Code.DAMAGED: lambda t: t.gettext(
        "This file can't be opened; it seems to be damaged. Save it anew, and send it again."
    ),
    Code.UNPACKS_TOO_LARGE: lambda t: t.gettext(
        "This file is too large once unpacked; its text may have %(limit)s MiB. Leave out what does not belong to the dialogue."
    ),
    Code.TOO_LONG_TO_READ: lambda t: t.gettext(
        "This file has more than %(limit)s paragraphs or cells, too many for a dialogue."
    ),
    Code.NOTHING_UNDERSTOOD: lambda t: t.gettext(
        "Nothing here says what is what. Give the parts headings such as Title, Concept note, Question 1, Question 2; "
        "or make a table with a row for each text and a column for each language."
    ),
}

CELLS: dict[Code, Wording] = {
    Code.MERGED_CELLS: lambda t: t.gettext(
        "These cells are merged, so it can't be told to which row or language they belong. Split them."
    ),
    Code.FORMULA: lambda t: t.gettext("There is a formula here without a result. Write the text itself."),
    Code.ERROR_IN_CELL: lambda t: t.gettext(
        'The cell says "%(value)s": an error of the spreadsheet. Write the text itself.'
    ),
    Code.DATE_WITHOUT_TIME: lambda t: t.gettext('"%(value)s" has no time of day. Write it like %(suggestion)s.'),
    Code.AMBIGUOUS_DATE: lambda t: t.gettext(
        '"%(value)s" can be two days. Write the one that is meant: %(first)s or %(second)s.'
    ),
    Code.UNKNOWN_ROW: lambda t: t.gettext(
        'I don\'t know what "%(value)s" is. The first cell of a row says what stands in it: Title, Concept note, Question 1 …'
    ),
    Code.UNKNOWN_COLUMN: lambda t: t.gettext(
        'The heading "%(value)s" is no language. A column is headed by a language or its code, such as Español or es.'
    ),
    Code.TABLE_NOT_UNDERSTOOD: lambda t: t.gettext(
        "I don't understand this table. It needs a column for each language, headed by it, and a row for each text; or settings and their values."
    ),
    Code.CELL_LEFT_OUT: lambda t: t.gettext("This stands beside the table, and is left out."),
}

PARAGRAPHS: dict[Code, Wording] = {
    Code.HEADING_NOT_UNDERSTOOD: lambda t: t.gettext(
        'I don\'t know what "%(value)s" is the heading of, so what stands below it would be lost. '
        "Call it Concept note, Rules, Question 1, Sources …, or make it smaller than the heading that it belongs to."
    ),
    Code.STRAY_TEXT: lambda t: t.gettext("No heading says what this is. Put it below one, or delete it."),
    Code.SEVERAL_LANGUAGES: lambda t: t.gettext(
        "There seem to be two languages here: %(language)s and %(other)s. Write one language after the other, "
        "each below its name as a heading; or make a table with a column for each."
    ),
    Code.OTHER_LANGUAGE: lambda t: t.gettext("This should be in %(language)s, and looks like %(other)s."),
    Code.SOURCE_WITHOUT_ADDRESS: lambda t: t.gettext(
        "There is no web address with this source. Make a link of its title, or write the address behind it."
    ),
    Code.STRUCK_OUT: lambda t: t.gettext(
        "There are words here that are struck out or hidden. Delete them, or make them ordinary ones."
    ),
    Code.TWICE: lambda t: t.gettext("There is another text for the same place above. Keep one of the two."),
    Code.NUMBER_MISSING: lambda t: t.gettext(
        "Number %(number)s is missing before this one. Number them without a gap."
    ),
    Code.PICTURE_LEFT_OUT: lambda t: t.gettext("The picture or special sign here is left out."),
    Code.NOTE_LEFT_OUT: lambda t: t.gettext("The footnote here is left out."),
    Code.BOX_LEFT_OUT: lambda t: t.gettext("The text box here is left out. Write its text as a paragraph."),
    Code.DATES_LEFT_OUT: lambda t: t.gettext(
        "The dates here are left out: write into the settings when it starts, with the time of day, such as 2027-03-01T09:00."
    ),
    Code.SUMMARY_PART_LEFT_OUT: lambda t: t.gettext(
        'What stands below "%(value)s" belongs to the Summary that comes of a dialogue, and is left out.'
    ),
}

WORDINGS: dict[Code, Wording] = FILES | CELLS | PARAGRAPHS


def missing(t: Translator, key: str, place: str) -> str:
    """When something is missing that a dialogue needs; %(name)s is what it is called in a document."""
    if key == "title" and not place:
        return t.gettext("No title was found. Put it at the beginning, or behind “%(name)s:”.")
    if key == "questions":
        return t.gettext("No question was found. Give each a heading such as “%(name)s 1”.")
    if key == "text":
        return t.gettext("The text of this question is missing.")
    return t.gettext(
        "“%(name)s” is missing. Add it to the settings, or write it in a line of its own, such as “%(name)s: …”."
    )


def where(t: Translator, spot: Position) -> str:
    """Where something stands, with the placeholders of the spot's fields."""
    if spot.cell:
        return "%(sheet)s!%(cell)s"
    if spot.sheet:
        # Translators: a sheet of a workbook.
        return t.gettext("Sheet %(sheet)s")
    if spot.row:
        # Translators: a cell of a table in a Word file, with its first words.
        return t.gettext("Table %(table)s, row %(row)s, column %(column)s (“%(words)s”)")
    if spot.table:
        return t.gettext("Table %(table)s")
    if spot.paragraph:
        # Translators: a paragraph of a Word file, with its first words.
        return t.gettext("Paragraph %(paragraph)s (“%(words)s”)")
    # Translators: a line of a text, with its first words.
    return t.gettext("Line %(line)s (“%(words)s”)")


def located(t: Translator, *, is_warning: bool, has_place: bool) -> str:
    """The frame around a finding."""
    if is_warning and has_place:
        # Translators: %(where)s is a paragraph or cell, %(place)s what it is (Question 1), and %(message)s what is amiss there.
        return t.gettext("%(where)s, only a warning: %(place)s: %(message)s")
    if is_warning:
        # Translators: %(where)s is a paragraph or cell, and %(message)s what is amiss there.
        return t.gettext("%(where)s, only a warning: %(message)s")
    if has_place:
        # Translators: %(where)s is a paragraph or cell, %(place)s what it is (Question 1), and %(message)s what is wrong there.
        return t.gettext("%(where)s: %(place)s: %(message)s")
    # Translators: %(where)s is a paragraph or cell, and %(message)s what is wrong there.
    return t.gettext("%(where)s: %(message)s")
