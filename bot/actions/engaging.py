"""Who has let themselves be heard since a question reached them, be it by one tap: nobody tells the bot who reads."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, exists, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Delivery, Member, Person, State


async def tap(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """A person has pressed a button: so they have in each dialogue that has asked them something."""
    asked = exists().where(
        Delivery.member_id == Member.id,
        Delivery.question_id.is_not(None),
        Delivery.state.in_([State.SENT, State.UNCERTAIN]),
    )
    await _note(session, (Member.person_id == person.id) & Member.joined_at.is_not(None) & asked, now)


async def spoke(session: AsyncSession, member_ids: Collection[int], *, now: datetime) -> None:
    """These members have said something."""
    await _note(session, Member.id.in_(member_ids), now)


async def _note(session: AsyncSession, condition: ColumnElement[bool], now: datetime) -> None:
    await session.execute(
        update(Member)
        .where(condition, Member.tapped_at.is_(None))
        .values(tapped_at=now, outdated=True)
        .execution_options(synchronize_session=False)
    )
