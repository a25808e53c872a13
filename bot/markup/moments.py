"""A moment in a text that many read (date-time entity): each reader's app shows it by the reader's own clock, an old app the words."""

from datetime import datetime

# Bot API, date-time entity formatting: the weekday, the day in full, and the time of day.
FORMAT = "wDt"


def moment(written: str, at: datetime) -> str:
    """A moment in Telegram's HTML; `written` is what a reader sees whose app doesn't know such, in HTML."""
    return f'<tg-time unix="{int(at.timestamp())}" format="{FORMAT}">{written}</tg-time>'
