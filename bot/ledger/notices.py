"""Notices: what the bot has to tell besides questions and digests. Owed to one member, to many at once (a fan-out) or to rooms, and called off."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, schedule
from bot.ledger import outbox, turns
from bot.models import Delivery, Dialogue, Kind, Member, Notice, NoticeKind, Person, Room, State

ByZone = Callable[[str], datetime]
"""A moment for each IANA zone, such as an hour of the day by the clock there."""


class AlreadyTold(Exception):
    """Everyone has got the notice already: there is nothing left to call off."""


@dataclass(frozen=True)
class Readership:
    """How many members get a notice, or no longer get it (the team isn't counted), and in how many groups it is posted."""

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


async def tell_each(
    session: AsyncSession,
    untold: Callable[[], Awaitable[Collection[int]]],
    kind: NoticeKind,
    whom: ColumnElement[bool],
    *,
    now: datetime,
) -> int:
    """Owe a notice in each dialogue that `untold` finds (ids, in order) to those of `whom`; returns in how many.

    Looked at anew once a dialogue is locked: of two that look at once, the second finds its people told.
    """
    opened = 0
    for dialogue_id in await untold():
        await outbox.lock(session, dialogue_id)
        if dialogue_id not in await untold():
            continue
        notice = await open_notice(session, kind, dialogue_id=dialogue_id, now=now)
        await owe_members(session, notice, whom, due_at=now)
        opened += 1
    return opened


async def owe_member(
    session: AsyncSession, notice: Notice, member_id: int, *, due_at: datetime, at_once: bool = False
) -> int:
    """Owe a notice to one member; returns 1, or 0 if it was owed already, or they are gone.

    `at_once` is for what their own choice asked for: neither quiet hours nor a pause hold it.
    """
    return await owe_members(session, notice, Member.id == member_id, due_at=due_at, at_once=at_once)


async def owe_members(
    session: AsyncSession,
    notice: Notice,
    who: ColumnElement[bool],
    *,
    due_at: datetime | ByZone,
    at_once: bool = False,
    paid: bool = False,
) -> int:
    """Owe a notice to all members of its dialogue that fulfil `who` (of Member, Person); returns to how many more.

    It is due at that moment, which may be another in each zone, or when the quiet hours in the member's zone end after
    it. Whoever took part no longer when it is sent, or moderates no longer if it is for moderators, doesn't get it.
    """
    dialogue = await session.get_one(Dialogue, notice.dialogue_id)
    columns = outbox.columns(
        **_about(notice),
        member_id=Member.id,
        due_at=due_at if at_once else await _waking(session, dialogue, who, due_at),
        turn=turns.turn(Member.id),
        at_once=at_once,
        paid=paid,
    )
    members = select(*columns).join(Member.person).where(Member.dialogue_id == dialogue.id, who)
    return await outbox.owe_all(session, members)


async def owe_rooms(session: AsyncSession, notice: Notice, room_ids: Collection[int], *, due_at: datetime) -> int:
    """Owe a notice to rooms of its dialogue; returns to how many more.

    It is due at that moment, or when the quiet hours end after it by the dialogue's clock: a room's readers live in
    many zones.
    """
    dialogue = await session.get_one(Dialogue, notice.dialogue_id)
    columns = outbox.columns(
        **_about(notice), room_id=Room.id, due_at=schedule.waking(dialogue, due_at, dialogue.timezone)
    )
    return await outbox.owe_all(session, select(*columns).where(Room.id.in_(room_ids)).order_by(Room.id))


def _about(notice: Notice) -> dict[str, object]:
    return {"kind": Kind.NOTICE, "dialogue_id": notice.dialogue_id, "notice_id": notice.id}


async def _waking(
    session: AsyncSession, dialogue: Dialogue, who: ColumnElement[bool], due_at: datetime | ByZone
) -> ColumnElement[datetime] | datetime:
    zone = func.coalesce(Person.timezone, dialogue.timezone)
    zones = await session.scalars(
        select(zone)
        .join(Member, Member.person_id == Person.id)
        .where(Member.dialogue_id == dialogue.id, who)
        .distinct()
    )
    kept = Delivery.due_at.type
    dues = {each: due_at if isinstance(due_at, datetime) else due_at(each) for each in zones}
    mornings = {each: schedule.waking(dialogue, due, each) for each, due in dues.items()}
    usual = due_at if isinstance(due_at, datetime) else due_at(dialogue.timezone)
    others = {each: literal(morning, kept) for each, morning in mornings.items() if morning != usual}
    return case(others, value=zone, else_=literal(usual, kept)) if others else usual


async def cancel(session: AsyncSession, notice_id: int, *, now: datetime) -> Readership:
    """Call a notice off while it goes out: returns who won't get it; raises AlreadyTold if there is nobody left.

    A room that couldn't be written to is among them: what it missed may still be made up for.
    """
    members = await session.scalar(
        select(func.count())
        .select_from(Delivery)
        .join(Member, Member.id == Delivery.member_id)
        .where(Delivery.notice_id == notice_id, Delivery.state == State.PLANNED, counting.without_role())
    )
    groups = await session.scalar(
        select(func.count(Room.group_id.distinct()))
        .join(Delivery, Delivery.room_id == Room.id)
        .where(Delivery.notice_id == notice_id, Delivery.room_id.is_not(None))
        .where(Delivery.state.in_([State.PLANNED, State.UNREACHABLE]))
    )
    spared = Readership(members or 0, groups or 0)
    if spared == Readership(0, 0):
        raise AlreadyTold
    await session.execute(
        update(Notice).where(Notice.id == notice_id, Notice.cancelled_at.is_(None)).values(cancelled_at=now)
    )
    return spared
