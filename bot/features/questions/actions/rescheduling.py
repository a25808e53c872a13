"""A moderator moves a question: it opens now or later, closes now or later; shown in everyone's time first, then done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from bot.core import rights, wordings
from bot.core import schedule as core_schedule
from bot.core.rights import NotPermitted, Right
from bot.features.questions.actions import closings, deliveries, moves
from bot.features.questions.actions import periods as question_periods
from bot.features.questions.actions.periods import Edge
from bot.ledger import outbox
from bot.models import Act, Dialogue, Kind, LogEntry, Member, Person, Question, SendAt


class AlreadyPosted(Exception):
    """The question went out already: its opening can't be moved."""


class AlreadyClosed(Exception):
    """The question has closed everywhere: its close can't be moved."""


class InThePast(Exception):
    """The moment wanted has passed; `wanted` is a wall clock in the dialogue's `zone`."""

    def __init__(self, wanted: datetime, zone: str) -> None:
        super().__init__(f"{wanted} in {zone}")
        self.wanted, self.zone = wanted, zone


class ClosesBeforeOpening(Exception):
    """The question would close before it opens."""


@dataclass(frozen=True)
class Move:
    """A move as it would be: when by the clock of the dialogue, of the moderator, and of the first and last members.

    `wall` is the new wall clock, None for this very moment. `moment` is an instant; `first` and `last` are the
    instants and zones at which it comes for the first and for the last members, None where all are at one instant.
    `along` counts the later questions that move as far. `ends` is when the last question closed before, and then does,
    where that changes. `undoable` names a move that was made, to undo it by.
    """

    question_id: int
    number: int
    edge: Edge
    wall: datetime | None
    moment: datetime
    dialogue_zone: str
    own_zone: str
    first: tuple[datetime, str] | None
    last: tuple[datetime, str] | None
    along: int
    ends: tuple[datetime, datetime] | None = None
    undoable: int | None = None


async def propose(
    session: AsyncSession, person: Person, question_id: int, edge: Edge, wall: datetime | None, *, now: datetime
) -> Move:
    """What moving one end of a question to a wall clock of the dialogue (None: now) would mean; changes nothing.

    Raises NotPermitted, AlreadyPosted, AlreadyClosed, InThePast or ClosesBeforeOpening.
    """
    question, dialogue = await _find(session, person, question_id)
    await _refuse(session, dialogue, question, edge, wall=wall, now=now)
    target = wall or await _wall_now(session, dialogue, now)
    first = last = None
    if wall is not None and dialogue.send_at is SendAt.MEMBER:
        comes = sorted((core_schedule.instant(target, zone), zone) for zone in await _zones(session, dialogue))
        first, last = (comes[0], comes[-1]) if comes else (None, None)
    along = await _moving_along(session, dialogue, question, edge, target)
    return Move(
        question_id=question.id,
        number=question.number,
        edge=edge,
        wall=wall,
        moment=core_schedule.instant(target, dialogue.timezone) if wall else now,
        dialogue_zone=dialogue.timezone,
        own_zone=wordings.zone_of(person, dialogue),
        first=first,
        last=last,
        along=len(along),
        ends=_ends(dialogue, question, edge, target, along),
    )


def _ends(
    dialogue: Dialogue, question: Question, edge: Edge, target: datetime, along: Sequence[Question]
) -> tuple[datetime, datetime] | None:
    """When the last question closes now, and would by this move; None where that stays."""
    distance = target - (question.opens if edge is Edge.OPENING else question.closes)
    closes = {one.id: one.closes + (distance if one in along else timedelta(0)) for one in dialogue.questions}
    closes[question.id] = target if edge is Edge.CLOSE else max(question.closes, question.closes + distance)
    before, after = max(one.closes for one in dialogue.questions), max(closes.values())
    if before == after:
        return None
    zone = dialogue.timezone
    return core_schedule.instant(before, zone), core_schedule.instant(after, zone)


