"""What another system reads of a dialogue: its questions, and replies as an export shows them, under ids that stay."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core.visibility import NoSuchReply
from bot.features.api.actions import feed
from bot.features.exports.actions import replies as exports
from bot.features.exports.actions.replies import ExportedReply
from bot.features.replies.actions import words
from bot.models import Dialogue, Reply


class NoSuchNumber(Exception):
    """The dialogue has no question of this number."""


class ReplyGone(Exception):
    """The reply was there, and isn't for others to read any more."""


@dataclass(frozen=True)
class FollowedReplies:
    """Replies as they stand now, in the order in which they came or changed, and ids of those that are gone.

    What comes next stands after `place`, and there is `more` of it if nothing has to happen first. The number of each reply is its id,
    as is that of the one it responds to, if others may read that.
    """

    replies: tuple[ExportedReply, ...]
    gone: tuple[int, ...]
    place: int
    more: bool


async def dialogue_of(session: AsyncSession, dialogue_id: int) -> Dialogue:
    """A dialogue with its questions."""
    return await session.get_one(Dialogue, dialogue_id, options=[selectinload(Dialogue.questions)])


async def followed(
    session: AsyncSession, dialogue: Dialogue, *, after: int, limit: int, number: int | None
) -> FollowedReplies:
    """A page of the replies of a dialogue, or to its question of a number. Raises NoSuchNumber."""
    page = await feed.page(session, dialogue.id, after=after, limit=limit, question_id=_question_id(dialogue, number))
    found = await _read(session, dialogue, list(page.places))
    places = page.places
    found.sort(key=lambda reply: places[reply.number])
    # What was withdrawn since the feed was last brought up to date is gone already.
    gone = (*page.gone, *(places.keys() - {reply.number for reply in found}))
    return FollowedReplies(tuple(found), tuple(sorted(gone)), page.place, page.more)


async def one(session: AsyncSession, dialogue: Dialogue, reply_id: int) -> ExportedReply:
    """A single reply; raises NoSuchReply, or ReplyGone."""
    found = await _read(session, dialogue, [reply_id])
    if found:
        return found[0]
    if await feed.is_gone(session, dialogue.id, reply_id):
        raise ReplyGone(reply_id)
    raise NoSuchReply(reply_id)


async def search(
    session: AsyncSession, dialogue: Dialogue, query: str, *, language: str, limit: int, number: int | None
) -> list[ExportedReply]:
    """The newest replies that say something, in their authors' words or translated into a language. Raises NoSuchNumber."""
    said_so = words.match(session, query, language)
    if said_so is None:
        return []
    question_id = _question_id(dialogue, number)
    found = select(Reply.id).where(said_so, feed.told(dialogue.id)).order_by(Reply.id.desc()).limit(limit)
    if question_id is not None:
        found = found.where(Reply.question_id == question_id)
    ids = (await session.scalars(found)).all()
    return sorted(await _read(session, dialogue, ids), key=lambda reply: -reply.number)


async def readable(session: AsyncSession, dialogue_id: int, ids: Sequence[int]) -> frozenset[int]:
    """Which of some replies other systems may read."""
    found = await session.scalars(select(Reply.id).where(Reply.id.in_(ids), feed.told(dialogue_id)))
    return frozenset(found.all())


async def _read(session: AsyncSession, dialogue: Dialogue, ids: Sequence[int]) -> list[ExportedReply]:
    found = await session.scalars(
        select(Reply).where(Reply.id.in_(ids), feed.told(dialogue.id)).options(*exports.LOADED)
    )
    page = found.all()
    parents = [reply.parent_id for reply in page if reply.parent_id is not None]
    known = await readable(session, dialogue.id, parents) | {reply.id for reply in page}
    return await exports.rows(session, dialogue, page, lambda reply_id: reply_id if reply_id in known else None)


def _question_id(dialogue: Dialogue, number: int | None) -> int | None:
    if number is None:
        return None
    found = next((question.id for question in dialogue.questions if question.number == number), None)
    if found is None:
        raise NoSuchNumber(number)
    return found
