"""A moderator lets something stand before publication, under their name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert
from bot.models import Member, Waiver


@dataclass(frozen=True)
class Waived:
    """Who let it stand, by the name that others with a role know (None without one), and when."""

    by: str | None
    at: datetime


async def waive(session: AsyncSession, moderator: Member, what: str, *, now: datetime) -> None:
    """Let something stand: a difference by its key, until one of its texts changes, or an objection."""
    await session.execute(
        insert(session, Waiver)
        .values(dialogue_id=moderator.dialogue_id, difference=what, member_id=moderator.id, waived_at=now)
        .on_conflict_do_nothing()
    )


async def waived(session: AsyncSession, dialogue_id: int) -> dict[str, Waived]:
    """All that moderators of a dialogue let stand."""
    rows = await session.execute(
        select(Waiver.difference, Member.team_name, Waiver.waived_at)
        .outerjoin(Member, Member.id == Waiver.member_id)
        .where(Waiver.dialogue_id == dialogue_id)
    )
    return {what: Waived(name, moment) for what, name, moment in rows}
