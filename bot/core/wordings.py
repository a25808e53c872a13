"""Which of several wordings someone reads, the source language being the fallback, and by whose clock."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot import markup
from bot.i18n import negotiate, readable
from bot.models import Dialogue, Person, Question

Text = TypeVar("Text")


@dataclass(frozen=True)
class Opened:
    """A wording as someone saw it who now changes it: its `mark` (mark_of), and the `newest` version of all wordings then."""

    mark: str
    newest: int


class Overtaken(Exception):
    """Someone else changed a wording meanwhile; `text` is how it reads now, empty where it was removed."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def in_language(texts: Mapping[str, Text], dialogue: Dialogue, language: str) -> Text:
    """A text of the dialogue as nearly in `language` as there is; the source language where it is missing."""
    return nearest(texts, language, dialogue.source_language)


def heading(question: Question, dialogue: Dialogue, language: str) -> str:
    """What a question is called in a list, as plain text: its title, or what it asks where it has none."""
    if question.title:
        return in_language(question.title, dialogue, language)
    return markup.plain(in_language(question.text, dialogue, language))


def nearest(texts: Mapping[str, Text], language: str, source_language: str) -> Text:
    """A text as nearly in `language` as there is: else the source language's, else any; `texts` must not be empty."""
    return nearest_with_language(texts, language, source_language)[1]


def nearest_with_language(texts: Mapping[str, Text], language: str, source_language: str) -> tuple[str, Text]:
    """The same, with the language it is in."""
    fallback = source_language if source_language in texts else next(iter(texts))
    found = readable(language, tuple(texts), fallback)
    return found, texts[found]


def stand_in(dialogue: Dialogue, language: str) -> str:
    """The language in which a dialogue speaks to a reader of one that it lacks; empty where it has theirs."""
    if negotiate(language, dialogue.languages, ""):
        return ""
    return readable(language, dialogue.languages, dialogue.source_language)


def zone_of(person: Person, dialogue: Dialogue) -> str:
    """The IANA zone by whose clock a person takes part: their own, or the dialogue's until they choose."""
    return person.timezone or dialogue.timezone


def reword(
    texts: dict[str, str], versions: dict[str, int], language: str, text: str, *, seen: int | None = None
) -> tuple[dict[str, str], dict[str, int]]:
    """The texts with one wording written, and the version that each of them is.

    A first wording says what the newest one says. One that is changed is a new version, behind which the others fall;
    one that had fallen behind catches up by being changed, with the newest version that its author had `seen`.
    """
    before, latest = texts.get(language), newest(texts, versions)
    if before == text:
        return texts, versions
    if before is None or version_of(versions, language) < latest:
        return {**texts, language: text}, {**versions, language: latest if seen is None else min(seen, latest)}
    return {**texts, language: text}, {**versions, language: latest + 1}


def amend(
    texts: dict[str, str], versions: dict[str, int], language: str, text: str, opened: Opened
) -> tuple[dict[str, str], dict[str, int]]:
    """The same by someone who saw the wording as it was `opened`; an empty text removes it.

    Raises Overtaken where it is another by now, unless it already is what it is to be.
    """
    now = texts.get(language)
    if (now or "") == text:
        return texts, versions
    if mark_of(now) != opened.mark:
        raise Overtaken(now or "")
    if text:
        return reword(texts, versions, language, text, seen=opened.newest)
    others = {tag: other for tag, other in texts.items() if tag != language}
    return others, {tag: version for tag, version in versions.items() if tag != language}


def mark_of(text: str | None) -> str:
    """By what a wording is known again; empty for none."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def version_of(versions: Mapping[str, int], language: str) -> int:
    """Which version a wording is; the first, unless it is known to be another."""
    return versions.get(language, 1)


def newest(texts: Mapping[str, str], versions: Mapping[str, int]) -> int:
    """The newest version that any of the wordings is."""
    return max((version_of(versions, tag) for tag in texts), default=1)
