"""A dialogue as a workbook (.xlsx): a row for each text with a column for each language, and a sheet of settings."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from bot import i18n
from bot.authoring.manuscripts import labels, terms, vocabulary
from bot.authoring.manuscripts.rows import rows
from bot.authoring.tree import Value
from bot.features.dialogues.texts import templates as texts
from bot.i18n import Translator
from bot.paper import cells

_LABEL_WIDTH, _TEXT_WIDTH, _VALUE_WIDTH, _MEANING_WIDTH = 28, 56, 32, 70  # characters


class TooLongForCell(Exception):
    """A text is longer than a cell of a workbook can be."""


def as_xlsx(said: Mapping[str, Value], languages: Sequence[str], t: Translator) -> bytes:
    """What a dialogue file says (key by key, complete or not) as a workbook with its labels in one language."""
    # Here, because openpyxl takes a while that only a workbook needs.
    from openpyxl import Workbook  # noqa: PLC0415

    text_rows, setting_rows = rows(said, languages)
    book = Workbook()
    language = t.language
    sheet = book.active
    sheet.title = vocabulary.written(terms.TEXTS, language)
    _fill(
        sheet,
        ["", *(f"{i18n.endonym(tag)} ({tag})" for tag in languages)],
        [_LABEL_WIDTH, *[_TEXT_WIDTH] * len(languages)],
    )
    for row in text_rows:
        _append(sheet, [labels.written(row.path, language), *(row.texts.get(tag, "") for tag in languages)])
    settings = book.create_sheet(vocabulary.written(terms.SETTINGS, language))
    headings = (terms.SETTING, terms.VALUE, terms.REMARK)
    _fill(
        settings, [vocabulary.written(key, language) for key in headings], [_LABEL_WIDTH, _VALUE_WIDTH, _MEANING_WIDTH]
    )
    for setting in setting_rows:
        _append(settings, [labels.written(setting.path, language), setting.value, texts.meaning(t, setting.path)])
    for each in book.worksheets:
        each.sheet_view.rightToLeft = t.right_to_left
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Any, headings: Sequence[str], widths: Sequence[int]) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    _append(sheet, headings)
    sheet.freeze_panes = "B2"
    for column, width in enumerate(widths, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width


def _append(sheet: Any, values: Sequence[str]) -> None:
    """Add a row of texts, none of which becomes a number, a date or a formula."""
    from openpyxl.styles import Alignment  # noqa: PLC0415

    row = sheet.max_row + 1 if any(cell.value for cell in sheet[sheet.max_row]) else sheet.max_row
    for column, value in enumerate(values, start=1):
        if not value:
            continue
        if len(value) > cells.LONGEST:
            raise TooLongForCell
        cell = sheet.cell(row, column)
        cell.value = cells.printable(value)
        cell.data_type = "s"
        cell.quotePrefix = cells.is_like_formula(value)
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
