"""A key point as it is read: its wordings, the words it rests on, and what may be said of them."""

from dataclasses import dataclass, field
from functools import cached_property

from bot.core import wordings
from bot.core.versions import Versioned
from bot.features.key_points.actions import rewordings
from bot.features.key_points.actions.footing import Footing
from bot.features.key_points.actions.rewordings import Rewording
from bot.features.key_points.actions.support import Resting
from bot.models import Strength
from bot.models.base import Earlier


@dataclass(frozen=True)
class Point:
    """One bullet: `texts` by language, their `versions`, `missing` languages of the dialogue, and the words it rests on.

    `footing` is what it comes from besides them, if anything.
    """

    key_point_id: int
    dialogue_id: int
    question_id: int | None
    number: int
    index: int
    texts: dict[str, str]
    missing: tuple[str, ...]
    strength: Strength | None
    resting: tuple[Resting, ...]
    languages: tuple[str, ...]
    source_language: str
    versions: dict[str, int] = field(default_factory=dict)
    footing: Footing | None = None
    earlier: Earlier = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)

    @cached_property
    def members(self) -> int:
        """How many members it rests on, by what counts as a reply now."""
        return len({one.member_id for one in self.resting if one.counts})

    @property
    def versioned(self) -> Versioned:
        """Its wordings, with what is known of them."""
        return Versioned(self.texts, self.versions, self.earlier, self.asked)

    @property
    def is_supported(self) -> bool:
        """Whether it rests on words that stand, be they a moderator's."""
        return any(one.stands for one in self.resting)

    @property
    def is_founded(self) -> bool:
        """Whether it may be published: it rests on words that stand, or is said to come from elsewhere."""
        return self.is_supported or self.footing is not None

    @property
    def label(self) -> Strength | None:
        """How far members were of one mind, if a moderator says so and enough members stand behind it for that."""
        return self.strength if self.strength in fitting(self.members) else None

    @property
    def is_changed(self) -> bool:
        """Whether a reply it rests on was edited or withdrawn since."""
        return any(one.is_changed for one in self.resting)

    @cached_property
    def voices(self) -> int:
        """In how many languages they said it."""
        return len({one.language for one in self.resting if one.counts})

    @property
    def rewordings(self) -> tuple[Rewording, ...]:
        """What was changed in a wording that others don't say."""
        return rewordings.rewordings(self.versioned, self.source_language)

    def wording(self, language: str) -> str:
        """The text in a language, else the nearest there is."""
        return wordings.nearest(self.texts, language, self.source_language)


_OF_SEVERAL = tuple(each for each in Strength if each is not Strength.SINGLE_VOICE)


def fitting(members: int) -> tuple[Strength, ...]:
    """What may be said of a key point that rests on so many members: nothing of none, and one is of one mind with nobody."""
    if not members:
        return ()
    if members == 1:
        return (Strength.SINGLE_VOICE,)
    return _OF_SEVERAL
