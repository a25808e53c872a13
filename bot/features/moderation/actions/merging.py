"""Replies that may say the same as another, for a moderator who would merge them: by the words they have in common."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.core import authors, rights
from bot.core.authors import Author
from bot.core.rights import Right
from bot.core.visibility import NoSuchReply
from bot.features.moderation.actions import decisions
from bot.models import Person, Reply

LIKELY = 200  # replies among which those that say the same are looked for
OFFERED = 6


@dataclass(frozen=True)
class Similar:
    """A reply that another may be merged into."""

    reply_id: int
    author: Author
    kind: str
    text: str
    files: int


async def candidates(session: AsyncSession, person: Person, reply_id: int) -> list[Similar]:
    """The replies to the same question that another may be merged into, those with the most words in common first.

    Raises NoSuchReply or NotPermitted.
    """
    reply = await session.get(Reply, reply_id)
    if reply is None:
        raise NoSuchReply(reply_id)
    await rights.membership(session, person, reply.dialogue_id, Right.JUDGE)
    others = await session.scalars(
        select(Reply)
        .where(decisions.mergeable(reply))
        .options(joinedload(Reply.member), selectinload(Reply.attachments))
        .order_by(Reply.id.desc())
        .limit(LIKELY)
    )
    ranked = sorted(others.all(), key=lambda other: -_likeness(reply.text, other.text))
    return [
        Similar(other.id, authors.author_of(other), other.kind, other.text, len(other.attachments))
        for other in ranked[:OFFERED]
    ]


def _likeness(one: str, other: str) -> float:
    """The share of words, or, in scripts without spaces, of characters, that two texts have in common; 0 to 1."""
    first, second = _pieces(one), _pieces(other)
    return len(first & second) / len(first | second) if first | second else 0.0


def _pieces(text: str) -> set[str]:
    words = text.casefold().split()
    return set(words) if len(words) > 1 else set(text.casefold())
