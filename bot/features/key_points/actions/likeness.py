"""Replies in the order of their likeness to a key point, so that the words it may rest on are found first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import insight
from bot.features.themes.actions.themes import FEW
from bot.models import Embedding, KeyPoint, Reply, Support, Theme, ThemeReply, Visibility, WordingVector

if TYPE_CHECKING:
    from bot.insight.likeness import Likened

MOST_COMPARED = 5000  # replies, the newest: some 5 MB of vectors


@dataclass(frozen=True)
class SourceChoice:
    """Which replies are looked at: all, those `uncited` (under no key point), or those of a theme; `newest` (an id) when one began to look.

    What came since stands last, so that no page loses or repeats any.
    """

    newest: int = 0
    uncited: bool = False
    theme_id: int = 0


@dataclass(frozen=True)
class UnreadWording:
    """A wording of a key point that is yet to become a vector."""

    key_point_id: int
    language: str
    text: str


@dataclass(frozen=True)
class OfferedSources:
    """The replies (ids) that a key point may rest on, as they were `chosen`; first those that are `compared`, then the `others`."""

    choice: SourceChoice
    ids: tuple[int, ...]
    compared: "Likened"
    others: tuple[int, ...]


async def unread(session: AsyncSession, key_point_ids: Collection[int], *, model: str) -> list[UnreadWording]:
    """The wordings of key points that `model` hasn't read as they stand."""
    points = await session.scalars(select(KeyPoint).where(KeyPoint.id.in_(key_point_ids)).order_by(KeyPoint.id))
    rows = await session.execute(
        select(WordingVector.key_point_id, WordingVector.language, WordingVector.text).where(
            WordingVector.key_point_id.in_(key_point_ids), WordingVector.model == model
        )
    )
    known = {(row.key_point_id, row.language, row.text) for row in rows}
    return [
        UnreadWording(point.id, tag, text)
        for point in points
        for tag, text in point.text.items()
        if (point.id, tag, text) not in known
    ]


async def keep(session: AsyncSession, read: Sequence[UnreadWording], encoded: Sequence[bytes], *, model: str) -> None:
    """Keep the vectors of wordings, in the place of those of earlier wordings; a key point that is gone has none."""
    there = set(await session.scalars(select(KeyPoint.id).where(KeyPoint.id.in_({each.key_point_id for each in read}))))
    for each, vector in zip(read, encoded, strict=True):
        if each.key_point_id in there:
            await session.merge(
                WordingVector(
                    key_point_id=each.key_point_id, language=each.language, model=model, text=each.text, vector=vector
                )
            )


async def offered(session: AsyncSession, key_point: KeyPoint, choice: SourceChoice, *, model: str) -> OfferedSources:
    """The replies that a key point may rest on: shown ones, and those it rests on already; a merged one is offered as the other."""
    rows = await session.execute(
        select(Reply.id, Reply.language).where(*conditions(key_point, choice)).order_by(Reply.kept_at, Reply.id)
    )
    languages = {row.id: row.language for row in rows}
    newest = choice.newest or max(languages, default=0)
    vectors = await _vectors(session, key_point, [each for each in languages if each <= newest], model=model)
    wordings = await session.execute(
        select(WordingVector.language, WordingVector.vector)
        .where(WordingVector.key_point_id == key_point.id, WordingVector.model == model)
        .order_by(WordingVector.language)
    )
    spoken = [(row.language, row.vector) for row in wordings if row.language in key_point.text]
    compared = insight.likeness.Likened(
        tuple(language for language, _ in spoken),
        tuple(vector for _, vector in spoken),
        tuple(languages[each] for each in vectors),
        tuple(vectors.values()),
    )
    others = tuple(each for each in languages if each not in vectors)
    return OfferedSources(SourceChoice(newest, choice.uncited, choice.theme_id), tuple(vectors), compared, others)


async def _vectors(session: AsyncSession, key_point: KeyPoint, among: Sequence[int], *, model: str) -> dict[int, bytes]:
    wanted = set(among)
    rows = await session.execute(
        select(Embedding.reply_id, Embedding.vector)
        .join(Reply, Reply.id == Embedding.reply_id)
        .where(Reply.question_id == key_point.question_id, Embedding.model == model)
        .order_by(Reply.id.desc())
        .limit(MOST_COMPARED)
    )
    return {row.reply_id: row.vector for row in reversed(rows.all()) if row.reply_id in wanted}


def conditions(key_point: KeyPoint, choice: SourceChoice) -> list[ColumnElement[bool]]:
    """What a reply has to be to be offered."""
    here = exists().where(Support.reply_id == Reply.id, Support.key_point_id == key_point.id).correlate(Reply)
    found: list[ColumnElement[bool]] = [
        Reply.question_id == key_point.question_id,
        Reply.withdrawn_at.is_(None),
        or_(Reply.visibility == Visibility.SHOWN, here),
    ]
    if choice.uncited:
        found.append(~exists().where(Support.reply_id == Reply.id).correlate(Reply))
    if choice.theme_id:
        # Of a theme with few members nobody is named; here are names.
        told = (Theme.id == choice.theme_id) & (Theme.members >= FEW)
        of_theme = select(ThemeReply.reply_id).join(Theme, Theme.id == ThemeReply.theme_id).where(told)
        found.append(Reply.id.in_(of_theme))
    return found


def in_order(found: OfferedSources) -> list[int]:
    """The replies (ids), those most like the key point first; takes some milliseconds for thousands."""
    return [*(found.ids[place] for place in insight.likeness.likest(found.compared)), *found.others]
