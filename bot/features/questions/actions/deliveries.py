"""A question goes out: who is owed it, when, and the reminder to those who stay silent."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, delete, exists, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import schedule
from bot.database import run
from bot.features.events.actions import dues as event_dues
from bot.features.groups.actions import rooms
from bot.features.questions.actions import closings, reminders
from bot.ledger import outbox, turns
from bot.models import Delivery, Dialogue, Kind, Member, Person, Question, Reply, SendAt, State

CHUNK = 20_000  # members in one statement: SQLite's one writer is held for some hundredths of a second
HEAD_START = timedelta(hours=1)  # deliveries are written this long before the first of them falls due


_UNWRITTEN = Question.planned_at.is_(None) | Question.planned_through.is_not(None)
_OPENINGS = (
    select(Question.dialogue_id, Question.opens, Dialogue.send_at, Dialogue.timezone)
    .join(Question.dialogue)
    .where(_UNWRITTEN)
    .order_by(Question.dialogue_id)
)

_PLANNED = select(Question).where(Question.dialogue_id == bindparam("dialogue"), Question.planned_at.is_not(None))


async def any_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether a question is about to open somewhere whose deliveries are not all written yet."""
    return bool(await dialogues_due(session, now=now))


async def dialogues_due(session: AsyncSession, *, now: datetime) -> list[int]:
    """The dialogues (ids) of which a question is about to open somewhere, and is not all written yet."""
    found = await run(session, _OPENINGS, {})
    return list(dict.fromkeys(dialogue_id for dialogue_id, *opening in found if _opens_soon(*opening, now=now)))


def _opens_soon(opens: datetime, send_at: SendAt, timezone: str, *, now: datetime) -> bool:
    try:
        return schedule.earliest(opens, send_at, timezone) - HEAD_START <= now
    except (LookupError, ValueError, OverflowError):  # shows when it is opened, and keeps no other back
        return True


async def open_due(session: AsyncSession, *, now: datetime, paid: bool = False, dialogue_id: int | None = None) -> bool:
    """Write deliveries of the questions (of one dialogue, or of all) that are about to open somewhere.

    Returns whether there are more to write. Each call writes those of the next members of each question, so that
    nobody else waits long. Unique per question, member and kind: nothing is ever added twice. What is `paid` for goes
    out faster; reminders never are.
    """
    locked = await dialogues_due(session, now=now) if dialogue_id is None else [dialogue_id]
    for each in locked:
        await outbox.lock(session, each)
    # Read only now: until its dialogue was locked, a question may have been moved.
    opening = await _opening(session, Question.dialogue_id.in_(locked), now=now) if locked else []
    for question in opening:
        await _begin(session, question, now=now)
        await _plan_next(session, question, now=now, paid=paid)
    return any(question.planned_through is not None for question in opening)


async def _opening(session: AsyncSession, which: ColumnElement[bool], *, now: datetime) -> list[Question]:
    """The questions, of those, that are about to open somewhere, and not all written yet, as they stand now."""
    waiting = await session.scalars(
        select(Question)
        .where(_UNWRITTEN, which)
        .options(joinedload(Question.dialogue))
        .order_by(Question.id)
        .execution_options(populate_existing=True)
    )
    return [
        question for question in waiting if schedule.earliest_opening(question.dialogue, question) - HEAD_START <= now
    ]


