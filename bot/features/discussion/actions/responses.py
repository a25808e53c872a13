"""Members answer each other: a response stands below what it responds to, on one of two levels, and its author may take it elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.core import prompts
from bot.core.messages import Content
from bot.features.discussion.actions import cards, news
from bot.features.discussion.actions.cards import NotReadable, Words
from bot.features.replies.actions import answers
from bot.models import Audience, Awaiting, Person, Reply


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
    _, reply = await cards.reader_of_reply(session, person, reply_id)
    prompts.ask(person, Awaiting.RESPONSE, reply_id, now=now)
    return (await cards.words(session, [reply], person.language))[0]


async def begin_answer(session: AsyncSession, person: Person, question_id: int, *, now: datetime) -> int:
    """What the person sends next answers this question, open or closed, whose number is returned; raises NotAsked."""
    _, question = await cards.reader_of(session, person, question_id)
    prompts.ask(person, Awaiting.ANSWER, question_id, now=now)
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
        member, reply = await cards.reader_of_reply(session, person, reply_id)
    except NotReadable:
        return None
    kept = await answers.answer(
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
        await news.owe_news(session, kept.reply_id, now=now)
    to = (await cards.words(session, [reply], person.language))[0]
    return Responded(kept.reply_id, to, kept.more_of_album)


async def parent_id(session: AsyncSession, reply: Reply) -> int:
    """Where a response to this reply attaches: to itself or, where that would be a third level, beside it."""
    if reply.parent_id is None:
        return reply.id
    above = await session.scalar(select(Reply.parent_id).where(Reply.id == reply.parent_id))
    return reply.id if above is None else reply.parent_id


async def thread(session: AsyncSession, person: Person, reply_id: int, *, page: int, size: int) -> Thread:
    """A page of what was said to a reply, which the reader has seen from now on; raises NotReadable."""
    member, head = await cards.reader_of_reply(session, person, reply_id)
    level = case((Reply.parent_id == reply_id, 1), else_=2)
    order = (case((Reply.parent_id == reply_id, Reply.id), else_=Reply.parent_id), level, Reply.id)
    below = cards.in_thread(member, reply_id)
    loaded = select(Reply, level).options(joinedload(Reply.member), selectinload(Reply.attachments))
    found = await session.execute(loaded.where(below).order_by(*order).limit(size).offset(page * size))
    rows = found.all()
    said = await cards.words(session, [head, *(row[0] for row in rows)], person.language)
    total = await session.scalar(select(func.count()).select_from(Reply).where(below)) or 0
    others = [row[0].id for row in rows if row[0].member_id != member.id]
    if others:
        await cards.mark_seen(session, member, others)
    responses = tuple(Response(row[0].id, row[1], words) for row, words in zip(rows, said[1:], strict=True))
    return Thread(reply_id, said[0], responses, total, page, more=(page + 1) * size < total)
