"""A reply as Telegram tells of it: 850 bytes or so, from as many members as there are replies."""

from datetime import timedelta
from typing import Any

from parts.filling import FIRST_TELEGRAM_ID, OPENS, WORDS

SAID = OPENS + timedelta(days=1)  # the question is open in every time zone


def reply(number: int) -> dict[str, Any]:
    """The update with id `number`, from the member of that number."""
    telegram_id = FIRST_TELEGRAM_ID + number
    names = {"first_name": "Beatriz", "last_name": "de la Cruz", "username": f"bea{number}"}
    return {
        "update_id": number,
        "message": {
            "message_id": 100 + number,
            "from": {"id": telegram_id, "is_bot": False, "language_code": "es", **names},
            "chat": {"id": telegram_id, "type": "private", **names},
            "date": int(SAID.timestamp()),
            "text": WORDS,
            "entities": [{"offset": 0, "length": 4, "type": "bold"}, {"offset": 20, "length": 5, "type": "italic"}],
        },
    }
