"""The words in what Telegram keeps as parts (rich messages, checklists, polls, venues): read line by line, in their order.

Bot API 10.1, RichMessage, RichBlock and RichText; Checklist; Poll; Venue. What later versions add is read where it looks alike.
"""

from collections.abc import Iterator, Mapping, Sequence

_LINE = ("title", "summary", "text", "expression", "question", "description", "address")  # of a block: its own words
_PARTS = ("items", "cells", "blocks", "tasks", "options")
_AFTER = ("caption", "credit")
_INLINE = ("text", "expression", "alternative_text")


def words_of(part: object) -> str:
    """The words of a part and all it holds, each block a line."""
    return "\n".join(line for line in _lines(part) if line)


def _lines(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Sequence):
        for each in part:
            yield from _lines(each)
    elif isinstance(part, Mapping):
        yield from (_inline(part[name]) for name in _LINE if name in part)
        for name in _PARTS:
            yield from _lines(part.get(name, ()))
        for name in _AFTER:
            after = part.get(name, "")
            # A block's caption has a text and a credit; a table's is a text like any other.
            yield from _lines(after) if isinstance(after, Mapping) and "type" not in after else (_inline(after),)


def _inline(text: object) -> str:
    """A line that is plain, or put together from pieces within pieces."""
    if isinstance(text, str):
        return text
    if isinstance(text, Sequence):
        return "".join(_inline(each) for each in text)
    if isinstance(text, Mapping):
        return next((_inline(text[name]) for name in _INLINE if name in text), "")
    return ""
