"""A room's topic comes, closes, reopens or goes; whatever becomes of it, the other rooms of the group go on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import SQLCoreOperations

from bot.core import rights, wordings
from bot.core.rights import NotPermitted, Right
from bot.features.groups.actions import rooms as group_rooms
from bot.features.groups.actions.links import NotAnOrganiser
from bot.features.groups.actions.rooms import NO_TOPICS, TOPIC_CLOSED, TOPIC_DELETED, TOPIC_DOUBTED
from bot.models import Delivery, Group, Person, Room, State

OPENING_TAKES = timedelta(minutes=5)  # far longer than a call: after that nobody waits for its answer any more


class NotInDoubt(Exception):
    """The room has its topic by now, or needs none."""


@dataclass(frozen=True)
class Unready:
    """A room whose topic isn't there or isn't open; `title` is the dialogue's in the room's language."""

    room_id: int
    group_id: int
    chat_id: int
    thread_id: int | None
    language: str
    title: str


WANTING = (Room.wants_topic, Room.thread_id.is_(None), Room.opening_since.is_(None))
DOUBTFUL = (Room.opening_since <= bindparam("long_ago"), Room.doubted_since.is_(None), Room.retired_at.is_(None))


async def wanting(session: AsyncSession) -> list[Unready]:
    """The rooms whose topic Telegram has not been asked for yet."""
    return await _unready(session, *WANTING)


async def to_reopen(session: AsyncSession) -> list[Unready]:
    """The topics that were found closed, and are to be opened; each once, however many rooms share it."""
    found = await _unready(session, Room.reopens)
    return list({(each.group_id, each.thread_id): each for each in found}.values())


async def in_doubt(session: AsyncSession, room_id: int) -> Unready | None:
    """A room of which nobody knows whether its topic is there; None if that is settled."""
    found = await _unready(session, Room.id == room_id, Room.doubted_since.is_not(None))
    return found[0] if found else None


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
            wordings.in_language(room.group.dialogue.title, room.group.dialogue, room.languages[0]),
        )
        for room in rooms.all()
    ]


async def begin(session: AsyncSession, room_id: int, *, now: datetime) -> bool:
    """Telegram is about to be asked for a room's topic, once this is committed; False if it was asked before."""
    began = await session.scalar(
        update(Room)
        .where(Room.id == room_id, Room.thread_id.is_(None), Room.opening_since.is_(None))
        .values(opening_since=now)
        .returning(Room.id)
    )
    return began is not None


async def not_opened(session: AsyncSession, room_id: int) -> None:
    """Telegram certainly didn't open a room's topic: it may be asked again."""
    await session.execute(update(Room).where(Room.id == room_id).values(opening_since=None, doubted_since=None))


async def opened(session: AsyncSession, room_id: int, thread_id: int, *, now: datetime) -> None:
    """A room's topic is there: what is owed to it comes."""
    room = await session.get_one(Room, room_id)
    room.thread_id, room.opening_since, room.doubted_since = thread_id, None, None
    await _ready(session, room, now)


async def doubt(session: AsyncSession, *, now: datetime) -> int:
    """Have organisers look where nobody knows whether a topic came about; returns in how many rooms.

    After a crash, or a call without an answer: opening it again could make it twice, so the room is held.
    """
    rooms = await session.scalars(
        select(Room).where(*DOUBTFUL).options(joinedload(Room.group)), {"long_ago": now - OPENING_TAKES}
    )
    held = rooms.all()
    for room in held:
        room.doubted_since = now
        await group_rooms.tell_trouble(session, room.group, TOPIC_DOUBTED, room_id=room.id, now=now)
    return len(held)


async def open_again(session: AsyncSession, person: Person, room_id: int) -> None:
    """An organiser has looked: the topic isn't there, and is to be opened. Raises NotInDoubt or NotAnOrganiser."""
    room = await session.scalar(select(Room).where(Room.id == room_id).options(joinedload(Room.group)))
    if room is None:
        raise NotInDoubt(room_id)
    try:
        await rights.membership(session, person, room.group.dialogue_id, Right.LINK)
    except NotPermitted:
        raise NotAnOrganiser from None
    if room.doubted_since is None:
        raise NotInDoubt(room_id)
    await not_opened(session, room_id)


