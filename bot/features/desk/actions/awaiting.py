"""All that waits for a decision of whoever visits: replies, what members wrote to the moderators, and who asks to be let in."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import Right
from bot.features.inquiries.actions import inquiries
from bot.features.inquiries.actions.inquiries import OpenInquiry
from bot.features.members.actions import admission
from bot.features.members.actions.admission import Applicant
from bot.features.moderation.actions import queue
from bot.features.moderation.actions.queue import QueuePage
from bot.models import Member, Person

AT_ONCE = 10  # of each kind: so many are decided in one sitting, and the next ones take their place


@dataclass(frozen=True)
class AwaitingDecision:
    """What waits, the oldest first; of what members wrote there are `written` in all."""

    replies: QueuePage
    inquiries: tuple[OpenInquiry, ...]
    written: int
    asking: tuple[Applicant, ...]


async def awaiting(session: AsyncSession, person: Person, reader: Member, *, after: int | None) -> AwaitingDecision:
    """What waits in a dialogue, of replies those behind one; for one who decides there. Raises NotPermitted."""
    dialogue_id, may = reader.dialogue_id, rights.rights_of(reader.role)
    return AwaitingDecision(
        replies=await queue.waiting(session, person, dialogue_id, after=after, most=AT_ONCE),
        inquiries=await inquiries.waiting(session, person, dialogue_id, most=AT_ONCE),
        written=await inquiries.count_open(session, dialogue_id),
        asking=(await admission.door(session, person, dialogue_id)).asking if Right.ADMIT in may else (),
    )
