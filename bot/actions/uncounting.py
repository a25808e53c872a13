"""What is about to be deleted leaves the tallies first: a person with all that is theirs, or some replies."""

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import accounting
from bot.models import Delivery, Member, Person


async def forget(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """Take a person out of the tallies, before everything of theirs is deleted; their words are counted out already."""
    count = await accounting.begin(session, now=now)
    memberships = select(Member.id).where(Member.person_id == person.id)
    deliveries = await session.execute(
        select(Delivery.id, Delivery.dialogue_id, Delivery.member_id, Delivery.question_id).where(
            Delivery.member_id.in_(memberships), Delivery.counted
        )
    )
    await accounting.recount_reach(session, count, deliveries.all(), arrived=False)
    members = await session.execute(
        select(Member.dialogue_id, Member.counted_language, Member.counted_unreachable, Member.counted_tapped).where(
            Member.person_id == person.id
        )
    )
    for member in members:
        accounting.recount_member(count, member, language=None, unreachable=False, tapped=False)
    await accounting.add(session, count.added)


async def forget_replies(session: AsyncSession, condition: ColumnElement[bool], *, now: datetime) -> None:
    """Take replies out of the tallies: those that are to be deleted, and those that are to be counted anew."""
    count = await accounting.begin(session, now=now)
    replies = (await session.execute(select(*accounting.REPLY).where(condition).with_for_update())).all()
    await accounting.recount_replies(
        session, count, [(reply, None) for reply in replies if reply.counted_language is not None]
    )
    await accounting.add(session, count.added)
