"""The world's cities of 15,000 people or more, by every name that GeoNames knows for them, packed small.

As Python objects they would take 75 MiB. So the names lie in one run of bytes, grouped by city, beside a list of their
positions in the order of their folded forms: some 7 MiB. Nothing is read before the first look-up.
"""

import difflib
import re
import sys
import threading
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from heapq import nlargest

from bot.places import table
from bot.places.table import CityRow

ENOUGH = 100  # cities that one look-up hands on; the caller shows fewer
SLIPS = 2  # letters too many or too few
SIMILAR = 0.8  # difflib's ratio: one slip in a word of five letters, two in a word of ten
_HIGHEST = chr(sys.maxunicode)
_PUNCTUATION = re.compile(r"[\W_]+")  # combining marks too: they are no word characters
_ALIKE = str.maketrans("øłđıةىیک", "oldiهييك", "ـ")  # noqa: RUF001 - letters of several scripts; the last is a stretch
_lock = threading.Lock()


def fold(text: str) -> str:
    """Give what two spellings of a name share: no case, accents, vowel marks, alef variants, blanks, hyphens."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_ALIKE)
    return _PUNCTUATION.sub("", text)


@dataclass(frozen=True, slots=True)
class City:
    """A city with all its names, its usual one first, and those of them that a look-up met."""

    names: tuple[str, ...]
    country: str
    zone: str
    population: int
    met: tuple[str, ...]


class Cities:
    """All cities; a look-up gives at most `ENOUGH` of them, the most fitting and then the most populous first."""

    def __init__(self, rows: Iterable[CityRow]) -> None:
        text = bytearray()
        self._start = array("I", [0])  # where each name begins in the text, and where the last one ends
        self._first = array("I")  # each city's first name
        self._population = array("I")
        self._country: list[str] = []
        self._zone: list[str] = []
        for row in rows:
            self._first.append(len(self._start) - 1)
            self._population.append(row.population)
            self._country.append(sys.intern(row.country))
            self._zone.append(sys.intern(row.zone))
            for name in row.names:
                text += name.encode()
                self._start.append(len(text))
        self._first.append(len(self._start) - 1)
        self._text = bytes(text)
        self._order = self._sorted()

    def named(self, key: str) -> list[City]:
        """Find the cities one of whose names folds to this key."""
        return self._most_populous(self._order[self._left(key) : self._right(key)])

    def starting(self, key: str) -> list[City]:
        """Find the cities one of whose names begins with this key."""
        return self._most_populous(self._order[self._left(key) : self._right(key + _HIGHEST)])

    def like(self, key: str) -> list[City]:
        """Find the cities one of whose names is the key with a slip or two, the first letter being right."""
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(key)
        near: dict[int, float] = {}
        for number in self._order[self._left(key[0]) : self._right(key[0] + _HIGHEST)]:
            name = fold(self._name(number))
            if abs(len(name) - len(key)) > SLIPS:
                continue
            matcher.set_seq1(name)
            if matcher.quick_ratio() >= SIMILAR and (ratio := matcher.ratio()) >= SIMILAR:
                near[number] = ratio
        met = self._by_city(near)
        rank = {city: (max(near[number] for number in met[city]), self._population[city]) for city in met}
        return [self._city(city, met[city]) for city in nlargest(ENOUGH, met, key=rank.__getitem__)]

    def largest(self, country: str) -> list[City]:
        """Give the largest city of each time zone in a country (two capital letters), largest first."""
        own = (city for city, code in enumerate(self._country) if code == country)
        largest: dict[str, int] = {}
        for city in sorted(own, key=self._population.__getitem__, reverse=True):
            largest.setdefault(self._zone[city], city)
        return [self._city(city, [self._first[city]]) for city in largest.values()]

    def _name(self, number: int) -> str:
        return self._text[self._start[number] : self._start[number + 1]].decode()

    def _left(self, key: str) -> int:
        return bisect_left(self._order, key, key=lambda number: fold(self._name(number)))

    def _right(self, key: str) -> int:
        return bisect_right(self._order, key, key=lambda number: fold(self._name(number)))

    def _sorted(self) -> "array[int]":
        """Order the names by their folded forms, one initial at a time: one long sort would hold up other threads."""
        initials: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number in range(len(self._start) - 1):
            if key := fold(self._name(number)):
                initials[key[0]].append(number)
        order = array("I")
        for initial in sorted(initials):
            order.extend(sorted(initials[initial], key=lambda number: fold(self._name(number))))
        return order

    def _most_populous(self, numbers: Iterable[int]) -> list[City]:
        met = self._by_city(numbers)
        return [self._city(city, met[city]) for city in nlargest(ENOUGH, met, key=self._population.__getitem__)]

    def _by_city(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        met: dict[int, list[int]] = defaultdict(list)
        for number in sorted(numbers):
            met[bisect_right(self._first, number) - 1].append(number)
        return met

    def _city(self, city: int, met: list[int]) -> City:
        return City(
            names=tuple(self._name(number) for number in range(self._first[city], self._first[city + 1])),
            country=self._country[city],
            zone=self._zone[city],
            population=self._population[city],
            met=tuple(self._name(number) for number in met),
        )


def cities() -> Cities:
    """Give the one collection of cities; the first call reads it (about a second), others wait for it meanwhile."""
    with _lock:
        return _read()


@cache
def _read() -> Cities:
    return Cities(table.cities())
