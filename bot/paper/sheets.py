"""The sheets of a workbook (.xlsx) that people fill in: a row of headings, and below it texts that stay texts."""

from collections.abc import Sequence
from typing import Any

from bot.paper import cells


class TooLongForCell(Exception):
    """A text is longer than a cell of a workbook can be."""


def head(sheet: Any, headings: Sequence[str], widths: Sequence[int]) -> None:
    """Add the row of headings, which stays in sight, and give the columns their widths (characters)."""
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    append(sheet, headings)
    sheet.freeze_panes = "B2"
    for column, width in enumerate(widths, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width


def append(sheet: Any, values: Sequence[str]) -> int:
    """Add a row of texts, none of which becomes a number, a date or a formula; returns its number."""
    from openpyxl.styles import Alignment  # noqa: PLC0415

    row: int = sheet.max_row + 1 if any(cell.value for cell in sheet[sheet.max_row]) else sheet.max_row
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
    return row
