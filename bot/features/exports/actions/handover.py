"""What was said is handed over: to whom may have it, written down, and told to the organisers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights, wordings
from bot.core.rights import Right
from bot.features.moderation.actions import log
from bot.features.team.actions import vigilance
from bot.models import Act, Person


@dataclass(frozen=True)
class Handover:
    """The dialogue that someone takes along; its `title` in their language."""

    slug: str
    title: str


async def begin(session: AsyncSession, person: Person, dialogue_id: int, *, now: datetime) -> Handover:
    """Write down that someone exports what was said, before there is a file. Raises NotPermitted."""
    member = await rights.membership(session, person, dialogue_id, Right.EXPORT)
    log.enter(session, member, Act.EXPORTED, dialogue_id=dialogue_id, now=now)
    await vigilance.tell_of_export(session, dialogue_id, member, now=now)
    return Handover(member.dialogue.slug, wordings.in_language(member.dialogue.title, member.dialogue, person.language))
