"""What a dialogue has come to at its end, as each member is told it."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting
from bot.models import Figure, Reply, Summary
from bot.tallies import figures


@dataclass(frozen=True)
class Ended:
    """How many replies by how many members there are, in how many languages, and how many of them are the reader's `own`.

    `published` says that its Summary is there already.
    """

    replies: int
    members: int
    languages: int
    own: int
    published: bool


async def ended(session: AsyncSession, dialogue_id: int, *, member_id: int) -> Ended:
    """What a dialogue has come to, for one of its members."""
    tallies = await figures.read(session, dialogue_id)
    said = +tallies.said()
    own = select(func.count()).where(Reply.member_id == member_id, counting.counts())
    published = exists().where(Summary.dialogue_id == dialogue_id, Summary.published_at.is_not(None))
    return Ended(
        replies=said.total(),
        members=tallies.total(Figure.REPLIED),
        languages=len(said),
        own=await session.scalar(own) or 0,
        published=bool(await session.scalar(select(published))),
    )
