"""How the bot stands in a group: a room takes nothing, the whole group falls silent, may be written to again, or has moved."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.features.groups.actions import rooms, topics
from bot.models import Delivery, Group, NoticeKind, Room, State

TOPIC_GONE = ("thread not found", "topic_deleted", "topic_id_invalid")


async def could_not_write(session: AsyncSession, room_id: int, reason: str, *, now: datetime) -> None:
    """Telegram refused a message to a room, and why: its topic is gone or closed, or the whole group takes none."""
    room = await session.get_one(Room, room_id)
    words = reason.lower()
    if room.thread_id is not None and any(sign in words for sign in TOPIC_GONE):
        await topics.lose(session, room, now=now)
    elif "topic_closed" in words:
        await topics.shut(session, room, now=now)
    else:
        await fall_silent(session, room.group_id, reason, now=now)


async def fall_silent(session: AsyncSession, group_id: int, reason: str, *, now: datetime) -> None:
    """The bot can't write to a group any more: nothing is sent there until it can, and the organisers are told."""
    group = await session.get_one(Group, group_id)
    if group.silent_since is not None:
        return
    group.silent_since, group.silent_reason = now, reason
    await rooms.tell_organisers(session, group, NoticeKind.GROUP_SILENT, {"reason": reason}, now=now)


async def speak_again(session: AsyncSession, group: Group, *, now: datetime) -> None:
    """The bot may write to a group (dialogue loaded) again: the questions that are still open come now."""
    if group.silent_since is None:
        return
    group.silent_since = group.silent_reason = None
    if group.told_at is not None:
        await rooms.catch_up(session, group, now=now)


async def migrate(session: AsyncSession, *, chat_id: int, new_chat_id: int, now: datetime) -> None:
    """A group became a supergroup (Telegram's ids): it is written to there; a second signal of it changes nothing.

    Message ids begin anew, so the old rooms retire with what was said in them; what is open is owed to the new ones.
    """
    # Both signals may be worked off at once: the second finds the group moved already.
    group = await session.scalar(
        select(Group)
        .where(Group.chat_id == chat_id, Group.unlinked_at.is_(None))
        .options(joinedload(Group.dialogue, innerjoin=True))
        .with_for_update(of=Group)
    )
    if group is None:
        return
    other = await rooms.group_of(session, new_chat_id)
    if other is not None:
        group.unlinked_at = now
        return
    group.chat_id = new_chat_id
    for room in await rooms.rooms_of(session, group.id):
        await _replace(session, room, now)
    if group.told_at is not None:
        await rooms.catch_up(session, group, now=now)


async def _replace(session: AsyncSession, room: Room, now: datetime) -> None:
    """A new room in the place of one whose message ids no longer hold; what is still planned goes there."""
    room.retired_at = now
    new = Room(
        group_id=room.group_id,
        thread_id=None,
        languages=room.languages,
        channel_id=room.channel_id,
        told_at=room.told_at,  # the notice moved along with all other messages
    )
    session.add(new)
    await session.flush()
    await session.execute(
        update(Delivery).where(Delivery.room_id == room.id, Delivery.state == State.PLANNED).values(room_id=new.id)
    )
