"""What becomes of what was sent: taken, refused for now or for good, moved, or uncertain; written down once it is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, false, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import counting, furnishing, hosting
from bot.actions.addressing import Letter
from bot.database import run
from bot.models import Delivery, Kind, Member, Person, Room, State


@dataclass(frozen=True)
class Sent:
    """Telegram took it; the id of the first message."""

    message_id: int


@dataclass(frozen=True)
class Unreachable:
    """Telegram will not deliver here: blocked, deactivated, never started; or a group that can't be written to."""

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


@dataclass(frozen=True)
class Migrated:
    """The group became a supergroup with another chat id (Telegram's); it did not arrive, and is due again there."""

    chat_id: int


@dataclass(frozen=True)
class Unpaid:
    """Telegram didn't take it as paid for: it did not arrive, and is due again as one that is free."""

    reason: str


@dataclass(frozen=True)
class NothingToTell:
    """There was nothing left to tell when it came to be written: it was not sent, and won't be."""

    reason: str


Outcome = Sent | Unreachable | Later | Uncertain | Refused | Migrated | Unpaid | NothingToTell


DELIVERY = Delivery.__table__
_RECORD_SENT = (
    update(DELIVERY)  # type: ignore[arg-type]  # the declarative base calls its table a FromClause
    .where(DELIVERY.c.id == bindparam("delivery"))
    .where((DELIVERY.c.state == State.SENDING) | (DELIVERY.c.state == State.UNCERTAIN))
    .values(state=State.SENT, message_id=bindparam("message"), reason=None, settled_at=bindparam("now"))
)
_SETTLE_UNCERTAIN = (
    update(DELIVERY)  # type: ignore[arg-type]  # the same
    .where(DELIVERY.c.member_id == bindparam("member"), DELIVERY.c.question_id == bindparam("question"))
    .where(DELIVERY.c.kind == Kind.QUESTION, DELIVERY.c.state == State.UNCERTAIN)
    .values(state=State.SENT, reason=bindparam("why"), message_id=bindparam("message"))
)


async def record(session: AsyncSession, outcomes: Sequence[tuple[Letter, Outcome]], *, now: datetime) -> None:
    """Write down what became of letters that were sent; only deliveries that are still `sending` change.

    What another process held for interrupted meanwhile, and which was taken after all, is sent.
    """
    sent = [(letter, outcome) for letter, outcome in outcomes if isinstance(outcome, Sent)]
    if sent:
        await _record_sent(session, sent, now)
    for letter, outcome in outcomes:
        if not isinstance(outcome, Sent):
            await _record_other(session, letter, outcome, now)


async def _record_sent(session: AsyncSession, sent: Sequence[tuple[Letter, Sent]], now: datetime) -> None:
    taken = [{"delivery": letter.delivery_id, "message": outcome.message_id, "now": now} for letter, outcome in sent]
    await session.run_sync(lambda plain: plain.connection().execute(_RECORD_SENT, taken))
    for letter, _ in sent:
        if letter.kind is Kind.REMINDER and letter.asked is not None and letter.member_id is not None:
            question = {"member_id": letter.member_id, "question_id": letter.asked.question_id}
            await settle_uncertain(session, **question, reason="the reminder brought it")


async def _record_other(session: AsyncSession, letter: Letter, outcome: Outcome, now: datetime) -> None:
    changed = await session.scalar(
        update(Delivery)
        .where(Delivery.id == letter.delivery_id, Delivery.state == State.SENDING)
        .values(**_changes(outcome), settled_at=now)
        .returning(Delivery.id)
    )
    if changed is None:
        return  # settled already, or its reader had everything erased
    match outcome:
        case Later(seconds):
            await _hold_chat(session, letter, until=now + timedelta(seconds=seconds))
        case Unreachable(reason):
            await _stop_sending(session, letter, reason, now)
        case Migrated(chat_id):
            await hosting.migrate(session, chat_id=letter.chat_id, new_chat_id=chat_id, now=now)


def _changes(outcome: Outcome) -> dict[str, Any]:
    match outcome:
        case Later() | Migrated():
            return {"state": State.PLANNED}
        case Unpaid():
            return {"state": State.PLANNED, "paid": False}
        case Unreachable(reason):
            return {"state": State.UNREACHABLE, "reason": reason}
        case Uncertain(reason):
            return {"state": State.UNCERTAIN, "reason": reason}
        case Refused(reason) | NothingToTell(reason):
            return {"state": State.DROPPED, "reason": reason}
    raise AssertionError(outcome)


async def _hold_chat(session: AsyncSession, letter: Letter, *, until: datetime) -> None:
    """Nothing planned goes to a letter's chat before a moment: Telegram refuses chats, not messages."""
    await session.execute(
        update(Delivery)
        .where(_of_same_chat(letter), Delivery.state == State.PLANNED, Delivery.due_at < until)
        .values(due_at=until)
    )


def _of_same_chat(letter: Letter) -> ColumnElement[bool]:
    if letter.member_id is not None:
        person_id = select(Member.person_id).where(Member.id == letter.member_id).scalar_subquery()
        return Delivery.member_id.in_(select(Member.id).where(Member.person_id == person_id))
    if letter.room_id is not None:
        group_id = select(Room.group_id).where(Room.id == letter.room_id).scalar_subquery()
        return Delivery.room_id.in_(select(Room.id).where(Room.group_id == group_id))
    return false()


async def _stop_sending(session: AsyncSession, letter: Letter, reason: str, now: datetime) -> None:
    """Stop all sending to the person, or the group, until they return."""
    if letter.member_id is not None:
        await mark_unreachable(session, letter.member_id, reason, now=now)
    if letter.room_id is not None:
        await furnishing.could_not_write(session, letter.room_id, reason, now=now)


async def mark_unreachable(session: AsyncSession, member_id: int, reason: str, *, now: datetime) -> None:
    """Stop all sending to the person behind a membership until they return."""
    person_id = select(Member.person_id).where(Member.id == member_id).scalar_subquery()
    await session.execute(
        update(Person)
        .where(Person.id == person_id, Person.unreachable_since.is_(None))
        .values(unreachable_since=now, unreachable_reason=reason)
    )
    await counting.outdate(session, person_id)


async def settle_by_reply(session: AsyncSession, *, member_id: int, question_id: int, message_id: int | None) -> None:
    """A member replied to a question: its sending, if uncertain, did arrive; `message_id` is what they replied to."""
    await settle_uncertain(
        session, member_id=member_id, question_id=question_id, reason="they replied", message_id=message_id
    )


async def settle_uncertain(
    session: AsyncSession, *, member_id: int, question_id: int, reason: str, message_id: int | None = None
) -> None:
    """It is known after all that an uncertain question arrived, for the reason given."""
    found = {"member": member_id, "question": question_id, "why": reason, "message": message_id}
    await run(session, _SETTLE_UNCERTAIN, found)


async def send_again(session: AsyncSession, *, dialogue_id: int, now: datetime) -> int:
    """A moderator wants what is uncertain sent again, come what may; returns how many are due again."""
    again = await session.execute(
        update(Delivery)
        .where(Delivery.dialogue_id == dialogue_id, Delivery.state == State.UNCERTAIN)
        .values(state=State.PLANNED, due_at=now, reason=None)
        .returning(Delivery.id)
    )
    return len(again.all())


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
