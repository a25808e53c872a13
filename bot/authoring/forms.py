"""The forms of single values in a dialogue file, each read from its words and written back to them."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache
from typing import TypeVar, get_args
from zoneinfo import ZoneInfo, available_timezones

from bot import i18n, places
from bot.authoring import moments
from bot.authoring.dialogue_file import Weekday
from bot.authoring.faults import Code, Malformed

NONE = "none"
NEVER = "never"
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
LONGEST_PERIOD = timedelta(days=366)
SHORTEST_DIGEST = timedelta(days=1)
LONGEST_KEPT = timedelta(days=100 * 365)
# Far enough from both ends of the calendar that fifty questions a year apart don't leave it.
YEARS = range(2000, 2200)

_SLUG = re.compile(r"[a-z0-9-]{3,40}")
_PERIOD = re.compile(r"(?:every\s+)?([1-9][0-9]{0,6})\s*(minute|hour|day|week)s?", re.IGNORECASE | re.ASCII)
_RHYTHMS = {"weekly": "1 week", "every week": "1 week", "daily": "1 day", "every day": "1 day"}
_KEPT = re.compile(r"([1-9][0-9]{0,4})\s*(day|week|month|year)s?")
_DAYS = {"year": 365, "month": 30, "week": 7, "day": 1}
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)\s?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s/<>\"]+[^\s<>\"]*", re.IGNORECASE)
_LONGEST_ADDRESS = 2048

T = TypeVar("T")
Form = Callable[[str], T]


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` was probably meant to be, or nothing."""
    by_folded = {each.casefold(): each for each in known}
    matches = get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[matches[0]] if matches else ""


def slug(text: str) -> str:
    """A dialogue's name in its join link."""
    if _SLUG.fullmatch(text):
        return text
    letters = unicodedata.normalize("NFKD", text.lower())  # an accent falls off its letter
    words = re.findall(r"[a-z0-9]+", "".join(each for each in letters if not unicodedata.combining(each)))
    suggestion = "-".join(words)[:40].strip("-")
    raise Malformed(Code.SLUG, value=text, suggestion=suggestion if _SLUG.fullmatch(suggestion) else "")


def timezone(text: str) -> str:
    """An IANA time zone's name."""
    zones = _timezones()
    if text in zones:
        return text
    found = [] if "/" in text else places.find(text.replace("_", " "), language=i18n.SOURCE)
    if not found:
        raise Malformed(Code.TIMEZONE, value=text, suggestion=nearest(text, zones), city="")
    first = found[0]
    city = "" if places.fold(first.name) in places.fold(first.zone) else first.name
    raise Malformed(Code.TIMEZONE, value=text, suggestion=first.zone, city=city)


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones() - {"Factory", "localtime"})


def period(text: str) -> timedelta:
    """A length of time: "N minutes", "N hours", "N days" or "N weeks", up to a year; "weekly" and its like are taken, too."""
    match = _PERIOD.fullmatch(_RHYTHMS.get(text.casefold(), text))
    length = timedelta(**{f"{match[2].lower()}s": int(match[1])}) if match else None
    if length is None or length > LONGEST_PERIOD:
        raise Malformed(Code.PERIOD, value=text)
    return length


def digest_period(text: str) -> timedelta:
    """The length of time from one digest to the next: a day at least."""
    length = period(text)
    if length < SHORTEST_DIGEST:
        raise Malformed(Code.DIGEST_TOO_OFTEN, value=text)
    return length


def written_period(length: timedelta) -> str:
    """The length of time in the largest unit that says it whole: "2 weeks"."""
    minutes = length // timedelta(minutes=1)
    units = (("week", 7 * 24 * 60), ("day", 24 * 60), ("hour", 60), ("minute", 1))
    unit, size = next((unit, size) for unit, size in units if minutes % size == 0)
    count = minutes // size
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def kept_for(least: timedelta) -> Form[timedelta | None]:
    """The form of how long something is kept: "N days", "weeks", "months" (of 30 days) or "years" (of 365); or "never" gone."""

    def kept(text: str) -> timedelta | None:
        if text == NEVER:
            return None
        match = _KEPT.fullmatch(text)
        length = timedelta(days=int(match[1]) * _DAYS[match[2]]) if match else None
        if length is None or length > LONGEST_KEPT:
            raise Malformed(Code.KEPT_FOR, value=text)
        if length < least:
            raise Malformed(Code.KEPT_TOO_SHORT, value=text, least=written_kept(least))
        return length

    return kept