async def awaited(session: AsyncSession, *, chat_id: int, thread_id: int) -> list[Unready]:
    """The rooms of a group whose topic Telegram was asked for, of which a topic that no room has may be one."""
    return await _unready(session, Group.chat_id == chat_id, Room.opening_since.is_not(None), ~_taken(thread_id))


def _taken(thread_id: int) -> ColumnElement[bool]:
    return Room.group_id.in_(select(Room.group_id).where(Room.thread_id == thread_id))


async def impossible(session: AsyncSession, room_id: int, *, now: datetime) -> None:
    """The bot may not open topics here (any more): it writes in the group itself, and the organisers are told."""
    room = await session.get_one(Room, room_id)
    room.thread_id, room.wants_topic, room.told_at = None, False, None
    room.opening_since = room.doubted_since = None
    await _ready(session, room, now)
    group = await session.get_one(Group, room.group_id)
    await group_rooms.tell_trouble(session, group, NO_TOPICS, room_id=room.id, now=now)


async def lose(session: AsyncSession, room: Room, *, now: datetime) -> None:
    """A room's topic was deleted: it gets a new one, and the organisers are told."""
    room.thread_id, room.wants_topic, room.told_at = None, True, None
    await _hold(session, [room.id], "its topic is gone", now)
    group = await session.get_one(Group, room.group_id)
    await group_rooms.tell_trouble(session, group, TOPIC_DELETED, room_id=room.id, now=now)


async def shut(session: AsyncSession, room: Room, *, now: datetime) -> None:
    """A room's topic was found closed: it is to be reopened before anything is sent to those who share it."""
    rooms = (await session.scalars(select(Room).where(*_sharing(room)))).all()
    for each in rooms:
        if each.shut_since is None:
            each.shut_since, each.reopens = now, True
    await _hold(session, [each.id for each in rooms], "its topic is closed", now)


def _sharing(room: Room) -> tuple[ColumnElement[bool], ...]:
    """The rooms that are one topic: several if they are a forum's general one."""
    same = Room.thread_id.is_not_distinct_from(room.thread_id)
    return Room.group_id == room.group_id, same, Room.channel_id.is_(None), Room.retired_at.is_(None)


async def _hold(session: AsyncSession, room_ids: list[int], reason: str, now: datetime) -> None:
    """Nothing planned goes to rooms until they are ready again."""
    await session.execute(
        update(Delivery)
        .where(Delivery.room_id.in_(room_ids), Delivery.state == State.PLANNED)
        .values(state=State.UNREACHABLE, reason=reason, settled_at=now)
    )


async def reopened(session: AsyncSession, room_id: int, *, now: datetime) -> None:
    """A room's topic is open again: what is owed to those who share it comes."""
    room = await session.get_one(Room, room_id)
    for each in (await session.scalars(select(Room).where(*_sharing(room)))).all():
        each.shut_since, each.reopens = None, False
    await _ready(session, room, now)


async def stays_shut(session: AsyncSession, room_id: int, *, now: datetime) -> None:
    """The bot may not reopen a topic: its organisers are told to."""
    room = await session.get_one(Room, room_id)
    for each in (await session.scalars(select(Room).where(*_sharing(room)))).all():
        each.reopens = False
    group = await session.get_one(Group, room.group_id)
    await group_rooms.tell_trouble(session, group, TOPIC_CLOSED, room_id=room.id, now=now)


async def _ready(session: AsyncSession, room: Room, now: datetime) -> None:
    await session.flush()
    group = (
        await session.scalars(select(Group).where(Group.id == room.group_id).options(joinedload(Group.dialogue)))
    ).one()
    if group.told_at is not None:
        await group_rooms.catch_up(session, group, now=now)


async def room_of(session: AsyncSession, *, chat_id: int, thread_id: int | None) -> int | None:
    """The id of a room that is a topic of a group: the general one without `thread_id`."""
    return await session.scalar(
        select(Room.id)
        .join(Room.group)
        .where(Group.chat_id == chat_id, Group.unlinked_at.is_(None))
        .where(Room.thread_id.is_not_distinct_from(thread_id), Room.retired_at.is_(None))
        .limit(1)
    )
