"""How large themes are (counters): written down whenever what is in one changes, for whoever reads them in haste."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting
from bot.models import Reply, Theme, ThemeReply


async def count(session: AsyncSession, theme_ids: Collection[int]) -> list[Theme]:
    """Write down how many replies are in each of these themes now, and of how many members; returns them."""
    themes = list(await session.scalars(select(Theme).where(Theme.id.in_(theme_ids))))
    for theme in themes:
        row = await session.execute(
            select(func.count(), func.count(Reply.member_id.distinct()))
            .select_from(ThemeReply)
            .join(Reply, (Reply.id == ThemeReply.reply_id) & counting.in_themes())
            .where(ThemeReply.theme_id == theme.id)
        )
        theme.replies, theme.members = row.one()
    return themes


async def count_those_of(session: AsyncSession, member_id: int) -> None:
    """The same for all themes in which a member's replies are."""
    theirs = select(ThemeReply.theme_id).join(Reply, Reply.id == ThemeReply.reply_id)
    theme_ids = await session.scalars(theirs.where(Reply.member_id == member_id, ThemeReply.theme_id.is_not(None)))
    await count(session, {theme_id for theme_id in theme_ids if theme_id is not None})
    await session.flush()
