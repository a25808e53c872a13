"""A day that someone typed: in figures of any order, or with the name of a month in any language that the bot speaks."""

import re
import unicodedata
from datetime import datetime, time
from functools import cache

from bot import i18n
from bot.authoring import forms

_FIGURES = re.compile(r"(\d{1,4})\s*[./\-年,، ]\s*(\d{1,2})\s*[./\-月,، ]\s*(\d{1,4})\s*日?")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s*[:h.]\s*(\d{2})(?!\d)")
_YEAR_DIGITS = 4
_SHORTEST_NAME = 3


def read(text: str, *, usual: time, now: datetime) -> list[datetime]:
    """The wall clocks that a typed day can mean: none, one, or two where nobody can tell the day from the month.

    A day without a year is the next one; without a time of day it is at the `usual` one. `now` is by the same clock, naive.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    figures = _FIGURES.search(folded)
    rest = folded[: figures.start()] + folded[figures.end() :] if figures else folded
    clock = _CLOCK.search(rest)
    at = _clock(clock) if clock else usual
    if at is None:
        return []
    if figures:
        orders = _orders(*(figures[part] for part in (1, 2, 3)))
        days = orders[:1] if "." in figures[0] else orders  # with dots the day stands first wherever they are used
    else:
        days = _named(rest[: clock.start()] + rest[clock.end() :] if clock else rest, now)
    return [datetime.combine(day, at) for day in dict.fromkeys(days) if day.year in forms.YEARS]


def _clock(found: re.Match[str]) -> time | None:
    hour, minute = int(found[1]), int(found[2])
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - of a day, of an hour


def _orders(first: str, second: str, third: str) -> list[datetime]:
    """The year stands first or last; beside it the day or the month, unless it stands first: then the month is next."""
    if len(first) == _YEAR_DIGITS:
        orders = [(first, second, third)]
    elif len(third) == _YEAR_DIGITS:
        orders = [(third, second, first), (third, first, second)]
    else:
        return []
    return [day for order in orders if (day := _day(*map(int, order)))]


def _named(text: str, now: datetime) -> list[datetime]:
    """The day in "7 December", "7 de diciembre de 2026"."""
    months = {number for name, number in _months().items() if re.search(rf"(?<![^\W\d_]){re.escape(name)}", text)}
    numbers = [int(each) for each in re.findall(r"\d+", text)]
    years = [each for each in numbers if each >= 10 ** (_YEAR_DIGITS - 1)]
    days = [each for each in numbers if each not in years]
    if len(months) != 1 or len(days) != 1 or len(years) > 1:
        return []
    month = months.pop()
    if years:
        day = _day(years[0], month, days[0])
        return [day] if day else []
    coming = (_day(year, month, days[0]) for year in (now.year, now.year + 1))
    return [day for day in coming if day and day.date() >= now.date()][:1]


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - a wall clock is naive
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """The months by the beginnings of their names, as long as no other month's begins so."""
    found: dict[str, int] = {}
    for tag in i18n.LANGUAGES:
        for form in i18n.locale_of(tag).months.values():
            for number, name in form.get("wide", {}).items():
                if len(name) >= _SHORTEST_NAME:
                    found[name.casefold()] = number
            for number, name in form.get("abbreviated", {}).items():
                short = name.casefold().rstrip(".")
                if len(short) >= _SHORTEST_NAME:
                    found.setdefault(short, number)
    return found
