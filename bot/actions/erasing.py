"""A person takes their words along, or has everything about them erased."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import recalling
from bot.models import InboxUpdate, Member, Person, Reply


@dataclass(frozen=True)
class Erased:
    """What went: the number of replies and of dialogues."""

    replies: int
    dialogues: int


async def erase(session: AsyncSession, person: Person) -> Erased:
    """Forget a person: account, memberships, replies with their revisions, held messages, and their raw updates."""
    replies = await count_replies(session, person)
    dialogues = await session.scalar(select(func.count()).where(Member.person_id == person.id))
    await session.execute(delete(InboxUpdate).where(InboxUpdate.lane == person.telegram_id))
    await session.execute(delete(Person).where(Person.id == person.id))
    return Erased(replies, dialogues or 0)


async def count_replies(session: AsyncSession, person: Person) -> int:
    """How many replies a person has given."""
    memberships = select(Member.id).where(Member.person_id == person.id)
    return await session.scalar(select(func.count()).where(Reply.member_id.in_(memberships))) or 0


async def portrait(session: AsyncSession, person: Person, *, now: datetime) -> dict[str, object]:
    """All that is kept of a person, as JSON-ready values; moments in ISO 8601, UTC."""
    members = await session.scalars(select(Member).where(Member.person_id == person.id))
    replies = await recalling.everything_said(session, person)
    return {
        "exported_at": now.isoformat(),
        "telegram_id": person.telegram_id,
        "language": person.language,
        "timezone": person.timezone,
        "paused_until": person.paused_until and person.paused_until.isoformat(),
        "memberships": [
            {
                "dialogue_id": member.dialogue_id,
                "role": member.role,
                "naming": member.naming,
                "display_name": member.display_name,
                "pseudonym": member.pseudonym,
                "joined_at": member.joined_at and member.joined_at.isoformat(),
                "left_at": member.left_at and member.left_at.isoformat(),
                "consent_version": member.consent_version,
                "consented_at": member.consented_at and member.consented_at.isoformat(),
                "reminders": member.reminders,
            }
            for member in members
        ],
        "replies": replies,
    }
