"""The ledger of what the bot owes: taken when due, looked at once more, sent by an edge, and settled by what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.actions import counting, permitting, planning, reading
from bot.actions.permitting import Right
from bot.actions.reading import AskedQuestion, Note
from bot.models import Abstention, Delivery, Kind, Member, Person, Question, Reply, State


@dataclass(frozen=True)
class Letter:
    """A delivery that is on its way: to whom, in which language, and what it brings (nothing but its id for a digest).

    A reminder with `whole` carries the question itself, because its first sending never arrived for certain.
    """

    delivery_id: int
    kind: Kind
    chat_id: int
    language: str
    asked: AskedQuestion | None = None
    note: Note | None = None
    digest_id: int | None = None
    whole: bool = False
    message_id: int | None = None


@dataclass(frozen=True)
class Sent:
    """Telegram took it; the id of the first message."""

    message_id: int


@dataclass(frozen=True)
class Unreachable:
    """Telegram will not deliver to this person: blocked, deactivated, or never started."""

    reason: str


@dataclass(frozen=True)
class Later:
    """It certainly did not arrive, and is due again in some seconds; `refused` if Telegram asked for that itself."""

    seconds: float
    refused: bool = True


@dataclass(frozen=True)
class Uncertain:
    """The request left and no answer came: Telegram may or may not have shown it."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """Telegram refuses this text for good: a fault of ours."""

    reason: str


Outcome = Sent | Unreachable | Later | Uncertain | Refused


@dataclass(frozen=True)
class Claimed:
    """What one look at the ledger took: letters to be sent, and how many deliveries were dropped or put off instead."""

    letters: tuple[Letter, ...]
    set_aside: int


async def claim_due(session: AsyncSession, *, now: datetime, limit: int, except_for: Collection[int] = ()) -> Claimed:
    """Take up to `limit` deliveries that are due, mark them as being sent, and look at each again.

    What no longer holds is dropped or put off here; what is returned must be sent after the commit, and recorded.
    Chats in `except_for` (Telegram ids) are passed over, and of one chat's deliveries only the first is taken.
    """
    due = _due(now, except_for).order_by(Delivery.due_at, Delivery.id).limit(limit).with_for_update(skip_locked=True)
    claimed = await session.scalars(
        update(Delivery)
        .where(Delivery.id.in_(due.scalar_subquery()), Delivery.state == State.PLANNED)
        .values(state=State.SENDING, claimed_at=now, attempts=Delivery.attempts + 1)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    deliveries = await _load(session, claimed.all())
    totals = await reading.totals(session, {delivery.dialogue_id for delivery in deliveries})
    letters: dict[int, Letter] = {}
    set_aside = 0
    for delivery in deliveries:
        member = _reader(delivery)
        chat_id = member.person.telegram_id
        if chat_id in letters:
            delivery.state = State.PLANNED
            continue
        verdict = await _look_again(session, delivery, now)
        if verdict is None:
            letters[chat_id] = await _letter(session, delivery, totals[delivery.dialogue_id])
        else:
            _set_aside(delivery, verdict, now)
            set_aside += 1
    return Claimed(tuple(letters.values()), set_aside)


def _due(now: datetime, except_for: Collection[int] = ()) -> Select[int]:
    due = select(Delivery.id).where(Delivery.state == State.PLANNED, Delivery.due_at <= now)
    if not except_for:
        return due
    resting = select(Member.id).join(Member.person).where(Person.telegram_id.in_(except_for))
    return due.where(Delivery.member_id.not_in(resting))


async def is_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether anything is due."""
    return await session.scalar(_due(now).limit(1)) is not None


async def claim_stale(session: AsyncSession, *, limit: int) -> list[Letter]:
    """Up to `limit` sent questions whose wording has changed since, to be edited where they stand."""
    stale = await session.scalars(select(Delivery.id).where(Delivery.stale).order_by(Delivery.id).limit(limit))
    deliveries = await _load(session, stale.all())
    for delivery in deliveries:
        delivery.stale = False
    totals = await reading.totals(session, {delivery.dialogue_id for delivery in deliveries})
    return [await _letter(session, delivery, totals[delivery.dialogue_id]) for delivery in deliveries]


