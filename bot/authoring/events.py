"""The live events of a dialogue file: when, where, in which languages, and what came of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.authoring import forms, keys
from bot.authoring.dialogue_file import wording
from bot.authoring.faults import Malformed
from bot.authoring.languages import language_tag
from bot.authoring.section import Section, scalar
from bot.authoring.tree import Node, ScalarNode
from bot.authoring.wordings import Wordings

LONGEST_TITLE = 255
LONGEST_ABOUT = 1_000  # UTF-16 units once rendered: it shares its message with all that is said of the event
LONGEST_NOTES = 30_000  # they are split into messages


def take(dialogue: Section, wordings: Wordings, moment: Callable[[str], datetime]) -> tuple[dict[str, Any], ...]:
    """The events of a dialogue, as far as they could be read; `moment` reads a wall clock in its zone."""
    events = dialogue.sections("events", keys.EVENT)
    for event in events:
        event.require("title", "starts")
        wordings.take_text(event, "title", limit=LONGEST_TITLE)
        event.take("starts", moment)
        event.take("lasts", forms.period)
        event.take("link", forms.address)
        _take_list(event, "languages", language_tag)
        _take_list(event, "speakers", wording)
        wordings.take_text(event, "about", limit=LONGEST_ABOUT)
        event.take("recording", forms.address)
        wordings.take_text(event, "notes", limit=LONGEST_NOTES)
    return tuple(event.values for event in events)


def _take_list(event: Section, key: str, form: Callable[[str], str]) -> None:
    """Read a list of single values, each by its form; one that comes twice is one. A value alone is a list of one, or parted by ;."""
    found: list[str] = []
    for place, node in _values(event, key):
        text = scalar(event.ledger, place, node)
        if text is None:
            continue
        try:
            found.append(form(text))
        except Malformed as malformed:
            event.ledger.refuse(malformed.code, place, node, **malformed.params)
    if key in event:
        event.values[key] = tuple(dict.fromkeys(found))


def _values(event: Section, key: str) -> list[tuple[str, Node]]:
    node = event.node_of(key) if key in event else None
    if not isinstance(node, ScalarNode) or node.is_empty:
        return event.items(key)
    words = [word.strip() for word in node.text.split(";") if word.strip()]
    return [(event.at(key), ScalarNode(node.line, node.column, word, is_plain=False)) for word in words]
