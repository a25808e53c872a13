"""Erasures are done again that an older backup has undone."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.backups.erasures import Erasure, Extent, person_key
from bot.features.privacy.actions import erasure, refusal
from bot.models import InboxUpdate, Invitee, Member, OptOut, Person, Reply


def refused(erasures: Iterable[Erasure]) -> list[int]:
    """Who (Telegram's ids) wants nothing kept of what they say in groups, by what they said last."""
    last = {each.whose: each.scope for each in erasures if each.scope is not Extent.PERSON}
    return [int(whose) for whose, scope in last.items() if scope is Extent.GROUPS]


async def erase_again(session: AsyncSession, listed: Erasure, *, now: datetime) -> bool:
    """Erase a person once more who is there although they were erased; returns whether they were.

    Not someone who has come since: a row's number may be another's by now, and whoever was erased may come back.
    """
    person_id = int(listed.whose.partition("-")[0])
    person = await session.get(Person, person_id)
    if person is None or person_key(person.id, person.telegram_id) != listed.whose:
        return False
    theirs = select(Member.id).where(Member.person_id == person.id)
    has_come_since = or_(
        exists().where(InboxUpdate.lane == person.telegram_id, InboxUpdate.received_at > listed.at),
        exists().where(Reply.member_id.in_(theirs), Reply.kept_at > listed.at),
        exists().where(Member.person_id == person.id, Member.joined_at > listed.at),
        exists().where(Invitee.person_id == person.id, Invitee.read_at > listed.at),
    )
    if await session.scalar(select(has_come_since)):
        return False
    await erasure.erase(session, person, now=now)
    return True


async def refuse_again(session: AsyncSession, author_id: int, *, now: datetime) -> bool:
    """Keep nothing of what someone says in groups once more; returns whether that had been undone."""
    if await session.get(OptOut, author_id) is not None:
        return False
    await refusal.refuse(session, author_id, now=now)
    return True
