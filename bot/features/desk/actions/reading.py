"""The reading room: all replies to a question in full, shelf by shelf and by language, some dozens at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import rights, visibility, wordings
from bot.core.dialogues import NoSuchDialogue
from bot.core.rights import NotPermitted, Right
from bot.features.discussion.actions import cards
from bot.features.discussion.actions.cards import Words
from bot.features.moderation.actions import decisions
from bot.models import Audience, Dialogue, KeyPoint, Member, Person, Question, Reply, Seen, Support, Visibility

AT_ONCE = 40  # replies on a page: with translations some 60 kB


class Shelf(StrEnum):
    """Which replies one reads."""

    ALL = "all"
    UNREAD = "unread"
    UNCITED = "uncited"
    FEATURED = "featured"
    WAITING = "waiting"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Selection:
    """What is read: the question of a `number`; a `language`, or all; those older than the reply `before`."""

    number: int
    shelf: Shelf = Shelf.ALL
    language: str | None = None
    before: int | None = None


@dataclass(frozen=True)
class ReadReply:
    """A reply in full; `version` is what a decision is about."""

    reply_id: int
    version: int
    words: Words
    replied_at: datetime
    late: bool
    edited: bool
    for_moderators: bool
    visibility: Visibility
    waits: bool
    hidden_reason: str | None
    featured: bool
    cited: bool
    responses: int


@dataclass(frozen=True)
class ReadingQuestion:
    """A question that has replies to be read, by its number, and how many; `heading` is plain text."""

    number: int
    heading: str
    replies: int


@dataclass(frozen=True)
class Citable:
    """What words may be put under: the question's key points (id, wording), or a new one in one of `languages`, the likeliest first."""

    points: tuple[tuple[int, str], ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class ReadingRoom:
    """What stands on a page of the reading room: the replies, and how many there are on each shelf and in each language.

    `further` is the reply before which the next page begins, None on the last. Nothing is `citable` for who writes no key points.
    """

    title: str
    zone: str
    wanted: Selection
    questions: tuple[ReadingQuestion, ...]
    shelves: dict[Shelf, int]
    languages: tuple[tuple[str, int], ...]
    replies: tuple[ReadReply, ...]
    further: int | None
    citable: Citable | None
    rights: frozenset[Right]


async def room(session: AsyncSession, person: Person, slug: str, wanted: Selection) -> ReadingRoom:
    """A page of the reading room, newest first. Raises NoSuchDialogue or NotPermitted."""
    reader = await reader_of(session, person, slug)
    questions = (await session.scalars(select(Question).where(Question.dialogue_id == reader.dialogue_id))).all()
    question = next((each for each in questions if each.number == wanted.number), None)
    if question is None:
        raise NoSuchDialogue(slug)
    found = await _page(session, reader, question, wanted)
    shown, further = found[:AT_ONCE], found[AT_ONCE - 1].id if len(found) > AT_ONCE else None
    return ReadingRoom(
        title=wordings.in_language(reader.dialogue.title, reader.dialogue, person.language),
        zone=wordings.zone_of(person, reader.dialogue),
        wanted=wanted,
        questions=await _questions(session, reader, person, questions),
        shelves=await _counts(session, reader, question, wanted.language),
        languages=await _languages(session, reader, question, wanted.shelf),
        replies=await _read(session, reader, person, shown),
        further=further,
        citable=await _citable(session, reader, person, question.id),
        rights=rights.rights_of(reader.role),
    )


@dataclass(frozen=True)
class Single:
    """A reply by itself, told in `zone`, and the reader's rights."""

    title: str
    zone: str
    reply: ReadReply
    citable: Citable | None
    rights: frozenset[Right]


async def one(session: AsyncSession, person: Person, reply_id: int) -> Single:
    """A reply as it stands now. Raises NoSuchReply or NotPermitted."""
    reply = await session.scalar(select(Reply).where(Reply.id == reply_id).options(*cards.LOADED))
    if reply is None:
        raise visibility.NoSuchReply(reply_id)
    reader = await rights.membership(session, person, reply.dialogue_id, Right.SEE_QUEUE)
    if await session.scalar(select(Reply.id).where(Reply.id == reply_id, visibility.to(reader))) is None:
        raise visibility.NoSuchReply(reply_id)
    (read,) = await _read(session, reader, person, [reply])
    title = wordings.in_language(reader.dialogue.title, reader.dialogue, person.language)
    citable = await _citable(session, reader, person, reply.question_id)
    return Single(title, wordings.zone_of(person, reader.dialogue), read, citable, rights.rights_of(reader.role))


async def _citable(session: AsyncSession, reader: Member, person: Person, question_id: int) -> Citable | None:
    if not rights.may(reader, Right.SUMMARISE):
        return None
    source, *others = reader.dialogue.languages
    languages = sorted((source, *others), key=lambda tag: tag != person.language)
    points = await session.scalars(
        select(KeyPoint).where(KeyPoint.question_id == question_id).order_by(KeyPoint.position)
    )
    worded = tuple((point.id, wordings.nearest(point.text, person.language, source)) for point in points)
    return Citable(worded, tuple(languages))


async def reader_of(session: AsyncSession, person: Person, slug: str, right: Right = Right.SEE_QUEUE) -> Member:
    """The membership (dialogue loaded) through which a person reads a dialogue. Raises NoSuchDialogue or NotPermitted."""
    member = await session.scalar(
        select(Member)
        .join(Member.dialogue)
        .where(Dialogue.slug == slug, Member.person_id == person.id)
        .options(joinedload(Member.dialogue))
    )
    if member is None:
        raise NoSuchDialogue(slug)
    if not rights.may(member, right):
        raise NotPermitted(right)
    return member


def _shelves(reader: Member) -> Sequence[Shelf]:
    """Who only facilitates reads what members do."""
    return tuple(Shelf) if rights.may(reader, Right.JUDGE) else (Shelf.ALL, Shelf.UNREAD, Shelf.UNCITED, Shelf.FEATURED)


def _in(reader: Member, question: Question, shelf: Shelf) -> ColumnElement[bool]:
    first = (Reply.question_id == question.id) & Reply.parent_id.is_(None) & visibility.within(reader)
    shown = first & (Reply.visibility == Visibility.SHOWN)
    return {
        Shelf.ALL: shown,
        Shelf.UNREAD: shown & ~exists().where(Seen.member_id == reader.id, Seen.reply_id == Reply.id).correlate(Reply),
        Shelf.UNCITED: shown & ~_is_cited(),
        Shelf.FEATURED: shown & Reply.featured_at.is_not(None),
        Shelf.WAITING: first & Reply.waiting_since.is_not(None),
        Shelf.HIDDEN: first & Reply.visibility.in_([Visibility.HIDDEN, Visibility.MERGED]),
    }[shelf if shelf in _shelves(reader) else Shelf.ALL]


def _is_cited() -> ColumnElement[bool]:
    return exists().where(Support.reply_id == Reply.id).correlate(Reply)


async def _page(session: AsyncSession, reader: Member, question: Question, wanted: Selection) -> Sequence[Reply]:
    found = select(Reply).where(_in(reader, question, wanted.shelf)).options(*cards.LOADED)
    if wanted.language is not None:
        found = found.where(Reply.language == wanted.language)
    if wanted.before is not None:
        found = found.where(Reply.id < wanted.before)
    return (await session.scalars(found.order_by(Reply.id.desc()).limit(AT_ONCE + 1))).all()


async def _counts(session: AsyncSession, reader: Member, question: Question, language: str | None) -> dict[Shelf, int]:
    shelves = _shelves(reader)
    counted = select(*(func.count().filter(_in(reader, question, shelf)) for shelf in shelves)).select_from(Reply)
    counted = counted.where(Reply.question_id == question.id)
    if language is not None:
        counted = counted.where(Reply.language == language)
    return dict(zip(shelves, (await session.execute(counted)).one(), strict=True))


async def _questions(
    session: AsyncSession, reader: Member, person: Person, questions: Sequence[Question]
) -> tuple[ReadingQuestion, ...]:
    shown = Reply.parent_id.is_(None) & visibility.to(reader) & (Reply.visibility == Visibility.SHOWN)
    rows = await session.execute(select(Reply.question_id, func.count()).where(shown).group_by(Reply.question_id))
    replies = {row[0]: row[1] for row in rows}
    return tuple(
        ReadingQuestion(each.number, wordings.heading(each, reader.dialogue, person.language), replies.get(each.id, 0))
        for each in sorted(questions, key=lambda each: each.position)
    )


async def _languages(
    session: AsyncSession, reader: Member, question: Question, shelf: Shelf
) -> tuple[tuple[str, int], ...]:
    found = await session.execute(
        select(Reply.language, func.count())
        .where(_in(reader, question, shelf))
        .group_by(Reply.language)
        .order_by(func.count().desc(), Reply.language)
    )
    return tuple((row[0], row[1]) for row in found)


async def _responses(session: AsyncSession, reader: Member, ids: Sequence[int]) -> dict[int | None, int]:
    found = await session.execute(
        select(Reply.parent_id, func.count())
        .where(Reply.parent_id.in_(ids), visibility.within(reader))
        .group_by(Reply.parent_id)
    )
    return {row[0]: row[1] for row in found}


async def _read(
    session: AsyncSession, reader: Member, person: Person, replies: Sequence[Reply]
) -> tuple[ReadReply, ...]:
    """Replies in full; the reader has seen them from now on."""
    if not replies:
        return ()
    ids = [reply.id for reply in replies]
    cited = set(await session.scalars(select(Support.reply_id).where(Support.reply_id.in_(ids))))
    responses = await _responses(session, reader, ids)
    words = await cards.words(session, replies, person.language)
    versions = await decisions.versions_of(session, ids)
    await cards.mark_seen(session, reader, ids)
    return tuple(
        ReadReply(
            reply_id=reply.id,
            version=versions[reply.id],
            words=said,
            replied_at=reply.replied_at,
            late=reply.late,
            edited=reply.edited_at is not None,
            for_moderators=reply.audience is Audience.MODERATORS,
            visibility=reply.visibility,
            waits=reply.waiting_since is not None,
            hidden_reason=reply.hidden_reason,
            featured=reply.featured_at is not None,
            cited=reply.id in cited,
            responses=responses.get(reply.id, 0),
        )
        for reply, said in zip(replies, words, strict=True)
    )
