"""When a dialogue takes place, question by question, and whether that lies behind, is going on, or is far ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.authoring import DialogueFile
from bot.core import schedule
from bot.features.dialogues.actions import merging
from bot.features.dialogues.actions.merging import Times

FAR = timedelta(days=366)  # whoever means so late a start will not mind being asked


class Phase(StrEnum):
    """Where a dialogue is in time."""

    AHEAD = "ahead"
    FAR = "far"
    BEGUN = "begun"
    OVER = "over"


@dataclass(frozen=True)
class Calendar:
    """The instants at which questions open and close, in order, told in `zone`; `now` is when one looks."""

    zone: str
    periods: tuple[tuple[datetime, datetime], ...]
    now: datetime

    @property
    def opens_at(self) -> datetime:
        """When the first question opens."""
        return self.periods[0][0]

    @property
    def closes_at(self) -> datetime:
        """When the last to close does."""
        return max(closes for _, closes in self.periods)

    @property
    def phase(self) -> Phase:
        """Where the dialogue is in time."""
        if self.closes_at <= self.now:
            return Phase.OVER
        if self.opens_at <= self.now:
            return Phase.BEGUN
        return Phase.FAR if self.opens_at > self.now + FAR else Phase.AHEAD


def calendar(zone: str, times: Sequence[Times], *, now: datetime) -> Calendar:
    """The calendar of questions that open and close by the clock of a zone."""
    periods = tuple((schedule.instant(held.opens, zone), schedule.instant(held.closes, zone)) for held in times)
    return Calendar(zone, periods, now)


def of_file(file: DialogueFile, *, now: datetime) -> Calendar:
    """The calendar as a file has it."""
    return calendar(file.timezone, merging.as_written(file).times, now=now)
