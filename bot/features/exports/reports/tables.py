"""Replies as tables, written some at a time, so that a large dialogue needs no more memory than a small one."""

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from bot.features.exports.actions.replies import ExportedReply
from bot.features.exports.reports import cells
from bot.paper import cells as paper_cells


class Table(Protocol):
    """A file that takes rows, and is complete once it is left."""

    def write(self, rows: Iterable[ExportedReply]) -> None:
        """Add some replies."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class TextFile:
    """A text file that is closed when it is left."""

    def __init__(self, path: Path, *, encoding: str) -> None:
        self._file = path.open("w", encoding=encoding, newline="")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


class Csv(TextFile):
    """CSV (RFC 4180) in UTF-8, with the mark by which spreadsheets know it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8-sig")
        self._rows = csv.writer(self._file)
        self._rows.writerow(cells.COLUMNS)

    def write(self, rows: Iterable[ExportedReply]) -> None:
        """Add some replies."""
        self._rows.writerows([paper_cells.plain(cell) for cell in cells.row(reply)] for reply in rows)


class Workbook:
    """An Excel workbook of one sheet; every cell is a text or a number, never a formula."""

    def __init__(self, path: Path) -> None:
        # Here, because openpyxl takes a while that only a workbook needs.
        from openpyxl import Workbook as Book  # noqa: PLC0415
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

        self._path, self._cell, self._book = path, WriteOnlyCell, Book(write_only=True)
        self._sheet = self._book.create_sheet("replies")
        self._sheet.freeze_panes = "A2"
        self._sheet.append([self._as_cell(name) for name in cells.COLUMNS])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._book.save(self._path)
        else:
            self._sheet.close()

    def write(self, rows: Iterable[ExportedReply]) -> None:
        """Add some replies."""
        for reply in rows:
            self._sheet.append([self._as_cell(value) for value in cells.row(reply)])

    def _as_cell(self, value: object) -> Any:
        text = paper_cells.printable(value) if isinstance(value, str) else value
        cell = self._cell(self._sheet, value=text)
        if isinstance(text, str):
            cell.data_type = "s"  # a text that begins with = would become a formula
            cell.quotePrefix = paper_cells.is_like_formula(str(value))  # and would once somebody edits the cell
        return cell
