"""A table in a manuscript, of a workbook or a Word file: a row for each text and a column for each language, or settings with their values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.authoring.faults import Code
from bot.authoring.manuscripts import labels, terms, vocabulary
from bot.authoring.manuscripts.entries import Findings
from bot.authoring.manuscripts.labels import Path
from bot.authoring.manuscripts.vocabulary import language_named

_HEADER_WITHIN = 10  # rows; above it may stand a title, or how to fill the table in
_RECOGNISED_ROWS = 2  # make a table without languages one of settings
_SETTING_COLUMNS = 2


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, as Markdown, and its words alone; `at` is the number of its spot."""

    text: str
    words: str
    at: int


Row = Mapping[int, Cell]  # by column; cells without words aren't there


@dataclass(frozen=True)
class _Columns:
    """What the columns hold: labels, languages, and remarks of the authors to each other."""

    header: int
    label: int | None
    languages: Mapping[int, str]
    ignored: frozenset[int]


def read(rows: Sequence[Row], findings: Findings) -> bool:
    """Take the texts or settings of a table; returns whether it is understood as one of these."""
    columns = _columns(rows, findings)
    if columns is not None:
        _read_texts(rows, columns, findings)
        return True
    if _is_settings(rows):
        _read_settings(rows, findings)
        return True
    return False


def languages(rows: Sequence[Row]) -> list[str]:
    """The languages that have a column, in their order; none in a table that has no texts."""
    columns = _columns(rows, Findings())
    return list(columns.languages.values()) if columns else []


def _columns(rows: Sequence[Row], findings: Findings) -> _Columns | None:
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        named = {column: language for column, cell in row.items() if (language := language_named(cell.words))}
        # A row of settings, such as "languages: English", has a label in front of a single language.
        is_setting = len(named) == 1 and bool(labels.read(_first(row).words)) and min(named) > 0
        if named and not is_setting and (len(named) > 1 or len(row) <= _SETTING_COLUMNS):
            return _headed(number, row, named, findings)
    return None


def _first(row: Row) -> Cell:
    return row[min(row)]


def _headed(number: int, row: Row, named: Mapping[int, str], findings: Findings) -> _Columns:
    others = sorted(set(row) - set(named))
    before = [column for column in range(min(named)) if column not in named]
    label = before[-1] if before else None
    ignored = frozenset(column for column in others if terms.REMARK in vocabulary.meanings(row[column].words))
    label = next((column for column in reversed(before) if column not in ignored), label)
    for column in others:
        if column not in ignored and column != label:
            cell = row[column]
            findings.note(Code.UNKNOWN_COLUMN, cell.at, value=cell.words, suggestion="")
    return _Columns(number, label, named, ignored | frozenset(others))


def _read_texts(rows: Sequence[Row], columns: _Columns, findings: Findings) -> None:
    for row in rows[: columns.header]:
        _leave_out(row, findings)
    for row in rows[columns.header + 1 :]:
        if not row:
            continue
        label = row.get(columns.label) if columns.label is not None else None
        texts = {column: cell for column, cell in row.items() if column in columns.languages}
        path = labels.read(label.words) if label else None
        if path is None and (texts or label):
            told = label or next(iter(texts.values()), None) or _first(row)
            if not (label and not texts and vocabulary.meanings(label.words)):  # a heading between the rows
                _unknown_row(told, findings)
        for column, cell in row.items():
            if column in columns.languages and path is not None:
                _add(path, cell, columns.languages[column], findings)
            elif column not in columns.languages and column != columns.label and column not in columns.ignored:
                findings.note(Code.CELL_LEFT_OUT, cell.at)


def _add(path: Path, cell: Cell, language: str, findings: Findings) -> None:
    if path[-1] == "prompts":
        # All in one cell: a line each, with or without a bullet.
        lines = [line.strip() for line in cell.text.split("\n") if line.strip()]
        for index, line in enumerate(lines):
            findings.add((*path, index), line.removeprefix("- ").removeprefix("• "), cell.at, language)
    else:
        findings.add(path, cell.text, cell.at, None if path[-1] in vocabulary.ALIKE else language)


def _unknown_row(cell: Cell, findings: Findings) -> None:
    suggestion = vocabulary.nearest_word(cell.words) if len(cell.words) <= vocabulary.LONGEST_HEADING else ""
    findings.note(Code.UNKNOWN_ROW, cell.at, value=cell.words, suggestion=suggestion)


def _leave_out(row: Row, findings: Findings) -> None:
    for cell in row.values():
        findings.note(Code.CELL_LEFT_OUT, cell.at)


def _is_settings(rows: Sequence[Row]) -> bool:
    """Whether a table has labels and what they stand for: settings, or the texts of a single language."""
    filled = [row for row in rows if row]
    known = [path for row in filled if (path := labels.read(_first(row).words))]
    is_setting = any(path[-1] not in vocabulary.TEXT_KEYS for path in known)
    return len(known) >= _RECOGNISED_ROWS or (is_setting and len(known) * 2 >= len(filled))


def _read_settings(rows: Sequence[Row], findings: Findings) -> None:
    ignored: set[int] = set()
    for row in (row for row in rows if row):
        first = _first(row)
        value = row.get(min(row) + 1)
        if terms.SETTING in vocabulary.meanings(first.words):
            ignored |= {column for column, cell in row.items() if vocabulary.meanings(cell.words)}
            continue
        path = labels.read(first.words)
        if path is None and not (len(row) == 1 and vocabulary.meanings(first.words)):
            _unknown_row(first, findings)
        elif path is not None and value is not None:
            text = value.text if path[-1] in vocabulary.TEXT_KEYS else value.words
            findings.add(path, text, value.at)
        for column, cell in row.items():
            if column > min(row) + 1 and column not in ignored:
                findings.note(Code.CELL_LEFT_OUT, cell.at)
