"""What others put into words of replies that are about to be erased: it may say what these said, and goes with them.

A key point that a moderator wrote stays: without support it can't be published, and is to be reworded.
"""

from collections.abc import Collection

from sqlalchemy import delete, exists, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Ground, LogEntry, Proposal, Theme, ThemeReply


async def forget(session: AsyncSession, reply_ids: Collection[int]) -> list[int]:
    """Forget what a service proposed of these replies, and why moderators hid them; returns the themes that they were in."""
    grounded = select(Ground.proposal_id).where(Ground.reply_id.in_(reply_ids))
    await session.execute(delete(Proposal).where(Proposal.id.in_(grounded)))
    await session.execute(update(LogEntry).where(LogEntry.reply_id.in_(reply_ids)).values(reason=None))
    placed = select(ThemeReply.theme_id).where(ThemeReply.reply_id.in_(reply_ids), ThemeReply.theme_id.is_not(None))
    themes = [theme_id for theme_id in await session.scalars(placed.distinct()) if theme_id is not None]
    await session.execute(update(Theme).where(Theme.id.in_(themes)).values(proposed_name=null(), proposed_by=None))
    return themes


async def forget_empty(session: AsyncSession, theme_ids: Collection[int]) -> None:
    """Forget those of these themes in which no reply is left: their names are words near to what was erased."""
    held = exists().where(ThemeReply.theme_id == Theme.id)
    await session.execute(delete(Theme).where(Theme.id.in_(theme_ids), ~held))
