"""Replies as tables and as lines of JSON, written some at a time, so that a large dialogue needs no more memory than a small one."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from bot.actions.exporting import Counted, ExportedReply, Translation
from bot.models.conversation import LanguageSource
from bot.models.membership import Naming
from bot.models.translation import Origin
from bot.reports import cells

FORMAT = 1  # of the lines of JSON


class NotAnExport(Exception):
    """A file is no export in lines of JSON, or a damaged one; `line` says where."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class Table(Protocol):
    """A file that takes rows, and is complete once it is left."""

    def write(self, rows: Iterable[ExportedReply]) -> None:
        """Add some replies."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class _File:
    """A text file that is closed when it is left."""

    def __init__(self, path: Path, *, encoding: str) -> None:
        self._file = path.open("w", encoding=encoding, newline="")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


class Csv(_File):
    """CSV (RFC 4180) in UTF-8, with the mark by which spreadsheets know it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8-sig")
        self._rows = csv.writer(self._file)
        self._rows.writerow(cells.COLUMNS)

    def write(self, rows: Iterable[ExportedReply]) -> None:
        """Add some replies."""
        self._rows.writerows([cells.plain(cell) for cell in cells.row(reply)] for reply in rows)


class JsonLines(_File):
    """One line of JSON for the dialogue, and one for each reply: what another installation can bring in."""

    def __init__(self, path: Path, *, dialogue_file: str, counts: Iterable[Counted]) -> None:
        super().__init__(path, encoding="utf-8")
        left_out = [
            {
                "question": each.question,
                "withdrawn": each.withdrawn,
                "for_moderators": each.for_moderators,
                "not_shown": each.not_shown,
            }
            for each in counts
        ]
        self._line({"record": "dialogue", "format": FORMAT, "file": dialogue_file, "left_out": left_out})

    def write(self, rows: Iterable[ExportedReply]) -> None:
        """Add some replies."""
        for reply in rows:
            self._line({"record": "reply", **cells.record(reply)})

    def _line(self, values: dict[str, object]) -> None:
        self._file.write(json.dumps(values, ensure_ascii=False) + "\n")


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
        text = cells.printable(value) if isinstance(value, str) else value
        cell = self._cell(self._sheet, value=text)
        if isinstance(text, str):
            cell.data_type = "s"  # a text that begins with = would become a formula
        return cell


def read(path: Path) -> tuple[str, Iterator[ExportedReply]]:
    """The dialogue file in an export of lines of JSON, and its replies one by one; raises NotAnExport, or OSError."""
    lines = _lines(path)
    number, first = next(lines, (1, {}))
    if first.get("record") != "dialogue" or first.get("format") != FORMAT or not isinstance(first.get("file"), str):
        raise NotAnExport(number)
    return first["file"], (_reply(number, values) for number, values in lines)


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                values = json.loads(line)
            except (ValueError, RecursionError):
                raise NotAnExport(number) from None
            if not isinstance(values, dict):
                raise NotAnExport(number)
            yield number, values


def _reply(number: int, values: dict[str, Any]) -> ExportedReply:
    try:
        del values["record"]
        return ExportedReply(
            **values
            | {
                "naming": Naming(values["naming"]),
                "language_source": LanguageSource(values["language_source"]),
                "files": tuple(values["files"]),
                "featured_at": _moment(values["featured_at"]),
                "replied_at": datetime.fromisoformat(values["replied_at"]),
                "edited_at": _moment(values["edited_at"]),
                "translations": {
                    language: Translation(one["text"], Origin(one["origin"]), one["service"])
                    for language, one in values["translations"].items()
                },
            }
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NotAnExport(number) from None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
