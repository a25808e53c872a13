"""A Summary is made ready for publication: its languages match, or a moderator lets a difference stand under their name."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import comparing, summarising
from bot.actions.comparing import Difference
from bot.actions.summarising import Material
from bot.database import insert
from bot.models import Member, Waiver


async def open_differences(session: AsyncSession, material: Material) -> list[Difference]:
    """How the languages of a Summary differ, without what was waived."""
    rows = await session.scalars(select(Waiver.difference).where(Waiver.dialogue_id == material.dialogue.id))
    waived = set(rows.all())
    of = {tag: summarising.contents(material, tag) for tag in material.dialogue.languages}
    found = comparing.differences(of, material.dialogue.source_language)
    return [difference for difference in found if difference.key not in waived]


async def waive(session: AsyncSession, moderator: Member, key: str, *, now: datetime) -> None:
    """Let a difference stand, under the moderator's name, until one of its texts changes."""
    await session.execute(
        insert(session, Waiver)
        .values(dialogue_id=moderator.dialogue_id, difference=key, member_id=moderator.id, waived_at=now)
        .on_conflict_do_nothing()
    )
