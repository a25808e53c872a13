"""What a table of the Summary that comes back would change: cell by cell, against how it went out and how the Summary stands now."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot import markup
from bot.authoring.document import LONGEST_LABEL
from bot.features.key_points.actions.key_points import LONGEST, MOST_TYPED
from bot.features.summary.actions.rows import RowKind, SummaryRow, mark, settled
from bot.features.summary.actions.tables import SummaryTable, TableRow

LONGEST_BACKGROUND = 20_000  # characters


class TableAct(StrEnum):
    """What is done to a row, or to one text of it."""

    WORDED = "worded"
    ADDED = "added"
    REMOVED = "removed"
    ORDERED = "ordered"


class Untaken(StrEnum):
    """Why something that stands in a table isn't taken."""

    CHANGED_HERE = "changed here"
    REMOVED_HERE = "removed here"
    EMPTIED = "emptied"
    TOO_LONG = "too long"
    NO_PLACE = "no place"
    HEADING = "heading"
    NOT_REMOVABLE = "not removable"
    NO_COLUMN = "no column"
    UNKNOWN_COLUMN = "unknown column"


@dataclass(frozen=True)
class TableChange:
    """One change: to the text in a `language` from `before` to `after`; a new key point comes with its `texts`.

    An order is that of the key points (their keys) of a question.
    """

    act: TableAct
    row: SummaryRow
    language: str = ""
    before: str = ""
    after: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    at: int = 0


@dataclass(frozen=True)
class TableSnag:
    """What isn't taken, where it stands (`at`: the number of its row), what is there now (`here`) and what the table says (`there`)."""

    snag: Untaken
    at: int = 0
    row: SummaryRow | None = None
    language: str = ""
    here: str = ""
    there: str = ""


@dataclass(frozen=True)
class TableDiff:
    """What a table changes, and what of it isn't taken."""

    changes: tuple[TableChange, ...]
    snags: tuple[TableSnag, ...]

    @property
    def key(self) -> str:
        """Another once anything is another that would be done."""
        done = [
            (each.act, each.row.key, each.row.number, each.language, each.before, each.after, each.texts, each.order)
            for each in self.changes
        ]
        return hashlib.sha256(repr(done).encode()).hexdigest()[:12]


def differ(here: Sequence[SummaryRow], table: SummaryTable, languages: Sequence[str]) -> TableDiff:
    """What a table would change in the rows as they stand here; `languages` are those of the dialogue."""
    by_key = {row.key: row for row in here}
    found = [
        *(TableSnag(Untaken.NO_COLUMN, language=tag) for tag in languages if tag not in table.languages),
        *(TableSnag(Untaken.UNKNOWN_COLUMN, language=tag) for tag in table.languages if tag not in languages),
    ]
    below: SummaryRow | None = None
    all_found: list[TableChange | TableSnag] = [*found]
    for row in table.rows:
        known = by_key.get(row.key)
        texts = {tag: row.texts[tag] for tag in languages if tag in row.texts}
        if known is not None:
            below = known
            all_found += _changed(row, known, [tag for tag in languages if tag in table.languages])
        elif row.key:
            all_found.append(TableSnag(Untaken.REMOVED_HERE, row.at, there=next(iter(texts.values()), "")))
        elif texts and not row.removed:
            all_found.append(_added(row, below, texts))
    all_found += _reordered(here, table, by_key)
    return TableDiff(
        tuple(each for each in all_found if isinstance(each, TableChange)),
        tuple(each for each in all_found if isinstance(each, TableSnag)),
    )


def _changed(row: TableRow, known: SummaryRow, columns: Sequence[str]) -> Iterator[TableChange | TableSnag]:
    if row.removed:
        if known.kind is RowKind.POINT:
            yield TableChange(TableAct.REMOVED, known, before=next(iter(known.texts.values()), ""), at=row.at)
        else:
            yield TableSnag(Untaken.NOT_REMOVABLE, row.at, known)
        return
    for tag in columns:
        here, there = settled(known.kind, known.texts.get(tag, "")), settled(known.kind, row.texts.get(tag, ""))
        went_out = row.marks.get(tag, "")
        if mark(known.kind, there) == went_out or there == here:
            continue
        yield _worded(row, known, tag, here, there)


def _worded(row: TableRow, known: SummaryRow, tag: str, here: str, there: str) -> TableChange | TableSnag:
    snag: Untaken | None = None
    if known.kind is RowKind.HEADING:
        snag = Untaken.HEADING
    elif not there:
        snag = Untaken.EMPTIED
    elif mark(known.kind, here) != row.marks.get(tag, ""):
        snag = Untaken.CHANGED_HERE
    elif _is_too_long(known.kind, there):
        snag = Untaken.TOO_LONG
    if snag is not None:
        return TableSnag(snag, row.at, known, tag, here, there)
    return TableChange(TableAct.WORDED, known, tag, here, there, at=row.at)


def _is_too_long(kind: RowKind, text: str) -> bool:
    shown = markup.length(markup.plain(text))
    return {
        RowKind.BACKGROUND: len(text) > LONGEST_BACKGROUND,
        RowKind.LABEL: markup.length(text) > LONGEST_LABEL,
        RowKind.POINT: shown > LONGEST or len(text) > MOST_TYPED,
        RowKind.HEADING: False,
    }[kind]


def _added(row: TableRow, below: SummaryRow | None, texts: Mapping[str, str]) -> TableChange | TableSnag:
    if below is None or below.kind not in {RowKind.HEADING, RowKind.POINT}:
        return TableSnag(Untaken.NO_PLACE, row.at, there=next(iter(texts.values())))
    added = SummaryRow(f"new:{row.at}", RowKind.POINT, {}, number=below.number)
    taken = {tag: settled(RowKind.POINT, text) for tag, text in texts.items()}
    for tag, text in taken.items():
        if _is_too_long(RowKind.POINT, text):
            return TableSnag(Untaken.TOO_LONG, row.at, added, tag, there=text)
    return TableChange(TableAct.ADDED, added, texts=tuple(taken.items()), at=row.at)


def _reordered(
    here: Sequence[SummaryRow], table: SummaryTable, by_key: Mapping[str, SummaryRow]
) -> Iterator[TableChange | TableSnag]:
    """Where someone put the key points of a question into another order; not if that was done here as well."""
    for heading in (row for row in here if row.kind is RowKind.HEADING):
        rows = [
            row
            for row in table.rows
            if row.key in by_key
            and by_key[row.key].kind is RowKind.POINT
            and by_key[row.key].number == heading.number
            and not row.removed
        ]
        wanted = tuple(row.key for row in rows)
        went_out = tuple(row.key for row in sorted(rows, key=lambda row: row.place))
        now = tuple(row.key for row in here if row.key in set(wanted))
        if wanted in {went_out, now}:
            continue
        if now == went_out:
            yield TableChange(TableAct.ORDERED, heading, order=wanted)
        else:
            yield TableSnag(Untaken.CHANGED_HERE, row=heading)
