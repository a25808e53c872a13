"""What to look at again before a dialogue runs (checks, lint): gaps, long texts, nights, weekends, holidays, and years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot import markup, places
from bot.authoring import DialogueFile, fingerprint
from bot.core import schedule
from bot.core.plays import Scene, Side
from bot.core.schedule import QuietHours
from bot.models import Kind, SendAt

FAR = timedelta(days=366)  # whoever means so late a day will not mind being asked
MOST_COUNTRIES = 5  # whose days off are told of


class Snag(StrEnum):
    """What is doubtful."""

    NO_TEXT = "no_text"
    SPLITS = "splits"
    AT_NIGHT = "at_night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAST = "past"
    FAR = "far"
    STALE = "stale"


TOLD_OF_FILES = frozenset({Snag.NO_TEXT, Snag.STALE, Snag.PAST, Snag.FAR})
"""What whoever reads a file is told anyhow: as its faults, and with its calendar."""


class TextKind(StrEnum):
    """Which text of a dialogue; one of a question, or of a live event, has a number beside it."""

    TITLE = "title"
    SUMMARY = "summary"
    NOTE = "concept_note"
    RULES = "rules"
    QUESTION_TITLE = "question_title"
    QUESTION = "question"
    PROMPTS = "prompts"
    FOLLOW_UP = "follow_up"
    EVENT = "event"
    EVENT_ABOUT = "event_about"


@dataclass(frozen=True)
class Concern:
    """Something to look at again, in order: about which text, or which question (from 1), in which language, at which moment.

    `reaches_at` is when what falls into the night gets to members; `count` how many messages a text comes in. `days_off` has
    the countries (ISO 3166, empty where none is known) in which a day is off, with the holiday's name.
    """

    snag: Snag
    place: TextKind | None = None
    number: int | None = None
    language: str | None = None
    moment: datetime | None = None
    reaches_at: datetime | None = None
    count: int = 0
    days_off: tuple[tuple[str, str], ...] = ()


def of_file(file: DialogueFile, *, now: datetime, zones: Sequence[str] = (), language: str) -> list[Concern]:
    """All that a dialogue file says, or doesn't, that its author may not mean so.

    Days off are those of the countries of `zones`, where members live, or else of the dialogue's; holidays are called as in
    `language`. It takes up to half a second, for the first year of a country: not in an event loop's thread.
    """
    return [*without_days_off(file, now=now), *days_off(file, zones, language)]


def without_days_off(file: DialogueFile, *, now: datetime) -> list[Concern]:
    """The same, as far as it takes no time."""
    return [*stale(file), *gaps(file), *splits(file), *years(file, now=now), *nights(file)]


def gaps(file: DialogueFile) -> Iterator[Concern]:
    """Texts that aren't there in each language of the dialogue; what isn't there at all is no gap."""
    whole = {
        TextKind.TITLE: file.title,
        TextKind.SUMMARY: file.summary,
        TextKind.NOTE: file.concept_note,
        TextKind.RULES: file.rules,
    }
    for place, texts in whole.items():
        yield from _missing(file, place, texts)
    for number, question in enumerate(file.questions, start=1):
        yield from _missing(file, TextKind.QUESTION_TITLE, question.title, number)
        yield from _missing(file, TextKind.QUESTION, question.text, number)
        yield from _missing(file, TextKind.PROMPTS, question.prompts, number)
        yield from _missing(file, TextKind.FOLLOW_UP, question.follow_up, number)
    for number, event in enumerate(file.events, start=1):
        yield from _missing(file, TextKind.EVENT, event.title, number)
        yield from _missing(file, TextKind.EVENT_ABOUT, event.about, number)


def _missing(
    file: DialogueFile, place: TextKind, texts: Mapping[str, object], number: int | None = None
) -> Iterator[Concern]:
    for language in file.languages:
        if texts and not texts.get(language):
            yield Concern(Snag.NO_TEXT, place, number, language)


def stale(file: DialogueFile) -> Iterator[Concern]:
    """Recordings that say another wording than what is written."""
    for number, question in enumerate(file.questions, start=1):
        for language, recording in (question.spoken or {}).items():
            if recording.of != fingerprint(question.text.get(language, "")):
                yield Concern(Snag.STALE, number=number, language=language)


def splits(file: DialogueFile) -> Iterator[Concern]:
    """Concept notes that come in several messages."""
    for language, note in file.concept_note.items():
        count = len(markup.long_note(markup.to_html(note)))
        if count > 1:
            yield Concern(Snag.SPLITS, TextKind.NOTE, language=language, count=count)


def of_play(scenes: Sequence[Scene], language: str) -> Iterator[Concern]:
    """Questions that come in several messages, once what others said stands around them."""
    for scene in scenes:
        if scene.side is Side.MEMBER and scene.cause is Kind.QUESTION and scene.part == 1 < scene.parts:
            yield Concern(Snag.SPLITS, TextKind.QUESTION, scene.number, language, count=scene.parts)


def years(file: DialogueFile, *, now: datetime) -> Iterator[Concern]:
    """Openings by the dialogue's clock that have passed, or are far away."""
    for number, moment in _openings(file):
        if moment <= now or moment > now + FAR:
            yield Concern(Snag.PAST if moment <= now else Snag.FAR, number=number, moment=moment)


def nights(file: DialogueFile) -> Iterator[Concern]:
    """Openings by the dialogue's clock that fall into the quiet hours."""
    for number, moment in _openings(file):
        if (waking := _waking(file, moment, file.timezone)) > moment:
            yield Concern(Snag.AT_NIGHT, number=number, moment=moment, reaches_at=waking)


def _openings(file: DialogueFile) -> Iterator[tuple[int, datetime]]:
    for index in range(len(file.questions)):
        yield index + 1, schedule.instant(file.question_opens(index), file.timezone)


def days_off(file: DialogueFile, zones: Sequence[str], language: str) -> Iterator[Concern]:
    """Openings that come on a weekend or a public holiday, by the clock of each country."""
    countries = {places.country_of(zone): zone for zone in reversed(zones or (file.timezone,))}
    for number, moment in _openings(file):
        weekends, holidays = [], []
        for country, zone in list(reversed(countries.items()))[:MOST_COUNTRIES]:
            day = _day(file, file.question_opens(number - 1), zone)
            if places.is_weekend(country, day):
                weekends.append((country, ""))
            if name := places.holiday(country, day, language):
                holidays.append((country, name))
        for snag, found in ((Snag.WEEKEND, weekends), (Snag.HOLIDAY, holidays)):
            if found:
                yield Concern(snag, number=number, moment=moment, days_off=tuple(found))


def _day(file: DialogueFile, wall: datetime, zone: str) -> date:
    """The day on which a question reaches members in a zone."""
    clock = schedule.clock_of(SendAt(file.send_at), file.timezone, zone)
    return _waking(file, schedule.instant(wall, clock), zone).astimezone(ZoneInfo(zone)).date()


def _waking(file: DialogueFile, moment: datetime, zone: str) -> datetime:
    quiet: tuple[time, time] | None = file.quiet_hours
    return QuietHours(*quiet).waking(moment, zone) if quiet else moment
