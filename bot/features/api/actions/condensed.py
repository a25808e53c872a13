"""What another system reads of what was made of the replies: key points with the words they rest on, as far as an export has them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.authors import Author
from bot.features.api.actions import feed
from bot.features.key_points.actions.points import Point
from bot.features.summary.actions import contents, publication
from bot.features.summary.actions.contents import SummaryContents
from bot.models import Basis, KeyPoint, Naming, Strength, Support
from bot.tallies.breakdown import SMALLEST_GROUP


class NotSpoken(Exception):
    """The dialogue isn't held in this language; `spoken` are those that it is held in."""

    def __init__(self, language: str, spoken: tuple[str, ...]) -> None:
        super().__init__(language)
        self.language, self.spoken = language, spoken


@dataclass(frozen=True)
class Cited:
    """Words of a reply that a key point rests on; `quotable` as an export tells it, None of an anonymous author."""

    reply_id: int
    words: str
    author: Author
    language: str
    quotable: bool | None


@dataclass(frozen=True)
class ToldPoint:
    """A key point of a question by its number (None: a question for further discussion), as the Summary counts and labels it."""

    key_point_id: int
    question: int | None
    texts: Mapping[str, str]
    strength: Strength | None
    members: int | None
    basis: Basis | None
    event: str
    cited: tuple[Cited, ...]


async def key_points(session: AsyncSession, slug: str) -> list[ToldPoint]:
    """All key points of a dialogue, in the order of its Summary. Raises NoSuchDialogue."""
    material = await contents.gather(session, slug)
    told = await _told(session, material.dialogue.id)
    of_questions = [point for each in material.dialogue.questions for point in material.points.get(each.id, ())]
    with_strength = material.dialogue.with_strength
    return [
        _point(point, told, with_strength=with_strength) for point in (*of_questions, *material.points.get(None, ()))
    ]


async def summary(session: AsyncSession, slug: str, language: str) -> SummaryContents:
    """The Summary as it stands in a language: the issue published last, or a draft. Raises NoSuchDialogue or NotSpoken."""
    material = await contents.gather(session, slug)
    if language not in material.dialogue.languages:
        raise NotSpoken(language, tuple(material.dialogue.languages))
    return publication.contents(material, language)


async def _told(session: AsyncSession, dialogue_id: int) -> frozenset[tuple[int, int]]:
    """By key point and reply, what of all that key points rest on other systems may read."""
    rows = await session.execute(
        select(Support.key_point_id, Support.reply_id)
        .join(Support.reply)
        .join(KeyPoint, KeyPoint.id == Support.key_point_id)
        .where(KeyPoint.dialogue_id == dialogue_id, feed.told(dialogue_id))
    )
    return frozenset((row[0], row[1]) for row in rows)


def _point(point: Point, told: frozenset[tuple[int, int]], *, with_strength: bool) -> ToldPoint:
    footing = point.footing
    cited = (
        Cited(
            reply_id=one.reply_id,
            words=one.span,
            author=one.author,
            language=one.language,
            quotable=None if one.author.naming is Naming.ANONYMOUS else one.quotable,
        )
        for one in point.resting
        if one.sound_words and one.span and (point.key_point_id, one.reply_id) in told
    )
    return ToldPoint(
        key_point_id=point.key_point_id,
        question=point.number if point.question_id is not None else None,
        texts=point.texts,
        strength=point.label if with_strength else None,
        members=point.members if with_strength and point.members >= SMALLEST_GROUP else None,
        basis=footing.basis if footing else None,
        event=footing.title(point.source_language, point.source_language) if footing else "",
        cited=tuple(cited),
    )
