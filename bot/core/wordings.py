"""Which of several wordings someone reads, the source language being the fallback, and by whose clock."""

from collections.abc import Mapping
from typing import TypeVar

from bot.i18n import negotiate
from bot.models import Dialogue, Person

Text = TypeVar("Text")


def in_language(texts: Mapping[str, Text], dialogue: Dialogue, language: str) -> Text:
    """A text of the dialogue as nearly in `language` as there is; the source language where it is missing."""
    return nearest(texts, language, dialogue.source_language)


def nearest(texts: Mapping[str, Text], language: str, source_language: str) -> Text:
    """A text as nearly in `language` as there is: else the source language's, else any; `texts` must not be empty."""
    return nearest_with_language(texts, language, source_language)[1]


def nearest_with_language(texts: Mapping[str, Text], language: str, source_language: str) -> tuple[str, Text]:
    """The same, with the language it is in."""
    fallback = source_language if source_language in texts else next(iter(texts))
    found = negotiate(language, tuple(texts), fallback)
    return found, texts[found]


def zone_of(person: Person, dialogue: Dialogue) -> str:
    """The IANA zone by whose clock a person takes part: their own, or the dialogue's until they choose."""
    return person.timezone or dialogue.timezone
