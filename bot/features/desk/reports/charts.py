"""What was said day by day, as the bars of a picture (chart, SVG): in the order of reading from left to right, which a style mirrors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.features.digests.actions.charted import Charted
from bot.i18n import LANGUAGES
from bot.tallies.breakdown import DayFigures

ROOM, WIDE, HIGH = 10.0, 8.0, 100.0  # of a day, and of its bar; in the picture's own unit, which its frame stretches
FEWEST = 14  # days for which there is room: two bars don't fill a page
OTHERS = "others"


@dataclass(frozen=True)
class Bar:
    """A part of a day's bar; `tone` tells its language."""

    x: float
    y: float
    height: float
    tone: str


@dataclass(frozen=True)
class DayChart:
    """The bars in a picture of `width`; `most` is what the highest stands for, and `tones` are those of the languages in order."""

    width: float
    most: int
    bars: tuple[Bar, ...]
    tones: tuple[tuple[str, str | None], ...]
    days: tuple[DayFigures, ...]

    @property
    def filled(self) -> float:
        """How much of the width the days take, 0 to 1."""
        return ROOM * len(self.days) / self.width


def by_day(charted: Charted) -> DayChart | None:
    """The bars of each day; None where nothing was said."""
    if not charted.days:
        return None
    tones = tuple((_tone(tag, charted.languages), tag) for tag in charted.languages)
    most = max(day.total for day in charted.days)
    bars = [bar for place, day in enumerate(charted.days) for bar in _bars(place, day, tones, most)]
    return DayChart(ROOM * max(FEWEST, len(charted.days)), most, tuple(bars), tones, charted.days)


def _bars(place: int, day: DayFigures, tones: Sequence[tuple[str, str | None]], most: int) -> Iterator[Bar]:
    foot = HIGH
    for tone, tag in tones:
        height = HIGH * day.replies.get(tag, 0) / most
        if height:
            foot -= height
            yield Bar(place * ROOM, round(foot, 2), round(height, 2), tone)


def _tone(tag: str | None, languages: Sequence[str | None]) -> str:
    """The same for a language in every chart, as long as it is one that the bot speaks."""
    if tag is None:
        return OTHERS if len(languages) > 1 else "0"
    known = list(LANGUAGES)
    return str(known.index(tag)) if tag in known else "strange"
