"""Which reply goes to which theme: to one that is there if it is near, to a proposed one where there are enough others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.insight import grouping, vectors
from bot.insight.vectors import Vectors

SMALLEST = 6  # replies of which themes are proposed


@dataclass(frozen=True)
class ReplyVectors:
    """Replies to one question, in the order of `packed` (vectors as stored); `themes` holds what each is in, `decided` if a moderator said so."""

    method: str
    reply_ids: tuple[int, ...]
    languages: tuple[str, ...]
    packed: tuple[bytes, ...]
    themes: tuple[int | None, ...]
    decided: tuple[bool, ...]

    @property
    def across_languages(self) -> bool:
        """Whether these vectors let different languages lie together."""
        return vectors.named(self.method).across_languages


@dataclass(frozen=True)
class Arrangement:
    """What to do: replies to put to themes (both ids), and groups of replies to propose, out of `made_from` in all."""

    placed: Mapping[int, int]
    proposed: tuple[tuple[int, ...], ...]
    made_from: int


def arrange(material: ReplyVectors, *, propose: bool) -> Arrangement:
    """Put replies that are in no theme to the nearest; with `propose` group those that are near none."""
    rows = grouping.centred(vectors.unpack(material.packed), material.languages)
    free = [row for row, theme in enumerate(material.themes) if theme is None and rows[row].any()]
    placed = _place(material, rows, free)
    rest = [row for row in free if material.reply_ids[row] not in placed]
    groups = _group(material, rows, rest) if propose else []
    proposed = tuple(tuple(material.reply_ids[row] for row in group) for group in groups)
    return Arrangement(placed, proposed, len(material.reply_ids))


def _place(material: ReplyVectors, rows: Vectors, free: Sequence[int]) -> dict[int, int]:
    themes = [theme for theme in dict.fromkeys(material.themes) if theme is not None]
    if not themes or not free:
        return {}
    centres = np.vstack([_centre(material, rows, theme) for theme in themes])
    nearest = grouping.nearest(rows[free], centres, grouping.NEAR)
    return {
        material.reply_ids[row]: themes[place] for row, place in zip(free, nearest, strict=True) if place is not None
    }


def _centre(material: ReplyVectors, rows: Vectors, theme: int) -> Vectors:
    """The middle of what a moderator decided; of all, where none did."""
    members = [row for row, each in enumerate(material.themes) if each == theme]
    decided = [row for row in members if material.decided[row]]
    return grouping.centre(rows[decided or members])


def _group(material: ReplyVectors, rows: Vectors, rest: Sequence[int]) -> list[list[int]]:
    if material.across_languages:
        return _within(rows, rest)
    tags = dict.fromkeys(material.languages[row] for row in rest)
    return [group for tag in tags for group in _within(rows, [row for row in rest if material.languages[row] == tag])]


def _within(rows: Vectors, rest: Sequence[int]) -> list[list[int]]:
    if len(rest) < SMALLEST:
        return []
    return [
        [rest[index] for index in group] for group in grouping.groups(rows[list(rest)], grouping.how_many(len(rest)))
    ]


def halve(material: ReplyVectors, theme: int) -> tuple[int, ...]:
    """The smaller part (reply ids) of a theme that falls in two; nothing of one too small."""
    members = [row for row, each in enumerate(material.themes) if each == theme]
    if len(members) < 2:  # noqa: PLR2004 - what can be parted
        return ()
    rows = grouping.centred(vectors.unpack(material.packed), material.languages)[members]
    _, *others = grouping.parted(rows, 2)
    return tuple(material.reply_ids[members[index]] for other in others for index in other)


def standing_for(languages: Sequence[str], packed: Sequence[bytes], count: int) -> list[int]:
    """The places of those that stand for all."""
    rows = grouping.centred(vectors.unpack(packed), languages)
    return grouping.representatives(rows, languages, count)
