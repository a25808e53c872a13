"""The log of moderation as a table that a spreadsheet opens."""

import csv
from collections.abc import Iterable
from io import StringIO

from bot.features.moderation.actions.log import LogRow
from bot.features.moderation.texts import decisions as decision_texts
from bot.features.moderation.texts import notices as moderation_texts
from bot.i18n import Translator
from bot.paper import cells
from bot.phrases import signatures


def as_csv(t: Translator, rows: Iterable[LogRow]) -> str:
    """The log as CSV (RFC 4180), headings and acts in the reader's language, moments in ISO 8601, UTC."""
    written = StringIO()
    table = csv.writer(written)
    table.writerow(moderation_texts.log_headings(t))
    for row in rows:
        table.writerow([cells.plain(cell) for cell in _cells(t, row)])
    return written.getvalue()


def _cells(t: Translator, row: LogRow) -> list[object]:
    return [
        row.done_at.isoformat(timespec="seconds"),
        row.actor_name,
        row.actor_id,
        moderation_texts.act(t, row.act),
        row.reply_id,
        row.question,
        signatures.author(t, row.author) if row.author else None,
        signatures.role(t, row.role) if row.role else None,
        row.whose,
        decision_texts.reason(t, row.reason) if row.reason else None,
    ]
