"""A live event as a file for the member's own calendar."""

from datetime import datetime

from bot import markup
from bot.features.events.actions.live_events import LiveEvent
from bot.paper.calendars import Appointment, as_ics


def calendar_file(event: LiveEvent, *, now: datetime) -> tuple[str, bytes]:
    """Name and content of the file; the link is in it for who has it."""
    about = [markup.plain(event.about), *event.speakers, event.dialogue_title]
    appointment = Appointment(
        uid=f"{event.slug}-{event.event_id}-{event.created_at:%Y%m%dT%H%M%S}@vdialogue",
        sequence=event.sequence,
        starts_at=event.span.starts_at,
        ends_at=event.span.ends_at,
        title=event.title,
        description="\n".join(line for line in about if line),
        place=event.link or "",
        url=event.link or "",
    )
    return f"{event.slug}-{event.event_id}.ics", as_ics(appointment, now=now)