def parted_days(length: timedelta) -> tuple[int, str]:
    """A length of time of whole days as so many years, months or days, whichever is the largest that says it whole."""
    unit = next(unit for unit in ("year", "month", "day") if length.days % _DAYS[unit] == 0)
    return length.days // _DAYS[unit], unit


def written_kept(length: timedelta | None) -> str:
    """How long something is kept: "90 days" is 3 months; "never" where it never goes."""
    if length is None:
        return NEVER
    count, unit = parted_days(length)
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def clock(text: str) -> time:
    """A time of day, 00:00 to 23:59."""
    match = _CLOCK.fullmatch(text)
    if not match:
        raise Malformed(Code.CLOCK, value=text)
    return time(int(match[1]), int(match[2]))


def written_clock(at: time) -> str:
    """A time of day as "09:00"."""
    return at.isoformat(timespec="minutes")


def quiet_hours(text: str) -> tuple[time, time]:
    """Two times of day with a hyphen or dash between them; the second may be on the next day."""
    begin, dash, end = re.sub(r"\s*[-–]\s*", "-", text).partition("-")
    try:
        hours = clock(begin), clock(end)
    except Malformed:
        hours = None
    if not (dash and hours) or hours[0] == hours[1]:
        raise Malformed(Code.QUIET_HOURS, value=text)
    return hours


def written_quiet_hours(hours: tuple[time, time]) -> str:
    """The quiet hours as "21:00-08:00"."""
    return "-".join(map(written_clock, hours))


def moment(text: str, zone: str | None) -> datetime:
    """A moment by the clock of `zone`, naive; one with an offset is converted to that clock (UTC while no zone is known)."""
    match = _MOMENT.fullmatch(moments.iso(text))
    try:
        read = datetime.fromisoformat(f"{match[1]}T{match[2]}{(match[3] or '').upper()}") if match else None
    except ValueError:
        read = None
    if read is None or read.year not in YEARS:
        raise Malformed(Code.MOMENT, value=text)
    if read.tzinfo is None:
        return read
    return read.astimezone(ZoneInfo(zone) if zone else UTC).replace(tzinfo=None)


def written_moment(wall: datetime, zone: str) -> str:
    """A wall clock's moment as "2026-11-30T09:00"; with its offset in an hour that comes twice, which is else its first coming."""
    precision = "seconds" if wall.second else "minutes"
    aware = wall.replace(tzinfo=ZoneInfo(zone))
    return (aware if wall.fold else wall).isoformat(timespec=precision)


def address(text: str) -> str:
    """A web page's address."""
    if len(text) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(text):
        raise Malformed(Code.ADDRESS, value=text)
    return text


def weekday(text: str) -> str:
    """A day of the week: "fri", or its name in any shipped language."""
    return choice(*WEEKDAYS)(_days_by_name().get(text.casefold(), text))


@cache
def _days_by_name() -> dict[str, str]:
    names = {tag: i18n.locale_of(tag).days["stand-alone"]["wide"] for tag in i18n.LANGUAGES}
    return {names[tag][index].casefold(): day for tag in names for index, day in enumerate(WEEKDAYS)}


def choice(*choices: str) -> Form[str]:
    """A form of a few words to choose from."""

    def chosen(text: str) -> str:
        if text.casefold() in choices:
            return text.casefold()
        raise Malformed(Code.CHOICE, value=text, choices=", ".join(choices), suggestion=nearest(text, choices))

    return chosen


def or_none(form: Form[T]) -> Form[T | None]:
    """The form, or the word "none"."""
    return lambda text: None if text == NONE else form(text)
