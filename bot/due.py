"""What falls due by the clock is written into the database, to be sent or shown: in steps, so that others can write in between."""

from collections.abc import Callable
from datetime import datetime

from bot.database import Database
from bot.features.digests.actions import subscriptions
from bot.features.moderation.actions import decisions, overdue
from bot.features.questions.actions import deliveries
from bot.features.summary.actions import afterwords
from bot.tallies import updates

COUNT_STEPS = 20  # of 500 rows at one time: some 5,000 replies are counted in a second


async def write_down(database: Database, clock: Callable[[], datetime], *, pays_for_questions: bool) -> None:
    """Bring tallies on, and owe what questions, digests, reminders and follow-ups are due; idempotent."""
    await _count(database, clock)
    more = True
    while more:
        async with database.sessions.begin() as session:
            more = await deliveries.open_due(session, now=clock(), paid=pays_for_questions)
    async with database.sessions.begin() as session:
        await subscriptions.open_due(session, now=clock())
        await decisions.release_merged(session, now=clock())
        await overdue.open_due(session, now=clock())
        await afterwords.open_due(session, now=clock())


async def _count(database: Database, clock: Callable[[], datetime]) -> None:
    """Bring the tallies on; what is left is counted the next time."""
    for _ in range(COUNT_STEPS):
        async with database.sessions.begin() as session:
            if not await updates.catch_up(session, now=clock()):
                return
