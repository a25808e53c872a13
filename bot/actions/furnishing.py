"""Rooms are made ready: their topics opened or reopened, and the group told what is kept, before anything is asked there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import SQLCoreOperations

from bot.actions import hosting, reading
from bot.actions.hosting import NO_TOPICS, TOPIC_CLOSED
from bot.models import Delivery, Group, Names, NoticeKind, Room, State


@dataclass(frozen=True)
class Unready:
    """What a room still lacks: its topic, or that its topic be open."""

    room_id: int
    group_id: int
    chat_id: int
    thread_id: int | None
    language: str
    title: str


@dataclass(frozen=True)
class Untold:
    """A place where it isn't said yet what is kept: a topic, or a group with all its rooms that have none.

    `titles` are the dialogue's, by the languages the bot writes there; `nameless` if the dialogue leaves out all names.
    """

    group_id: int
    chat_id: int
    thread_id: int | None
    room_ids: tuple[int, ...]
    titles: Mapping[str, str]
    nameless: bool


async def without_topic(session: AsyncSession) -> list[Unready]:
    """The rooms that are to get a topic of their own."""
    return await _unready(session, Room.wants_topic, Room.thread_id.is_(None))


async def to_reopen(session: AsyncSession) -> list[Unready]:
    """The rooms whose topic was found closed, and is to be opened."""
    return await _unready(session, Room.reopens)


async def _unready(session: AsyncSession, *conditions: SQLCoreOperations[bool]) -> list[Unready]:
    rooms = await session.scalars(
        select(Room)
        .join(Room.group)
        .where(Room.retired_at.is_(None), Group.unlinked_at.is_(None), Group.silent_since.is_(None), *conditions)
        .options(joinedload(Room.group).joinedload(Group.dialogue))
        .order_by(Room.id)
    )
    return [
        Unready(
            room.id,
            room.group_id,
            room.group.chat_id,
            room.thread_id,
            room.languages[0],
            reading.in_language(room.group.dialogue.title, room.group.dialogue, room.languages[0]),
        )
        for room in rooms.all()
    ]


async def untold(session: AsyncSession) -> list[Untold]:
    """The places that are to be told what is kept; one whose topic isn't there yet comes once it is."""
    rooms = await session.scalars(
        select(Room)
        .join(Room.group)
        .where(Group.unlinked_at.is_(None), Group.silent_since.is_(None), Room.told_at.is_(None), *hosting.READY)
        .options(joinedload(Room.group).joinedload(Group.dialogue))
        .order_by(Room.group_id, Room.id)
    )
    places: dict[tuple[int, int | None], list[Room]] = {}
    for room in rooms.all():
        places.setdefault((room.group_id, None if room.channel_id else room.thread_id), []).append(room)
    return [_untold(rooms[0].group, thread_id, rooms) for (_, thread_id), rooms in places.items()]


def _untold(group: Group, thread_id: int | None, rooms: Sequence[Room]) -> Untold:
    dialogue = group.dialogue
    tags = [tag for room in rooms for tag in room.languages]
    return Untold(
        group.id,
        group.chat_id,
        thread_id,
        tuple(room.id for room in rooms),
        {tag: reading.in_language(dialogue.title, dialogue, tag) for tag in tags},
        nameless=dialogue.names is Names.ANONYMOUS,
    )


async def told(session: AsyncSession, place: Untold, *, now: datetime) -> None:
    """It has been said in a place what is kept; once in all of a group's, what is said there is, and questions come."""
    await session.execute(update(Room).where(Room.id.in_(place.room_ids)).values(told_at=now))
    group = (
        await session.scalars(select(Group).where(Group.id == place.group_id).options(joinedload(Group.dialogue)))
    ).one()
    waiting = exists().where(Room.group_id == group.id, Room.retired_at.is_(None), Room.told_at.is_(None))
    if group.told_at is None and await session.scalar(select(waiting)):
        return
    group.told_at = group.told_at or now
    await session.flush()
    await hosting.catch_up(session, group, now=now)