async def mark_stale(session: AsyncSession, delivery_id: int) -> None:
    """Have a posted question edited (again)."""
    await session.execute(update(Delivery).where(Delivery.id == delivery_id).values(stale=True))


async def _load(session: AsyncSession, ids: Sequence[int]) -> Sequence[Delivery]:
    rows = await session.scalars(
        select(Delivery)
        .where(Delivery.id.in_(ids))
        .options(
            selectinload(Delivery.dialogue),
            selectinload(Delivery.question),
            joinedload(Delivery.member).joinedload(Member.person),
        )
        .order_by(Delivery.due_at, Delivery.id)
        .execution_options(populate_existing=True)
    )
    return rows.all()


def _reader(delivery: Delivery) -> Member:
    assert delivery.member is not None, "rooms get nothing yet"
    return delivery.member


@dataclass(frozen=True)
class _Drop:
    reason: str


@dataclass(frozen=True)
class _PutOff:
    until: datetime


def _set_aside(delivery: Delivery, verdict: "Unreachable | _Drop | _PutOff", now: datetime) -> None:
    if isinstance(verdict, _PutOff):
        delivery.state, delivery.due_at = State.PLANNED, verdict.until
        return
    delivery.state = State.UNREACHABLE if isinstance(verdict, Unreachable) else State.DROPPED
    delivery.reason, delivery.settled_at = verdict.reason, now


async def _look_again(
    session: AsyncSession, delivery: Delivery, now: datetime
) -> "Unreachable | _Drop | _PutOff | None":
    member = _reader(delivery)
    person = member.person
    if person.unreachable_since is not None:
        return Unreachable(person.unreachable_reason or "unreachable")
    if delivery.kind is Kind.DIGEST:
        return None if permitting.may(member, Right.SEE_DIGESTS) else _Drop("no longer moderates")
    if not member.takes_part:
        return _Drop("left")
    if delivery.question is None:
        return None
    return await _look_at_question(session, delivery, delivery.question, now)


async def _look_at_question(
    session: AsyncSession, delivery: Delivery, question: Question, now: datetime
) -> "_Drop | _PutOff | None":
    dialogue, member = delivery.dialogue, _reader(delivery)
    person = member.person
    zone = reading.zone_of(person, dialogue)
    if planning.closes_at(dialogue, question, zone) <= now:
        return _Drop("closed")
    if person.is_paused(now) and person.paused_until is not None:
        return _PutOff(person.paused_until)
    if delivery.kind is Kind.REMINDER and (reason := await _needs_no_reminder(session, member, question.id)):
        return _Drop(reason)
    if delivery.at_once:
        return None
    # The day is judged before the night: what fell due this evening may still come tomorrow morning.
    if delivery.kind is Kind.QUESTION and not planning.same_day(delivery.due_at, now, zone):
        return _Drop("missed")
    morning = planning.waking(dialogue, now, zone)
    return _PutOff(morning) if morning > now else None


async def _needs_no_reminder(session: AsyncSession, member: Member, question_id: int) -> str | None:
    if not member.reminders:
        return "no reminders wanted"
    replied = exists().where(
        Reply.member_id == member.id, Reply.question_id == question_id, Reply.withdrawn_at.is_(None)
    )
    if await session.scalar(select(replied)):
        return "replied"
    abstains = exists().where(Abstention.member_id == member.id, Abstention.question_id == question_id)
    return "not this week" if await session.scalar(select(abstains)) else None


async def _letter(session: AsyncSession, delivery: Delivery, total: int) -> Letter:
    person, dialogue = _reader(delivery).person, delivery.dialogue
    letter = Letter(delivery.id, delivery.kind, person.telegram_id, person.language, message_id=delivery.message_id)
    if delivery.kind is Kind.DIGEST:
        return replace(letter, digest_id=delivery.digest_id)
    if delivery.question is None:
        return replace(letter, note=reading.note(dialogue, person.language))
    asked = reading.asked(dialogue, delivery.question, person, total=total)
    whole = delivery.kind is Kind.REMINDER and not await _arrived(session, delivery)
    return replace(letter, asked=asked, whole=whole)


async def _arrived(session: AsyncSession, reminder: Delivery) -> bool:
    state = await session.scalar(
        select(Delivery.state).where(
            Delivery.member_id == reminder.member_id,
            Delivery.question_id == reminder.question_id,
            Delivery.kind == Kind.QUESTION,
        )
    )
    return state is State.SENT


