"""How a dialogue's file has its Summary look: the words that stand over its parts, and what is left out."""

from typing import get_args

from bot.authoring import dialogue_file, forms, keys
from bot.authoring.faults import Code
from bot.authoring.languages import Languages
from bot.authoring.section import Section, section
from bot.authoring.tree import MappingNode, ScalarNode
from bot.authoring.wordings import Wordings

LONGEST_LABEL = 100  # UTF-16 units: it stands as a heading, on one line or two


def take_style(dialogue: Section) -> None:
    """Read what the Summary shows, and how it writes dates."""
    style = _part(dialogue, "document", Code.DOCUMENT_FORM, keys.DOCUMENT)
    if style is None:
        return
    style.take("dates", forms.choice(*get_args(dialogue_file.Dates)))
    for key in ("strength", "method", "quotes"):
        style.take(key, forms.choice(*get_args(dialogue_file.Shown)))
    dialogue.values["document"] = style.values


def take_labels(dialogue: Section, wordings: Wordings, languages: Languages) -> None:
    """Read the labels, each in as many of the dialogue's languages as someone cares for."""
    if by_language := _languages_first(dialogue, languages):
        dialogue.ledger.refuse(Code.LABELS_FORM, "labels", by_language)
        return
    labels = _part(dialogue, "labels", Code.LABELS_FORM, keys.LABELS)
    if labels is None:
        return
    for key in keys.LABELS:
        wordings.take_text(labels, key, limit=LONGEST_LABEL, complete=False)
    dialogue.values["labels"] = labels.values


def _languages_first(dialogue: Section, languages: Languages) -> ScalarNode | None:
    """Where someone wrote the languages and below them the labels, as one might: the first of them."""
    node = dialogue.node_of("labels") if "labels" in dialogue else None
    entries = node.entries if isinstance(node, MappingNode) else []
    return next((key for key, _ in entries if key.text in languages.tags), None)


def _part(dialogue: Section, key: str, form: Code, known: tuple[str, ...]) -> Section | None:
    if key not in dialogue:
        return None
    node = dialogue.node_of(key)
    if isinstance(node, MappingNode):
        return section(dialogue.ledger, key, node, known)
    dialogue.ledger.refuse(form, key, node)
    return None
