"""The example from which a facilitator begins: its dates lie ahead, whenever it is sent."""

import re
from datetime import datetime, timedelta

from bot import authoring
from bot.authoring import EXAMPLE

AHEAD = timedelta(weeks=2)  # at least; time to write, and to invite
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d(?=T\d\d:\d\d)")


def upcoming(*, now: datetime) -> str:
    """The example's text, all its dates moved by the same whole weeks: days of the week stay."""
    text = EXAMPLE.read_text(encoding="utf-8")
    written = authoring.read(text).dialogue
    assert written is not None
    wanted = now.replace(tzinfo=None) + AHEAD - written.starts
    by = max(timedelta(0), timedelta(weeks=-(-wanted // timedelta(weeks=1))))
    return _DATE.sub(lambda date: (datetime.fromisoformat(date[0]) + by).date().isoformat(), text)
