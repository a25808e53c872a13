"""The ledger of what the bot owes: taken when due, looked at once more, and handed out to be sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import addressing, reconsidering
from bot.actions.addressing import OWED, Letter, Owed
from bot.actions.reconsidering import Drop, PutOff
from bot.models import Delivery, Group, Member, Person, Room, State


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
    owed = await _take(session, now, limit, except_for)
    if not owed:
        return Claimed((), 0)
    readers = await addressing.readers(session, owed)
    content = await addressing.contents(session, owed)
    known = await reconsidering.reminding(session, owed)
    letters: dict[int, Letter] = {}
    set_aside = 0
    for one in owed:
        reader = readers[one.id]
        if reader.chat_id in letters:
            await _change(session, one, state=State.PLANNED)
            continue
        dialogue = content.dialogues[one.dialogue_id]
        brings = content.questions.get(one.question_id or 0) or content.notices.get(one.notice_id or 0)
        verdict = reconsidering.look_again(one, reader, dialogue, brings, known, now=now)
        if verdict is None:
            whole = (one.member_id, one.question_id) not in known.reached
            letters[reader.chat_id] = addressing.letter(one, reader, content, whole=whole)
        else:
            await _set_aside(session, one, verdict, now)
            set_aside += 1
    return Claimed(tuple(letters.values()), set_aside)


async def _take(session: AsyncSession, now: datetime, limit: int, except_for: Collection[int]) -> list[Owed]:
    due = _due(now, except_for).order_by(Delivery.due_at, Delivery.id).limit(limit).with_for_update(skip_locked=True)
    taken = await session.execute(
        update(Delivery)
        .where(Delivery.id.in_(due.scalar_subquery()), Delivery.state == State.PLANNED)
        .values(state=State.SENDING, claimed_at=now, attempts=Delivery.attempts + 1)
        .returning(*OWED)
        .execution_options(synchronize_session=False)
    )
    return sorted((Owed(*row) for row in taken), key=lambda one: (one.due_at, one.id))


def _due(now: datetime, except_for: Collection[int] = ()) -> Select[int]:
    due = select(Delivery.id).where(Delivery.state == State.PLANNED, Delivery.due_at <= now)
    people, groups = [each for each in except_for if each > 0], [each for each in except_for if each < 0]
    if people:
        resting = select(Member.id).join(Member.person).where(Person.telegram_id.in_(people))
        due = due.where(func.coalesce(Delivery.member_id, 0).not_in(resting))
    if groups:
        quiet = select(Room.id).join(Room.group).where(Group.chat_id.in_(groups))
        due = due.where(func.coalesce(Delivery.room_id, 0).not_in(quiet))
    return due


async def _set_aside(session: AsyncSession, one: Owed, verdict: Drop | PutOff, now: datetime) -> None:
    if isinstance(verdict, PutOff):
        await _change(session, one, state=State.PLANNED, due_at=verdict.until)
    else:
        await _change(session, one, state=verdict.state, reason=verdict.reason, settled_at=now)


async def _change(session: AsyncSession, one: Owed, **values: object) -> None:
    await session.execute(update(Delivery).where(Delivery.id == one.id).values(**values))


async def is_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether anything is due."""
    return await session.scalar(_due(now).limit(1)) is not None


async def next_due(session: AsyncSession, *, after: datetime) -> datetime | None:
    """The moment at which the next planned delivery falls due."""
    return await session.scalar(
        select(Delivery.due_at)
        .where(Delivery.state == State.PLANNED, Delivery.due_at > after)
        .order_by(Delivery.due_at)
        .limit(1)
    )


async def claim_stale(session: AsyncSession, *, limit: int) -> Sequence[Letter]:
    """Up to `limit` sent questions whose wording has changed since, to be edited where they stand."""
    stale = select(Delivery.id).where(Delivery.stale).order_by(Delivery.id).limit(limit).scalar_subquery()
    rows = await session.execute(
        update(Delivery)
        .where(Delivery.id.in_(stale))
        .values(stale=False)
        .returning(*OWED)
        .execution_options(synchronize_session=False)
    )
    owed = [Owed(*row) for row in rows]
    readers = await addressing.readers(session, owed)
    content = await addressing.contents(session, owed)
    return [addressing.letter(one, readers[one.id], content) for one in owed]


async def mark_stale(session: AsyncSession, delivery_id: int) -> None:
    """Have a posted question edited (again)."""
    await session.execute(update(Delivery).where(Delivery.id == delivery_id).values(stale=True))
