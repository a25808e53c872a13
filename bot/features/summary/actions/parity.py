"""The languages of a Summary are compared: a missing bullet, a lost link or number, an untranslated text, one far too short or long."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot import i18n
from bot.features.summary.actions.contents import SummaryContents, Worded

SHORTEST, LONGEST = 0.85, 1.4
"""What a translation's length may be, against what is usual for its language."""
# Letters against English, measured on the concept notes and questions of docs/examples; the Summary of 2014 has 1.09 to
# 1.23 for Spanish and 1.12 to 1.30 for French.
USUAL_LENGTH = {"ar": 0.9, "es": 1.12, "fr": 1.22, "ru": 1.1, "zh": 0.36, "pt": 1.1}
ENOUGH = 200  # letters: shorter texts differ by more than this in good translations
A_SENTENCE = 20  # letters: a shorter text may be the same in two languages, as a name is

_LINK = re.compile(r"https?://[^\s)>\]]+")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u066b\u066c ]\d{3})*")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s", re.MULTILINE)


class Part(StrEnum):
    """A part of a Summary."""

    TITLE = "title"
    BACKGROUND = "background"
    HEADING = "heading"
    POINT = "point"
    POINTS = "points"
    FURTHER = "further"


class Lack(StrEnum):
    """In what two languages differ."""

    MISSING = "missing"
    UNTRANSLATED = "untranslated"
    LINKS = "links"
    NUMBERS = "numbers"
    ITEMS = "items"
    LENGTH = "length"
    OLDER = "older"
    NEWER = "newer"


STALE = frozenset({Lack.OLDER, Lack.NEWER})
"""One of the two was changed since, and the other wasn't."""


@dataclass(frozen=True)
class Difference:
    """One difference of `language` from the source; `number` is the question's, `index` the bullet's, 0 where there is none.

    `here` and `there` are what the language and the source have: links, numbers, list items, or the length in per cent
    of what is usual. The `key` changes with the texts, so that what is waived is only what was seen.
    """

    part: Part
    lack: Lack
    language: str
    key: str
    number: int = 0
    index: int = 0
    here: str = ""
    there: str = ""


@dataclass(frozen=True)
class _Pair:
    part: Part
    number: int
    index: int
    here: Worded
    there: Worded


def differences(of: Mapping[str, SummaryContents], source: str) -> list[Difference]:
    """How each language differs from the source language, in the order of the Summary; `of` holds all languages."""
    found = [
        _difference(pair, source, Lack.MISSING)
        for pair in _pairs(of[source], of[source])
        if pair.there.text and pair.there.language != source
    ]
    for language, contents in of.items():
        if language != source:
            for pair in _pairs(contents, of[source]):
                found += _compare(pair, language, source)
            found += _lengths(contents, of[source])
    return found


def _pairs(here: SummaryContents, there: SummaryContents) -> Iterator[_Pair]:
    yield _Pair(Part.TITLE, 0, 0, here.title, there.title)
    yield _Pair(Part.BACKGROUND, 0, 0, here.background, there.background)
    for section, other in zip(here.sections, there.sections, strict=True):
        yield _Pair(Part.HEADING, section.number, 0, section.heading, other.heading)
        for index, (bullet, against) in enumerate(zip(section.bullets, other.bullets, strict=True), start=1):
            yield _Pair(Part.POINT, section.number, index, bullet.worded, against.worded)
    for index, (worded, against_worded) in enumerate(zip(here.further, there.further, strict=True), start=1):
        yield _Pair(Part.FURTHER, 0, index, worded, against_worded)


def _compare(pair: _Pair, language: str, source: str) -> Iterator[Difference]:
    here, there = pair.here, pair.there
    if not there.text or there.language != source:
        return  # what the source itself lacks is told once
    if here.language != language:
        yield _difference(pair, language, Lack.MISSING)
        return
    if here.version != there.version:
        yield _difference(pair, language, Lack.OLDER if here.version < there.version else Lack.NEWER)
    if _is_untranslated(here.text, there.text, language):
        yield _difference(pair, language, Lack.UNTRANSLATED)
    links = len(_LINK.findall(here.text)), len(_LINK.findall(there.text))
    if links[0] != links[1]:
        yield _difference(pair, language, Lack.LINKS, *map(str, links))
    numbers, others = _numbers(here.text), _numbers(there.text)
    if numbers != others:
        yield _difference(pair, language, Lack.NUMBERS, _listed(numbers - others), _listed(others - numbers))
    items = len(_ITEM.findall(here.text)), len(_ITEM.findall(there.text))
    if items[0] != items[1]:
        yield _difference(pair, language, Lack.ITEMS, *map(str, items))


def _is_untranslated(here: str, there: str, language: str) -> bool:
    letters = Counter(filter(str.isalpha, _LINK.sub("", here)))
    if letters.total() < A_SENTENCE:
        return False
    if here == there:
        return True
    alphabet = i18n.letters(language)
    own = sum(count for letter, count in letters.items() if _is_of(letter, alphabet))
    return own * 2 < letters.total()


@lru_cache(maxsize=8192)  # all languages are compared anew with each change
def _is_of(letter: str, alphabet: str) -> bool:
    return unicodedata.name(letter, "").startswith(alphabet)


def _numbers(text: str) -> Counter[str]:
    """The numbers in a text, digits of all scripts alike and without what parts thousands."""
    found = _NUMBER.findall(_LINK.sub("", text))
    return Counter("".join(str(unicodedata.digit(each)) for each in number if each.isdigit()) for number in found)


def _listed(numbers: Counter[str]) -> str:
    return ", ".join(sorted(numbers.elements(), key=int))


def _lengths(here: SummaryContents, there: SummaryContents) -> Iterator[Difference]:
    yield from _length(Part.BACKGROUND, 0, [here.background], [there.background], here.language)
    for section, other in zip(here.sections, there.sections, strict=True):
        bullets, others = [each.worded for each in section.bullets], [each.worded for each in other.bullets]
        yield from _length(Part.POINTS, section.number, bullets, others, here.language)


def _length(
    part: Part, number: int, here: Sequence[Worded], there: Sequence[Worded], language: str
) -> Iterator[Difference]:
    if any(worded.language != language for worded in here):
        return  # what is missing is told already
    text, source = "".join(each.text for each in here), "".join(each.text for each in there)
    if len(source) < ENOUGH or not there:
        return
    usual = _usual(language) / _usual(there[0].language)
    share = len(text) / len(source) / usual
    if not SHORTEST <= share <= LONGEST:
        pair = _Pair(part, number, 0, Worded(text, language), Worded(source, there[0].language))
        yield _difference(pair, language, Lack.LENGTH, str(round(share * 100)))


def _usual(language: str) -> float:
    return USUAL_LENGTH.get(language.split("-", maxsplit=1)[0], 1.0)


def _difference(pair: _Pair, language: str, lack: Lack, here: str = "", there: str = "") -> Difference:
    # Not by its place in the question: a row that is moved stays what was seen.
    seen = "\0".join((pair.part, lack, language, pair.here.text, pair.there.text, str(pair.number)))
    return Difference(
        part=pair.part,
        lack=lack,
        language=language,
        key=hashlib.sha256(seen.encode()).hexdigest()[:16],
        number=pair.number,
        index=pair.index,
        here=here,
        there=there,
    )
