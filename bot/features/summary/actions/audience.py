"""Who doesn't get a Summary that is published: members who take part and can't be reached."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting
from bot.models import Member, Person


async def out_of_reach(session: AsyncSession, dialogue_id: int) -> int:
    """How many members of a dialogue have blocked the bot or are gone from Telegram."""
    counted = await session.scalar(
        select(func.count())
        .select_from(Member)
        .join(Person, Person.id == Member.person_id)
        .where(Member.dialogue_id == dialogue_id, counting.takes_part(), Person.unreachable_since.is_not(None))
    )
    return counted or 0
