"""Files for other tools (Talk to the City, Sensemaker, Polis, REFI-QDA): what each takes, and what it would refuse."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot import markup
from bot.features.exports.actions.replies import ExportedReply


class Neighbour(StrEnum):
    """A tool that reads what was said, by the name under which the command line knows it."""

    T3C = "t3c"
    SENSEMAKER = "sensemaker"
    POLIS = "polis"
    QDA = "qda"


class Hitch(StrEnum):
    """What keeps a reply out of a neighbour's file, or is to be known of it there."""

    WORDLESS = "wordless"
    TOO_LONG = "too_long"
    OF_TEAM = "of_team"
    NOT_TO_QUOTE = "not_to_quote"
    LONG = "long"
    REWORDED = "reworded"
    UNTRANSLATED = "untranslated"


LEFT_OUT = frozenset({Hitch.WORDLESS, Hitch.TOO_LONG, Hitch.OF_TEAM, Hitch.NOT_TO_QUOTE})
COUNTED = frozenset({Hitch.OF_TEAM, Hitch.NOT_TO_QUOTE, Hitch.UNTRANSLATED})
"""Of these it is told how many there are, and not which: whose words may be quoted would tie what is anonymous."""


@dataclass(frozen=True)
class Limits:
    """What a neighbour takes at most: UTF-16 units of a reply, rows, and bytes; `advised` is what it warns above."""

    longest: int | None = None
    advised: int | None = None
    rows: int | None = None
    bytes: int | None = None


LIMITS: Mapping[Neighbour, Limits] = {
    # Talk to the City, common/csv-validation and common/csv-security: what is set for those who ask for nothing else.
    Neighbour.T3C: Limits(longest=10_000, advised=5_000, rows=9_999, bytes=150 * 1024),
    Neighbour.SENSEMAKER: Limits(),
    # Polis, server: a comment's text is 1 to 997 long; people write 140 there. More than some 35 statements at a time fail silently.
    Neighbour.POLIS: Limits(longest=997, advised=140, rows=35),
    Neighbour.QDA: Limits(),
}


@dataclass(frozen=True)
class NeighbourWanted:
    """Which file: for whom, of which question (all, if None), and in which language (as it was said, if None)."""

    neighbour: Neighbour
    question: int | None = None
    language: str | None = None


@dataclass
class Preflight:
    """What a neighbour's file holds: so many replies in so many rows and bytes; and by hitch the numbers of replies that have it."""

    wanted: NeighbourWanted
    replies: int = 0
    rows: int = 0
    bytes: int = 0
    hitches: "dict[Hitch, array[int]]" = field(default_factory=dict)

    def note(self, hitch: Hitch, number: int) -> None:
        """A reply of a number has a hitch."""
        self.hitches.setdefault(hitch, array("q")).append(number)

    def numbers(self, hitch: Hitch) -> Sequence[int]:
        """The replies that have a hitch."""
        return self.hitches.get(hitch, array("q"))

    @property
    def has_too_many_rows(self) -> bool:
        """Whether it has more rows than the neighbour takes at once."""
        most = LIMITS[self.wanted.neighbour].rows
        return most is not None and self.rows > most

    @property
    def has_too_many_bytes(self) -> bool:
        """Whether it is larger than the neighbour takes from everyone."""
        most = LIMITS[self.wanted.neighbour].bytes
        return most is not None and self.bytes > most


def why_not(reply: ExportedReply, text: str, neighbour: Neighbour) -> Hitch | None:
    """What keeps a reply with this text out of a neighbour's file."""
    longest = LIMITS[neighbour].longest
    reasons = (
        # The team asks and explains: a neighbour would count it as one more voice.
        (Hitch.OF_TEAM, reply.as_moderator and neighbour is not Neighbour.QDA),
        # Polis shows a statement to everyone who votes.
        (Hitch.NOT_TO_QUOTE, neighbour is Neighbour.POLIS and not reply.consents_to_quotes),
        (Hitch.WORDLESS, not text),
        (Hitch.TOO_LONG, longest is not None and markup.length(text) > longest),
    )
    return next((hitch for hitch, holds in reasons if holds), None)


def file_name(slug: str, neighbour: Neighbour) -> str:
    """What the file is called: "training-t3c.csv", "training.qdpx"."""
    return f"{slug}.qdpx" if neighbour is Neighbour.QDA else f"{slug}-{neighbour}.csv"