async def move(
    session: AsyncSession, person: Person, question_id: int, edge: Edge, wall: datetime | None, *, now: datetime
) -> Move:
    """Do what `propose` shows: what is still to be sent is planned anew, what was posted is to be edited; the others are told.

    Raises the same.
    """
    dialogue_id = await session.scalar(select(Question.dialogue_id).where(Question.id == question_id))
    await outbox.lock(session, dialogue_id or 0)  # before anything is read: it may just be planned
    proposal = await propose(session, person, question_id, edge, wall, now=now)
    question, dialogue = await _find(session, person, question_id)
    target = wall or await _wall_now(session, dialogue, now)
    along = await _moving_along(session, dialogue, question, edge, target)
    before = moves.timetable(dialogue)
    if edge is Edge.OPENING:
        await _move_opening(session, dialogue, question, target)
    else:
        distance = target - question.closes
        _set(question, closes=target)
        await deliveries.show_anew(session, question)
        for later in along:
            await _shift(session, later, distance)
    if edge is Edge.OPENING and wall is None:
        await deliveries.open_now(session, question, now=now)
    question_periods.write_down(dialogue)
    mover = await rights.membership(session, person, dialogue.id, Right.SCHEDULE)
    session.add(
        LogEntry(
            dialogue_id=dialogue.id,
            actor_id=mover.id,
            act=Act.MOVED,
            reason=f"{question.number}, {edge}: {target.isoformat(sep=' ', timespec='minutes')} {dialogue.timezone}",
            done_at=now,
        )
    )
    notice_id = await moves.tell(
        session, mover, question, edge, before=before, after=moves.timetable(dialogue), now=now
    )
    await session.flush()
    await closings.replan(session, dialogue.id)
    return replace(proposal, undoable=notice_id)


async def _move_opening(session: AsyncSession, dialogue: Dialogue, question: Question, target: datetime) -> None:
    before = question.opens
    previous = next((one for one in dialogue.questions if one.position == question.position - 1), None)
    for later in await _moving_along(session, dialogue, question, Edge.OPENING, target):
        await _shift(session, later, target - before)
    _set(question, opens=target, closes=max(question.closes, question.closes + (target - before)))
    await deliveries.unplan(session, question, Kind.QUESTION, Kind.REMINDER)
    if previous is not None and previous.closes == before:
        _set(previous, closes=target)
        await deliveries.show_anew(session, previous)


async def _moving_along(
    session: AsyncSession, dialogue: Dialogue, question: Question, edge: Edge, target: datetime
) -> Sequence[Question]:
    """The later questions that move as far as this one is put off, so that no two are open at once."""
    before = question.opens if edge is Edge.OPENING else question.closes
    if target <= before:
        return ()
    later = [one for one in dialogue.questions if one.position > question.position]
    if edge is Edge.CLOSE and not (later and later[0].opens < target):
        return ()
    return [one for one in later if not await deliveries.is_posted(session, one)]


async def _shift(session: AsyncSession, question: Question, distance: timedelta) -> None:
    _set(question, opens=question.opens + distance, closes=question.closes + distance)
    await deliveries.unplan(session, question, Kind.QUESTION, Kind.REMINDER)


def _set(question: Question, *, opens: datetime | None = None, closes: datetime | None = None) -> None:
    question.opens, question.closes = opens or question.opens, closes or question.closes


async def _refuse(
    session: AsyncSession, dialogue: Dialogue, question: Question, edge: Edge, *, wall: datetime | None, now: datetime
) -> None:
    if edge is Edge.OPENING and await deliveries.is_posted(session, question):
        raise AlreadyPosted
    if core_schedule.last_close(dialogue, [question]) <= now:
        raise AlreadyClosed
    if wall is not None and core_schedule.instant(wall, dialogue.timezone) <= now:
        raise InThePast(wall, dialogue.timezone)
    if edge is Edge.CLOSE and (wall or await _wall_now(session, dialogue, now)) <= question.opens:
        raise ClosesBeforeOpening


async def _wall_now(session: AsyncSession, dialogue: Dialogue, now: datetime) -> datetime:
    """The wall clock, to the minute, that all members' clocks have reached."""
    zones = await _zones(session, dialogue) if dialogue.send_at is SendAt.MEMBER else ()
    walls = [now.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone in (dialogue.timezone, *zones)]
    return min(walls).replace(second=0, microsecond=0)


async def _zones(session: AsyncSession, dialogue: Dialogue) -> Sequence[str]:
    zones = await session.scalars(
        select(func.coalesce(Person.timezone, dialogue.timezone))
        .join(Member, Member.person_id == Person.id)
        .where(Member.dialogue_id == dialogue.id, Member.joined_at.is_not(None), Member.left_at.is_(None))
        .distinct()
    )
    return zones.all()


async def _find(session: AsyncSession, person: Person, question_id: int) -> tuple[Question, Dialogue]:
    dialogue = await session.scalar(
        select(Dialogue)
        .join(Member, Member.dialogue_id == Dialogue.id)
        .where(Dialogue.id == select(Question.dialogue_id).where(Question.id == question_id).scalar_subquery())
        .where(Member.person_id == person.id, rights.holds(Right.SCHEDULE))
        .options(selectinload(Dialogue.questions))
        .execution_options(populate_existing=True)
    )
    if dialogue is None:
        raise NotPermitted
    for question in dialogue.questions:
        set_committed_value(question, "dialogue", dialogue)  # known, and not read once more
    return next(question for question in dialogue.questions if question.id == question_id), dialogue
