"""What to look at again before a dialogue runs (checks, lint): gaps, long texts, nights, weekends, holidays, and years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot import markup
from bot.authoring import DialogueFile
from bot.core import schedule
from bot.core.plays import Scene, Side
from bot.core.schedule import QuietHours
from bot.models import Kind

FAR = timedelta(days=366)  # whoever means so late a day will not mind being asked
WEEKEND = frozenset({5, 6})  # Saturday and Sunday, as Python counts weekdays


class Snag(StrEnum):
    """What is doubtful."""

    NO_TEXT = "no_text"
    SPLITS = "splits"
    AT_NIGHT = "at_night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAST = "past"
    FAR = "far"


class TextKind(StrEnum):
    """Which text of a dialogue; one of a question, or of a live event, has a number beside it."""

    TITLE = "title"
    SUMMARY = "summary"
    NOTE = "concept_note"
    RULES = "rules"
    QUESTION_TITLE = "question_title"
    QUESTION = "question"
    PROMPTS = "prompts"
    EVENT = "event"
    EVENT_ABOUT = "event_about"


@dataclass(frozen=True)
class Concern:
    """Something to look at again, in order: about which text, or which question (from 1), in which language, at which moment.

    `reaches_at` is when what falls into the night gets to members; `count` how many messages a text comes in; `name` that
    of a holiday, in a `country` (ISO 3166).
    """

    snag: Snag
    place: TextKind | None = None
    number: int | None = None
    language: str | None = None
    moment: datetime | None = None
    reaches_at: datetime | None = None
    count: int = 0
    name: str = ""
    country: str = ""


def of_file(file: DialogueFile, *, now: datetime) -> list[Concern]:
    """All that a dialogue file says, or doesn't, that its author may not mean so."""
    return [*gaps(file), *splits(file), *moments(file, now=now)]


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
    for number, event in enumerate(file.events, start=1):
        yield from _missing(file, TextKind.EVENT, event.title, number)
        yield from _missing(file, TextKind.EVENT_ABOUT, event.about, number)


def _missing(
    file: DialogueFile, place: TextKind, texts: Mapping[str, object], number: int | None = None
) -> Iterator[Concern]:
    for language in file.languages:
        if texts and not texts.get(language):
            yield Concern(Snag.NO_TEXT, place, number, language)


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


def moments(file: DialogueFile, *, now: datetime) -> Iterator[Concern]:
    """Openings by the dialogue's clock that have passed, are far away, or come at a time when few will look."""
    for index in range(len(file.questions)):
        wall, number = file.question_opens(index), index + 1
        moment = schedule.instant(wall, file.timezone)
        if moment <= now or moment > now + FAR:
            yield Concern(Snag.PAST if moment <= now else Snag.FAR, number=number, moment=moment)
        if (waking := _waking(file, moment)) > moment:
            yield Concern(Snag.AT_NIGHT, number=number, moment=moment, reaches_at=waking)
        if wall.weekday() in WEEKEND:
            yield Concern(Snag.WEEKEND, number=number, moment=moment)


def _waking(file: DialogueFile, moment: datetime) -> datetime:
    quiet: tuple[time, time] | None = file.quiet_hours
    return QuietHours(*quiet).waking(moment, file.timezone) if quiet else moment
