"""The order of a dialogue's moments: it starts, each question opens after the one before and closes, it ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.authoring.dialogue_file import WEEK
from bot.authoring.faults import Code
from bot.authoring.section import Section


@dataclass(frozen=True)
class _Frame:
    """The dialogue's own moments, as far as they could be read; `ends` only where it is after `starts`."""

    starts: datetime | None
    ends: datetime | None
    every: timedelta


def check_times(dialogue: Section, questions: list[Section]) -> None:
    """Note each moment that is out of order. Those that couldn't be read are passed over."""
    frame = _frame(dialogue)
    openings = [_opens(frame, question, index) for index, question in enumerate(questions)]
    for index, question in enumerate(questions):
        previous = openings[index - 1] if index else None
        following = openings[index + 1] if index + 1 < len(openings) else frame.ends
        _check_opening(frame, question, index + 1, openings[index], previous)
        _check_closing(frame, question, index + 1, openings[index])
        _check_reminder(dialogue, question, index + 1, (openings[index], following))


def _frame(dialogue: Section) -> _Frame:
    starts, ends = dialogue.values.get("starts"), dialogue.values.get("ends")
    if starts and ends and ends <= starts:
        params = {"starts": _shown(starts), "ends": _shown(ends)}
        dialogue.ledger.refuse(Code.ENDS_BEFORE_START, "ends", dialogue.node_of("ends"), **params)
        ends = None
    return _Frame(starts, ends, dialogue.values.get("every", WEEK))


def _opens(frame: _Frame, question: Section, index: int) -> datetime | None:
    if "opens" in question:
        return question.values.get("opens")
    return frame.starts + index * frame.every if frame.starts else None


def _check_opening(
    frame: _Frame, question: Section, number: int, opens: datetime | None, previous: datetime | None
) -> None:
    if opens is None:
        return
    if previous and opens <= previous:
        params: dict[str, str | int] = {"previous": number - 1, "previous_opens": _shown(previous)}
        _refuse(Code.OPENS_BEFORE_PREVIOUS, question, "opens", number, opens=_shown(opens), **params)
    elif frame.starts and opens < frame.starts:
        _refuse(Code.OPENS_BEFORE_START, question, "opens", number, opens=_shown(opens), starts=_shown(frame.starts))
    if frame.ends and opens >= frame.ends:
        _refuse(Code.OPENS_AFTER_END, question, "opens", number, opens=_shown(opens), ends=_shown(frame.ends))


def _check_closing(frame: _Frame, question: Section, number: int, opens: datetime | None) -> None:
    closes = question.values.get("closes")
    if closes is None:
        return
    if opens and closes <= opens:
        _refuse(Code.CLOSES_BEFORE_OPENING, question, "closes", number, opens=_shown(opens), closes=_shown(closes))
    elif frame.ends and closes > frame.ends:
        _refuse(Code.CLOSES_AFTER_END, question, "closes", number, closes=_shown(closes), ends=_shown(frame.ends))


def _check_reminder(
    dialogue: Section, question: Section, number: int, span: tuple[datetime | None, datetime | None]
) -> None:
    """Warn of a written reminder that would come before its question."""
    reminder = dialogue.values.get("reminder")
    opens, following = span
    closes = question.values.get("closes") or following
    if reminder and opens and closes and opens < closes <= opens + reminder:
        node = dialogue.node_of("reminder")
        dialogue.ledger.warn(Code.REMINDER_BEFORE_OPENING, "reminder", node, number=number)


def _refuse(code: Code, question: Section, key: str, number: int, **params: str | int) -> None:
    place = question.at(key) if key in question else question.place
    question.ledger.refuse(code, place, question.node_of(key), number=number, **params)


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
