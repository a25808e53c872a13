"""Which language a part of a document is in: as it says, else as its words are recognised; and whether it holds to it."""

import re
from collections.abc import Collection, Iterator

from bot.authoring.faults import Code
from bot.authoring.manuscripts import vocabulary
from bot.authoring.manuscripts.entries import Findings
from bot.authoring.manuscripts.outlines import LanguagePart
from bot.i18n import SOURCE
from bot.insight import languages

_LONG = 25  # letters from which on a piece of text is recognised surely enough to contradict what stands around it
_PIECES = re.compile(r"\\?\n|\s/\s|\s\|\s|(?<=[.?!؟。？！])\s+|(?<=[。？！])")
_ENOUGH = 20_000  # characters looked at for all pieces of one document's text


def recognise(parts: Collection[LanguagePart], expected: Collection[str]) -> None:
    """Say of each part which language it is in; `expected` are those that the document names elsewhere."""
    own = next(iter(expected), SOURCE)
    for part in parts:
        if part.language is None and part.chapters:
            part.language = _language(part, own, expected)


def _language(part: LanguagePart, own: str, expected: Collection[str]) -> str:
    words = [chapter.heading for chapter in part.chapters]
    words += [block.words for chapter in part.chapters for block in chapter.body]
    text = " ".join(words)
    named = [vocabulary.speakers(word) for word in words if vocabulary.speakers(word)]
    if sum(map(str.isalpha, text)) < _LONG and named and len(named[0]) == 1:
        return next(iter(named[0]))
    return languages.detect(text, own=own, expected=expected)


def of_texts(findings: Findings) -> str | None:
    """The language of texts of which nothing else says it; None where there are none."""
    said = [entry.text for entry in findings.entries if entry.path[-1] in vocabulary.TEXT_KEYS]
    return languages.detect(" ".join(said), own=SOURCE) if said else None


def check(text: str, language: str, others: Collection[str], at: int, findings: Findings, *, is_said: bool) -> None:
    """Note a text in which a piece is in another language than the rest: an error, unless its author said which language it is in."""
    for piece in _pieces(text):
        found = languages.foreign(piece, own=language, expected=others)
        if found is not None:
            code = Code.OTHER_LANGUAGE if is_said else Code.SEVERAL_LANGUAGES
            findings.note(code, at, language=language, other=found)
            return


def _pieces(text: str) -> Iterator[str]:
    for piece in _PIECES.split(text[:_ENOUGH]):
        if piece and sum(map(str.isalpha, piece)) >= _LONG:
            yield piece
