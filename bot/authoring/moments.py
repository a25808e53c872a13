"""A date with a time of day as people write it (30.11.2026 9:00, 30 November 2026 at 9 am): made ISO 8601 where it can only mean one thing."""

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime, time
from functools import cache

from bot.authoring.faults import Code, Malformed
from bot.i18n import LANGUAGES, locale_of

ISO = re.compile(r"\d{4}-\d\d-\d\d([Tt ]|$).*", re.ASCII | re.DOTALL)
USUAL_TIME = time(9)  # proposed, never taken, where a day has none

_CLOCK = re.compile(
    r"(?:[Tt,،]|\b(?:at|um|à|a las|a la|às|в|الساعة))?\s*(?<!\d)(\d{1,2})\s*(?:[:.hч٫]\s*(\d\d))?\s*(?::\d\d)?\s*"  # noqa: RUF001 - as it is written there
    r"(a\.?\s?m\.?|p\.?\s?m\.?|h|Uhr)?\s*$",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(\d{1,4})\s*([./\-年])\s*(\d{1,2})\s*[./\-月]\s*(\d{1,4})\s*日?\.?")
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+)?([^\W\d]+)\.?,?\s+(?:de\s+|del\s+)?(\d{4})(?:\s*г\.?)?"  # noqa: RUF001 - as it is written there
)
_NAMED_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_WEEKDAY = re.compile(r"^[^\W\d]+[.,،]?\s+(?=\d)|^[^\W\d]+,\s+")
_MONTHS = 12
_BETWEEN_DATES = frozenset(
    re.findall(
        r"\w+",
        "to from and until / de del al a y / du au et à / e do até / von bis / من إلى و / до по с и г года",  # noqa: RUF001 - Russian
    )
)
_FOUR = 4  # figures of a year


def iso(text: str) -> str:
    """The text as ISO 8601 says it, or as it is where it is no date that is known here.

    Raises Malformed for a day without its time, and for one that could be another by another country's order.
    """
    if ISO.fullmatch(text) and len(text) > len("2026-11-30"):
        return text
    spelt = _figures_of_ours(text)
    day, rest = _day(spelt, text)
    if day is None:
        return text
    if not rest.strip(" ,T"):
        raise Malformed(Code.DATE_WITHOUT_TIME, value=text, suggestion=_joined(day, USUAL_TIME))
    at = _clock(rest)
    return _joined(day, at) if at is not None else text


def is_dates_alone(text: str) -> bool:
    """Whether a line says nothing but dates: "13th – 31st October 2027"."""
    spelt = re.sub(r"(?<=\d)(?:st|nd|rd|th|er|º)\b", " ", _figures_of_ours(text), flags=re.IGNORECASE)
    words = [_bare(word) for word in re.findall(r"[^\W\d_]+", spelt)]
    months = [word for word in words if word in _months() or word in {"年", "月", "日"}]
    return (
        bool(months)
        and any(map(str.isdigit, spelt))
        and all(word in _BETWEEN_DATES or word in months for word in words)
    )


def _figures_of_ours(text: str) -> str:
    """Figures of other scripts (Arabic-Indic, full-width) as 0 to 9."""
    return "".join(
        str(unicodedata.digit(each)) if each.isdigit() else each for each in unicodedata.normalize("NFKC", text)
    )


def _joined(day: date, at: time) -> str:
    return datetime.combine(day, at).isoformat(timespec="minutes")


def _day(spelt: str, text: str) -> tuple[date | None, str]:
    """The day, and what is written behind it."""
    spelt = spelt.strip()
    found = _FIGURES.match(spelt)
    if found:
        return _by_figures(found, spelt[found.end() :], text), spelt[found.end() :]
    spelt = _WEEKDAY.sub("", spelt) if not _NAMED_FIRST.match(spelt) else spelt
    for pattern, order in ((_NAMED, (1, 2, 3)), (_NAMED_FIRST, (2, 1, 3))):
        found = pattern.match(spelt)
        month = _months().get(_bare(found[order[1]])) if found else None
        if found and month:
            return _existing(int(found[order[2]]), month, int(found[order[0]])), spelt[found.end() :]
    return None, ""


def _by_figures(found: re.Match[str], rest: str, text: str) -> date | None:
    first, middle, last = found[1], int(found[3]), found[4]
    if len(first) == _FOUR:
        return _existing(int(first), middle, int(last))
    if len(last) != _FOUR:
        return None
    year, one = int(last), int(first)
    readings = {_existing(year, middle, one), _existing(year, one, middle)} - {None}
    # Between dots the day stands first, everywhere.
    if len(readings) > 1 and found[2] != ".":
        at = _clock(rest) or USUAL_TIME
        either = sorted(_joined(day, at) for day in readings if day)
        raise Malformed(Code.AMBIGUOUS_DATE, value=text, first=either[0], second=either[1])
    return _existing(year, middle, one) or _existing(year, one, middle)


def _existing(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None


def _clock(rest: str) -> time | None:
    found = _CLOCK.fullmatch(rest.strip(" ,"))
    if not found or not (found[2] or found[3]):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half[:1] in {"a", "p"}:
        hour = hour % _MONTHS + (_MONTHS if half.startswith("p") else 0)
    with suppress(ValueError):
        return time(hour, minute)
    return None


@cache
def _months() -> dict[str, int]:
    """Months by their names, whole and short, in every shipped language."""
    return {
        _bare(name): number
        for tag in LANGUAGES
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in locale_of(tag).months[context][width].items()
    }


def _bare(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in folded if not unicodedata.combining(each)).strip(".")
