"""Uncertain sends, of which nobody knows whether they arrived: held rather than made twice, until it is known or a moderator decides."""

from datetime import datetime

from sqlalchemy import and_, bindparam, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import run
from bot.models import Delivery, Kind, State

_DELIVERY = Delivery.__table__
_SETTLE_UNCERTAIN = (
    update(_DELIVERY)  # type: ignore[arg-type]  # the declarative base calls its table a FromClause
    .where(_DELIVERY.c.member_id == bindparam("member"), _DELIVERY.c.question_id == bindparam("question"))
    .where(_DELIVERY.c.kind == Kind.QUESTION)
    .where(
        or_(
            _DELIVERY.c.state == State.UNCERTAIN,
            # What is on its way will tell of itself.
            and_(_DELIVERY.c.again, _DELIVERY.c.state.not_in([State.SENDING, State.SENT])),
        )
    )
    .values(state=State.SENT, reason=bindparam("why"), message_id=bindparam("message"))
)


async def settle_by_reply(session: AsyncSession, *, member_id: int, question_id: int, message_id: int | None) -> None:
    """A member replied to a question: its sending, if uncertain, or to be made again, did arrive; `message_id` is what they replied to."""
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
    """A moderator wants what is uncertain sent again; returns how many are due again. Nobody is asked on twice.

    What shows meanwhile that one did arrive settles it all the same.
    """
    again = await session.execute(
        update(Delivery)
        .where(Delivery.dialogue_id == dialogue_id, Delivery.state == State.UNCERTAIN, Delivery.kind != Kind.FOLLOW_UP)
        .values(state=State.PLANNED, due_at=now, reason=None, again=True)
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
