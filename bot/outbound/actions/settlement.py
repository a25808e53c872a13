"""What became of a send is written down: taken, due again (a retry), moved, unreachable, uncertain or refused. So is a halt of all sending."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, bindparam, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert
from bot.features.groups.actions import standing
from bot.ledger import uncertain
from bot.ledger.letters import Letter
from bot.ledger.outcomes import (
    Later,
    Migrated,
    NothingToTell,
    Outcome,
    Refused,
    Sent,
    Uncertain,
    Unpaid,
    Unreachable,
    Unwritten,
)
from bot.models import Delivery, Halt, Kind, Member, Person, Room, State
from bot.outbound.actions import attachments
from bot.tallies import updates

_DELIVERY = Delivery.__table__
_RECORD_SENT = (
    update(_DELIVERY)  # type: ignore[arg-type]  # the declarative base calls its table a FromClause
    .where(_DELIVERY.c.id == bindparam("delivery"))
    .where((_DELIVERY.c.claimed_at == bindparam("claimed")) | _DELIVERY.c.again)
    .where(
        or_(
            _DELIVERY.c.state == State.SENDING,
            _DELIVERY.c.state == State.UNCERTAIN,
            and_(_DELIVERY.c.state == State.SENT, _DELIVERY.c.message_id.is_(None)),
            and_(_DELIVERY.c.state != State.SENT, _DELIVERY.c.again),
        )
    )
    .values(
        state=State.SENT,
        message_id=bindparam("message"),
        reason=None,
        settled_at=bindparam("now"),
        spoken=bindparam("wording"),
    )
)


async def record(session: AsyncSession, outcomes: Sequence[tuple[Letter, Outcome]], *, now: datetime) -> int:
    """Write down what became of letters that were sent, if it isn't known yet, however late it is learnt.

    Returns how many more are owed by that: what belongs to one of them, and found no room in it.

    What Telegram took is sent, though it was held as uncertain meanwhile, or is to be sent again. That it did not arrive
    is told of this attempt alone: a later one may be on its way.
    """
    await attachments.remember_refused(session, outcomes, now=now)  # locks dialogues, which come before deliveries
    sent = [(letter, outcome) for letter, outcome in outcomes if isinstance(outcome, Sent)]
    if sent:
        await _record_sent(session, sent, now)
    for letter, outcome in outcomes:
        if not isinstance(outcome, Sent):
            await _record_other(session, letter, outcome, now)
    return await attachments.owe_rest(session, sent, now=now)


async def _record_sent(session: AsyncSession, sent: Sequence[tuple[Letter, Sent]], now: datetime) -> None:
    taken = [
        {
            "delivery": letter.delivery_id,
            "claimed": letter.claimed_at,
            "message": outcome.message_id,
            "now": now,
            "wording": letter.asked.wording if outcome.shows_file and letter.asked is not None else None,
        }
        for letter, outcome in sent
    ]
    await session.run_sync(lambda plain: plain.connection().execute(_RECORD_SENT, taken))
    for letter, _ in sent:
        if letter.kind is Kind.REMINDER and letter.asked is not None and letter.member_id is not None:
            question = {"member_id": letter.member_id, "question_id": letter.asked.question_id}
            await uncertain.settle_uncertain(session, **question, reason="the reminder brought it")


async def _record_other(session: AsyncSession, letter: Letter, outcome: Outcome, now: datetime) -> None:
    if isinstance(outcome, Unreachable) and letter.member_id is not None:
        # Before the delivery, as whoever erases a person comes to both: else each would wait for the other.
        person_id = _person_of(letter.member_id)
        await session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
    changed = await session.scalar(
        update(Delivery)
        .where(Delivery.id == letter.delivery_id, Delivery.claimed_at == letter.claimed_at)
        .where(Delivery.state.in_([State.SENDING, State.UNCERTAIN]))
        .values(**_changes(outcome, now), settled_at=now)
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
            await standing.migrate(session, chat_id=letter.chat_id, new_chat_id=chat_id, now=now)


def _changes(outcome: Outcome, now: datetime) -> dict[str, Any]:
    match outcome:
        case Unwritten(seconds, reason):
            return {"state": State.PLANNED, "due_at": now + timedelta(seconds=seconds), "reason": reason}
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
        person_id = _person_of(letter.member_id)
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
        await standing.could_not_write(session, letter.room_id, reason, now=now)


def _person_of(member_id: int) -> ScalarSelect[int]:
    return select(Member.person_id).where(Member.id == member_id).scalar_subquery()


async def mark_unreachable(session: AsyncSession, member_id: int, reason: str, *, now: datetime) -> None:
    """Stop all sending to the person behind a membership until they return."""
    person_id = _person_of(member_id)
    await session.execute(
        update(Person)
        .where(Person.id == person_id, Person.unreachable_since.is_(None))
        .values(unreachable_since=now, unreachable_reason=reason)
    )
    await updates.outdate(session, person_id)


async def halt(session: AsyncSession, *, bot_id: int, until: datetime) -> None:
    """Remember that Telegram asked a bot to send nothing until a moment."""
    await session.execute(
        insert(session, Halt)
        .values(bot_id=bot_id, halted_until=until)
        .on_conflict_do_update(index_elements=["bot_id"], set_={"halted_until": until})
    )


async def halted_until(session: AsyncSession, *, bot_id: int) -> datetime | None:
    """Until when Telegram asked a bot to send nothing; None if it never did."""
    return await session.scalar(select(Halt.halted_until).where(Halt.bot_id == bot_id))
