"""Replies become vectors once, and again when they are edited: what is still to be read, and what was made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting
from bot.models import Embedding, LanguageSource, Reply


@dataclass(frozen=True)
class Unembedded:
    """A reply whose words are to become a vector."""

    reply_id: int
    question_id: int
    text: str


async def unembedded(session: AsyncSession, *, model: str, limit: int, now: datetime) -> list[Unembedded]:
    """The replies that `model` hasn't read as they stand, the oldest first; their language must be known.

    An edit that another clock dates ahead of ours is read when ours gets there: else it would be read again and again.
    """
    edited = (Embedding.read_at < Reply.edited_at) & (Reply.edited_at <= now)
    rows = await session.execute(
        select(Reply.id, Reply.question_id, Reply.text)
        .outerjoin(Embedding, Embedding.reply_id == Reply.id)
        .where(counting.in_themes(), Reply.language_source != LanguageSource.ASSUMED)
        .where(or_(Embedding.reply_id.is_(None), Embedding.model != model, edited))
        .order_by(Reply.id)
        .limit(limit)
    )
    return [Unembedded(*row) for row in rows]


async def keep(
    session: AsyncSession, read: Sequence[Unembedded], vectors: Sequence[bytes], *, model: str, now: datetime
) -> None:
    """Keep what was made of replies, each at its place in both sequences; what was edited or erased meanwhile is passed by."""
    by_id = {one.reply_id: (one.text, vector) for one, vector in zip(read, vectors, strict=True)}
    rows = await session.execute(select(Reply.id, Reply.text).where(Reply.id.in_(by_id)))
    unchanged = [reply_id for reply_id, text in rows if text == by_id[reply_id][0]]
    await session.execute(delete(Embedding).where(Embedding.reply_id.in_(unchanged)))
    session.add_all(
        Embedding(reply_id=reply_id, model=model, vector=by_id[reply_id][1], read_at=now) for reply_id in unchanged
    )
