"""Members flag a reply for a moderator to look at: one flag has it looked at, three hide it until then."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members, visibility
from bot.database import insert
from bot.features.moderation.actions import log
from bot.models import Act, Flag, Person, Reply, Visibility

FLAGS_HIDE = 3  # distinct members


class OwnWords(Exception):
    """Nobody flags what they said themselves."""


class NothingToFlag(Exception):
    """The person can't read such a reply: it was withdrawn or hidden meanwhile, or is of another dialogue."""


@dataclass(frozen=True)
class Flagged:
    """What a flag did: `is_new` unless this member had flagged the reply before; `hidden` if it was one too many."""

    is_new: bool
    hidden: bool


async def flag(session: AsyncSession, person: Person, reply_id: int, *, now: datetime) -> Flagged:
    """Have a moderator look at a reply; raises OwnReply or NothingToFlag.

    Flags that a moderator has looked at hide nothing again, so a reply that was left standing stays.
    """
    reply = await session.scalar(select(Reply).where(Reply.id == reply_id).with_for_update())
    member = await members.membership(session, person, reply.dialogue_id) if reply else None
    if reply is None or member is None or not member.takes_part:
        raise NothingToFlag(reply_id)
    if reply.member_id == member.id:
        raise OwnWords(reply_id)
    if await session.scalar(select(Reply.id).where(Reply.id == reply_id, visibility.to(member))) is None:
        raise NothingToFlag(reply_id)
    added = await session.scalar(
        insert(session, Flag)
        .values(reply_id=reply_id, member_id=member.id, flagged_at=now)
        .on_conflict_do_nothing()
        .returning(Flag.id)
    )
    if added is None:
        return Flagged(is_new=False, hidden=reply.visibility is not Visibility.SHOWN)
    reply.waiting_since = reply.waiting_since or now
    if reply.visibility is Visibility.SHOWN and await standing(session, reply_id) >= FLAGS_HIDE:
        reply.visibility = Visibility.WAITING
        log.enter(session, None, Act.FLAGGED_AWAY, dialogue_id=reply.dialogue_id, reply_id=reply_id, now=now)
    return Flagged(is_new=True, hidden=reply.visibility is not Visibility.SHOWN)


async def standing(session: AsyncSession, reply_id: int) -> int:
    """How many flags of a reply no moderator has looked at."""
    return await session.scalar(select(func.count()).where(Flag.reply_id == reply_id, Flag.looked_at.is_(None))) or 0
