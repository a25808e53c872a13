"""By which name those who write a draft together know each other, where Telegram doesn't tell it (on a page)."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import names
from bot.models import DraftHand, Member, Person


async def known_name(session: AsyncSession, person: Person) -> str:
    """How a team knows this person, or else those with whom they wrote a draft before; empty if nobody does."""
    by_team = select(Member.team_name).where(Member.person_id == person.id, Member.team_name.is_not(None))
    by_authors = select(DraftHand.name).where(DraftHand.person_id == person.id, DraftHand.name != "")
    found = await session.scalar(by_team.order_by(Member.id.desc()).limit(1))
    return found or await session.scalar(by_authors.order_by(DraftHand.id.desc()).limit(1)) or ""


def sign(hand: DraftHand, name: str) -> None:
    """Be known by a name to the others who write this draft; an empty one changes nothing."""
    hand.name = names.tidy(name) or hand.name
