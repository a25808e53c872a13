"""What Telegram was last told of the bot's own face, so that it is told again only when that changed."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert
from bot.models import Published


async def published(session: AsyncSession, subjects: Collection[str]) -> dict[str, str]:
    """The fingerprint of what Telegram shows of each subject that it was told of."""
    known = select(Published.subject, Published.fingerprint).where(Published.subject.in_(subjects))
    return dict((await session.execute(known)).all())


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
