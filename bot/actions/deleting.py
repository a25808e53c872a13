"""Words are deleted for good: what members said to them stays, what moderators said to them goes along."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.actions import restraining
from bot.models import Reply
from bot.tallies import deltas


async def delete_replies(session: AsyncSession, theirs: ColumnElement[bool], *, now: datetime) -> int:
    """Delete replies and responses, and take them out of the tallies; returns how many of `theirs` there were.

    A member's response to one of them moves up: below what that one responded to or, where there is nothing above, it
    answers the question all the same.
    """
    mine = set(await session.scalars(select(Reply.id).where(theirs)))
    said_to_mine = select(Reply.id).where(Reply.parent_id.in_(mine), Reply.as_moderator)
    gone = mine | set(await session.scalars(said_to_mine))
    if not gone:
        return 0
    orphaned = Reply.parent_id.in_(gone) & Reply.id.not_in(gone)
    await _lift(session, orphaned)
    # What now stands by itself was counted as a response: it is counted anew, as a reply.
    await deltas.forget_replies(session, Reply.id.in_(gone) | orphaned, now=now)
    await session.execute(update(Reply).where(orphaned).values(parent_id=None))
    await restraining.forget(session, list(mine), now=now)
    await session.execute(delete(Reply).where(Reply.id.in_(gone)))
    return len(mine)


async def _lift(session: AsyncSession, orphaned: ColumnElement[bool]) -> None:
    """Move responses of the second level up to the first, below what stays there or goes as well."""
    above = aliased(Reply)
    higher = select(above.parent_id).where(above.id == Reply.parent_id).scalar_subquery()
    await session.execute(update(Reply).where(orphaned, higher.is_not(None)).values(parent_id=higher))
