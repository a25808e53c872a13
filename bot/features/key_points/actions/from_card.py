"""A moderator answers the card of a member's reply: perhaps with a key point that rests on it, perhaps with a response."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.features.key_points.actions import key_points, support
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.features.key_points.actions.points import Point
from bot.models import Person, Reply


async def languages(session: AsyncSession, person: Person, reply_id: int) -> list[str]:
    """The languages in which a key point may be worded that rests on a reply; raises NotAnEditor or NoSuchKeyPoint."""
    reply = await _standing(session, reply_id)
    return (await key_points.editor(session, person, reply.dialogue_id)).dialogue.languages


async def propose(
    session: AsyncSession, person: Person, reply_id: int, *, text: str, language: str, now: datetime
) -> Point:
    """Put a key point last under the question that a reply answers, resting on all its words.

    Raises NotAnEditor, NoSuchKeyPoint if the reply is withdrawn or gone, or TooLong.
    """
    reply = await _standing(session, reply_id)
    member = await key_points.editor(session, person, reply.dialogue_id)
    key_point = await key_points.add(session, member.dialogue, reply.question, text=text, language=language, now=now)
    await support.rest_on(session, key_point, reply_id=reply_id, start=0, end=len(reply.text), now=now)
    return await key_points.point(session, member.dialogue, key_point)


async def _standing(session: AsyncSession, reply_id: int) -> Reply:
    reply = await session.scalar(
        select(Reply).where(Reply.id == reply_id, Reply.withdrawn_at.is_(None)).options(joinedload(Reply.question))
    )
    if reply is None:
        raise NoSuchKeyPoint(reply_id)
    return reply
