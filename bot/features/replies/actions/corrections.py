"""A reply or response was filed in the wrong place: its author takes it back, and says again where it belongs."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, selectinload

from bot.core.messages import Content
from bot.features.replies.actions import answers
from bot.models import Flag, HeldMessage, LogEntry, Person, Reply
from bot.tallies import deltas


async def take_back(session: AsyncSession, person: Person, reply_id: int, *, now: datetime) -> int | None:
    """Hold a reply again, or a response, until it is said to which question it belongs; the id of its first held message.

    What others responded to a response goes to what that one responded to. None if it is none of theirs, was said in a
    group or edited, or others have done something about it: then it stays.
    """
    reply = await session.scalar(
        answers.said_by(person)
        .where(Reply.id == reply_id, Reply.room_id.is_(None), Reply.edited_at.is_(None), ~_others_acted())
        .options(selectinload(Reply.attachments))
        .with_for_update(of=Reply)
        .execution_options(populate_existing=True)
    )
    if reply is None:
        return None
    held = [
        HeldMessage(person_id=person.id, message_id=message_id, content=asdict(content), sent_at=reply.replied_at)
        for message_id, content in contents_of(reply)
    ]
    if reply.parent_id is not None:
        for response in await session.scalars(select(Reply).where(Reply.parent_id == reply_id)):
            response.parent_id = reply.parent_id
    await deltas.take_back(session, Reply.id == reply_id, now=now)
    await session.delete(reply)
    await session.flush()
    session.add_all(held)
    await session.flush()
    return held[0].id


def _others_acted() -> ColumnElement[bool]:
    response = aliased(Reply)
    return (
        (Reply.parent_id.is_(None) & exists().where(response.parent_id == Reply.id).correlate(Reply))
        | exists().where(LogEntry.reply_id == Reply.id)
        | exists().where(Flag.reply_id == Reply.id)
    )


def contents_of(reply: Reply) -> Sequence[tuple[int, Content]]:
    """A reply as the messages it came in: one, or the parts of an album, each with its own words."""
    if not reply.attachments:
        return [(reply.message_id, Content(reply.kind, reply.text))]
    return [
        (
            attachment.message_id,
            Content(
                attachment.kind,
                attachment.caption if reply.album else reply.text,
                answers.file_of(attachment),
                reply.album,
            ),
        )
        for attachment in reply.attachments
    ]
