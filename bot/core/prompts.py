"""What someone was asked for, and is to type next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Awaiting, Delivery, Kind, Member, Person

AWAITED_FOR = timedelta(days=1)  # after which what one types is no longer taken for the response one began


@dataclass(frozen=True)
class Aside:
    """A message that seems to be what the bot asked for; held until its author confirms it. `about` is Person.awaiting_id."""

    held_id: int
    awaiting: Awaiting
    about: int | None
    text: str


def await_nothing(person: Person) -> None:
    """What the bot asked the person to type is settled: what they write next is a reply."""
    person.awaiting = person.awaiting_id = person.awaiting_since = None


async def awaited(session: AsyncSession, person: Person, awaiting: Awaiting, *, now: datetime) -> int | None:
    """The reply or question to which what the person sends now belongs because they said so; None once that has lapsed.

    It lapses when they were sent a question since, or after AWAITED_FOR.
    """
    since = person.awaiting_since
    if person.awaiting is not awaiting or since is None:
        return None
    asked_since = exists().where(
        Delivery.member_id == Member.id,
        Member.person_id == person.id,
        Delivery.kind == Kind.QUESTION,
        Delivery.settled_at > since,
    )
    if now - since > AWAITED_FOR or await session.scalar(select(asked_since)):
        await_nothing(person)
        return None
    return person.awaiting_id