async def could_not_write(session: AsyncSession, room_id: int, reason: str, *, now: datetime) -> None:
    """Telegram refused a message to a room, and why: its topic is gone or closed, or the whole group takes none."""
    room = await session.get_one(Room, room_id)
    words = reason.lower()
    if room.thread_id is not None and any(sign in words for sign in TOPIC_GONE):
        await lose_topic(session, room_id, now=now)
    elif room.thread_id is not None and "topic_closed" in words:
        await shut_topic(session, room_id, now=now)
    else:
        await hosting.fall_silent(session, room.group_id, reason, now=now)


TOPIC_GONE = ("thread not found", "topic_deleted", "topic_id_invalid")


async def got_topic(session: AsyncSession, room_id: int, thread_id: int, *, now: datetime) -> None:
    """A room's topic is there: what is owed to it comes."""
    room = await session.get_one(Room, room_id)
    room.thread_id = thread_id
    await _ready(session, room, now)


async def no_topic(session: AsyncSession, room_id: int, *, now: datetime) -> None:
    """The bot may not open topics here (any more): it writes in the group itself, and the organisers are told."""
    room = await session.get_one(Room, room_id)
    room.thread_id, room.wants_topic, room.told_at = None, False, None
    await _ready(session, room, now)
    group = await session.get_one(Group, room.group_id)
    await hosting.tell_organisers(session, group, NoticeKind.GROUP_TROUBLE, NO_TOPICS, now=now)


async def lose_topic(session: AsyncSession, room_id: int, *, now: datetime) -> None:
    """A room's topic was deleted: it gets a new one."""
    room = await session.get_one(Room, room_id)
    room.thread_id, room.wants_topic, room.told_at = None, True, None
    await _hold(session, room_id, "its topic is gone", now)


async def shut_topic(session: AsyncSession, room_id: int, *, now: datetime) -> None:
    """A room's topic was found closed: it is to be reopened before anything is sent there."""
    room = await session.get_one(Room, room_id)
    if room.shut_since is None:
        room.shut_since, room.reopens = now, True
    await _hold(session, room_id, "its topic is closed", now)


async def _hold(session: AsyncSession, room_id: int, reason: str, now: datetime) -> None:
    """Nothing planned goes to a room until it is ready again."""
    await session.execute(
        update(Delivery)
        .where(Delivery.room_id == room_id, Delivery.state == State.PLANNED)
        .values(state=State.UNREACHABLE, reason=reason, settled_at=now)
    )


async def reopened(session: AsyncSession, room_id: int, *, now: datetime) -> None:
    """A room's topic is open again: what is owed to it comes."""
    room = await session.get_one(Room, room_id)
    room.shut_since, room.reopens = None, False
    await _ready(session, room, now)


async def stays_shut(session: AsyncSession, room_id: int, *, now: datetime) -> None:
    """The bot may not reopen a topic: its organisers are told to."""
    room = await session.get_one(Room, room_id)
    room.reopens = False
    group = await session.get_one(Group, room.group_id)
    await hosting.tell_organisers(session, group, NoticeKind.GROUP_TROUBLE, TOPIC_CLOSED, now=now)


async def _ready(session: AsyncSession, room: Room, now: datetime) -> None:
    await session.flush()
    group = (
        await session.scalars(select(Group).where(Group.id == room.group_id).options(joinedload(Group.dialogue)))
    ).one()
    if group.told_at is not None:
        await hosting.catch_up(session, group, now=now)


async def topic_room(session: AsyncSession, *, chat_id: int, thread_id: int) -> int | None:
    """The id of the room that is a topic of a group."""
    return await session.scalar(
        select(Room.id)
        .join(Room.group)
        .where(Group.chat_id == chat_id, Group.unlinked_at.is_(None))
        .where(Room.thread_id == thread_id, Room.retired_at.is_(None))
    )
