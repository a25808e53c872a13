"""Whose clocks a dialogue is seen by before it runs: those of the places where its members live, as far as that is known."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import places
from bot.authoring import DialogueFile
from bot.core import counting, schedule
from bot.models import Dialogue, Member, Person

FAR_AWAY = ("America/Los_Angeles", "Pacific/Auckland")  # where nobody has said yet where they live


async def homes(session: AsyncSession, slug: str) -> tuple[str, ...]:
    """The zones that members of a dialogue have chosen, those of most members first; none where there is no such dialogue."""
    zones = await session.execute(
        select(Person.timezone, func.count())
        .join(Member, Member.person_id == Person.id)
        .join(Dialogue, Dialogue.id == Member.dialogue_id)
        .where(Dialogue.slug == slug, counting.without_role(), Member.joined_at.is_not(None), Member.left_at.is_(None))
        .where(Person.timezone.is_not(None))
        .group_by(Person.timezone)
        .order_by(func.count().desc(), Person.timezone)
    )
    return tuple(zone for zone, _ in zones if zone is not None)


def farthest(zones: Sequence[str], file: DialogueFile) -> tuple[str, ...]:
    """The westernmost and the easternmost of some zones when a dialogue begins, besides its own; of none, two far away."""
    begins = schedule.instant(file.starts, file.timezone)
    others = [zone for zone in zones if zone != file.timezone] or FAR_AWAY
    ordered = sorted(others, key=lambda zone: (places.offset(zone, begins), zone))
    return tuple(dict.fromkeys((ordered[0], ordered[-1])))
