"""A move of a question can be undone (rollback) until one that it concerns goes out; the others with a say in the schedule are told of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core import rights
from bot.core import schedule as core_schedule
from bot.core.rights import NotPermitted, Right
from bot.features.questions.actions import closings, deliveries
from bot.features.questions.actions.periods import Edge
from bot.ledger import notices, outbox
from bot.models import Act, Delivery, Dialogue, Kind, LogEntry, Member, Notice, NoticeKind, Person, Question


class ChangedSince(Exception):
    """Something else was moved or imported since, or has gone out: the move can't be undone."""


@dataclass(frozen=True)
class Timetable:
    """What the wall clocks of a dialogue are, or were: its own, and of each question (id) the ends and how its file says them."""

    starts: datetime
    ends: datetime | None
    questions: Mapping[int, tuple[datetime | None, ...]]

    def opens(self, question_id: int) -> datetime:
        """When a question opens."""
        return _known(self.questions[question_id][0])

    def closes(self, question_id: int) -> datetime:
        """When it closes."""
        return _known(self.questions[question_id][1])

    @property
    def last_close(self) -> datetime:
        """When the last question closes."""
        return max(self.closes(each) for each in self.questions)


def _known(wall: datetime | None) -> datetime:
    assert wall is not None, "a question opens and closes"
    return wall


def timetable(dialogue: Dialogue) -> Timetable:
    """As they are now; the dialogue's questions must be loaded."""
    return Timetable(
        dialogue.starts,
        dialogue.ends,
        {
            one.id: (one.opens, one.closes, one.opens_as_written, one.closes_as_written)
            for one in sorted(dialogue.questions, key=lambda one: one.position)
        },
    )


@dataclass(frozen=True)
class MoveTold:
    """A move, or its undoing, as the others are told: whose it was, and an end of a question by the dialogue's clock, before and after.

    `along` counts the other questions whose opening moved; `ends` is when the last question closed and closes, where that changed.
    """

    name: str | None
    number: int
    edge: Edge
    zone: str
    before: datetime
    after: datetime
    along: int
    ends: tuple[datetime, datetime] | None
    undone: bool


async def tell(
    session: AsyncSession,
    mover: Member,
    question: Question,
    edge: Edge,
    *,
    before: Timetable,
    after: Timetable,
    now: datetime,
) -> int:
    """Tell all others who may move questions; returns the notice, which remembers how to undo it."""
    details = {"member": mover.id, "edge": edge, "before": _written(before), "after": _written(after), "undone": False}
    notice = await _open(session, question.dialogue_id, question.id, details, now=now)
    others = rights.holds(Right.SCHEDULE) & (Member.id != mover.id)
    await notices.owe_members(session, notice, others, due_at=now)
    return notice.id


async def _open(
    session: AsyncSession, dialogue_id: int, question_id: int | None, details: Mapping[str, Any], *, now: datetime
) -> Notice:
    return await notices.open_notice(
        session, NoticeKind.MOVED, dialogue_id=dialogue_id, question_id=question_id, details=details, now=now
    )


async def last_move(session: AsyncSession, dialogue: Dialogue, *, now: datetime) -> int | None:
    """The move (its notice) that can still be undone; None if there is none. The dialogue's questions must be loaded."""
    notice = await session.scalar(
        select(Notice)
        .where(Notice.dialogue_id == dialogue.id, Notice.kind == NoticeKind.MOVED, Notice.cancelled_at.is_(None))
        .where(Notice.details["undone"].as_boolean().is_(False))
        .order_by(Notice.id.desc())
        .limit(1)
    )
    if notice is None:
        return None
    try:
        await _refuse(session, dialogue, notice, now=now)
    except ChangedSince:
        return None
    return notice.id


async def undo(session: AsyncSession, person: Person, notice_id: int, *, now: datetime) -> int:
    """Give a dialogue the times it had before a move, all of them; returns its id. Done once, it does nothing more.

    Raises ChangedSince or NotPermitted.
    """
    notice = await session.get(Notice, notice_id)
    if notice is None or notice.kind is not NoticeKind.MOVED:
        raise NotPermitted
    undoer = await rights.membership(session, person, notice.dialogue_id, Right.SCHEDULE)
    await outbox.lock(session, notice.dialogue_id)
    await session.refresh(notice)
    if notice.cancelled_at is not None:
        return notice.dialogue_id
    dialogue = await session.get_one(
        Dialogue, notice.dialogue_id, options=[selectinload(Dialogue.questions)], populate_existing=True
    )
    await _refuse(session, dialogue, notice, now=now)
    await _restore(session, dialogue, notice)
    notice.cancelled_at = now
    await _tell_undone(session, undoer, notice, now=now)
    _log(session, undoer, dialogue, notice, now=now)
    await session.flush()
    await closings.replan(session, dialogue.id)
    return dialogue.id


