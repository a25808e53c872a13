"""A table of the Summary comes back as a workbook: which dialogue it is of, and what stands in its rows and columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.authoring.faults import Code, Fault, Unreadable
from bot.authoring.languages import known_tag
from bot.authoring.manuscripts import packages, vocabulary
from bot.authoring.manuscripts.entries import Findings
from bot.authoring.manuscripts.grids import Row

MARK = "vdialogue-summary"  # in the first cell, before the dialogue's slug
KEY, STATE, WHAT, FIRST = 0, 1, 2, 3
"""The columns: what a row is known by and how it stood when it went out, both hidden; what it is; and then the languages."""

_TAG = re.compile(r"\(([\w-]+)\)\s*$")


@dataclass(frozen=True)
class TableRow:
    """A row, and the number by which people find it. One that was added has no `key`.

    When it went out it stood at `place`, and its texts had these `marks` by language (rows.mark). It is to be `removed` where the
    last column says so.
    """

    at: int
    key: str
    place: int
    marks: Mapping[str, str]
    texts: Mapping[str, str]
    removed: bool


@dataclass(frozen=True)
class SummaryTable:
    """The table of a dialogue's Summary, with the languages that have a column."""

    slug: str
    languages: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class TableRead:
    """What became of reading a file: a table, or its faults; neither where it is some other workbook."""

    table: SummaryTable | None
    faults: tuple[Fault, ...] = ()


def read(content: bytes) -> TableRead:
    """Read a workbook, in a process of its own: nothing that it contains raises an exception."""
    # Here, because openpyxl takes a while that only a workbook needs.
    from bot.authoring.manuscripts import workbooks  # noqa: PLC0415

    findings = Findings()
    try:
        if not packages.opened(content).is_workbook:
            return TableRead(None)
        found = [rows for _, rows in workbooks.sheets(content, findings) if _is_ours(rows)]
    except Unreadable as unreadable:
        return TableRead(None, (unreadable.fault,))
    except Exception:  # noqa: BLE001 - whatever the library stumbles over in a file that somebody made
        return TableRead(None, (Fault(Code.DAMAGED, "", 0, 0),))
    if not found:
        return TableRead(None)
    if findings.faults:
        return TableRead(None, tuple(_placed(findings)))
    return TableRead(_table(found[0]))


def _is_ours(rows: Sequence[Row]) -> bool:
    return bool(rows) and KEY in rows[0] and rows[0][KEY].words.split(" ")[0] == MARK


def _placed(findings: Findings) -> Iterator[Fault]:
    for fault in findings.faults:
        yield replace(fault, spot=findings.spots[fault.line - 1]) if fault.line else fault


def _table(rows: Sequence[Row]) -> SummaryTable:
    head = rows[0]
    languages = {column: tag for column, cell in head.items() if column >= FIRST and (tag := _language(cell.words))}
    last = max((column for column in head if column >= FIRST and column not in languages), default=None)
    found = (_row(number, row, languages, last) for number, row in enumerate(rows[1:], start=2) if row)
    return SummaryTable(head[KEY].words.partition(" ")[2].strip(), tuple(languages.values()), tuple(_once(found)))


def _language(heading: str) -> str | None:
    tag = _TAG.search(heading)
    return (known_tag(tag[1]) if tag else None) or vocabulary.language_named(heading)


def _row(number: int, row: Row, languages: Mapping[int, str], last: int | None) -> TableRow:
    place, *marks = (row[STATE].words if STATE in row else "").split() or ["0"]
    return TableRow(
        at=number,
        key=row[KEY].words.strip() if KEY in row else "",
        place=int(place) if place.isdecimal() else 0,
        marks=dict(each.split("=", maxsplit=1) for each in marks if "=" in each),
        texts={tag: row[column].text for column, tag in languages.items() if column in row},
        removed=last is not None and last in row,
    )


def _once(rows: Iterator[TableRow]) -> Iterator[TableRow]:
    """A row that was copied to begin another is one that was added; one without any text is none."""
    seen = set[str]()
    for row in rows:
        if row.key in seen:
            row = replace(row, key="")  # noqa: PLW2901 - the same row, seen for what it is
        if row.key:
            seen.add(row.key)
        if row.key or row.texts:
            yield row


def state(place: int, marks: Mapping[str, str]) -> str:
    """What a row is told to have been when it goes out."""
    return " ".join([str(place), *(f"{tag}={known}" for tag, known in marks.items() if known)])
