"""The text of a message as Telegram keeps it: parsed, cleaned, trimmed, with its links and commands found."""

import re
from collections.abc import Mapping
from typing import Any

from bot.sandbox.markup.html import parse_html
from bot.sandbox.markup.units import utf16_length, utf16_slice
from bot.sandbox.refusing import RefusedError

Entity = dict[str, Any]

ENTITIES = 100
"""Telegram keeps so many entities of a message and drops the rest (python-telegram-bot's MessageLimit)."""

FOUND = {
    "url": re.compile(
        r"(?<![\w@./])(?:https?://[^\s<>\"]+[^\s<>\".,;:!?)'»”]|(?:[\w-]+\.)+(?:com|org|net|int|info|io|me|eu)\b(?:/\S*)?)"
    ),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "bot_command": re.compile(r"(?<![\w/])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/])"),
    "mention": re.compile(r"(?<![\w@./])@[a-zA-Z0-9_]{3,32}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w#])#\w*[^\W\d]\w*"),
}
REMOVED = re.compile("[\r\u2028-\u202e]")
"""Telegram takes these out of texts: carriage returns, separators, directional embeddings (but not isolates)."""

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f]")
CODE = {"code", "pre"}
QUOTES = {"blockquote", "expandable_blockquote"}
CLOSED = {"pre", "code", "text_link", "text_mention", "url", "email"}
"""Inside these Telegram finds nothing more."""


def formatted(values: Mapping[str, Any], name: str, *, most: int, marked: str = "entities") -> tuple[str, list[Entity]]:
    """Read a text parameter with its parse_mode or entities.

    Args:
        values: The request's values.
        name: "text", "caption", and so on.
        most: The longest text allowed, in UTF-16 units after parsing.
        marked: The name of the parameter that may hold entities instead of a parse_mode.

    Raises:
        RefusedError: The text can't be parsed, or is too long.
    """
    source = values.get(name) or ""
    mode = values.get("parse_mode") or ""
    if mode.lower() == "html":
        text, entities = parse_html(source)
    elif mode:
        raise RefusedError(f"unsupported parse_mode {mode} (the sandbox reads HTML alone)")
    else:
        text, entities = source, [dict(entity) for entity in values.get(marked) or []]
        _check(text, entities)
    text, entities = clean(text, entities)
    if utf16_length(text) > most:
        raise RefusedError("message is too long" if name == "text" else f"message {name} is too long")
    return text, entities


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Trim a text and its entities as Telegram does, find links and commands, and sort the entities."""
    text, entities = _without(REMOVED, text, entities)
    text = CONTROLS.sub(" ", text).rstrip()
    entities = _alone([kept for entity in entities if (kept := _clipped(entity, text))])
    first = min((entity["offset"] for entity in entities), default=len(text))
    blank = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[blank:]
    entities = [entity | {"offset": entity["offset"] - blank} for entity in entities]
    entities = entities[:ENTITIES] + find(text, entities)
    return text, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _without(pattern: re.Pattern[str], text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """A text without what a pattern finds, single code units all, and its entities moved accordingly."""
    gone = [utf16_length(text[: found.start()]) for found in pattern.finditer(text)]

    def moved(offset: int) -> int:
        return offset - sum(position < offset for position in gone)

    places = [(moved(entity["offset"]), moved(entity["offset"] + entity["length"])) for entity in entities]
    kept = [
        entity | {"offset": start, "length": end - start} for entity, (start, end) in zip(entities, places, strict=True)
    ]
    return pattern.sub("", text), kept


def _alone(entities: list[Entity]) -> list[Entity]:
    """Bot API: code and pre can't contain other entities, nor blockquotes other blockquotes; the inner ones are dropped."""

    def allowed(inner: Entity) -> bool:
        return not any(
            outer is not inner
            and _within(inner, outer)
            and (outer["type"] in CODE or {inner["type"], outer["type"]} <= QUOTES)
            for outer in entities
        )

    return [entity for entity in entities if allowed(entity)]


def find(text: str, entities: list[Entity]) -> list[Entity]:
    """The links, commands, mentions and hashtags of a text that lie outside what is marked already."""
    found: list[Entity] = []
    for kind, pattern in FOUND.items():
        for match in pattern.finditer(text):
            entity = {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(match[0])}
            closed = (other for other in entities + found if other["type"] in CLOSED)
            if not any(_overlap(entity, other) for other in closed):
                found.append(entity)
    return found


def _clipped(entity: Entity, text: str) -> Entity | None:
    """An entity cut to the text's end; None if nothing but blanks is left of it."""
    length = min(entity["length"], utf16_length(text) - entity["offset"])
    if length <= 0 or not utf16_slice(text, entity["offset"], length).strip():
        return None
    return entity | {"length": length}


def _check(text: str, entities: list[Entity]) -> None:
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] < 0 or entity["offset"] > utf16_length(text):
            raise RefusedError("entity is out of the text's bounds")


def _within(inner: Entity, outer: Entity) -> bool:
    start, end = outer["offset"], outer["offset"] + outer["length"]
    longer = inner["length"] < outer["length"]
    return bool(longer and start <= inner["offset"] and inner["offset"] + inner["length"] <= end)


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])
