"""From what a member types for a place to the time zones it may mean."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from bot.places.cities import City, cities, fold
from bot.places.zones import ENGLISH, exemplar_city, locale_of, offset, write_offset

MOST = 5
LONGEST = 80  # characters; the longest city names have about 60
_SEASONS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))  # two moments that tell zones apart
_SHORTEST_PART = 4  # letters from which the beginning of a name, or a name with a slip, is worth a guess
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-−–])\s*(\d{1,2})(?:[:.]?(\d{2}))?", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[,،、;(]\s*")  # "、" too: full-width commas have become plain ones by then
_WRITING = {  # a character set that has the language's letters and no neighbour's, and the first of these letters
    "ar": ("iso8859_6", "\u0600"),
    "ru": ("koi8_r", "\u0400"),
    "zh_Hans": ("gb2312", "\u4e00"),
    "zh_Hant": ("big5", "\u4e00"),
}
_UNEVEN_OFFSETS = {  # hours and minutes → a zone that has this offset in its standard time (IANA tzdata)
    (-9, 30): "Pacific/Marquesas",
    (-3, 30): "America/St_Johns",
    (3, 30): "Asia/Tehran",
    (4, 30): "Asia/Kabul",
    (5, 30): "Asia/Kolkata",
    (5, 45): "Asia/Kathmandu",
    (6, 30): "Asia/Yangon",
    (8, 45): "Australia/Eucla",
    (9, 30): "Australia/Darwin",
    (10, 30): "Australia/Lord_Howe",
    (12, 45): "Pacific/Chatham",
}


@dataclass(frozen=True, slots=True)
class Locality:
    """A place with its IANA time zone; name and country as people of the language read them (country may be empty)."""

    name: str
    country: str
    zone: str


def find(text: str, *, language: str) -> list[Locality]:
    """Find what is meant by a city, "city, country", a country, an IANA zone or "UTC+3": best first, at most five.

    The first call reads the cities (about a second); a later one takes a few milliseconds, or some 50 if it has to
    guess at a slip of the pen. So call it in a thread.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return []
    visible = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    typed = " ".join(unicodedata.normalize("NFKC", visible).split())
    locale = locale_of(language)
    if match := _OFFSET.fullmatch(typed):
        return _at_offset(match, locale)
    if zone := _zones_by_name().get(typed.casefold().replace(" ", "_")):
        return [_place_of_zone(zone, locale)]
    return list(dict.fromkeys(_place(city, typed, locale) for city in _cities(typed, locale)))[:MOST]


def _at_offset(match: re.Match[str], locale: Locale) -> list[Locality]:
    """Give the fixed zone of whole hours (`Etc/GMT-3` is three hours *ahead*, as in POSIX), or else a named one."""
    hours, minutes = int(match[2]) * (1 if match[1] == "+" else -1), int(match[3] or 0)
    if zone := _UNEVEN_OFFSETS.get((hours, minutes)):
        return [_place_of_zone(zone, locale)]
    if minutes or not -12 <= hours <= 14:  # noqa: PLR2004 - the ends of the world's zones
        return []
    return [_place_of_zone(f"Etc/GMT{-hours:+}" if hours else "Etc/UTC", locale)]


def _place_of_zone(zone: str, locale: Locale) -> Locality:
    if zone.startswith("Etc/"):
        return Locality(write_offset(offset(zone, _SEASONS[0])), "", zone)
    country = get_global("zone_territories").get(zone, "")
    return Locality(exemplar_city(zone, locale), locale.territories.get(country, ""), zone)


@cache
def _zones_by_name() -> dict[str, str]:
    """Give the names of IANA zones by all their names in small letters; `Cuba` and the like are left to countries."""
    current = get_global("zone_aliases")
    zones = {zone.casefold(): current.get(zone, zone) for zone in available_timezones() if "/" in zone}
    return zones | {"utc": "Etc/UTC", "gmt": "Etc/UTC"}


def _cities(typed: str, locale: Locale) -> list[City]:
    """Give the cities of that name, after those of a country of that name; or else guess by a beginning or a slip."""
    world, countries = cities(), _countries(locale)
    readings = [(fold(name), country) for name, country in _readings(typed, countries)]
    found = _main(world.largest(countries.get(fold(typed), ""))) + _first(world.named, readings)
    guessable = [(key, country) for key, country in readings if len(key) >= _SHORTEST_PART]
    return found or _first(world.starting, guessable) or _first(world.like, guessable)


def _main(largest: list[City]) -> list[City]:
    """Keep one city for each time that a country's clocks show, leaving out those that keep another country's time."""
    territories = get_global("zone_territories")
    by_offsets: dict[tuple[timedelta, ...], City] = {}
    for city in largest:
        if territories.get(city.zone, city.country) == city.country:
            by_offsets.setdefault(tuple(offset(city.zone, season) for season in _SEASONS), city)
    return list(by_offsets.values())


def _first(search: Callable[[str], list[City]], readings: list[tuple[str, str]]) -> list[City]:
    for key, country in readings:
        if hits := [city for city in search(key) if country in ("", city.country)]:
            return hits
    return []


def _readings(typed: str, countries: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Read the text as a city, "city, country" or "city country"; a country is a code of two letters, "" for any."""
    yield typed, ""
    city, *rest = _SEPARATOR.split(typed, maxsplit=1)
    if rest:
        yield city, countries.get(fold(rest[0]), rest[0].upper() if rest[0].upper() in countries.values() else "")
        return
    words = typed.split()
    for number in range(1, len(words)):
        if country := countries.get(fold(" ".join(words[number:]))):
            yield " ".join(words[:number]), country


def _countries(locale: Locale) -> dict[str, str]:
    """Give the codes of countries by their folded names in the locale's language and in English."""
    return {
        fold(name): code
        for language in (ENGLISH, locale)
        for code, name in language.territories.items()
        if len(code) == 2  # noqa: PLR2004 - longer codes are of regions of the world
    }


def _place(city: City, typed: str, locale: Locale) -> Locality:
    return Locality(_name(city, typed, locale), locale.territories.get(city.country, city.country), city.zone)


def _name(city: City, typed: str, locale: Locale) -> str:
    """Name a city by CLDR, or as it was typed, or by the only name that the language's letters can write."""
    if fold(exemplar_city(city.zone, ENGLISH)) in map(fold, city.names):
        return exemplar_city(city.zone, locale)
    met = [name for name in city.met if not (name.isascii() and name.isupper())] or [city.names[0]]  # NYC is a code
    asked = [name for name in met if name.casefold() == typed.casefold() and not name.isascii()]
    name = (asked or met)[0]  # the city's usual name comes first, if it was met
    if (writing := _WRITING.get(_script(locale))) and not _writes(writing, name):
        written = [other for other in city.names if _writes(writing, other)]
        return written[0] if len(written) == 1 else name
    return name


def _script(locale: Locale) -> str:
    if locale.language == "zh":
        return f"zh_{locale.script or 'Hans'}"
    return str(locale.language)


def _writes(writing: tuple[str, str], name: str) -> bool:
    charset, first = writing
    try:
        name.encode(charset)
    except UnicodeEncodeError:
        return False
    return all(letter >= first for letter in name if letter.isalpha())