async def _refuse(session: AsyncSession, dialogue: Dialogue, notice: Notice, *, now: datetime) -> None:
    """Raises ChangedSince where all is no longer as the move left it, or what it was before has passed."""
    before, after = _read(notice.details["before"]), _read(notice.details["after"])
    if _written(timetable(dialogue)) != _written(after):
        raise ChangedSince
    for question in _moved(dialogue.questions, before, after, Edge.OPENING):
        if await deliveries.is_posted(session, question) or _is_past(dialogue, before.opens(question.id), now):
            raise ChangedSince
    for question in _moved(dialogue.questions, before, after, Edge.CLOSE):
        if _is_past(dialogue, before.closes(question.id), now):
            raise ChangedSince
    if before.last_close != after.last_close and await closings.any_told(session, dialogue.id):
        raise ChangedSince


def _is_past(dialogue: Dialogue, wall: datetime, now: datetime) -> bool:
    return core_schedule.instant(wall, dialogue.timezone) <= now


def _moved(questions: Sequence[Question], before: Timetable, after: Timetable, edge: Edge) -> list[Question]:
    at = 0 if edge is Edge.OPENING else 1
    return [one for one in questions if before.questions[one.id][at] != after.questions[one.id][at]]


async def _restore(session: AsyncSession, dialogue: Dialogue, notice: Notice) -> None:
    before, after = _read(notice.details["before"]), _read(notice.details["after"])
    for question in _moved(dialogue.questions, before, after, Edge.OPENING):
        await deliveries.unplan(session, question, Kind.QUESTION, Kind.REMINDER)
    for question in _moved(dialogue.questions, before, after, Edge.CLOSE):
        await deliveries.show_anew(session, question)
    dialogue.starts, dialogue.ends = before.starts, before.ends
    for question in dialogue.questions:
        _, _, question.opens_as_written, question.closes_as_written = before.questions[question.id]
        question.opens, question.closes = before.opens(question.id), before.closes(question.id)


async def _tell_undone(session: AsyncSession, undoer: Member, notice: Notice, *, now: datetime) -> None:
    """Those who had been told of the move, and who made it; whoever wasn't told yet isn't told at all."""
    undone = {"member": undoer.id, "edge": notice.details["edge"], "undone": True}
    turned = {"before": notice.details["after"], "after": notice.details["before"]}
    telling = await _open(session, notice.dialogue_id, notice.question_id, undone | turned, now=now)
    told = exists().where(Delivery.notice_id == notice.id, Delivery.member_id == Member.id, outbox.WENT_OUT)
    concerned = (told | (Member.id == notice.details["member"])) & (Member.id != undoer.id)
    await notices.owe_members(session, telling, rights.holds(Right.SCHEDULE) & concerned, due_at=now)


def _log(session: AsyncSession, undoer: Member, dialogue: Dialogue, notice: Notice, *, now: datetime) -> None:
    edge, before = Edge(notice.details["edge"]), _read(notice.details["before"])
    question = next(one for one in dialogue.questions if one.id == notice.question_id)
    wall = before.opens(question.id) if edge is Edge.OPENING else before.closes(question.id)
    reason = f"{question.number}, {edge}: {wall.isoformat(sep=' ', timespec='minutes')} {dialogue.timezone}"
    session.add(LogEntry(dialogue_id=dialogue.id, actor_id=undoer.id, act=Act.MOVED_BACK, reason=reason, done_at=now))


async def told(session: AsyncSession, notice_id: int) -> MoveTold | None:
    """What a notice tells of; None if the move was undone meanwhile, or the question is gone."""
    notice = await session.get(Notice, notice_id)
    question = await session.get(Question, notice.question_id) if notice and notice.question_id else None
    if notice is None or question is None or notice.cancelled_at is not None:
        return None
    details, zone = notice.details, (await session.get_one(Dialogue, notice.dialogue_id)).timezone
    before, after, edge = _read(details["before"]), _read(details["after"]), Edge(details["edge"])
    mover = await session.get(Member, details["member"])
    end = Timetable.opens if edge is Edge.OPENING else Timetable.closes
    openings = [each for each in before.questions if before.opens(each) != after.opens(each)]
    ends = before.last_close, after.last_close
    return MoveTold(
        name=mover.team_name if mover else None,
        number=question.number,
        edge=edge,
        zone=zone,
        before=core_schedule.instant(end(before, question.id), zone),
        after=core_schedule.instant(end(after, question.id), zone),
        along=len(set(openings) - {question.id}),
        ends=(core_schedule.instant(ends[0], zone), core_schedule.instant(ends[1], zone))
        if ends[0] != ends[1]
        else None,
        undone=details["undone"],
    )


def _written(known: Timetable) -> dict[str, Any]:
    questions = {str(each): [_stamp(wall) for wall in walls] for each, walls in known.questions.items()}
    return {"starts": _stamp(known.starts), "ends": _stamp(known.ends), "questions": questions}


def _read(written: Mapping[str, Any]) -> Timetable:
    questions = {int(each): tuple(_wall(wall) for wall in walls) for each, walls in written["questions"].items()}
    return Timetable(_known(_wall(written["starts"])), _wall(written["ends"]), questions)


def _stamp(wall: datetime | None) -> str | None:
    # The second of an hour that comes twice is another moment, though equal to Python.
    return None if wall is None else wall.isoformat() + ("*" if wall.fold else "")


def _wall(stamp: str | None) -> datetime | None:
    if stamp is None:
        return None
    return datetime.fromisoformat(stamp.removesuffix("*")).replace(fold=int(stamp.endswith("*")))
