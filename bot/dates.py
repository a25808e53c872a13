"""How each language writes days, times of day and moments (date formatting): CLDR's patterns, and where a careful writer differs from them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time

NO_BREAK, NARROW, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}"
_FIRST = re.compile(r"(?<!\d)1(?!\d)")


@dataclass(frozen=True)
class Style:
    """The patterns of a language, in CLDR's letters: a weekday and day, and what follows the number of a day."""

    locale: Locale
    near: str
    month: str
    year: str
    at: str = "{day}, {clock}"
    at_one: str | None = None  # where one o'clock wants another word
    short_at: str = field(default="{day}, {clock}")
    year_first: bool = False  # the year, the month, the day
    whole: str = ""  # weekday, day and year, where all is as CLDR has it
    weekday_last: bool = False  # the day, the month, the year, the weekday
    first: str | None = None  # the first of a month, where that is an ordinal

    @property
    def full(self) -> str:
        """Weekday, day and year."""
        if self.whole:
            return self.whole
        if self.weekday_last:
            return f"d{self.month}{self.year}, EEEE"
        return self.year + self.near if self.year_first else self.near + self.year


def _style(locale: str, near: str, month: str, year: str, at: str, **more: Any) -> Style:
    return Style(Locale.parse(locale), near, month, year, at, **more)


# English as it is read everywhere: the day before the month, and no a.m. that would be taken for p.m.
STYLES = {
    "en": _style("en_GB", "EEEE d MMMM", " MMMM", " y", "{day} at {clock}"),
    "es": _style(
        "es",
        "EEEE d 'de' MMMM",
        " 'de' MMMM",
        " 'de' y",
        "{day} a las {clock}",
        at_one="{day} a la {clock}",
    ),
    "fr": _style("fr", "EEEE d MMMM", " MMMM", " y", "{day} à {clock}", first="1er"),
    "ar": _style("ar", "EEEE d MMMM", " MMMM", " y", "{day}، الساعة {clock}", short_at="{day}، {clock}"),
    "ru": _style("ru", "EEEE, d MMMM", " MMMM", f" y'{NARROW}г.'", "{day} в {clock}"),  # noqa: RUF001 - Cyrillic
    "zh-Hans": _style(
        "zh_Hans", "M月d日EEEE", "M月d日", "y年", "{day} {clock}", short_at="{day} {clock}", year_first=True
    ),
    # Before a weekday would stand "na" or "no", by its gender; before a day's number "em" is always right.
    "pt": _style(
        "pt",
        "d 'de' MMMM, EEEE",
        " 'de' MMMM",
        " 'de' y",
        "{day}, às {clock}",
        at_one="{day}, à {clock}",
        weekday_last=True,
        first="1º",
    ),
}


@cache
def _style_of(language: str) -> Style:
    """How a language writes dates; as CLDR has it, where nobody has looked closer yet."""
    if language in STYLES:
        return STYLES[language]
    locale = Locale.parse(language, sep="-")
    joined = locale.datetime_formats["medium"].replace("'", "").format("{clock}", "{day}")
    near = str(locale.datetime_skeletons.get("MMMMEEEEd") or locale.datetime_skeletons.get("MMMEd") or "EEEE d MMMM")
    return Style(locale, near, "", "", at=joined, short_at=joined, whole=str(locale.date_formats["full"]))


def moment(language: str, at: datetime, zone: str) -> str:
    """An instant as full date and time of day in an IANA zone: "Monday 30 November 2026 at 09:00"."""
    # Formatting by CLDR costs 18 µs; a broadcast repeats a handful of minutes and zones.
    return _moment(language, at.replace(second=0, microsecond=0), zone, near=False)


def near_moment(language: str, at: datetime, zone: str) -> str:
    """The same without the year: "Monday 30 November at 09:00"."""
    return _moment(language, at.replace(second=0, microsecond=0), zone, near=True)


@lru_cache(maxsize=4096)
def _moment(language: str, at: datetime, zone: str, *, near: bool) -> str:
    style, local = _style_of(language), at.astimezone(ZoneInfo(zone))
    join = style.at_one if style.at_one and local.hour == 1 else style.at
    return join.format(
        day=_written(language, local.date(), style.near if near else style.full), clock=clock(language, at, zone)
    )


def short_moment(language: str, at: datetime, zone: str) -> str:
    """An instant's day, month and time of day in an IANA zone, short: "30 Nov, 09:00"."""
    local = at.astimezone(ZoneInfo(zone)).date()
    return _style_of(language).short_at.format(day=short_day(language, local), clock=clock(language, at, zone))


def clock(language: str, at: datetime, zone: str) -> str:
    """An instant's time of day in an IANA zone: "09:00", "9 h 30", "9:00 ص"."""
    local = at.astimezone(ZoneInfo(zone))
    if language == "fr":
        return f"{local.hour}{NO_BREAK}h" + (f"{NO_BREAK}{local.minute:02}" if local.minute else "")
    if language == "ru":
        return f"{local:%-H:%M}"
    return str(format_time(local, "short", locale=_style_of(language).locale))


def short_day(language: str, day: date) -> str:
    """A date's day and month, short: "30 Nov"."""
    written = format_skeleton("MMMd", datetime.combine(day, time(12), UTC), locale=_style_of(language).locale)
    return _ordinal(language, day, str(written))


def days(language: str, first: date, last: date) -> str:
    """The days from one to another: "13–31 October 2014", "30 September – 3 October 2014"; one alone where both are the same."""
    style = _style_of(language)
    if style.whole:
        return _both(style.locale, first, last, "long")
    if style.year_first:
        return short_days(language, first, last)
    end = _written(language, last, f"d{style.month}{style.year}")
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{_written(language, first, 'd')}–{end}"
    year = "" if first.year == last.year else style.year
    return f"{_written(language, first, f'd{style.month}{year}')} – {end}"


def short_days(language: str, first: date, last: date) -> str:
    """The same with months cut short: "13–31 Oct 2014"."""
    style = _style_of(language)
    if style.whole:
        return _both(style.locale, first, last, "medium")
    written = str(format_interval(first, last, "yMMMd", locale=style.locale)).replace(THIN, " ")
    return _ordinal(language, last if last.day == 1 else first, written)


def _both(locale: Locale, first: date, last: date, width: Literal["long", "medium"]) -> str:
    """Each day whole: CLDR's intervals lose a month in some languages."""
    return " – ".join(dict.fromkeys(str(format_date(day, width, locale=locale)) for day in (first, last)))


def _written(language: str, day: date, pattern: str) -> str:
    return _ordinal(language, day, str(format_date(day, pattern, locale=_style_of(language).locale)))


def _ordinal(language: str, day: date, written: str) -> str:
    """Some languages have a first of the month, and numbers after it."""
    first = _style_of(language).first
    return _FIRST.sub(first, written) if first and day.day == 1 else written
