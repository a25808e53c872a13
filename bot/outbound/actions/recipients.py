"""Who a delivery goes to: a member or a room, with the chat, the languages, and what speaks against sending there."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import Right
from bot.database import run
from bot.ledger.letters import Owed
from bot.models import Group, Member, Person, Room


class Recipient(NamedTuple):
    """A member or a room as a delivery finds them: Telegram's chat, languages, and what speaks against sending.

    `zone` is empty where the dialogue's counts. `unreachable` says why nothing can be sent there. Who takes part in
    `several` dialogues is told which one writes.
    """

    chat_id: int
    languages: tuple[str, ...]
    zone: str | None = None
    thread_id: int | None = None
    unreachable: str | None = None
    paused_until: datetime | None = None
    takes_part: bool = True
    reminders: bool = True
    rights: frozenset[Right] = frozenset()
    several: bool = False


# Built once: a claim is made thirty times a second and more, and to build a statement costs as much as to run it.
MEMBER, PERSON, ROOM, GROUP = (model.__table__ for model in (Member, Person, Room, Group))
_OTHER = MEMBER.alias("other")
_SEVERAL = exists().where(
    _OTHER.c.person_id == MEMBER.c.person_id,
    _OTHER.c.id != MEMBER.c.id,
    _OTHER.c.joined_at.is_not(None),
    _OTHER.c.left_at.is_(None),
)
_MEMBERS = (
    select(
        MEMBER.c.id,
        PERSON.c.telegram_id,
        PERSON.c.language,
        PERSON.c.timezone,
        case((PERSON.c.unreachable_since.is_not(None), func.coalesce(PERSON.c.unreachable_reason, "unreachable"))),
        PERSON.c.paused_until,
        MEMBER.c.joined_at.is_not(None) & MEMBER.c.left_at.is_(None),
        MEMBER.c.reminders,
        MEMBER.c.role,
        MEMBER.c.removed_at.is_not(None),
        _SEVERAL,
    )
    .join(PERSON, PERSON.c.id == MEMBER.c.person_id)
    .where(MEMBER.c.id.in_(bindparam("ids", expanding=True)))
)
_ROOMS = (
    select(
        ROOM.c.id,
        func.coalesce(ROOM.c.channel_id, GROUP.c.chat_id),
        ROOM.c.languages,
        case((ROOM.c.channel_id.is_(None), ROOM.c.thread_id)),  # a channel has no topics
        case(
            (GROUP.c.unlinked_at.is_not(None) | ROOM.c.retired_at.is_not(None), "unlinked"),
            (GROUP.c.silent_since.is_not(None), func.coalesce(GROUP.c.silent_reason, "silent")),
        ),
    )
    .join(GROUP, GROUP.c.id == ROOM.c.group_id)
    .where(ROOM.c.id.in_(bindparam("ids", expanding=True)))
)


async def find(session: AsyncSession, owed: Collection[Owed]) -> dict[int, Recipient]:
    """The recipient of each of these deliveries, by the delivery's id."""
    members = await _members(session, {one.member_id for one in owed if one.member_id is not None})
    rooms = await _rooms(session, {one.room_id for one in owed if one.room_id is not None})
    return {one.id: rooms[one.room_id] if one.member_id is None else members[one.member_id] for one in owed}


async def _members(session: AsyncSession, ids: Collection[int]) -> dict[int | None, Recipient]:
    if not ids:
        return {}
    rows = await run(session, _MEMBERS, {"ids": list(ids)})
    return {
        row[0]: Recipient(
            chat_id=row[1],
            languages=(row[2],),
            zone=row[3],
            unreachable=row[4],
            paused_until=row[5],
            takes_part=row[6],
            reminders=row[7],
            rights=frozenset() if row[9] else rights.rights_of(row[8]),
            several=row[10],
        )
        for row in rows
    }


async def _rooms(session: AsyncSession, ids: Collection[int]) -> dict[int | None, Recipient]:
    if not ids:
        return {}
    rows = await run(session, _ROOMS, {"ids": list(ids)})
    return {row[0]: Recipient(row[1], tuple(row[2]), None, row[3], row[4]) for row in rows}
