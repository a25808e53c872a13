"""What a spreadsheet gets to see: values, and never formulas."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.features.exports.actions.replies import ExportedReply

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
