"""Whether a text seems to be a dialogue file, or a part of one that an app has split, or only text like any other."""

import re

from bot.authoring import keys

LINES = 2  # that begin as a dialogue file's do: one may be a coincidence
_BEGINNING = re.compile(
    rf"^\s*(?:-\s+)?(?:{'|'.join(map(re.escape, sorted({*keys.DIALOGUE, *keys.QUESTION})))})\s*:(?:\s|$)", re.MULTILINE
)


def looks_like_file(text: str) -> bool:
    """Say whether a text has several lines that begin with the keys of a dialogue file."""
    return len(_BEGINNING.findall(text)) >= LINES
