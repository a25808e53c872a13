"""Replies that are farthest from every key point: gathered here, found elsewhere (`insight.overlooked`, in a child)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot import insight
from bot.core import counting, visibility, wordings
from bot.core.rights import Right
from bot.features.discussion.actions import cards
from bot.features.discussion.actions.cards import Words
from bot.features.summary.actions import voices
from bot.models import Dialogue, Embedding, KeyPoint, Member, Person, Reply

if TYPE_CHECKING:
    from bot.insight.overlooked import Covering

LARGEST = 10_000  # replies that are looked at, the newest
AT_ONCE = 1000  # rows read before others have their turn


@dataclass(frozen=True)
class Overlooked:
    """A reply that is far from every key point, and the number of its question."""

    reply_id: int
    question: int
    words: Words


@dataclass(frozen=True)
class Placeable:
    """The same in full, with the key points (id, number, wording) of its question that it may be put under."""

    dialogue_id: int
    question_id: int
    reply: Overlooked
    points: tuple[tuple[int, int, str], ...]


async def gather(session: AsyncSession, reader: Member) -> "Covering":
    """What is compared: replies that the reader (dialogue loaded) may read, and key points in the dialogue's first language."""
    dialogue = reader.dialogue
    model = insight.vectors.best().name
    rows = await session.stream(
        select(Reply.id, Reply.language, Reply.member_id, voices.cited(dialogue.id).label("cited"), Embedding.vector)
        .join(Embedding, Embedding.reply_id == Reply.id)
        .where(counting.in_themes(), visibility.to(reader), Embedding.model == model)
        .order_by(Reply.id.desc())
        .limit(LARGEST)
    )
    found = [row async for some in rows.partitions(AT_ONCE) for row in some]
    points = await session.scalars(
        select(KeyPoint).where(KeyPoint.dialogue_id == dialogue.id, KeyPoint.question_id.is_not(None))
    )
    return insight.overlooked.Covering(
        reply_ids=tuple(row.id for row in found),
        languages=tuple(row.language for row in found),
        voices=tuple(row.member_id for row in found),
        covered=tuple(bool(row.cited) for row in found),
        packed=tuple(row.vector for row in found),
        wordings=tuple(_wording(point, dialogue) for point in points),
    )


def _wording(point: KeyPoint, dialogue: Dialogue) -> tuple[str, str]:
    tag = wordings.nearest({tag: tag for tag in point.text}, dialogue.source_language, dialogue.source_language)
    return tag, point.text[tag]


async def shown(session: AsyncSession, reader: Member, person: Person, reply_ids: Sequence[int]) -> list[Overlooked]:
    """These replies, in this order, as far as they still are to be read and under no key point."""
    rows = await session.scalars(
        select(Reply)
        .where(Reply.id.in_(reply_ids), counting.in_themes(), visibility.to(reader))
        .where(~voices.cited(reader.dialogue_id))
        .options(*cards.LOADED, joinedload(Reply.question))
    )
    by_id = {reply.id: reply for reply in rows}
    replies = [by_id[reply_id] for reply_id in reply_ids if reply_id in by_id]
    words = await cards.words(session, replies, person.language)
    return [Overlooked(reply.id, reply.question.number, said) for reply, said in zip(replies, words, strict=True)]


async def placeable(session: AsyncSession, person: Person, reply_id: int) -> Placeable:
    """One reply in full, seen from now on, with the key points it may be put under. Raises NoSuchReply or NotPermitted."""
    loaded = (*cards.LOADED, joinedload(Reply.question))
    reader, reply = await visibility.readable(session, person, reply_id, Right.SUMMARISE, *loaded)
    await cards.mark_seen(session, reader, [reply_id])
    points = await session.scalars(
        select(KeyPoint).where(KeyPoint.question_id == reply.question_id).order_by(KeyPoint.position, KeyPoint.id)
    )
    source = reader.dialogue.source_language
    worded = tuple(
        (point.id, index, wordings.nearest(point.text, person.language, source))
        for index, point in enumerate(points, start=1)
    )
    (said,) = await cards.words(session, [reply], person.language)
    return Placeable(reply.dialogue_id, reply.question_id, Overlooked(reply_id, reply.question.number, said), worded)
