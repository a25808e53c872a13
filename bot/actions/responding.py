"""Members answer each other: a response stands below what it responds to, on one of two levels, and its author may take it elsewhere."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.actions import answering, browsing, telling
from bot.actions.browsing import NotReadable, Words
from bot.core.messages import Content, File
from bot.models import Attachment, Audience, Awaiting, HeldMessage, Person, Reply


@dataclass(frozen=True)
class Responded:
    """A response that was kept; `to` is what it responds to."""

    reply_id: int
    to: Words
    more_of_album: bool


@dataclass(frozen=True)
class Response:
    """One response in a thread; `level` is 1 or 2."""

    reply_id: int
    level: int
    words: Words


@dataclass(frozen=True)
class Thread:
    """A page of the responses to a reply, in the order of the conversation; `number` counts pages from 0."""

    head_id: int
    head: Words
    responses: tuple[Response, ...]
    total: int
    number: int
    more: bool


async def begin(session: AsyncSession, person: Person, reply_id: int, *, now: datetime) -> Words:
    """What the person sends next responds to this reply, whose words are returned; raises NotReadable."""
    _, reply = await browsing.reader_of_reply(session, person, reply_id)
    person.awaiting, person.awaiting_id, person.awaiting_since = Awaiting.RESPONSE, reply_id, now
    return (await browsing.words(session, [reply], person.language))[0]


async def begin_answer(session: AsyncSession, person: Person, question_id: int, *, now: datetime) -> int:
    """What the person sends next answers this question, open or closed, whose number is returned; raises NotReadable."""
    _, question = await browsing.reader_of(session, person, question_id)
    person.awaiting, person.awaiting_id, person.awaiting_since = Awaiting.ANSWER, question_id, now
    return question.number


async def respond(
    session: AsyncSession,
    person: Person,
    reply_id: int,
    *,
    message_id: int,
    content: Content,
    sent_at: datetime,
    now: datetime,
) -> Responded | None:
    """Keep a message as a response to a reply; None if the person may not read that (any more), and nothing is kept.

    What was said to moderators alone is responded to for them alone.
    """
    try:
        member, reply = await browsing.reader_of_reply(session, person, reply_id)
    except NotReadable:
        return None
    kept = await answering.answer(
        session,
        member_id=member.id,
        question_id=reply.question_id,
        parent_id=await parent_id(session, reply),
        audience=Audience.MODERATORS if reply.audience is Audience.MODERATORS else None,
        message_id=message_id,
        content=content,
        replied_at=sent_at,
        now=now,
    )
    if not kept.more_of_album:
        await telling.owe_news(session, kept.reply_id, now=now)
    to = (await browsing.words(session, [reply], person.language))[0]
    return Responded(kept.reply_id, to, kept.more_of_album)


async def parent_id(session: AsyncSession, reply: Reply) -> int:
    """Where a response to this reply attaches: to itself or, where that would be a third level, beside it."""
    if reply.parent_id is None:
        return reply.id
    above = await session.scalar(select(Reply.parent_id).where(Reply.id == reply.parent_id))
    return reply.id if above is None else reply.parent_id


async def thread(session: AsyncSession, person: Person, reply_id: int, *, page: int, size: int) -> Thread:
    """A page of what was said to a reply, which the reader has seen from now on; raises NotReadable."""
    member, head = await browsing.reader_of_reply(session, person, reply_id)
    level = case((Reply.parent_id == reply_id, 1), else_=2)
    order = (case((Reply.parent_id == reply_id, Reply.id), else_=Reply.parent_id), level, Reply.id)
    below = browsing.in_thread(member, reply_id)
    loaded = select(Reply, level).options(joinedload(Reply.member), selectinload(Reply.attachments))
    found = await session.execute(loaded.where(below).order_by(*order).limit(size).offset(page * size))
    rows = found.all()
    said = await browsing.words(session, [head, *(row[0] for row in rows)], person.language)
    total = await session.scalar(select(func.count()).select_from(Reply).where(below)) or 0
    others = [row[0].id for row in rows if row[0].member_id != member.id]
    if others:
        await browsing.mark_seen(session, member, others)
    responses = tuple(Response(row[0].id, row[1], words) for row, words in zip(rows, said[1:], strict=True))
    return Thread(reply_id, said[0], responses, total, page, more=(page + 1) * size < total)


async def hold_again(session: AsyncSession, person: Person, reply_id: int) -> int | None:
    """A response was meant as a reply to a question: hold it again until it is said to which; None if it is none of theirs.

    What others responded to it meanwhile goes to what it responded to. Returns the id of its first held message.
    """
    reply = await session.scalar(
        answering.said_by(person)
        .where(Reply.id == reply_id, Reply.parent_id.is_not(None), Reply.room_id.is_(None))
        .options(selectinload(Reply.attachments))
    )
    if reply is None:
        return None
    for response in await session.scalars(select(Reply).where(Reply.parent_id == reply_id)):
        response.parent_id = reply.parent_id
    held = [
        HeldMessage(person_id=person.id, message_id=message_id, content=asdict(content), sent_at=reply.replied_at)
        for message_id, content in contents_of(reply)
    ]
    await session.flush()
    await session.delete(reply)
    session.add_all(held)
    await session.flush()
    return held[0].id


def contents_of(reply: Reply) -> Sequence[tuple[int, Content]]:
    """A reply as the messages it came in: one, or the parts of an album, of which the first carries the words."""
    if not reply.attachments:
        return [(reply.message_id, Content(reply.kind, reply.text))]
    return [
        (
            attachment.message_id,
            Content(attachment.kind, reply.text if index == 0 else "", _file(attachment), reply.album),
        )
        for index, attachment in enumerate(reply.attachments)
    ]


def _file(attachment: Attachment) -> File:
    told = answering.as_json(attachment)
    del told["message_id"]
    return File(**told)
