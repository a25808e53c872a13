"""The replies of an export: one row for each that members may read, and counts of the others."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.core import authors, visibility, wordings
from bot.core.dialogues import NoSuchDialogue
from bot.features.exports.actions.numbers import Numbers
from bot.models import (
    Dialogue,
    LanguageSource,
    Naming,
    Origin,
    Question,
    Reply,
    Theme,
    ThemeReply,
    Translation,
)
from bot.tallies import numbers
from bot.tallies.numbers import ReplyCounts

PAGE = 500  # replies in memory at a time
LOADED = (
    joinedload(Reply.member),
    selectinload(Reply.attachments),
    joinedload(Reply.question).load_only(Question.position),
)
"""What a row of an export is made from."""


@dataclass(frozen=True)
class ExportedTranslation:
    """A reply in another language; `service` is empty where a person translated."""

    text: str
    origin: Origin
    service: str | None


@dataclass(frozen=True)
class ExportedReply:
    """One reply, or response to one. `number` counts the rows of an export, and is nobody's id; moments are instants.

    Of an anonymous one the moments are told to the hour, and not whether its author may be quoted: either might tie it to
    another reply. `consents_to_quotes` says so of each, for what is published elsewhere; no file tells it. `author` is the name or
    pseudonym ("cedar-27") that its author chose for it, empty where they chose none or spoke `as_moderator`. `files` are Telegram's
    names for what it carries. `theme` is one that a moderator named, in the source language.
    """

    number: int
    question: int
    responds_to: int | None
    naming: Naming
    author: str
    as_moderator: bool
    language: str
    language_source: LanguageSource
    kind: str
    files: tuple[str, ...]
    text: str
    late: bool
    featured_at: datetime | None
    replied_at: datetime
    edited_at: datetime | None
    quotable: bool | None
    consents_to_quotes: bool
    theme: str
    translations: Mapping[str, ExportedTranslation]


@dataclass(frozen=True)
class Counted:
    """What was said to a question, and how much of it an export holds: what members may read, the team's words among it."""

    question: int
    words: ReplyCounts
    exported: int


class Format(StrEnum):
    """The forms of an export, by their usual endings."""

    CSV = "csv"
    WORKBOOK = "xlsx"
    JSON_LINES = "jsonl"
    ZIP = "zip"


async def find(session: AsyncSession, slug: str) -> Dialogue:
    """A dialogue with its questions; raises NoSuchDialogue."""
    dialogue = await session.scalar(
        select(Dialogue).where(Dialogue.slug == slug).options(selectinload(Dialogue.questions))
    )
    if dialogue is None:
        raise NoSuchDialogue(slug)
    return dialogue


async def counts(session: AsyncSession, dialogue: Dialogue) -> list[Counted]:
    """What an export of a dialogue (its questions loaded) holds and leaves out, by question."""
    said = await numbers.reply_counts_by_question(session, dialogue)
    rows = await session.execute(
        select(Reply.question_id, func.count())
        .where(Reply.dialogue_id == dialogue.id, visibility.to_members())
        .group_by(Reply.question_id)
    )
    exported = {row[0]: row[1] for row in rows}
    return [
        Counted(question.number, said[question.id], exported.get(question.id, 0)) for question in dialogue.questions
    ]


async def replies(session: AsyncSession, dialogue: Dialogue) -> AsyncIterator[list[ExportedReply]]:
    """The replies that members may read, in the order they were kept, some hundred at a time."""
    numbers, last = Numbers(), 0
    while page := await _page(session, dialogue, last):
        last = page[-1].id
        for reply in page:
            numbers.add(reply.id)
        yield await rows(session, dialogue, page, numbers.of)
        session.expunge_all()


async def rows(
    session: AsyncSession, dialogue: Dialogue, page: Sequence[Reply], number_of: Callable[[int], int | None]
) -> list[ExportedReply]:
    """Replies (LOADED) as all that leave are told: each under its number, and what it responds to under that one's, if it has any."""
    ids = [reply.id for reply in page]
    themes = await _themes(session, dialogue, ids)
    translations = await _translations(session, ids)
    return [_row(reply, number_of, themes, translations.get(reply.id, {})) for reply in page]


async def _page(session: AsyncSession, dialogue: Dialogue, after: int) -> Sequence[Reply]:
    found = await session.scalars(
        select(Reply)
        .where(Reply.dialogue_id == dialogue.id, visibility.to_members(), Reply.id > after)
        .options(*LOADED)
        .order_by(Reply.id)
        .limit(PAGE)
    )
    return found.all()


async def _themes(session: AsyncSession, dialogue: Dialogue, ids: Sequence[int]) -> dict[int, str]:
    rows = await session.execute(
        select(ThemeReply.reply_id, Theme.name)
        .join(Theme, Theme.id == ThemeReply.theme_id)
        .where(ThemeReply.reply_id.in_(ids))
    )
    source = dialogue.source_language
    return {reply_id: wordings.nearest(name, source, source) for reply_id, name in rows if name}


async def _translations(session: AsyncSession, ids: Sequence[int]) -> dict[int, dict[str, ExportedTranslation]]:
    found = await session.scalars(
        select(Translation).where(Translation.reply_id.in_(ids)).order_by(Translation.language)
    )
    grouped: dict[int, dict[str, ExportedTranslation]] = {}
    for one in found:
        grouped.setdefault(one.reply_id, {})[one.language] = ExportedTranslation(one.text, one.origin, one.service)
    return grouped


def _row(
    reply: Reply,
    number_of: Callable[[int], int | None],
    themes: Mapping[int, str],
    translations: Mapping[str, ExportedTranslation],
) -> ExportedReply:
    number = number_of(reply.id)
    assert number is not None
    author = authors.author_of(reply)
    nameless = author.naming is Naming.ANONYMOUS and not author.is_moderator
    return ExportedReply(
        number=number,
        question=reply.question.number,
        responds_to=number_of(reply.parent_id) if reply.parent_id is not None else None,
        naming=author.naming,
        author=author.name or author.pseudonym or "",
        as_moderator=author.is_moderator,
        language=reply.language,
        language_source=reply.language_source,
        kind=reply.kind,
        files=tuple(attachment.kind for attachment in reply.attachments),
        text=reply.text,
        late=reply.late,
        featured_at=reply.featured_at,
        replied_at=roughly(reply.replied_at) if nameless else reply.replied_at,
        edited_at=roughly(reply.edited_at) if nameless and reply.edited_at else reply.edited_at,
        quotable=None if author.naming is Naming.ANONYMOUS else reply.member.quotable,
        consents_to_quotes=reply.member.quotable,
        theme=themes.get(reply.id, ""),
        translations=translations,
    )


def roughly(moment: datetime) -> datetime:
    """A moment to the hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def file_name(slug: str, form: Format) -> str:
    """What the file is called: "training.csv"."""
    return f"{slug}.{form}"
