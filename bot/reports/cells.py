"""What a spreadsheet gets to see: values, and never formulas."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.actions.exporting import ExportedReply

SIGNS = frozenset("=+-@\u2212")  # and whatever Unicode takes for one of these: full-width and small forms
LONGEST = 32_767  # characters in a cell of Excel: Microsoft, "Excel specifications and limits"
# The columns, in order; docs/exports.md says what each holds.
COLUMNS = (
    "number",
    "question",
    "responds_to",
    "naming",
    "author",
    "as_moderator",
    "language",
    "language_source",
    "kind",
    "files",
    "text",
    "late",
    "featured_at",
    "replied_at",
    "edited_at",
    "quotable",
    "theme",
    "translations",
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def is_like_formula(text: str) -> bool:
    """Whether a spreadsheet, or its next version, might calculate a text instead of showing it.

    It begins with a sign, one that looks like it, or a character that can't be seen (OWASP, "CSV Injection").
    """
    first = text[:1]
    return unicodedata.normalize("NFKC", first)[:1] in SIGNS or unicodedata.category(first or "x")[0] in "CZ"


def plain(cell: object) -> object:
    """A cell of CSV that no spreadsheet takes for a formula: what is like one gets an apostrophe in front.

    So does what begins with an apostrophe: without the first one, every cell is what it was.
    """
    if isinstance(cell, str) and cell and (is_like_formula(cell) or cell.startswith("'")):
        return f"'{cell}"
    return cell


def printable(text: str) -> str:
    """A text as a cell of a workbook can hold it: what XML can't is shown as a replacement mark, the end cut off."""
    shown = _NOT_IN_XML.sub("\ufffd", text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def row(reply: ExportedReply) -> list[object]:
    """A reply as the cells of a table, in the order of COLUMNS; moments in ISO 8601, UTC; lists one line each."""
    return [_cell(getattr(reply, column)) for column in COLUMNS]


def _cell(value: Any) -> object:
    match value:
        case bool():
            return int(value)
        case datetime():
            return value.isoformat()
        case tuple():
            return "\n".join(value)
        case Mapping():
            return "\n".join(f"{language}: {one.text}" for language, one in value.items())
    return "" if value is None else value
