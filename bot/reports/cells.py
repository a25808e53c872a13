"""What a spreadsheet gets to see: values, and never formulas."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.actions.exporting import ExportedReply

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# The columns, in order; docs/exports.md says what each holds.
COLUMNS = (
    "number",
    "question",
    "responds_to",
    "naming",
    "author",
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


def plain(cell: object) -> object:
    """A cell of CSV that no spreadsheet takes for a formula: what looks like one gets an apostrophe in front."""
    if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def printable(text: str) -> str:
    """A text as XML can hold it; what it can't is shown as a replacement mark."""
    return _NOT_IN_XML.sub("\ufffd", text)


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


def record(reply: ExportedReply) -> dict[str, object]:
    """A reply as JSON-ready values, under the names of the columns."""
    values = asdict(reply) | {"files": list(reply.files)}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
