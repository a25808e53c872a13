"""When questions open and close, as the dialogue file would say it: by its rhythm (schedule, interval), or each by itself."""

from datetime import datetime
from enum import StrEnum

from bot.models import Dialogue


class Edge(StrEnum):
    """Which end of a question's period moves."""

    OPENING = "opening"
    CLOSE = "close"


def write_down(dialogue: Dialogue) -> None:
    """Have the file of a dialogue (its questions loaded) say the times its questions have now.

    It begins with its first question at the latest, and ends with its last at the earliest.
    """
    questions = sorted(dialogue.questions, key=lambda question: question.position)
    dialogue.starts = min(dialogue.starts, *(question.opens for question in questions))
    if dialogue.ends is not None:
        dialogue.ends = max(dialogue.ends, *(question.closes for question in questions))
    for question in questions:
        rhythm = dialogue.starts + question.position * dialogue.every
        question.opens_as_written = _written(question.opens_as_written, question.opens, rhythm)
    for question, following in zip(questions, [*questions[1:], None], strict=True):
        last = dialogue.ends or question.opens + dialogue.every
        rhythm = last if following is None else following.opens
        question.closes_as_written = _written(question.closes_as_written, question.closes, rhythm)


def _written(before: datetime | None, actual: datetime, rhythm: datetime) -> datetime | None:
    """What stands in the file: as before where that is right, nothing where the rhythm gives it."""
    if before is not None and _same(before, actual):
        return before
    return None if _same(rhythm, actual) else actual


def _same(one: datetime, other: datetime) -> bool:
    # The two of an hour that comes twice are equal to Python.
    return one == other and one.fold == other.fold
