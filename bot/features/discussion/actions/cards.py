"""A member reads what others said: the replies to a question as a deck of cards, featured ones first, then the newest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.core import authors, questions, schedule, visibility, wordings
from bot.core.authors import Author
from bot.database import insert
from bot.features.discussion.actions import deck, quick_replies
from bot.features.discussion.actions.deck import Neighbours
from bot.features.discussion.actions.quick_replies import Chimes
from bot.features.translations.actions import translations as translation_actions
from bot.features.translations.actions import wishes
from bot.features.translations.actions.translations import Translated
from bot.models import Attachment, Audience, Member, Person, Question, Reply, Seen, Visibility


class NotReadable(Exception):
    """There is no such reply, or this person may not read it (any more)."""


class NotAsked(NotReadable):
    """The question is none that this person is asked (any more), so neither are its replies theirs to read."""


@dataclass(frozen=True)
class Deck:
    """What others replied to one question, for one reader; `dialogue_title` is empty for who takes part in one dialogue alone.

    `answered` says whether the reader has replied to it.
    """

    question_id: int
    number: int
    title: str
    dialogue_title: str
    replies: int
    unread: int
    is_open: bool
    answered: bool


@dataclass(frozen=True)
class Words:
    """What a reply says and who says it, with how many files; `openable` if these can be sent on.

    `translated` is empty where there is no translation, and in the reader's own language.
    """

    author: Author
    kind: str
    text: str
    language: str
    files: int
    openable: bool
    translated: Translated | None


@dataclass(frozen=True)
class Card:
    """One reply as a reader sees it, at its `place` among how many, and the way on; `language` narrows the deck, None is all.

    One that isn't `for_members` is read by moderators alone; one said `in_group` stands there too. A response carries `to`,
    what it responds to, and stands in the thread of `thread_id`. The reader `may_wish` for a translation that someone can make.
    """

    reply_id: int
    question_id: int
    number: int
    title: str
    dialogue_title: str
    words: Words
    featured: bool
    late: bool
    edited: bool
    own: bool
    for_members: bool
    in_group: bool
    to: Words | None
    thread_id: int
    responses: int
    chimes: Chimes
    language: str | None
    beside: Neighbours
    place: tuple[int, int] | None
    replied_at: datetime
    zone: str
    may_wish: bool = False


async def decks(session: AsyncSession, person: Person, *, now: datetime) -> list[Deck]:
    """The decks of all questions that have opened for a person, the newest question of each dialogue first."""
    asked = await questions.questions_of(session, person)
    several = len({member.id for member, _ in asked}) > 1
    return [
        await _deck(session, member, question, person, now=now, titled=several)
        for member, question in sorted(asked, key=lambda pair: (pair[0].id, -pair[1].position))
        if schedule.opens_at(member.dialogue, question, wordings.zone_of(person, member.dialogue)) <= now
    ]


async def _deck(
    session: AsyncSession, reader: Member, question: Question, person: Person, *, now: datetime, titled: bool
) -> Deck:
    dialogue = reader.dialogue
    replies = await deck.count(session, reader, question.id)
    answered = exists().where(Reply.member_id == reader.id, Reply.question_id == question.id, Reply.parent_id.is_(None))
    return Deck(
        question_id=question.id,
        number=question.number,
        title=wordings.heading(question, dialogue, person.language),
        dialogue_title=wordings.in_language(dialogue.title, dialogue, person.language) if titled else "",
        replies=replies,
        unread=await deck.count(session, reader, question.id, unread=True) if replies else 0,
        is_open=now < schedule.closes_at(dialogue, question, wordings.zone_of(person, dialogue)),
        answered=bool(await session.scalar(select(answered))),
    )


async def languages(session: AsyncSession, person: Person, question_id: int) -> list[tuple[str, int]]:
    """The languages (tags) in which others replied to a question, and how many in each, most first. Raises NotAsked."""
    reader, _ = await reader_of(session, person, question_id)
    found = await session.execute(
        select(Reply.language, func.count())
        .where(deck.in_deck(reader, question_id))
        .group_by(Reply.language)
        .order_by(func.count().desc(), Reply.language)
    )
    return [(row[0], row[1]) for row in found]


async def reader_of(session: AsyncSession, person: Person, question_id: int) -> tuple[Member, Question]:
    """The membership through which a person reads the replies to a question; raises NotAsked."""
    return _among(await questions.questions_of(session, person), question_id)


def _among(asked: Sequence[tuple[Member, Question]], question_id: int) -> tuple[Member, Question]:
    for member, question in asked:
        if question.id == question_id:
            return member, question
    raise NotAsked(question_id)


async def _insist(session: AsyncSession, reader: Member, reply_id: int) -> None:
    if not await session.scalar(select(exists().where(Reply.id == reply_id, readable(reader)))):
        raise NotReadable(reply_id)


def readable(reader: Member) -> ColumnElement[bool]:
    """The replies that a member may read, and what passed between them and moderators, as a condition."""
    return visibility.to(reader) | visibility.in_talk(select(Member.id).where(Member.id == reader.id))


async def card(session: AsyncSession, person: Person, reply_id: int, *, language: str | None) -> Card:
    """One reply for a reader, who has seen it from now on; raises NotReadable."""
    reply = await session.scalar(select(Reply).where(Reply.id == reply_id).options(*LOADED))
    if reply is None:
        raise NotReadable(reply_id)
    asked = await questions.questions_of(session, person)
    reader, question = _among(asked, reply.question_id)
    await _insist(session, reader, reply_id)
    await mark_seen(session, reader, [reply_id])
    dialogue = reader.dialogue
    several = len({member.id for member, _ in asked}) > 1
    to = await _parent(session, reader, reply, person.language)
    return Card(
        reply_id=reply.id,
        question_id=question.id,
        number=question.number,
        title=wordings.in_language(question.title, dialogue, person.language) if question.title else "",
        dialogue_title=wordings.in_language(dialogue.title, dialogue, person.language) if several else "",
        words=(await words(session, [reply], person.language))[0],
        featured=reply.featured_at is not None,
        late=reply.late,
        edited=reply.edited_at is not None,
        own=reply.member_id == reader.id,
        for_members=reply.audience is Audience.MEMBERS and reply.visibility is Visibility.SHOWN,
        in_group=reply.room_id is not None,
        to=to,
        thread_id=await root_of(session, reply),
        responses=await count_responses(session, reader, reply.id),
        chimes=await quick_replies.of_reply(session, reader, reply.id),
        language=language,
        beside=await deck.neighbours(session, reader, reply, language),
        place=await deck.place(session, reader, reply, language),
        replied_at=reply.replied_at,
        zone=wordings.zone_of(person, dialogue),
        may_wish=await wishes.is_possible(session, reader, person, reply),
    )


async def translated(session: AsyncSession, member_id: int, reply_id: int, language: str) -> Words | None:
    """A reply in the language that a member asked for; None if it isn't there, or isn't theirs to read any more."""
    reader = await session.get(Member, member_id)
    if reader is None:
        return None
    reply = await session.scalar(select(Reply).where(Reply.id == reply_id, readable(reader)).options(*LOADED))
    found = (await words(session, [reply], language))[0] if reply else None
    return found if found and found.translated else None


LOADED = (joinedload(Reply.member), selectinload(Reply.attachments))  # what `words` needs of each reply


async def words(session: AsyncSession, replies: Sequence[Reply], language: str) -> list[Words]:
    """What these replies (author and attachments loaded) say to a reader of `language`."""
    foreign = [reply.id for reply in replies if reply.text and reply.language != language]
    translations = await translation_actions.translations(session, foreign, language) if foreign else {}
    return [
        Words(
            author=authors.author_of(reply),
            kind=reply.kind,
            text=reply.text,
            language=reply.language,
            files=len(reply.attachments),
            openable=any(attachment.file_id for attachment in reply.attachments),
            translated=translations.get(reply.id),
        )
        for reply in replies
    ]


async def _parent(session: AsyncSession, reader: Member, reply: Reply, language: str) -> Words | None:
    if reply.parent_id is None:
        return None
    parent = await session.scalar(select(Reply).where(Reply.id == reply.parent_id, readable(reader)).options(*LOADED))
    return (await words(session, [parent], language))[0] if parent else None


async def root_of(session: AsyncSession, reply: Reply) -> int:
    """The reply to a question at the head of the thread in which a reply stands."""
    if reply.parent_id is None:
        return reply.id
    above = await session.scalar(select(Reply.parent_id).where(Reply.id == reply.parent_id))
    return above or reply.parent_id


def in_thread(reader: Member, head_id: int) -> ColumnElement[bool]:
    """The responses below a reply that a member may read, on both levels, as a condition."""
    nearer = select(Reply.id).where(Reply.parent_id == head_id)
    below = union_all(nearer, select(Reply.id).where(Reply.parent_id.in_(nearer)))
    return Reply.id.in_(below) & readable(reader)


async def count_responses(session: AsyncSession, reader: Member, reply_id: int) -> int:
    """How many responses stand below a reply."""
    return await session.scalar(select(func.count()).select_from(Reply).where(in_thread(reader, reply_id))) or 0


async def top(session: AsyncSession, person: Person, question_id: int, language: str | None) -> int | None:
    """The reply on top of a deck; None for an empty one. Raises NotAsked."""
    reader, _ = await reader_of(session, person, question_id)
    return await deck.first(session, reader, question_id, language)


async def reader_of_reply(session: AsyncSession, person: Person, reply_id: int) -> tuple[Member, Reply]:
    """The membership through which a person reads a reply, and the reply with author and attachments; raises NotReadable."""
    reply = await session.scalar(select(Reply).where(Reply.id == reply_id).options(*LOADED))
    if reply is None:
        raise NotReadable(reply_id)
    reader, _ = await reader_of(session, person, reply.question_id)
    await _insist(session, reader, reply_id)
    return reader, reply


async def mark_seen(session: AsyncSession, reader: Member, reply_ids: Sequence[int]) -> None:
    """Remember that a member was shown these replies."""
    await session.execute(
        insert(session, Seen)
        .values([{"member_id": reader.id, "reply_id": reply_id} for reply_id in reply_ids])
        .on_conflict_do_nothing()
    )


async def files(session: AsyncSession, person: Person, reply_id: int) -> list[Attachment]:
    """What a reply that a person may read carries; raises NotReadable."""
    _, reply = await reader_of_reply(session, person, reply_id)
    return reply.attachments
