"""Rooms are made ready: each is told what is kept before anything is asked there, whatever becomes of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import wordings
from bot.database import run
from bot.features.groups.actions import rooms as group_rooms
from bot.features.groups.actions import topics
from bot.features.groups.actions.rooms import NOT_PINNED
from bot.models import Group, Names, Room


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


_UNTOLD = (Room.told_at.is_(None), *group_rooms.READY)
_LACKING = or_(and_(Room.retired_at.is_(None), or_(and_(*topics.WANTING), Room.reopens)), and_(*_UNTOLD))
_ANY_UNREADY = (
    select(Room.id)
    .join(Room.group)
    .where(or_(and_(Group.unlinked_at.is_(None), Group.silent_since.is_(None), _LACKING), and_(*topics.DOUBTFUL)))
    .limit(1)
)


async def any_unready(session: AsyncSession, *, now: datetime) -> bool:
    """Whether a room lacks its topic, has it shut or in doubt, or wasn't told yet what is kept."""
    return bool(await run(session, _ANY_UNREADY, {"long_ago": now - topics.OPENING_TAKES}))


async def untold(session: AsyncSession) -> list[Untold]:
    """The places that are to be told what is kept; one whose topic isn't there yet comes once it is."""
    rooms = await session.scalars(
        select(Room)
        .join(Room.group)
        .where(Group.unlinked_at.is_(None), Group.silent_since.is_(None), *_UNTOLD)
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
        {tag: wordings.in_language(dialogue.title, dialogue, tag) for tag in tags},
        nameless=dialogue.names is Names.ANONYMOUS,
    )


async def told(session: AsyncSession, place: Untold, *, pinned: bool, now: datetime) -> None:
    """It has been said in a place what is kept: its questions come, and what is said there counts.

    Organisers are asked to pin what the bot could not.
    """
    await session.execute(update(Room).where(Room.id.in_(place.room_ids)).values(told_at=now))
    group = (
        await session.scalars(select(Group).where(Group.id == place.group_id).options(joinedload(Group.dialogue)))
    ).one()
    group.told_at = group.told_at or now
    await session.flush()
    await group_rooms.catch_up(session, group, now=now)
    if not pinned:
        await group_rooms.tell_trouble(session, group, NOT_PINNED, room_id=place.room_ids[0], now=now)
