"""Days on which few look at what isn't private: weekends and public holidays of a country, as python-holidays knows them."""

from datetime import date
from functools import lru_cache

from babel.core import get_global

from bot.places.zones import locale_of

WEEKEND = frozenset({5, 6})  # Saturday and Sunday, as Python counts weekdays: where nothing else is known
NOWHERE = "ZZ"  # CLDR's unknown region, as of UTC


def country_of(zone: str) -> str:
    """Give the country (ISO 3166) of an IANA zone; empty for one that is just an offset."""
    country = str(get_global("zone_territories").get(zone, ""))
    return country if len(country) == len(NOWHERE) and country != NOWHERE else ""


def country_name(country: str, language: str) -> str:
    """Name a country in a language, or else by its code."""
    return str(locale_of(language).territories.get(country, country))


def is_weekend(country: str, day: date) -> bool:
    """Say whether a day is one of the weekend, in a country or, without one, in most."""
    return day.weekday() in _weekend(country)


def holiday(country: str, day: date, language: str) -> str:
    """Name the public holiday that a day is in a country, in a language if the library has it, else English or the country's; or empty."""
    return _holidays(country, day.year, language).get(day, "")


@lru_cache(maxsize=64)
def _weekend(country: str) -> frozenset[int]:
    if not country:
        return WEEKEND
    import holidays  # noqa: PLC0415 - takes a fifth of a second, and few ask

    try:
        return frozenset(holidays.country_holidays(country).weekend)
    except NotImplementedError:
        return WEEKEND


@lru_cache(maxsize=64)
def _holidays(country: str, year: int, language: str) -> dict[date, str]:
    if not country:
        return {}
    import holidays  # noqa: PLC0415 - the same

    try:
        offered = holidays.country_holidays(country).supported_languages
        found = holidays.country_holidays(country, years=year, language=_nearest(language, offered))
    except NotImplementedError:
        return {}
    return dict(found.items())


def _nearest(language: str, offered: tuple[str, ...]) -> str | None:
    own = [tag for tag in offered if tag.partition("_")[0] == language.partition("-")[0]]
    return next(iter([*own, *(tag for tag in offered if tag == "en_US")]), None)
