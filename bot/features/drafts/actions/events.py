"""Live events in a draft: each typed in one message, a line for its title, its day and time, its link, and what it is about."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time

from bot.authoring import Content, forms
from bot.authoring.faults import Malformed
from bot.core import schedule
from bot.features.drafts.actions import contents, dates, templates


@dataclass(frozen=True)
class DraftEvent:
    """A live event of a draft, as its page shows it; without a moment where that can't be told."""

    title: str
    starts_at: datetime | None


def read(text: str, content: Content, *, usual: time, now: datetime) -> Content | None:
    """An event as a file would say it, in the source language; None where no day is to be told from the lines below the title.

    `now` is by the dialogue's clock, naive.
    """
    title, *lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    days = {line: found[0] for line in lines if len(found := dates.read(line, usual=usual, now=now)) == 1}
    day = next((line for line in lines if line in days), None)
    if day is None:
        return None
    link = next((line for line in lines if _is_address(line)), None)
    about = "\n".join(line for line in lines if line not in {day, link})
    source = contents.languages(content)[0]
    told = {"title": {source: title}, "starts": templates.moment(days[day])}
    return told | ({"link": link} if link else {}) | ({"about": {source: about}} if about else {})


def _is_address(line: str) -> bool:
    with suppress(Malformed):
        return bool(forms.address(line))
    return False


def add(content: Content, event: Content) -> Content:
    """One more, at the end."""
    return {**content, "events": [*content.get("events", ()), event]}


def drop(content: Content, index: int, count: int) -> Content:
    """One less, if there are still as many as there were when it was seen."""
    events = list(content.get("events", ()))
    if len(events) != count:
        return content
    del events[index : index + 1]
    left = {key: value for key, value in content.items() if key != "events"}
    return left | ({"events": events} if events else {})


def listed(content: Content, language: str) -> Sequence[DraftEvent]:
    """All of them, each by its title in a language or as near to it as there is."""
    return [_shown(content, event, language) for event in content.get("events", ())]


def _shown(content: Content, event: Content, language: str) -> DraftEvent:
    titles, zone, starts_at = event.get("title") or {}, str(content.get("timezone", "UTC")), None
    named = {"": titles} if isinstance(titles, str) else titles
    title = next((named[tag] for tag in (language, *contents.languages(content), *named) if tag in named), "–")
    with suppress(Malformed, ValueError):
        starts_at = schedule.instant(forms.moment(str(event.get("starts")), zone), zone)
    return DraftEvent(title, starts_at)
