"""What Telegram was last told of the bot's own face, so that it is told again only when that changed."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert
from bot.models import Published


async def is_published(session: AsyncSession, subject: str, fingerprint: str) -> bool:
    """Whether Telegram already shows this of a subject."""
    known = await session.scalar(select(Published.fingerprint).where(Published.subject == subject))
    return known == fingerprint


async def publish(session: AsyncSession, subject: str, fingerprint: str) -> None:
    """Telegram shows this of a subject now."""
    await session.execute(
        insert(session, Published)
        .values(subject=subject, fingerprint=fingerprint)
        .on_conflict_do_update(index_elements=["subject"], set_={"fingerprint": fingerprint})
    )


def menu_of(telegram_id: int) -> str:
    """The subject under which one person's command menu is remembered."""
    return f"menu:{telegram_id}"


async def forget(session: AsyncSession, subject: str) -> None:
    """Nothing is remembered of a subject any more."""
    await session.execute(delete(Published).where(Published.subject == subject))
