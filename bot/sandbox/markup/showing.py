"""A message's text as safe HTML for the page: everything escaped but the tags of its entities."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit

TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "bot_command": ('<span class="command">', "</span>"),
    "mention": ('<span class="mention">', "</span>"),
    "text_mention": ('<span class="mention">', "</span>"),
    "hashtag": ('<span class="hashtag">', "</span>"),
}
SCHEMES = {"http", "https", "mailto"}


def show(text: str, entities: Sequence[dict[str, Any]]) -> str:
    """HTML of a text with its entities; line ends stay line ends, and links open elsewhere."""
    units = text.encode("utf-16-le")
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])):
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        before, after = _tags(entity, units[start:end].decode("utf-16-le", "replace"))
        opening.setdefault(start, []).append(before)
        closing.setdefault(end, []).insert(0, after)
    edges = sorted({0, len(units), *opening, *closing})
    parts = []
    for start, end in zip(edges, [*edges[1:], len(units)], strict=True):
        parts += closing.get(start, []) + opening.get(start, [])
        parts.append(escape(units[start:end].decode("utf-16-le", "replace")))
    return "".join(parts)


def _tags(entity: dict[str, Any], covered: str) -> tuple[str, str]:
    match entity["type"]:
        case "text_link":
            return _link(entity["url"])
        case "url":
            return _link(covered if "://" in covered else f"https://{covered}")
        case "date_time":
            moment = datetime.fromtimestamp(entity["unix_time"], UTC).isoformat()
            return f'<time datetime="{moment}" data-format="{entity.get("date_time_format", "")}">', "</time>"
        case "email":
            return _link(f"mailto:{covered}")
        case kind:
            return TAGS.get(kind, ("", ""))


def _link(address: str) -> tuple[str, str]:
    if urlsplit(address).scheme not in SCHEMES:
        return "", ""
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">', "</a>"
