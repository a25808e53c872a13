"""A file meets a dialogue that is going on (merge): what was moved in the chat stays, and no question gets lost in the past."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.authoring import DialogueFile
from bot.core import schedule
from bot.features.events.actions import programme
from bot.features.events.actions.programme import EventIntoPast
from bot.features.questions.actions import deliveries
from bot.features.questions.actions.periods import Edge
from bot.models import Dialogue, Question


class WouldLoseReplies(Exception):
    """The file leaves out a question (`number`) that was posted already."""

    def __init__(self, number: int) -> None:
        super().__init__(f"question {number}")
        self.number = number


class MovesPosted(Exception):
    """The file opens a question (`number`) at another time although it was posted already."""

    def __init__(self, number: int) -> None:
        super().__init__(f"question {number}")
        self.number = number


class PutsIntoPast(Exception):
    """By the file a question would open, or close, at a moment that has passed: members would never get it, or be cut off."""

    def __init__(self, number: int, edge: Edge, moment: datetime, zone: str) -> None:
        super().__init__(f"{edge} of question {number}, {moment}")
        self.number, self.edge, self.moment, self.zone = number, edge, moment, zone


class TimesClash(Exception):
    """With what was moved in the chat, the file's times of a question (`number`) are out of order."""

    def __init__(self, number: int) -> None:
        super().__init__(f"question {number}")
        self.number = number


REFUSED = (WouldLoseReplies, MovesPosted, PutsIntoPast, TimesClash, EventIntoPast)


@dataclass(frozen=True)
class Times:
    """When a question opens and closes, by the dialogue's clock."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True)
class Retimed:
    """One end of a question: what is running, what the file says; the file's is not taken where it `stays` as it was moved."""

    number: int
    edge: Edge
    running: datetime
    in_file: datetime
    stays: bool


@dataclass(frozen=True)
class Merged:
    """The times that hold once a file is imported, question by question, and which differ from the file's or the running ones."""

    times: tuple[Times, ...]
    retimed: tuple[Retimed, ...]


def as_written(file: DialogueFile) -> Merged:
    """The times of a file that makes a new dialogue."""
    return Merged(tuple(_in_file(file, index) for index in range(len(file.questions))), ())


def _in_file(file: DialogueFile, index: int) -> Times:
    return Times(file.question_opens(index), file.question_closes(index))


async def merge(session: AsyncSession, dialogue: Dialogue, file: DialogueFile, *, now: datetime) -> Merged:
    """The times of a dialogue (locked, its questions loaded) with those that the file has changed since it was imported last.

    What was moved meanwhile stays where it was moved. Raises WouldLoseReplies, MovesPosted, PutsIntoPast, TimesClash or EventIntoPast.
    """
    posted = {question.position: await deliveries.is_posted(session, question) for question in dialogue.questions}
    for lost in dialogue.questions[len(file.questions) :]:
        if posted[lost.position]:
            raise WouldLoseReplies(lost.number)
    known: dict[int, Question] = {question.position: question for question in dialogue.questions}
    times: list[Times] = []
    retimed: list[Retimed] = []
    for index in range(len(file.questions)):
        written, question = _in_file(file, index), known.get(index)
        if question is None:
            times.append(written)
            continue
        opens = _held(question.opens, question.opens_in_file, written.opens)
        times.append(Times(opens, _held(question.closes, question.closes_in_file, written.closes)))
        retimed += _retimed(question, written, times[-1])
    _check(dialogue, file, times, posted, now=now)
    await programme.refuse_past(session, dialogue, file.events, zone=file.timezone, now=now)
    return Merged(tuple(times), tuple(retimed))


def _held(running: datetime, in_file: datetime | None, written: datetime) -> datetime:
    """What holds of one end: the running time where the file says what it said before, else the file's."""
    return running if in_file is not None and in_file == written else written


def _retimed(question: Question, written: Times, held: Times) -> Iterator[Retimed]:
    for edge, running, in_file, holds in (
        (Edge.OPENING, question.opens, written.opens, held.opens),
        (Edge.CLOSE, question.closes, written.closes, held.closes),
    ):
        if running != in_file:
            yield Retimed(question.number, edge, running, in_file, stays=holds == running)


def _check(
    dialogue: Dialogue, file: DialogueFile, times: Sequence[Times], posted: Mapping[int, bool], *, now: datetime
) -> None:
    other_clock = (dialogue.timezone, dialogue.send_at.value) != (file.timezone, file.send_at)
    running = {question.position: Times(question.opens, question.closes) for question in dialogue.questions}
    for index, held in enumerate(times):
        before = running.get(index)
        if before is not None and posted[index] and (other_clock or before.opens != held.opens):
            raise MovesPosted(index + 1)
        if held.closes <= held.opens or (index and held.opens <= times[index - 1].opens):
            raise TimesClash(index + 1)
        edges = [Edge.CLOSE] if posted.get(index) else [Edge.OPENING, Edge.CLOSE]
        for edge in edges:
            moment = schedule.instant(_at(held, edge), file.timezone)
            came = schedule.instant(_at(before, edge), dialogue.timezone) if before is not None else None
            # A close that has passed may be told otherwise: nothing gets lost by it.
            passed_before = came is not None and (came == moment or (edge is Edge.CLOSE and came <= now))
            if moment <= now and not passed_before:
                raise PutsIntoPast(index + 1, edge, moment, file.timezone)


def _at(times: Times, edge: Edge) -> datetime:
    return times.opens if edge is Edge.OPENING else times.closes
