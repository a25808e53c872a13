"""What comes next: the moments at which a dialogue does something by itself."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.actions import delivering
from bot.core import schedule
from bot.features.digests.actions import subscriptions
from bot.models import Dialogue


async def next_event(session: AsyncSession, *, now: datetime) -> datetime | None:
    """The next moment after `now` at which something is due: a delivery, an opening, a close, a digest."""
    dialogues = await session.scalars(select(Dialogue).options(joinedload(Dialogue.questions)))
    moments = [moment for dialogue in dialogues.unique() for moment in _moments(dialogue)]
    moments += await subscriptions.next_moments(session, now=now)
    due = await delivering.next_due(session, after=now)
    return min([moment for moment in moments if moment > now] + ([due] if due else []), default=None)


def _moments(dialogue: Dialogue) -> Iterable[datetime]:
    for question in dialogue.questions:
        yield schedule.due_at(dialogue, question, dialogue.timezone)
        yield schedule.closes_at(dialogue, question, dialogue.timezone)
