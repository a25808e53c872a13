"""A kept update becomes the library's object, or is found to be none; what no text can hold is taken out of it."""

import json
import re
from typing import Any

from telegram import Bot, Update

BIGGEST_ID = 2**63 - 1  # what the database holds
_LONG_NUMBER = re.compile(r"\d{19}")
_NO_TEXT = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")  # escaped: NUL, which PostgreSQL refuses, and halves of characters
_NO_SIGN = re.compile("[\x00\ud800-\udfff]")
INSTEAD = "\N{REPLACEMENT CHARACTER}"


class Misshaped(Exception):
    """An update that isn't what the Bot API describes: no further attempt would read it."""


def parse(raw: str, bot: Bot) -> Update:
    """The update that was kept as JSON; raises Misshaped."""
    try:
        loaded = json.loads(raw)
        if _NO_TEXT.search(raw):
            loaded = _legible(loaded)
        if _LONG_NUMBER.search(raw):
            _refuse_beyond(loaded)
        return Update.de_json(loaded, bot)
    except Exception as error:
        # The library checks nothing itself: whatever it stumbles over is misshaped.
        raise Misshaped(type(error).__name__) from error


def fits(number: object) -> bool:
    """Whether something is a whole number that the database holds."""
    return isinstance(number, int) and not isinstance(number, bool) and -BIGGEST_ID <= number <= BIGGEST_ID


def _refuse_beyond(value: Any) -> None:
    """Raise OverflowError for a number that no database holds."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            _refuse_beyond(each)
    elif isinstance(value, int) and abs(value) > BIGGEST_ID:
        raise OverflowError("a number beyond 64 bits")


def _legible(value: Any) -> Any:
    if isinstance(value, dict):
        return {_NO_SIGN.sub(INSTEAD, key): _legible(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_legible(each) for each in value]
    return _NO_SIGN.sub(INSTEAD, value) if isinstance(value, str) else value
