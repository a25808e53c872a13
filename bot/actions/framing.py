"""What stands around a question for one member: the week before, who will see the reply, what others say, the rungs."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.actions import chiming, disclosing, highlighting, leafing
from bot.actions.chiming import Chimes
from bot.actions.disclosing import Terms
from bot.actions.highlighting import Highlights
from bot.models import Member


@dataclass(frozen=True)
class Frame:
    """`terms` only before the member's first reply in the dialogue; `replies` counts those of others."""

    question_id: int
    replies: int
    chimes: Chimes
    terms: Terms | None
    highlights: Highlights | None


async def frame(session: AsyncSession, member_id: int, question_id: int) -> Frame:
    """The frame of a question as it is now."""
    loaded = select(Member).options(joinedload(Member.dialogue), joinedload(Member.person))
    reader = (await session.scalars(loaded.where(Member.id == member_id))).one()
    return Frame(
        question_id=question_id,
        replies=await leafing.count(session, reader, question_id),
        chimes=await chiming.of_question(session, reader, question_id),
        terms=await disclosing.before_first_reply(session, reader),
        highlights=await highlighting.before(session, reader, question_id),
    )
