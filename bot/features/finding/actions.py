"""What a person finds by words (full-text search): of all their dialogues the replies that they may read, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import members as core_members
from bot.core import prompts, questions, rights, schedule, wordings
from bot.core.rights import Right
from bot.features.discussion.actions import cards
from bot.features.discussion.actions.cards import Words
from bot.features.replies.actions import words
from bot.models import Awaiting, Member, Person, Reply

PAGE = 5  # replies: as many excerpts as a message has room for


@dataclass(frozen=True)
class Found:
    """A reply, to the question with this number; `dialogue_title` is empty for who reads in one dialogue alone.

    One that isn't `own` opens to who is `on_the_team` where they decide about it.
    """

    reply_id: int
    number: int
    title: str
    dialogue_title: str
    words: Words
    own: bool
    on_the_team: bool


@dataclass(frozen=True)
class FoundPage:
    """A page of what was found, counted from 0; without a word in the `query` there is nothing to look for."""

    query: str
    number: int
    found: tuple[Found, ...] = ()
    more: bool = False
    has_words: bool = True


def await_words(person: Person, *, now: datetime) -> None:
    """Take what the person types next for what they look for."""
    prompts.ask(person, Awaiting.SEARCH, now=now)


async def find(session: AsyncSession, person: Person, query: str, *, page: int, now: datetime) -> FoundPage:
    """A page of the replies that say what a person looks for, in the words of their authors or in the person's own language."""
    readers = await _readers(session, person)
    said_so = words.match(session, query, person.language)
    if said_so is None or not readers:
        return FoundPage(query, page, has_words=said_so is not None)
    readable = [await _readable(session, person, reader, now=now) for reader in readers.values()]
    rows = await session.scalars(
        select(Reply)
        .where(said_so, or_(*readable))
        .options(*cards.LOADED, joinedload(Reply.question))
        .order_by(Reply.id.desc())
        .offset(page * PAGE)
        .limit(PAGE + 1)
    )
    replies = rows.all()
    found = await _found(session, person, readers, replies[:PAGE])
    return FoundPage(query, page, found, more=len(replies) > PAGE)


async def _readers(session: AsyncSession, person: Person) -> dict[int, Member]:
    """The memberships through which a person reads, by dialogue: where they take part, and where they look after others."""
    looking_after = await rights.memberships(session, person, Right.SEE_QUEUE)
    taking_part = await core_members.memberships(session, person)
    return {member.dialogue_id: member for member in (*looking_after, *taking_part)}


async def _readable(session: AsyncSession, person: Person, reader: Member, *, now: datetime) -> ColumnElement[bool]:
    if rights.may(reader, Right.SEE_QUEUE):
        return cards.readable(reader)
    zone = wordings.zone_of(person, reader.dialogue)
    opened = [
        question.id
        for member, question in await questions.questions_of(session, person)
        if member.id == reader.id and schedule.opens_at(reader.dialogue, question, zone) <= now
    ]
    return cards.readable(reader) & Reply.question_id.in_(opened)


async def _found(
    session: AsyncSession, person: Person, readers: dict[int, Member], replies: Sequence[Reply]
) -> tuple[Found, ...]:
    said = await cards.words(session, replies, person.language)
    return tuple(
        _one(person, readers[reply.dialogue_id], reply, its_words, several=len(readers) > 1)
        for reply, its_words in zip(replies, said, strict=True)
    )


def _one(person: Person, reader: Member, reply: Reply, said: Words, *, several: bool) -> Found:
    dialogue, question = reader.dialogue, reply.question
    return Found(
        reply_id=reply.id,
        number=question.number,
        title=wordings.in_language(question.title, dialogue, person.language) if question.title else "",
        dialogue_title=wordings.in_language(dialogue.title, dialogue, person.language) if several else "",
        words=said,
        own=reply.member_id == reader.id,
        on_the_team=rights.may(reader, Right.SEE_QUEUE),
    )
