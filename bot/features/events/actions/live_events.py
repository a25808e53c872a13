"""A live event as one member reads it: by their clock, in their language; the link only once they have said that they come."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import members as core_members
from bot.core import schedule, wordings
from bot.core.members import NotAMember
from bot.models import Attendance, Event, Intent, Member, Person


class EventOver(Exception):
    """The event is over: nobody can come to it, or ask anything there, any more."""


class EventCancelled(Exception):
    """The event was called off."""


@dataclass(frozen=True)
class Span:
    """From when to when an event is, as instants."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class LiveEvent:
    """What one member is shown of an event, by the clock of `zone`; with `own_clock` that is the zone they chose.

    `about` is Markdown, and so are the `notes`. There is a `link` for who comes; recording and notes are there once it is over.
    """

    event_id: int
    slug: str
    dialogue_title: str
    title: str
    about: str
    speakers: tuple[str, ...]
    languages: tuple[str, ...]
    span: Span
    zone: str
    own_clock: bool
    intent: Intent | None
    link: str | None
    recording: str | None
    notes: str
    is_over: bool
    has_begun: bool
    sequence: int
    created_at: datetime


def span(event: Event, timezone: str) -> Span:
    """When an event is that a dialogue held in `timezone` has; it lasts as long as it lasts, whatever clocks do meanwhile."""
    starts_at = schedule.instant(event.starts, timezone)
    return Span(starts_at, starts_at + event.lasts)


async def find(session: AsyncSession, person: Person, event_id: int) -> tuple[Event, Member]:
    """An event of a dialogue in which a person takes part, with the dialogue loaded, and the membership; raises NotAMember."""
    event = await session.scalar(select(Event).where(Event.id == event_id).options(joinedload(Event.dialogue)))
    member = await core_members.membership(session, person, event.dialogue_id) if event is not None else None
    if event is None or member is None or not member.takes_part:
        raise NotAMember(event_id)
    return event, member


def refuse_ended(event: Event, *, now: datetime) -> None:
    """Raise EventCancelled or EventOver for an event (dialogue loaded) that is no longer to come."""
    if event.cancelled_at is not None:
        raise EventCancelled
    if span(event, event.dialogue.timezone).ends_at <= now:
        raise EventOver


async def shown(session: AsyncSession, event: Event, member: Member, *, now: datetime) -> LiveEvent:
    """What a member (person loaded) is shown of an event (dialogue loaded)."""
    intent = await session.scalar(
        select(Attendance.intent).where(Attendance.event_id == event.id, Attendance.member_id == member.id)
    )
    dialogue, language, when = event.dialogue, member.person.language, span(event, event.dialogue.timezone)
    is_over = when.ends_at <= now
    return LiveEvent(
        event_id=event.id,
        slug=dialogue.slug,
        dialogue_title=wordings.in_language(dialogue.title, dialogue, language),
        title=wordings.in_language(event.title, dialogue, language),
        about=wordings.in_language(event.about, dialogue, language) if event.about else "",
        speakers=tuple(event.speakers),
        languages=tuple(event.languages),
        span=when,
        zone=wordings.zone_of(member.person, dialogue),
        own_clock=member.person.timezone is not None,
        intent=intent,
        link=event.link if intent is Intent.COMING and not is_over else None,
        recording=event.recording if is_over else None,
        notes=wordings.in_language(event.notes, dialogue, language) if is_over and event.notes else "",
        is_over=is_over,
        has_begun=when.starts_at <= now,
        sequence=event.sequence,
        created_at=event.created_at,
    )


async def told(session: AsyncSession, event_id: int, member_id: int, *, now: datetime) -> LiveEvent | None:
    """What a member is shown of an event, by their ids; None once it was called off, or one of them is gone."""
    event = await session.scalar(select(Event).where(Event.id == event_id).options(joinedload(Event.dialogue)))
    member = await session.scalar(select(Member).where(Member.id == member_id).options(joinedload(Member.person)))
    if event is None or member is None or event.cancelled_at is not None:
        return None
    return await shown(session, event, member, now=now)


async def called_off(session: AsyncSession, event_id: int, language: str) -> tuple[str, datetime] | None:
    """Title and beginning of an event that was called off; None if it is to come all the same, or is gone."""
    event = await session.scalar(select(Event).where(Event.id == event_id).options(joinedload(Event.dialogue)))
    if event is None or event.cancelled_at is None:
        return None
    title = wordings.in_language(event.title, event.dialogue, language)
    return title, span(event, event.dialogue.timezone).starts_at
