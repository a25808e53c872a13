"""A workbook (.xlsx) is read: its cells as Markdown, sheet by sheet, with dates as they are written in a dialogue file."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from bot.authoring.faults import Code, Position, Unreadable
from bot.authoring.forms import written_clock
from bot.authoring.manuscripts import grids
from bot.authoring.manuscripts.entries import Findings
from bot.authoring.manuscripts.grids import Cell, Row
from bot.markup import Mark, length, to_markdown

MOST_CELLS = 20_000
_FIRST_WORDS = 40  # characters by which a cell is found
_HOURS = re.compile(r"h", re.IGNORECASE)
_IN_QUOTES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read(content: bytes, findings: Findings) -> list[str]:
    """Take what a workbook says; returns the languages that have a column."""
    found: list[str] = []
    understood = False
    for title, rows in sheets(content, findings):
        found += grids.languages(rows)
        if not any(rows):
            continue
        if grids.read(rows, findings):
            understood = True
        else:
            findings.note(Code.TABLE_NOT_UNDERSTOOD, findings.stands(Position(sheet=title)))
    if not understood and not findings.faults:
        findings.note(Code.NOTHING_UNDERSTOOD, 0)
    return list(dict.fromkeys(found))


def sheets(content: bytes, findings: Findings) -> Iterator[tuple[str, list[Row]]]:
    """The sheets that are to be seen, by their titles: their rows from the first on, with hidden columns."""
    values = load_workbook(BytesIO(content), data_only=True, rich_text=True)
    # Of a formula the value says nothing where no program has calculated it.
    formulas = load_workbook(BytesIO(content)) if _may_have_formulas(values) else values
    for sheet in values.worksheets:
        if sheet.sheet_state == "visible":
            yield sheet.title, _rows(sheet, formulas[sheet.title], findings)


def _may_have_formulas(workbook: Any) -> bool:
    return any(cell.value is None for sheet in workbook.worksheets for cell in _cells(sheet))


def _cells(sheet: Any) -> list[Any]:
    """The cells that are there, in order. Going by rows and columns would visit a million of an empty sheet."""
    cells = sheet._cells  # noqa: SLF001 - openpyxl has no word for it
    if len(cells) > MOST_CELLS:
        raise Unreadable(Code.TOO_LONG_TO_READ, 0, 0, limit=MOST_CELLS)
    return [cells[place] for place in sorted(cells)]


def _rows(sheet: Any, formulas: Any, findings: Findings) -> list[Row]:
    merged = {(area.min_row, area.min_col) for area in sheet.merged_cells.ranges}
    rows: dict[int, dict[int, Cell]] = {}
    for cell in _cells(sheet):
        written = formulas.cell(cell.row, cell.column).value
        text, code, params = _said(cell, written)
        if not text and code is None:
            continue
        at = findings.stands(Position(sheet=sheet.title, cell=cell.coordinate, words=text[:_FIRST_WORDS]))
        if code is not None:
            findings.note(code, at, **params)
        elif _is_struck_out(cell):
            findings.note(Code.STRUCK_OUT, at)
        elif (cell.row, cell.column) in merged and _is_in_the_way(sheet, cell):
            findings.note(Code.MERGED_CELLS, at)
        if text:
            rows.setdefault(cell.row, {})[cell.column - 1] = Cell(text, text, at)
    return [rows.get(number, {}) for number in range(1, max(rows, default=0) + 1)]


def _is_struck_out(cell: Any) -> bool:
    pieces = cell.value if isinstance(cell.value, CellRichText) else ()
    fonts = [cell.font, *(piece.font for piece in pieces if isinstance(piece, TextBlock))]
    return any(font is not None and font.strike for font in fonts)


def _is_in_the_way(sheet: Any, cell: Any) -> bool:
    """Whether a merged cell hides others of the table; one above all columns is a title."""
    return bool(cell.row > 1 or sheet.max_column == 1)


def _said(cell: Any, written: Any) -> tuple[str, Code | None, dict[str, str | int]]:
    """What a cell says as a text, or why that can't be told."""
    value = cell.value
    if value is None:
        return ("", Code.FORMULA, {}) if isinstance(written, str) and written.startswith("=") else ("", None, {})
    if cell.data_type == "e":
        return "", Code.ERROR_IN_CELL, {"value": str(value)}
    return _linked(cell, _text(cell, value)), None, {}


def _text(cell: Any, value: Any) -> str:
    if isinstance(value, CellRichText):
        return _marked(value)
    if isinstance(value, datetime):
        has_time = _HOURS.search(_IN_QUOTES.sub("", str(cell.number_format))) or value.time() != time()
        return value.isoformat(timespec="minutes") if has_time else value.date().isoformat()
    if isinstance(value, time):
        return written_clock(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _marked(value: Any) -> str:
    """A text in which words are bold or italic, as Markdown."""
    said, marks = "", []
    for piece in value:
        text = str(piece)
        font = piece.font if isinstance(piece, TextBlock) else None
        marks += [Mark(kind, length(said), length(text)) for kind in _kinds(font)]
        said += text
    return to_markdown(said, marks).strip()


def _kinds(font: Any) -> Iterator[str]:
    if font is not None and font.b:
        yield "bold"
    if font is not None and font.i:
        yield "italic"


def _linked(cell: Any, text: str) -> str:
    """A cell's own link stands on all of its words; an address that is written out needs none."""
    link = cell.hyperlink.target if cell.hyperlink else None
    if not link or not text or link.rstrip("/") == text.rstrip("/") or link == f"mailto:{text}":
        return text
    return to_markdown(text, [Mark("text_link", 0, length(text), link)])
