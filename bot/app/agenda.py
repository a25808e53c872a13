"""What falls due by the clock is written into the database, to be sent or shown: in steps, so that others can write in between.

What comes next: the moments at which a dialogue does something by itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import schedule
from bot.database import Database
from bot.features.digests.actions import subscriptions
from bot.features.moderation.actions import decisions, overdue
from bot.features.questions.actions import deliveries
from bot.features.replies import jobs as reply_jobs
from bot.features.replies.actions import languages
from bot.features.summary.actions import afterwords
from bot.models import Dialogue
from bot.outbound.actions import claims
from bot.tallies import updates

COUNT_STEPS = 20  # of 500 rows at one time: some 5,000 replies are counted in a second


@dataclass(frozen=True)
class Glance:
    """What there is to write down."""

    replies_unread: bool
    tallies_behind: bool
    question_opens: bool
    anything_else: bool


async def write_down(database: Database, clock: Callable[[], datetime], *, pays_for_questions: bool) -> None:
    """Recognise languages, bring tallies on, and owe what questions, digests, reminders and follow-ups are due; idempotent.

    Most ticks find nothing: they are over after one look, for which no writer waits.
    """
    async with database.readers() as session:
        seen = await _glance(session, clock())
    if seen.replies_unread:
        await reply_jobs.recognise(database)
    if seen.tallies_behind or seen.replies_unread:
        await _count(database, clock)
    more = seen.question_opens
    while more:
        async with database.sessions.begin() as session:
            more = await deliveries.open_due(session, now=clock(), paid=pays_for_questions)
    if seen.anything_else:
        await _owe_the_rest(database, clock)


async def _glance(session: AsyncSession, now: datetime) -> Glance:
    return Glance(
        replies_unread=await languages.any_unread(session),
        tallies_behind=await updates.is_behind(session),
        question_opens=await deliveries.any_due(session, now=now),
        anything_else=(
            await subscriptions.any_due(session, now=now)
            or await decisions.any_to_release(session)
            or await overdue.any_due(session, now=now)
            or await afterwords.any_due(session, now=now)
        ),
    )


async def _owe_the_rest(database: Database, clock: Callable[[], datetime]) -> None:
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