async def open_now(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Owe a question to every member at this moment, whatever their clock says; nights are still respected."""
    await _begin(session, question, now=now)
    while question.planned_through is not None:
        await _plan_next(session, question, now=now, not_before=now)


async def _begin(session: AsyncSession, question: Question, *, now: datetime) -> None:
    await outbox.lock(session, question.dialogue_id)
    if question.planned_at is None:
        # From here on whoever joins or returns is caught up with, so that it doesn't matter how far the plan has come.
        question.planned_at, question.planned_through = now, 0


async def _plan_next(
    session: AsyncSession, question: Question, *, now: datetime, not_before: datetime | None = None, paid: bool = False
) -> None:
    """Owe a question to the next members, by id."""
    dialogue, through = question.dialogue, question.planned_through or 0
    last = await session.scalar(select(func.max(Member.id))) or 0
    question.planned_through = through + CHUNK if through + CHUNK < last else None
    if schedule.last_close(dialogue, [question]) <= now:
        question.planned_through = None
        return
    if through == 0:
        await rooms.owe_question(session, question, not_before=not_before)
    dues: dict[Kind, dict[str, datetime]] = {Kind.QUESTION: {}, Kind.REMINDER: {}}
    chunk = (Member.id > through) & (Member.id <= through + CHUNK)
    zones = await session.scalars(
        select(_zone(dialogue)).join(Member.person).where(_taking_part(dialogue.id), chunk).distinct()
    )
    for zone in zones.all():
        for kind, due in _moments(dialogue, question, zone):
            dues[kind][zone] = schedule.waking(dialogue, max(due, not_before or due), zone)
    for kind, due_in in dues.items():
        if due_in:
            rows = _rows(question, kind, due_in, paid=paid and kind is Kind.QUESTION).where(chunk)
            await outbox.owe_all(session, rows)


def _moments(dialogue: Dialogue, question: Question, zone: str) -> Iterable[tuple[Kind, datetime]]:
    yield Kind.QUESTION, schedule.due_at(dialogue, question, zone)
    reminder = reminders.reminder_at(dialogue, question, zone)
    if reminder is not None:
        yield Kind.REMINDER, reminder


def _rows(question: Question, kind: Kind, due_in: dict[str, datetime], *, paid: bool) -> Select[Any]:
    """One delivery for each member in these zones, each due at the moment of their zone."""
    dialogue = question.dialogue
    zone = _zone(dialogue)
    columns = outbox.columns(
        kind=kind,
        dialogue_id=dialogue.id,
        member_id=Member.id,
        question_id=question.id,
        due_at=case({each: literal(due, Delivery.due_at.type) for each, due in due_in.items()}, value=zone),
        turn=turns.turn(Member.id),
        paid=paid,
    )
    return select(*columns).join(Member.person).where(_taking_part(dialogue.id), zone.in_(due_in))


def _zone(dialogue: Dialogue) -> ColumnElement[str]:
    return func.coalesce(Person.timezone, dialogue.timezone)


def _taking_part(dialogue_id: int) -> ColumnElement[bool]:
    # The sum keeps the database from going through an index of the whole dialogue for each chunk of it.
    return (Member.dialogue_id + 0 == dialogue_id) & Member.joined_at.is_not(None) & Member.left_at.is_(None)


async def catch_up(session: AsyncSession, member: Member, *, zone: str, now: datetime) -> None:
    """Owe one member, who just joined or came back, the questions that are planned and not over in their zone.

    An open question is due at once, since they asked for it; `member.dialogue` must be loaded.
    """
    await outbox.lock(session, member.dialogue_id)
    for question in (await session.scalars(_PLANNED, {"dialogue": member.dialogue_id})).all():
        if schedule.closes_at(member.dialogue, question, zone) <= now:
            continue
        for kind, due in _moments(member.dialogue, question, zone):
            at_once = kind is Kind.QUESTION and due <= now
            if due > now or at_once:
                # What was dropped while they were away becomes due again; what was sent stays sent.
                about = {"dialogue_id": member.dialogue_id, "member_id": member.id, "question_id": question.id}
                when = {"due_at": max(due, now), "at_once": at_once}
                await outbox.owe_again(session, states=outbox.UNSENT, kind=kind, **about, **when)
    await event_dues.catch_up(session, member, now=now)
    await closings.catch_up(session, member, zone=zone, now=now)


async def reschedule(
    session: AsyncSession, members: Sequence[Member], *, zone_of: dict[int, str], now: datetime
) -> None:
    """Move what is still planned for these members to the wall clock of their zone (member id → IANA zone).

    `member.dialogue` must be loaded. A question that is open there already is due at once, since its moment has passed
    there. A reminder for which no time is left keeps its old moment.
    """
    for member in members:
        planned = await session.scalars(
            select(Delivery)
            .where(Delivery.member_id == member.id, Delivery.state == State.PLANNED, Delivery.question_id.is_not(None))
            .where(Delivery.at_once.is_(False))
            .options(joinedload(Delivery.question))
        )
        for delivery in planned.all():
            assert delivery.question is not None
            moments = dict(_moments(member.dialogue, delivery.question, zone_of[member.id]))
            due = moments.get(delivery.kind, delivery.due_at)
            delivery.at_once = delivery.kind is Kind.QUESTION and due <= now
            delivery.due_at = max(due, now) if delivery.at_once else due


async def is_posted(session: AsyncSession, question: Question) -> bool:
    """Whether anyone got this question, or may have, or replied to it: one that all missed is still to be posted."""
    sent = exists().where(Delivery.question_id == question.id, outbox.WENT_OUT)
    replied = exists().where(Reply.question_id == question.id)
    return bool(await session.scalar(select(sent | replied)))


async def is_missed(session: AsyncSession, question: Question) -> bool:
    """Whether someone was to get this question, and didn't, since its moment had passed."""
    dropped = exists().where(
        Delivery.question_id == question.id, Delivery.kind == Kind.QUESTION, Delivery.state == State.DROPPED
    )
    return bool(await session.scalar(select(dropped)))


async def unplan(session: AsyncSession, question: Question, *kinds: Kind) -> None:
    """Have these deliveries of a question planned anew by the next tick; what was sent stays. Its dialogue must be locked.

    One that nobody got is planned for those as well who missed it.
    """
    question.planned_at = question.planned_through = None
    undone = [State.PLANNED, State.DROPPED] if Kind.QUESTION in kinds else [State.PLANNED]
    await session.execute(
        delete(Delivery).where(
            Delivery.question_id == question.id, Delivery.kind.in_(kinds), Delivery.state.in_(undone)
        )
    )


async def show_anew(session: AsyncSession, question: Question) -> None:
    """Plan reminders for a new close, and have what members were shown of the old one edited. The dialogue must be locked."""
    await unplan(session, question, Kind.REMINDER)
    await session.execute(
        update(Delivery)
        .where(Delivery.question_id == question.id, Delivery.kind == Kind.QUESTION, Delivery.state == State.SENT)
        .values(stale=True)
    )
