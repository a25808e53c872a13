"""When things fall due: wall-clock times become instants here, and only here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.models import Dialogue, Question, SendAt

EARLIEST_ZONE, LATEST_ZONE = "Etc/GMT-14", "Etc/GMT+12"  # the first and last places on earth where a day begins
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


def instant(wall: datetime, zone: str) -> datetime:
    """The UTC instant at which clocks in an IANA zone show `wall` (naive).

    A time that daylight saving skips is the first instant after the gap; one that comes twice is the first of the
    two, or, with fold=1, the second.
    """
    return _instant(wall, wall.fold, zone)


@lru_cache(maxsize=4096)  # a few walls in a few hundred zones, asked for with every delivery
def _instant(wall: datetime, _fold: int, zone: str) -> datetime:
    # Moments that differ in their fold alone are equal: it is told beside them, or the one would be taken for the other.
    place = ZoneInfo(zone)
    moment = wall.replace(tzinfo=place).astimezone(UTC)
    if moment.astimezone(place).replace(tzinfo=None) == wall:
        return moment
    before, after = (wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (1, 0))
    return _end_of_gap(before, after, place)


def _end_of_gap(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    offset = after.astimezone(place).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(place).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)


@dataclass(frozen=True)
class QuietHours:
    """The hours of a member's night in which nothing unasked is sent; they may span midnight."""

    begin: time
    end: time

    def waking(self, moment: datetime, zone: str) -> datetime:
        """The moment itself, or, if it lies in the night of that zone, the end of that night."""
        local = moment.astimezone(ZoneInfo(zone))
        clock = local.time()
        if self.begin <= self.end:
            quiet, tomorrow = self.begin <= clock < self.end, False
        else:
            quiet, tomorrow = clock >= self.begin or clock < self.end, clock >= self.begin
        if not quiet:
            return moment
        day = local.date() + timedelta(days=tomorrow)
        return max(moment, instant(datetime.combine(day, self.end), zone))


def waking(dialogue: Dialogue, moment: datetime, zone: str) -> datetime:
    """The first instant from `moment` on at which a member in `zone` may be written to unasked."""
    if dialogue.quiet_from is None or dialogue.quiet_until is None:
        return moment
    return QuietHours(dialogue.quiet_from, dialogue.quiet_until).waking(moment, zone)


def clock_of(send_at: SendAt, timezone: str, zone: str) -> str:
    """The zone by whose clock a dialogue held in `timezone` opens and closes its questions for a member in `zone`."""
    return zone if send_at is SendAt.MEMBER else timezone


def opens_at(dialogue: Dialogue, question: Question, zone: str) -> datetime:
    """The instant at which a question opens for a member in `zone`, quiet hours aside."""
    return instant(question.opens, clock_of(dialogue.send_at, dialogue.timezone, zone))


def closes_at(dialogue: Dialogue, question: Question, zone: str) -> datetime:
    """The instant after which a reply of a member in `zone` is late."""
    return instant(question.closes, clock_of(dialogue.send_at, dialogue.timezone, zone))


def due_at(dialogue: Dialogue, question: Question, zone: str) -> datetime:
    """When a question is to reach a member in `zone`: at its opening, out of quiet hours."""
    return waking(dialogue, opens_at(dialogue, question, zone), zone)


def earliest_opening(dialogue: Dialogue, question: Question) -> datetime:
    """The first instant at which the question opens anywhere."""
    return earliest(question.opens, dialogue.send_at, dialogue.timezone)


def earliest(wall: datetime, send_at: SendAt, timezone: str) -> datetime:
    """The first instant at which clocks show `wall` for anyone in a dialogue held in `timezone`."""
    return instant(wall, clock_of(send_at, timezone, EARLIEST_ZONE))


def last_close(dialogue: Dialogue, questions: Iterable[Question]) -> datetime:
    """The instant at which the last question has closed everywhere."""
    return max(closes_at(dialogue, question, LATEST_ZONE) for question in questions)


def same_day(one: datetime, other: datetime, zone: str) -> bool:
    """Whether two instants fall on one date in `zone`."""
    place = ZoneInfo(zone)
    return one.astimezone(place).date() == other.astimezone(place).date()


@dataclass(frozen=True)
class Rhythm:
    """When digests fall due: `at` by the clock of `zone`, every so often, on a day (mon to sun) if one is named."""

    every: timedelta
    at: time
    day: str | None
    zone: str


def digests_around(dialogue: Dialogue, rhythm: Rhythm, moment: datetime) -> tuple[datetime | None, datetime]:
    """The instants at which digests in this rhythm fall due: the last one up to a moment, if any, and the first after it.

    They begin with the dialogue, and have no end.
    """
    place = ZoneInfo(rhythm.zone)
    starts = instant(dialogue.starts, dialogue.timezone).astimezone(place).replace(tzinfo=None)
    first = _first_digest(starts, rhythm.at, rhythm.day)
    number = max(0, (moment.astimezone(place).replace(tzinfo=None) - first) // rhythm.every)
    last, following = (instant(first + each * rhythm.every, rhythm.zone) for each in (number, number + 1))
    while following <= moment:  # in an hour that comes twice
        number += 1
        last, following = following, instant(first + (number + 1) * rhythm.every, rhythm.zone)
    return (last, following) if last <= moment else (None, last)


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _first_digest(starts: datetime, at: time, day: str | None) -> datetime:
    wall = datetime.combine(starts.date(), at)
    if day is not None:
        wall += timedelta(days=(DAYS.index(day) - wall.weekday()) % 7)
    return wall if wall > starts else wall + timedelta(days=7 if day else 1)
