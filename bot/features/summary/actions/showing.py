"""How a dialogue's Summary looks, besides its texts: as the dialogue's file, or a moderator in the chat, said last."""

from dataclasses import dataclass
from enum import StrEnum

from bot.models import Dialogue


class Switch(StrEnum):
    """What may be turned on or off, by its column."""

    QUOTES = "with_quotes"
    STRENGTH = "with_strength"
    METHOD = "with_method"
    LONG_DATES = "long_dates"


@dataclass(frozen=True)
class Showing:
    """What a Summary shows, and whether its dates are long."""

    with_quotes: bool
    with_strength: bool
    with_method: bool
    long_dates: bool


def showing(dialogue: Dialogue) -> Showing:
    """How the Summary looks now."""
    return Showing(dialogue.with_quotes, dialogue.with_strength, dialogue.with_method, dialogue.long_dates)


def turn(dialogue: Dialogue, switch: Switch) -> None:
    """Turn on what is off, and off what is on."""
    setattr(dialogue, switch, not getattr(dialogue, switch))
