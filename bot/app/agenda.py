"""What falls due by the clock is written into the database, to be sent or shown: in steps, so that others can write in between.

What comes next: the moments at which a dialogue does something by itself.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.app.guard import Guard, Work
from bot.core import schedule
from bot.database import Database
from bot.database.looks import Looks
from bot.features.digests.actions import subscriptions
from bot.features.discussion.actions import waypoints
from bot.features.events.actions import dues as event_dues
from bot.features.inquiries.actions import news as inquiry_news
from bot.features.moderation.actions import decisions, overdue
from bot.features.privacy.actions import expiry
from bot.features.questions.actions import closings, deliveries
from bot.features.summary.actions import afterwords
from bot.models import Dialogue
from bot.outbound.actions import claims
from bot.tallies import updates

COUNT_ROUNDS = 20  # of 500 rows at one time: some 5,000 replies are counted in a second


class Seeing(Protocol):
    """Sees whether there is anything to do, in a session that only reads, where a statement alone can't tell."""

    def __call__(self, session: AsyncSession, *, now: datetime) -> Awaitable[bool]:
        """Look."""


@dataclass(frozen=True)
class Step:
    """A piece of what a tick writes down; it is wanted where a look of its name finds something, or by its own `seeing`."""

    name: str
    act: Work
    seeing: Seeing | None = None


LOOKS = {
    "tallies": updates.UNCOUNTED,
    "merged replies": decisions.ALONE,
    "overdue": overdue.OVERDUE,
    "inquiries": inquiry_news.UNTOLD,
    "ways of replies": waypoints.DUE,
    "afterwords": afterwords.DUE,
}
_LOOKS = Looks(LOOKS)


async def write_down(
    database: Database, clock: Callable[[], datetime], guard: Guard, *, pays_for_questions: bool
) -> None:
    """Bring tallies on, and owe what questions, digests, reminders and follow-ups are due; idempotent.

    Each is a step of its own: if one fails, the others are done all the same. Mostly there is nothing to do: then all
    of it is one look, for which no writer waits.
    """

    async def act(action: Callable[..., Awaitable[object]]) -> None:
        async with database.sessions.begin() as session:
            await action(session, now=clock())

    steps = (
        Step("tallies", lambda: _count(database, clock)),
        Step("questions", lambda: _open_questions(database, clock, paid=pays_for_questions), deliveries.any_due),
        Step("digests", lambda: act(subscriptions.open_due), subscriptions.any_due),
        Step("merged replies", lambda: act(decisions.release_merged)),
        Step("overdue", lambda: act(overdue.open_due)),
        Step("inquiries", lambda: act(inquiry_news.open_due)),
        Step("ways of replies", lambda: act(waypoints.open_due)),
        Step("live events", lambda: act(event_dues.open_due), event_dues.any_due),
        Step("closings", lambda: act(closings.open_due), closings.any_due),
        Step("afterwords", lambda: act(afterwords.open_due)),
        Step("what expires", lambda: act(expiry.open_due), expiry.any_due),
    )
    async with database.readers() as session:
        found = await _found(session, now=clock())
        works = [await _looked_at(session, step, found, now=clock()) for step in steps]
    for step, work in zip(steps, works, strict=True):
        await guard.guarded(step.name, work)


async def _found(session: AsyncSession, *, now: datetime) -> Mapping[str, bool]:
    """Whether each look finds something: all do where looking fails, so that each step tells its own fault."""
    try:
        return await _LOOKS.wanted(session, now=now)
    except Exception:  # noqa: BLE001 - whatever it is, the others are still to be done
        await session.rollback()
        return dict.fromkeys(LOOKS, True)


async def _looked_at(session: AsyncSession, step: Step, found: Mapping[str, bool], *, now: datetime) -> Work:
    """What is to be done of a step: nothing, if nothing is wanted; what looking for that raised is raised in its place."""
    try:
        is_wanted = found[step.name] if step.seeing is None else await step.seeing(session, now=now)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others are still to be looked at
        await session.rollback()
        return partial(_fail, error)
    return step.act if is_wanted else _rest


async def _fail(error: Exception) -> None:
    raise error


async def _rest() -> None:
    pass


async def _open_questions(database: Database, clock: Callable[[], datetime], *, paid: bool) -> None:
    """Dialogue by dialogue: one of which a question can't be planned keeps no other back, and is told of at the end."""
    fault: Exception | None = None
    async with database.readers() as session:
        dialogue_ids = await deliveries.dialogues_due(session, now=clock())
    for dialogue_id in dialogue_ids:
        try:
            await _open_questions_of(database, dialogue_id, clock, paid=paid)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are still to be asked
            fault = error
    if fault is not None:
        raise fault


async def _open_questions_of(
    database: Database, dialogue_id: int, clock: Callable[[], datetime], *, paid: bool
) -> None:
    more = True
    while more:
        async with database.sessions.begin() as session:
            more = await deliveries.open_due(session, now=clock(), paid=paid, dialogue_id=dialogue_id)


async def _count(database: Database, clock: Callable[[], datetime]) -> None:
    """Bring the tallies on; what is left is counted the next time."""
    for _ in range(COUNT_ROUNDS):
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
