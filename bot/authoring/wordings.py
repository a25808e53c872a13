"""The texts of a dialogue file: one wording or one for each language, complete and short enough for Telegram."""

from collections.abc import Callable
from typing import TypeVar

from bot.authoring.dialogue_file import wording
from bot.authoring.faults import Code, Malformed
from bot.authoring.forms import Form, nearest
from bot.authoring.languages import Languages, language_tag
from bot.authoring.section import Ledger, Section, after_comma, items, scalar, unique_entries
from bot.authoring.tree import MappingNode, Node, ScalarNode
from bot.markup import MESSAGE_LIMIT, length, to_html, visible

# What a question's message says besides: its number, "To help you begin", how and until when to reply.
ROOM = 300
# Characters of Markdown; more, with links and all, is none of the texts, and some patterns take seconds to render.
_MOST_RENDERED = 100_000

T = TypeVar("T")
Reader = Callable[[str, str, Node], T | None]  # language, place, node


class Wordings:
    """Reads texts in the languages of one dialogue."""

    def __init__(self, ledger: Ledger, languages: Languages) -> None:
        self._ledger = ledger
        self._languages = languages

    def take_text(self, section: Section, key: str, *, limit: int = MESSAGE_LIMIT, complete: bool = True) -> None:
        """Read a text of at most `limit` UTF-16 units once rendered, in each language; in some, if it needn't be `complete`."""

        def read(language: str, place: str, node: Node) -> str | None:
            return self._wording(language, place, node, limit)

        if key in section:
            section.values[key] = self._by_language(section.at(key), section.node_of(key), read, complete=complete)

    def take_prompts(self, section: Section, key: str) -> None:
        """Read lists of prompts, one for each language."""
        if key in section:
            section.values[key] = self._by_language(section.at(key), section.node_of(key), self._list)

    def take_each(self, section: Section, key: str, form: Form[T]) -> None:
        """Read a single value by its form in whichever languages there is one."""

        def read(_language: str, place: str, node: Node) -> T | None:
            text = scalar(self._ledger, place, node)
            try:
                return None if text is None else form(text)
            except Malformed as malformed:
                self._ledger.refuse(malformed.code, place, node, **malformed.params)
                return None

        if key in section:
            section.values[key] = self._by_language(section.at(key), section.node_of(key), read, complete=False)

    def check_message(self, section: Section, *keys: str) -> None:
        """Note a question whose texts don't fit one message together, in a language in which each of them does."""
        for language in self._languages.tags:
            parts = [part for key in keys for part in self._shown(section.values.get(key, {}), language)]
            total = ROOM + sum(rendered_length(part) + len("\n\n") for part in parts)
            if total > MESSAGE_LIMIT and all(rendered_length(part) <= MESSAGE_LIMIT for part in parts):
                params: dict[str, str | int] = {"language": language, "length": total, "limit": MESSAGE_LIMIT}
                self._ledger.refuse(Code.MESSAGE_TOO_LONG, section.place, section.node, **params)

    def _shown(self, texts: dict[str, str | tuple[str, ...]], language: str) -> tuple[str, ...]:
        """What a member of that language reads: their wording, else the source language's."""
        text = texts.get(language) or texts.get(self._languages.source or "") or ()
        return (text,) if isinstance(text, str) else text

    def _by_language(self, place: str, node: Node, read: Reader[T], *, complete: bool = True) -> dict[str, T]:
        values: dict[str, T | None] = {}
        if isinstance(node, MappingNode):
            for key, value in unique_entries(self._ledger, place, node):
                language = self._language(place, node, key, value)
                if language:
                    values[language] = read(language, f"{place}.{language}", value)
        else:
            source = self._languages.source or ""
            values[source] = read(source, place, node)
        if complete:
            self._check_complete(place, node, values)
        return _without_none(values)

    def _language(self, place: str, node: MappingNode, key: ScalarNode, value: Node) -> str | None:
        """The language of a wording; where the dialogue doesn't have it, that is noted."""
        try:
            tag = language_tag(key.text)
        except Malformed:
            tag = key.text
        if not self._languages.tags or tag in (*self._languages.tags, *self._languages.refused):
            return self._languages.refused.get(tag) or tag
        if not after_comma(self._ledger, place, node, key, value):
            listed = self._languages.tags
            params = {"value": key.text, "languages": ", ".join(listed), "suggestion": nearest(key.text, listed)}
            self._ledger.refuse(Code.LANGUAGE_NOT_LISTED, place, key, **params)
        return None

    def _check_complete(self, place: str, node: Node, values: dict[str, T | None]) -> None:
        for language in self._languages.tags:
            if language in values:
                continue
            if language == self._languages.source:
                self._ledger.refuse(Code.NO_TEXT_IN_SOURCE_LANGUAGE, place, node, language=language)
            else:
                self._ledger.warn(Code.NO_TEXT_IN_LANGUAGE, place, node, language=language)

    def _wording(self, language: str, place: str, node: Node, limit: int) -> str | None:
        written = scalar(self._ledger, place, node)
        if written is None:
            return None
        text = wording(written)
        rendered = rendered_length(text)
        if not rendered:
            self._ledger.refuse(Code.EMPTY, place, node)
        if rendered > limit:
            params: dict[str, str | int] = {"language": language, "length": rendered, "limit": limit}
            self._ledger.refuse(Code.TEXT_TOO_LONG, place, node, **params)
        return text

    def _list(self, language: str, place: str, node: Node) -> tuple[str, ...]:
        read = (self._item(language, at, item) for at, item in items(self._ledger, place, node))
        return tuple(text for text in read if text is not None)

    def _item(self, language: str, place: str, node: Node) -> str | None:
        if isinstance(node, MappingNode) and not node.in_own_braces:
            # "- Why: because" and [Why: because] are texts to their author, and keys to YAML.
            self._ledger.refuse(Code.NEEDS_QUOTES, place, node, right=self._ledger.right(node))
            return None
        return self._wording(language, place, node, MESSAGE_LIMIT)


def rendered_length(markdown: str) -> int:
    """UTF-16 units of Markdown as members see it; of one beyond all limits, as it is written."""
    return length(visible(to_html(markdown)) if len(markdown) <= _MOST_RENDERED else markdown)


def _without_none(values: dict[str, T | None]) -> dict[str, T]:
    return {key: value for key, value in values.items() if value is not None}
