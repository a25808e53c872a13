"""The live events of a dialogue as its file has them: which is which, what of them has changed, and who is told of that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.authoring import FileEvent
from bot.core import counting, schedule
from bot.features.events.actions import dues, live_events
from bot.features.events.actions.dues import Stage
from bot.models import Dialogue, Event, Intent, NoticeKind


class EventIntoPast(Exception):
    """By the file an event to which members were invited would be at a moment that has passed."""

    def __init__(self, title: str, moment: datetime, zone: str) -> None:
        super().__init__(title)
        self.title, self.moment, self.zone = title, moment, zone


class Change(StrEnum):
    """What a file changes about an event."""

    ADDED = "added"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REWORDED = "reworded"


@dataclass(frozen=True)
class ChangedEvent:
    """An event that a file changes; `starts` is by the dialogue's clock, as it is and as it will be."""

    change: Change
    title: str
    before: datetime | None
    after: datetime | None


class Scheduled(Protocol):
    """An event, in a file or as it is kept, as far as it can be told from others."""

    @property
    def title(self) -> dict[str, str]:
        """What it is called, by language."""

    @property
    def starts(self) -> datetime:
        """When it begins, by the dialogue's clock."""


def match(known: Sequence[Scheduled], written: Sequence[Scheduled]) -> list[int | None]:
    """For each event of a file which of the known ones it is, by its place among them; None for a new one.

    The same is what has both title and moment, else the title in any language, else the moment: what has neither is another event,
    since nobody who said that they come to the one has said so of the other.
    """
    found: list[int | None] = [None] * len(written)
    for is_same in (_same_both, _same_title, _same_moment):
        for place, one in enumerate(written):
            if found[place] is None:
                free = (at for at, other in enumerate(known) if at not in found and is_same(one, other))
                found[place] = next(free, None)
    return found


def _same_title(one: Scheduled, other: Scheduled) -> bool:
    return any(other.title.get(language) == title for language, title in one.title.items())


def _same_moment(one: Scheduled, other: Scheduled) -> bool:
    return one.starts == other.starts and one.starts.fold == other.starts.fold


def _same_both(one: Scheduled, other: Scheduled) -> bool:
    return _same_title(one, other) and _same_moment(one, other)


async def standing(session: AsyncSession, dialogue_id: int) -> list[Event]:
    """The events of a dialogue that weren't called off, in the order of its file."""
    found = await session.scalars(
        select(Event)
        .where(Event.dialogue_id == dialogue_id, Event.cancelled_at.is_(None))
        .order_by(Event.position, Event.id)
        .execution_options(populate_existing=True)
    )
    return list(found)


async def written(session: AsyncSession, dialogue_id: int) -> tuple[FileEvent, ...]:
    """The events as a file has them."""
    return tuple(
        FileEvent(
            title=event.title,
            starts=event.starts,
            lasts=event.lasts,
            link=event.link,
            languages=tuple(event.languages),
            speakers=tuple(event.speakers),
            about=event.about,
            recording=event.recording,
            notes=event.notes,
        )
        for event in await standing(session, dialogue_id)
    )


def differences(
    running: Sequence[FileEvent], file: Sequence[FileEvent], source_language: str
) -> Iterator[ChangedEvent]:
    """What a file changes about the events of a dialogue; never where the link leads."""
    places = match(running, file)
    for one, place in zip(file, places, strict=True):
        title, before = one.title.get(source_language, ""), None if place is None else running[place]
        if before is None:
            yield ChangedEvent(Change.ADDED, title, None, one.starts)
        elif not _same_moment(one, before) or one.lasts != before.lasts:
            yield ChangedEvent(Change.MOVED, title, before.starts, one.starts)
        elif one != before:
            yield ChangedEvent(Change.REWORDED, title, before.starts, one.starts)
    for at, gone in enumerate(running):
        if at not in places:
            yield ChangedEvent(Change.CANCELLED, gone.title.get(source_language, ""), gone.starts, None)


async def refuse_past(
    session: AsyncSession, dialogue: Dialogue, file: Sequence[FileEvent], *, zone: str, now: datetime
) -> None:
    """Raise EventIntoPast where members would be told of a time (by the clock of `zone`) that has passed."""
    known = await standing(session, dialogue.id)
    for one, place in zip(file, match(known, file), strict=True):
        event = known[place] if place is not None else None
        if event is None or event.invitation_id is None:
            continue
        before, begins_at = live_events.span(event, dialogue.timezone), schedule.instant(one.starts, zone)
        if before.ends_at > now >= begins_at and begins_at != before.starts_at:
            raise EventIntoPast(one.title.get(dialogue.source_language, ""), begins_at, zone)


async def bring_up(
    session: AsyncSession, dialogue: Dialogue, file: Sequence[FileEvent], *, zone_before: str, now: datetime
) -> None:
    """Bring the events of a dialogue (locked, its own zone set) up to a file, and tell those who were invited what it changes.

    `zone_before` is the zone by whose clock they were until now.
    """
    known = await standing(session, dialogue.id)
    places = match(known, file)
    for at, event in enumerate(known):
        if at not in places:
            await _call_off(session, event, zone_before, now=now)
    for position, (one, place) in enumerate(zip(file, places, strict=True)):
        if place is None:
            session.add(_described(Event(dialogue_id=dialogue.id, created_at=now, sequence=0), one, position))
        else:
            await _change(session, known[place], one, position, zones=(zone_before, dialogue.timezone), now=now)


def _described(event: Event, file: FileEvent, position: int) -> Event:
    event.position, event.title, event.starts, event.lasts = position, file.title, file.starts, file.lasts
    event.link, event.languages, event.speakers = file.link, list(file.languages), list(file.speakers)
    event.about, event.recording, event.notes = file.about, file.recording, file.notes
    return event


async def _call_off(session: AsyncSession, event: Event, zone: str, *, now: datetime) -> None:
    if event.invitation_id is None:
        await session.delete(event)
        return
    event.cancelled_at = now
    if live_events.span(event, zone).ends_at > now:
        await dues.owe(session, event, NoticeKind.EVENT_CANCELLED, dues.was_invited(event), now=now)


async def _change(
    session: AsyncSession, event: Event, file: FileEvent, position: int, *, zones: tuple[str, str], now: datetime
) -> None:
    before, link = live_events.span(event, zones[0]), event.link
    after = live_events.span(_described(event, file, position), zones[1])
    if before != after:
        event.sequence += 1
        if event.invitation_id is not None and after.ends_at > now:
            await _tell_moved(session, event, now=now)
    elif event.reminder_id is not None and event.link not in (None, link) and after.ends_at > now:
        # Asked for, and perhaps only minutes before.
        whom = counting.takes_part() & dues.says(event.id, Intent.COMING)
        await dues.owe(session, event, NoticeKind.EVENT_LINK, whom, now=now, at_once=True)


async def _tell_moved(session: AsyncSession, event: Event, *, now: datetime) -> None:
    """Tell whom the invitation reached; the reminder, and moderators' briefing, come anew by the new time."""
    for stage in (Stage.REMINDER, Stage.BRIEFING):
        setattr(event, stage, None)
    await dues.owe(session, event, NoticeKind.EVENT_MOVED, dues.was_invited(event), now=now)
