"""What a key point comes from besides members' replies: the moderators themselves, or a live event (a webinar)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import wordings
from bot.models import Basis, Dialogue, Event, KeyPoint


class NoSuchFooting(Exception):
    """There is no such live event in the dialogue (any more)."""


@dataclass(frozen=True)
class Footing:
    """The moderators, or a live event and what it is called, by language; without `titles` where it is gone."""

    basis: Basis
    event_id: int | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, language: str, source_language: str) -> str:
        """What the live event is called, as nearly in a language as there is; empty where there is none."""
        return wordings.nearest(self.titles, language, source_language) if self.titles else ""


async def footings(session: AsyncSession, key_points: Collection[KeyPoint]) -> dict[int, Footing]:
    """What key points come from besides replies, by their ids."""
    ids = {each.event_id for each in key_points if each.event_id is not None}
    found = (await session.scalars(select(Event).where(Event.id.in_(ids)))).all() if ids else ()
    titles = {event.id: event.title for event in found}
    return {
        each.id: Footing(each.basis, each.event_id, titles.get(each.event_id or 0, {}))
        for each in key_points
        if each.basis is not None
    }


async def events(session: AsyncSession, dialogue: Dialogue, *, language: str) -> list[tuple[int, str]]:
    """The live events that a key point may come from (id, title), in the order of the dialogue."""
    found = await session.scalars(
        select(Event)
        .where(Event.dialogue_id == dialogue.id, Event.cancelled_at.is_(None))
        .order_by(Event.position, Event.id)
    )
    return [(event.id, wordings.in_language(event.title, dialogue, language)) for event in found]


async def put_on(
    session: AsyncSession, key_point: KeyPoint, basis: Basis | None, *, event_id: int | None = None
) -> None:
    """Say what a key point comes from besides replies, or that it comes from nothing else (None). Raises NoSuchFooting."""
    if basis is Basis.EVENT:
        of_dialogue = select(Event.id).where(Event.id == event_id, Event.dialogue_id == key_point.dialogue_id)
        if await session.scalar(of_dialogue) is None:
            raise NoSuchFooting(event_id)
    key_point.basis, key_point.event_id = basis, event_id if basis is Basis.EVENT else None
