"""What falls due by the clock is written into the database, to be sent or shown: in steps, so that others can write in between.

What comes next: the moments at which a dialogue does something by itself.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.app.guard import Guard
from bot.core import schedule
from bot.database import Database
from bot.features.digests.actions import subscriptions
from bot.features.moderation.actions import decisions, overdue
from bot.features.questions.actions import deliveries
from bot.features.summary.actions import afterwords
from bot.models import Dialogue
from bot.outbound.actions import claims
from bot.tallies import updates

COUNT_STEPS = 20  # of 500 rows at one time: some 5,000 replies are counted in a second


async def write_down(
    database: Database, clock: Callable[[], datetime], guard: Guard, *, pays_for_questions: bool
) -> None:
    """Bring tallies on, and owe what questions, digests, reminders and follow-ups are due; idempotent.

    Each is a step of its own: if one fails, the others are done all the same.
    """

    async def act(action: Callable[..., Awaitable[object]]) -> None:
        async with database.sessions.begin() as session:
            await action(session, now=clock())

    await guard.guarded("tallies", lambda: _count(database, clock))
    await guard.guarded("questions", lambda: _open_questions(database, clock, paid=pays_for_questions))
    await guard.guarded("digests", lambda: act(subscriptions.open_due))
    await guard.guarded("merged replies", lambda: act(decisions.release_merged))
    await guard.guarded("overdue", lambda: act(overdue.open_due))
    await guard.guarded("afterwords", lambda: act(afterwords.open_due))


async def _open_questions(database: Database, clock: Callable[[], datetime], *, paid: bool) -> None:
    more = True
    while more:
        async with database.sessions.begin() as session:
            more = await deliveries.open_due(session, now=clock(), paid=paid)


async def _count(database: Database, clock: Callable[[], datetime]) -> None:
    """Bring the tallies on; what is left is counted the next time."""
    for _ in range(COUNT_STEPS):
        async with database.sessions.begin() as session:
            if not await updates.catch_up(session, now=clock()):
                return


async def next_event(session: AsyncSession, *, now: datetime) -> datetime | None:
    """The next moment after `now` at which something is due: a delivery, an opening, a close, a digest."""
    dialogues = await session.scalars(select(Dialogue).options(joinedload(Dialogue.questions)))
    moments = [moment for dialogue in dialogues.unique() for moment in _moments(dialogue)]
    moments += await subscriptions.next_moments(session, now=now)
    due = await claims.next_due(session, after=now)
    return min([moment for moment in moments if moment > now] + ([due] if due else []), default=None)


def _moments(dialogue: Dialogue) -> Iterable[datetime]:
    for question in dialogue.questions:
        yield schedule.due_at(dialogue, question, dialogue.timezone)
        yield schedule.closes_at(dialogue, question, dialogue.timezone)