async def record(session: AsyncSession, delivery_id: int, outcome: Outcome, *, now: datetime) -> None:
    """Write down what became of a delivery that was sent; only one that is still `sending` changes."""
    delivery = await session.get(Delivery, delivery_id)
    if delivery is None or delivery.state is not State.SENDING or delivery.member_id is None:
        return  # settled already, or its reader had everything erased
    match outcome:
        case Sent(message_id):
            delivery.state, delivery.message_id = State.SENT, message_id
            if delivery.kind is Kind.REMINDER:
                await _settle_uncertain(session, delivery.member_id, delivery.question_id, "the reminder brought it")
        case Later(seconds):
            delivery.state = State.PLANNED
            await _hold_chat(session, delivery.member_id, until=now + timedelta(seconds=seconds))
        case Unreachable(reason):
            delivery.state, delivery.reason = State.UNREACHABLE, reason
            await mark_unreachable(session, delivery.member_id, reason, now=now)
        case Uncertain(reason):
            delivery.state, delivery.reason = State.UNCERTAIN, reason
        case Refused(reason):
            delivery.state, delivery.reason = State.DROPPED, reason
    delivery.settled_at = now


async def settle_by_reply(session: AsyncSession, *, member_id: int, question_id: int, message_id: int | None) -> None:
    """A member replied to a question: its sending, if uncertain, did arrive; `message_id` is what they replied to."""
    await _settle_uncertain(session, member_id, question_id, "they replied", message_id)


async def _settle_uncertain(
    session: AsyncSession, member_id: int, question_id: int | None, reason: str, message_id: int | None = None
) -> None:
    await session.execute(
        update(Delivery)
        .where(Delivery.member_id == member_id, Delivery.question_id == question_id, Delivery.kind == Kind.QUESTION)
        .where(Delivery.state == State.UNCERTAIN)
        .values(state=State.SENT, reason=reason, message_id=message_id)
    )


async def send_again(session: AsyncSession, *, dialogue_id: int, now: datetime) -> int:
    """A moderator wants what is uncertain sent again, come what may; returns how many are due again."""
    again = await session.execute(
        update(Delivery)
        .where(Delivery.dialogue_id == dialogue_id, Delivery.state == State.UNCERTAIN)
        .values(state=State.PLANNED, due_at=now, reason=None)
        .returning(Delivery.id)
    )
    return len(again.all())


async def _hold_chat(session: AsyncSession, member_id: int, *, until: datetime) -> None:
    """Nothing planned goes to a member's chat before a moment: Telegram refuses chats, not messages."""
    await session.flush()
    person_id = select(Member.person_id).where(Member.id == member_id).scalar_subquery()
    await session.execute(
        update(Delivery)
        .where(Delivery.member_id.in_(select(Member.id).where(Member.person_id == person_id)))
        .where(Delivery.state == State.PLANNED, Delivery.due_at < until)
        .values(due_at=until)
    )


async def mark_unreachable(session: AsyncSession, member_id: int, reason: str, *, now: datetime) -> None:
    """Stop all sending to the person behind a membership until they return."""
    person_id = select(Member.person_id).where(Member.id == member_id).scalar_subquery()
    await session.execute(
        update(Person)
        .where(Person.id == person_id, Person.unreachable_since.is_(None))
        .values(unreachable_since=now, unreachable_reason=reason)
    )
    await counting.outdate(session, person_id)


async def settle_interrupted(session: AsyncSession, *, now: datetime) -> int:
    """After a crash: what was being sent may have arrived or not, so it is held as uncertain; returns how many.

    To be called before anything is sent, by the one process that sends.
    """
    interrupted = await session.execute(
        update(Delivery)
        .where(Delivery.state == State.SENDING)
        .values(state=State.UNCERTAIN, reason="interrupted", settled_at=now)
        .returning(Delivery.id)
    )
    return len(interrupted.all())


async def next_due(session: AsyncSession, *, after: datetime) -> datetime | None:
    """The moment at which the next planned delivery falls due."""
    return await session.scalar(
        select(Delivery.due_at)
        .where(Delivery.state == State.PLANNED, Delivery.due_at > after)
        .order_by(Delivery.due_at)
        .limit(1)
    )
