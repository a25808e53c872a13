"""What a new draft begins with: so many questions in such a rhythm (templates), from a Monday that lies ahead."""

from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from bot.authoring import Content, forms

AHEAD = timedelta(days=7)  # at least, to write and to invite
MORNING = 9
MONDAYS = 3  # that are offered


class Template(Enum):
    """How long a dialogue is to be."""

    QUESTION = "question"
    WEEK = "week"
    WEEKS = "weeks"


SHAPES = {
    Template.QUESTION: (1, timedelta(weeks=1)),
    Template.WEEK: (3, timedelta(days=2)),
    Template.WEEKS: (3, timedelta(weeks=1)),
}
"""How many questions, and how far apart."""


def begun(template: Template, language: str, zone: str | None, *, now: datetime) -> Content:
    """A draft with nothing in it but its shape; without a zone the days can't be told yet."""
    questions, every = SHAPES[template]
    content: Content = {"languages": [language], "every": forms.written_period(every)}
    if zone:
        content |= {"timezone": zone, "starts": moment(mondays(zone, now=now)[0])}
    return content | {"questions": [{} for _ in range(questions)]}


def mondays(zone: str, *, now: datetime) -> list[datetime]:
    """The mornings that are offered as a beginning, by the clock of a zone."""
    day = (now.astimezone(ZoneInfo(zone)) + AHEAD).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    first = day.replace(tzinfo=None) + timedelta(days=-day.weekday() % 7)
    return [first + timedelta(weeks=number) for number in range(MONDAYS)]


def moment(wall: datetime) -> str:
    """A wall clock's moment as the file says it."""
    return wall.isoformat(timespec="minutes")
