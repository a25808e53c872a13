"""A member says whether they come to a live event (RSVP), and may say otherwise; how many say what."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, wordings
from bot.database import insert
from bot.features.events.actions import dues, live_events, programme
from bot.features.events.actions.live_events import EventCancelled, EventOver, LiveEvent
from bot.models import Attendance, Dialogue, EventQuestion, Intent, Member, Person

TOLD_FOR = timedelta(days=7)  # after its end, a digest speaks of an event no more


@dataclass(frozen=True)
class AnsweredInvitation:
    """What a member is shown once they have answered; `comes_now` if they come, and didn't say so before."""

    event: LiveEvent
    comes_now: bool


@dataclass(frozen=True)
class Attending:
    """How many members come, can't, and want the notes; in which languages those read who come; how much they would ask."""

    coming: int
    absent: int
    notes: int
    questions: int
    languages: Counter[str]


@dataclass(frozen=True)
class EventFigures:
    """One event in a digest, by the digest's language."""

    event_id: int
    title: str
    starts_at: datetime
    attending: Attending


async def answer(
    session: AsyncSession, person: Person, event_id: int, intent: Intent, *, now: datetime
) -> AnsweredInvitation:
    """Keep what a member says to an invitation. Raises NotAMember, EventCancelled or EventOver.

    The notes may be asked for afterwards, too: then what there is comes at once.
    """
    event, member = await live_events.find(session, person, event_id)
    if event.cancelled_at is not None:
        raise EventCancelled
    before = await live_events.shown(session, event, member, now=now)
    if before.is_over and intent is not Intent.NOTES:
        raise EventOver
    values = {"intent": intent, "answered_at": now}
    await session.execute(
        insert(session, Attendance)
        .values(event_id=event.id, member_id=member.id, **values)
        .on_conflict_do_update(index_elements=["event_id", "member_id"], set_=values)
    )
    if intent is Intent.NOTES:
        for notice_id in sorted({each for each in (event.recording_id, event.notes_id) if each is not None}):
            await dues.owe_one(session, event.dialogue_id, notice_id, member.id, now=now)
    after = await live_events.shown(session, event, member, now=now)
    return AnsweredInvitation(after, comes_now=intent is Intent.COMING and before.intent is not Intent.COMING)


async def shown(session: AsyncSession, person: Person, event_id: int, *, now: datetime) -> LiveEvent:
    """What a member is shown of an event that is to come. Raises NotAMember, EventCancelled or EventOver."""
    event, member = await live_events.find(session, person, event_id)
    live_events.refuse_ended(event, now=now)
    return await live_events.shown(session, event, member, now=now)


async def attending(session: AsyncSession, event_id: int) -> Attending:
    """How many of those who take part say what; the team is counted in none of it."""
    said = await session.execute(
        select(Attendance.intent, Person.language, func.count())
        .join(Member, Member.id == Attendance.member_id)
        .join(Person, Person.id == Member.person_id)
        .where(Attendance.event_id == event_id, counting.is_member())
        .group_by(Attendance.intent, Person.language)
    )
    by_intent: dict[Intent, Counter[str]] = {intent: Counter() for intent in Intent}
    for intent, language, number in said:
        by_intent[intent][language] += number
    questions = select(func.count()).select_from(EventQuestion).where(EventQuestion.event_id == event_id)
    return Attending(
        coming=by_intent[Intent.COMING].total(),
        absent=by_intent[Intent.ABSENT].total(),
        notes=by_intent[Intent.NOTES].total(),
        questions=await session.scalar(questions) or 0,
        languages=by_intent[Intent.COMING],
    )


async def figures(
    session: AsyncSession, dialogue: Dialogue, language: str, *, now: datetime
) -> tuple[EventFigures, ...]:
    """The events of a dialogue to which members were invited, and which are to come or were lately."""
    invited = [each for each in await programme.standing(session, dialogue.id) if each.invitation_id is not None]
    spans = {event.id: live_events.span(event, dialogue.timezone) for event in invited}
    return tuple(
        [
            EventFigures(
                event.id,
                wordings.in_language(event.title, dialogue, language),
                spans[event.id].starts_at,
                await attending(session, event.id),
            )
            for event in invited
            if spans[event.id].ends_at > now - TOLD_FOR
        ]
    )
