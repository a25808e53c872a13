"""Time zones as people call them, and the few that are likely for those who use a language."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import chain
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from bot.places import table

ENGLISH = Locale("en")
SHORT_LIST = 8
_MINUTE = timedelta(minutes=1)
_LIKELY = {
    "en": "America/New_York Europe/London Europe/Berlin Africa/Nairobi Asia/Kolkata America/Los_Angeles Australia/Sydney "
    "Africa/Lagos Asia/Singapore",
    "es": "America/Mexico_City America/Bogota Europe/Madrid America/Argentina/Buenos_Aires America/Caracas "
    "America/Tijuana",
    "fr": "Europe/Paris Africa/Dakar Africa/Kinshasa America/Toronto Indian/Antananarivo Africa/Lubumbashi "
    "America/Guadeloupe Indian/Reunion",
    "ar": "Africa/Cairo Asia/Riyadh Africa/Casablanca Asia/Dubai Africa/Nouakchott Africa/Khartoum",
    "ru": "Europe/Moscow Asia/Yekaterinburg Asia/Novosibirsk Asia/Vladivostok Europe/Kaliningrad Europe/Samara",
    "zh": "Asia/Shanghai America/Los_Angeles America/New_York Europe/London Europe/Paris Australia/Sydney",
    "pt": "America/Sao_Paulo Europe/Lisbon Africa/Luanda Africa/Maputo America/Manaus Atlantic/Cape_Verde",
}
_PEOPLE_SAY = {("zh", "Asia/Shanghai"): "北京"}  # CLDR names the largest city; the time is called by the capital


def suggestions(language: str, *, dialogue_zone: str, now: datetime) -> list[str]:
    """Give eight zones likely for people who use a language: first what shows the dialogue's time, the others from west to east.

    Of the language's own regions none is left out because another shows the same time now, and they come before the
    dialogue's. Where they are too few, the world's follow, each with a time that isn't there yet.
    """
    locale = locale_of(language)
    own = _LIKELY[locale.language].split() if locale.language in _LIKELY else list(_official(locale.language))
    chosen = list(dict.fromkeys([*own[: SHORT_LIST - 1], dialogue_zone]))
    for zone in chain(own[SHORT_LIST - 1 :], _LIKELY["en"].split()):
        shown = {offset(each, now) for each in chosen}
        if len(chosen) < SHORT_LIST and zone not in chosen and offset(zone, now) not in shown:
            chosen.append(zone)
    theirs = offset(dialogue_zone, now)
    first = [zone for zone in chosen if offset(zone, now) == theirs]
    return first + sorted(set(chosen) - set(first), key=lambda zone: (offset(zone, now), chosen.index(zone)))


def zone_name(zone: str, language: str, now: datetime) -> str:
    """Name an IANA zone by its best-known city and its offset at `now`, such as `Le Caire (UTC+2)`.

    Raises:
        ZoneInfoNotFoundError: There is no such zone.
    """
    written, city = write_offset(offset(zone, now)), city_of(zone, language)
    return f"{city} ({written})" if city else written


def city_of(zone: str, language: str) -> str:
    """Name an IANA zone by its best-known city alone; empty for one that is just an offset."""
    if "/" not in zone or zone.startswith("Etc/"):
        return ""
    locale = locale_of(language)
    return _PEOPLE_SAY.get((locale.language, zone)) or exemplar_city(zone, locale)


def of_city(zone: str, language: str) -> str:
    """Name the same city as it stands in "the time of …": French says "de Nairobi", "d’Abidjan", "du Caire"."""
    city = city_of(zone, language)
    if not city or locale_of(language).language != "fr":
        return city
    if city.startswith(("Le ", "Les ")):
        return ("du" if city.startswith("Le ") else "des") + city[city.index(" ") :]
    return f"d’{city}" if unicodedata.normalize("NFD", city)[0] in "AEIOU" else f"de {city}"


def write_offset(since_utc: timedelta) -> str:
    """Write an offset as `UTC`, `UTC+3`, `UTC+5:30`, with a real minus sign for the west."""
    if not since_utc:
        return "UTC"
    sign = "+" if since_utc > timedelta() else "\N{MINUS SIGN}"
    hours, minutes = divmod(abs(since_utc) // _MINUTE, 60)
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"


def offset(zone: str, now: datetime) -> timedelta:
    """Give a zone's offset from UTC at an aware moment."""
    since_utc = now.astimezone(ZoneInfo(zone)).utcoffset()
    assert since_utc is not None
    return since_utc


def locale_of(language: str) -> Locale:
    """Give Babel's locale for a language tag such as `zh-Hans`, `pt-BR`, `es`; English where Babel doesn't know it."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return ENGLISH


def exemplar_city(zone: str, locale: Locale) -> str:
    """Give the city that CLDR names for a zone, in the locale's language if it can."""
    for name in (zone, *_former_names().get(zone, ())):  # CLDR keeps a zone's first name: Asia/Calcutta
        if city := locale.time_zones.get(name, {}).get("city"):
            return str(city)
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def _former_names() -> dict[str, list[str]]:
    former: dict[str, list[str]] = {}
    for old, new in get_global("zone_aliases").items():
        former.setdefault(new, []).append(old)
    return former


def _official(language: str) -> Iterator[str]:
    """Give a zone for each country where the language is official, most speakers first (by CLDR and GeoNames)."""
    countries = table.countries()
    speakers: dict[str, float] = {}
    for code, languages in get_global("territory_languages").items():
        if code in countries and (use := languages.get(language)) and use["official_status"]:
            speakers[code] = use["population_percent"] * countries[code].population
    for code in sorted(speakers, key=speakers.__getitem__, reverse=True):
        if zones := get_global("territory_zones").get(code):
            yield _of_capital(zones, countries[code].capital)


def _of_capital(zones: Iterable[str], capital: str) -> str:
    ordered = sorted(zones)
    return next((zone for zone in ordered if exemplar_city(zone, ENGLISH) == capital), ordered[0])
