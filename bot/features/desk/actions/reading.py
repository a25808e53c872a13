"""The reading room: all replies to a question in full, shelf by shelf, some dozens at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import rights, visibility, wordings
from bot.core.dialogues import NoSuchDialogue
from bot.core.rights import NotPermitted, Right
from bot.features.desk.actions import cited, shelves
from bot.features.desk.actions.cited import Parts
from bot.features.desk.actions.shelves import Selection, Shelf
from bot.features.discussion.actions import cards
from bot.features.discussion.actions.cards import Words
from bot.features.moderation.actions import decisions
from bot.features.themes.actions.themes import FEW
from bot.models import Audience, Dialogue, KeyPoint, Member, Person, Question, Reply, Theme, Visibility


@dataclass(frozen=True)
class ReadReply:
    """A reply in full; `version` is what a decision is about, `parts` its text where some of it is under a key point."""

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
    parts: Parts
    responses: int


@dataclass(frozen=True)
class ReadingQuestion:
    """A question that has replies to be read, by its number, and how many; `heading` is plain text."""

    number: int
    heading: str
    replies: int


@dataclass(frozen=True)
class Citable:
    """What words may be put under: the key points of a question (id, wording), or a new one in one of `languages`, the likeliest first."""

    question_id: int
    points: tuple[tuple[int, str], ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class ReadingStretch:
    """Some dozens of replies in their order; `further` is the one beyond which the next begin, None where these are the last.

    Nothing is `citable` for who writes no key points.
    """

    title: str
    zone: str
    wanted: Selection
    replies: tuple[ReadReply, ...]
    further: int | None
    citable: Citable | None
    rights: frozenset[Right]


@dataclass(frozen=True)
class ReadingRoom:
    """A stretch of replies, and how many there are on each shelf and in each language; `themes` (id, name) are those that are shared by some."""

    questions: tuple[ReadingQuestion, ...]
    shelves: dict[Shelf, int | None]
    languages: tuple[tuple[str, int | None], ...]
    themes: tuple[tuple[int, str], ...]
    stretch: ReadingStretch


@dataclass(frozen=True)
class _Place:
    """Who reads, and what of which question."""

    reader: Member
    questions: Sequence[Question]
    question: Question
    themes: tuple[tuple[int, str], ...]
    wanted: Selection


async def room(session: AsyncSession, person: Person, slug: str, wanted: Selection) -> ReadingRoom:
    """A page of the reading room. Raises NoSuchDialogue or NotPermitted."""
    at = await _place(session, person, slug, wanted)
    reader, question, wanted = at.reader, at.question, at.wanted
    return ReadingRoom(
        questions=await _questions(session, reader, person, at.questions),
        shelves=await shelves.counts(session, reader, question, wanted, person.language),
        languages=await shelves.languages(session, reader, question, wanted),
        themes=at.themes,
        stretch=await _stretch(session, person, at),  # last: what stands in it counts as read from then on
    )


async def stretch(session: AsyncSession, person: Person, slug: str, wanted: Selection) -> ReadingStretch:
    """The replies of a page alone, for whoever is reading on. Raises as `room`."""
    return await _stretch(session, person, await _place(session, person, slug, wanted))


async def _place(session: AsyncSession, person: Person, slug: str, wanted: Selection) -> _Place:
    reader = await reader_of(session, person, slug)
    questions = (await session.scalars(select(Question).where(Question.dialogue_id == reader.dialogue_id))).all()
    question = next((each for each in questions if each.number == wanted.number), None)
    if question is None:
        raise NoSuchDialogue(slug)
    themes = await _themes(session, reader, person, question)
    if wanted.theme not in {theme_id for theme_id, _ in themes}:
        wanted = replace(wanted, theme=None)
    return _Place(reader, questions, question, themes, wanted)


async def _stretch(session: AsyncSession, person: Person, at: _Place) -> ReadingStretch:
    dialogue = at.reader.dialogue
    shown, further = await shelves.page(session, at.reader, at.question, at.wanted, person.language)
    return ReadingStretch(
        title=wordings.in_language(dialogue.title, dialogue, person.language),
        zone=wordings.zone_of(person, dialogue),
        wanted=at.wanted,
        replies=await _read(session, at.reader, person, shown),
        further=further,
        citable=await _citable(session, at.reader, person, at.question.id),
        rights=rights.rights_of(at.reader.role),
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
    reader, reply = await visibility.readable(session, person, reply_id, Right.SEE_QUEUE, *cards.LOADED)
    (read,) = await _read(session, reader, person, [reply])
    title = wordings.in_language(reader.dialogue.title, reader.dialogue, person.language)
    citable = await _citable(session, reader, person, reply.question_id)
    return Single(title, wordings.zone_of(person, reader.dialogue), read, citable, rights.rights_of(reader.role))


async def several(
    session: AsyncSession, reader: Member, person: Person, reply_ids: Sequence[int]
) -> tuple[ReadReply, ...]:
    """Replies in the order given, as far as the reader (dialogue loaded) may read them."""
    found = await session.scalars(
        select(Reply).where(Reply.id.in_(reply_ids), visibility.to(reader)).options(*cards.LOADED)
    )
    by_id = {reply.id: reply for reply in found}
    return await _read(session, reader, person, [by_id[each] for each in reply_ids if each in by_id])


async def _citable(session: AsyncSession, reader: Member, person: Person, question_id: int) -> Citable | None:
    if not rights.may(reader, Right.SUMMARISE):
        return None
    source, *others = reader.dialogue.languages
    languages = sorted((source, *others), key=lambda tag: tag != person.language)
    points = await session.scalars(
        select(KeyPoint).where(KeyPoint.question_id == question_id).order_by(KeyPoint.position)
    )
    worded = tuple((point.id, wordings.nearest(point.text, person.language, source)) for point in points)
    return Citable(question_id, worded, tuple(languages))


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


async def _questions(
    session: AsyncSession, reader: Member, person: Person, questions: Sequence[Question]
) -> tuple[ReadingQuestion, ...]:
    ordered = sorted(questions, key=lambda each: each.position)
    counted = await shelves.counts_of_questions(session, reader, ordered)
    return tuple(
        ReadingQuestion(each.number, wordings.heading(each, reader.dialogue, person.language), count)
        for each, count in zip(ordered, counted, strict=True)
    )


async def _themes(
    session: AsyncSession, reader: Member, person: Person, question: Question
) -> tuple[tuple[int, str], ...]:
    """The themes that moderators named, but for those of so few that it is told of nobody that they are in it."""
    if not rights.may(reader, Right.SUMMARISE):
        return ()
    found = await session.scalars(
        select(Theme)
        .where(Theme.question_id == question.id, Theme.members >= FEW)
        .order_by(Theme.replies.desc(), Theme.id)
    )
    source = reader.dialogue.source_language
    return tuple((each.id, wordings.nearest(each.name, person.language, source)) for each in found if each.name)


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
    parts = await cited.parts(session, replies)
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
            cited=reply.id in parts,
            parts=parts.get(reply.id, ()),
            responses=responses.get(reply.id, 0),
        )
        for reply, said in zip(replies, words, strict=True)
    )
