"""The bot has something to tell besides questions and digests: it is owed to one member, to many, or to rooms, and may be called off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import schedule
from bot.database import insert
from bot.ledger import turns
from bot.models import Delivery, Dialogue, Kind, Member, Notice, NoticeKind, Person, Room, State


class AlreadyTold(Exception):
    """Everyone has got the notice already: there is nothing left to call off."""


@dataclass(frozen=True)
class Audience:
    """How many members get a notice, or no longer get it, and in how many groups it is posted."""

    members: int
    groups: int


async def open_notice(
    session: AsyncSession,
    kind: NoticeKind,
    *,
    dialogue_id: int,
    now: datetime,
    texts: Mapping[str, str] | None = None,
    details: Mapping[str, Any] | None = None,
    question_id: int | None = None,
    reply_id: int | None = None,
    author_id: int | None = None,
) -> Notice:
    """A notice that nobody is owed yet; `texts` are what a person wrote, by language, in Markdown."""
    notice = Notice(
        kind=kind,
        dialogue_id=dialogue_id,
        question_id=question_id,
        reply_id=reply_id,
        author_id=author_id,
        texts=dict(texts or {}),
        details=dict(details or {}),
        created_at=now,
    )
    session.add(notice)
    await session.flush()
    return notice


async def owe_member(
    session: AsyncSession, notice: Notice, member_id: int, *, now: datetime, at_once: bool = False
) -> int:
    """Owe a notice to one member; returns 1, or 0 if it was owed already, or they are gone.

    `at_once` is for what their own choice asked for: neither quiet hours nor a pause hold it.
    """
    return await owe_members(session, notice, Member.id == member_id, now=now, at_once=at_once)


async def owe_members(
    session: AsyncSession,
    notice: Notice,
    who: ColumnElement[bool],
    *,
    now: datetime,
    at_once: bool = False,
    paid: bool = False,
) -> int:
    """Owe a notice to all members of its dialogue that fulfil `who` (of Member, Person); returns to how many more.

    It is due now, or when the quiet hours in the member's zone end. Whoever took part no longer when it is sent, or
    moderates no longer if it is for moderators, doesn't get it.
    """
    dialogue = await session.get_one(Dialogue, notice.dialogue_id)
    due_at: ColumnElement[datetime] = literal(now, Delivery.__table__.c.due_at.type)
    if not at_once:
        due_at = await _waking(session, dialogue, who, now)
    members = _owed(notice, due_at, at_once=at_once).where(Member.dialogue_id == dialogue.id, who)
    how = (Member.id, turns.turn(Member.id), literal(paid))
    return await _owe(session, ("member_id", "turn", "paid"), members.add_columns(*how).join(Member.person))


async def owe_rooms(session: AsyncSession, notice: Notice, room_ids: Collection[int], *, now: datetime) -> int:
    """Owe a notice to rooms of its dialogue; returns to how many more.

    It is due now, or when the quiet hours end by the dialogue's clock: a room's readers live in many zones.
    """
    dialogue = await session.get_one(Dialogue, notice.dialogue_id)
    due_at = literal(schedule.waking(dialogue, now, dialogue.timezone), Delivery.__table__.c.due_at.type)
    rooms = _owed(notice, due_at, at_once=False).where(Room.id.in_(room_ids))
    return await _owe(session, ("room_id",), rooms.add_columns(Room.id).order_by(Room.id))


async def _waking(
    session: AsyncSession, dialogue: Dialogue, who: ColumnElement[bool], now: datetime
) -> ColumnElement[datetime]:
    zone = func.coalesce(Person.timezone, dialogue.timezone)
    zones = await session.scalars(
        select(zone)
        .join(Member, Member.person_id == Person.id)
        .where(Member.dialogue_id == dialogue.id, who)
        .distinct()
    )
    kept = Delivery.__table__.c.due_at.type
    mornings = {each: schedule.waking(dialogue, now, each) for each in zones}
    nights = {each: literal(morning, kept) for each, morning in mornings.items() if morning > now}
    return case(nights, value=zone, else_=literal(now, kept)) if nights else literal(now, kept)


OWED = ("kind", "dialogue_id", "notice_id", "due_at", "state", "at_once", "attempts", "stale")


def _owed(notice: Notice, due_at: ColumnElement[datetime], *, at_once: bool) -> Select[Any]:
    columns = Delivery.__table__.c
    return select(
        literal(Kind.NOTICE, columns.kind.type),
        literal(notice.dialogue_id),
        literal(notice.id),
        due_at,
        literal(State.PLANNED, columns.state.type),
        literal(at_once),
        literal(0),
        literal(value=False),
    )


async def _owe(session: AsyncSession, reader: Sequence[str], rows: Select[Any]) -> int:
    added = insert(session, Delivery).from_select([*OWED, *reader], rows).on_conflict_do_nothing()
    owed = await session.execute(added, execution_options={"preserve_rowcount": True})
    return owed.rowcount  # type: ignore[attr-defined,no-any-return]  # an INSERT's result has it


async def cancel(session: AsyncSession, notice_id: int, *, now: datetime) -> Audience:
    """Call a notice off while it goes out: returns who won't get it; raises AlreadyTold if there is nobody left.

    A room that couldn't be written to is among them: what it missed may still be made up for.
    """
    members = await session.scalar(
        select(func.count()).where(
            Delivery.notice_id == notice_id, Delivery.member_id.is_not(None), Delivery.state == State.PLANNED
        )
    )
    groups = await session.scalar(
        select(func.count(Room.group_id.distinct()))
        .join(Delivery, Delivery.room_id == Room.id)
        .where(Delivery.notice_id == notice_id, Delivery.room_id.is_not(None))
        .where(Delivery.state.in_([State.PLANNED, State.UNREACHABLE]))
    )
    spared = Audience(members or 0, groups or 0)
    if spared == Audience(0, 0):
        raise AlreadyTold
    await session.execute(
        update(Notice).where(Notice.id == notice_id, Notice.cancelled_at.is_(None)).values(cancelled_at=now)
    )
    return spared
