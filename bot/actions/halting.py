"""Telegram asked a bot to send nothing for a while: that outlives a restart."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert
from bot.models import Pace


async def halt(session: AsyncSession, *, bot_id: int, until: datetime) -> None:
    """Remember that Telegram asked a bot to send nothing until a moment."""
    await session.execute(
        insert(session, Pace)
        .values(bot_id=bot_id, halted_until=until)
        .on_conflict_do_update(index_elements=["bot_id"], set_={"halted_until": until})
    )


async def halted_until(session: AsyncSession, *, bot_id: int) -> datetime | None:
    """Until when Telegram asked a bot to send nothing; None if it never did."""
    return await session.scalar(select(Pace.halted_until).where(Pace.bot_id == bot_id))
