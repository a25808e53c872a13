"""The inquiries that wait for the moderators of a dialogue: read one by one, the oldest first, answered or laid aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import authors, colleagues, prompts, rights, schedule, wordings
from bot.core.authors import Author
from bot.core.colleagues import Reading
from bot.core.messages import SENDABLE, Content, TooLong
from bot.core.rights import Right
from bot.features.replies.actions import answers as reply_answers
from bot.features.replies.actions import held as reply_held
from bot.insight import languages
from bot.ledger import notices
from bot.models import Attachment, Awaiting, Dialogue, Inquiry, Member, NoticeKind, Person

ANSWER_LIMIT = 4096  # characters, as many as a message has that is typed in the chat


class AlreadyAnswered(Exception):
    """Another moderator has answered the inquiry, or its author took it back."""


@dataclass(frozen=True)
class OpenInquiry:
    """What a member wrote to the moderators, as these read it; `openable` if what it carries can be sent on.

    `reading` says who else on the team reads its language, where the reader doesn't.
    """

    inquiry_id: int
    author: Author
    kind: str
    text: str
    files: int
    openable: bool
    asked_at: datetime
    reading: Reading | None = None


@dataclass(frozen=True)
class InquiryPage:
    """One inquiry at `offset` of the `total` that wait; none once all are answered."""

    dialogue_id: int
    title: str
    zone: str
    offset: int
    total: int
    card: OpenInquiry | None


@dataclass(frozen=True)
class ToldAnswer:
    """What a member wrote to the moderators, and what these answer."""

    member_id: int
    kind: str
    text: str
    files: int
    answer: str


def _waiting(dialogue_id: int) -> ColumnElement[bool]:
    return (Inquiry.dialogue_id == dialogue_id) & Inquiry.answered_at.is_(None)


async def count_open(session: AsyncSession, dialogue_id: int) -> int:
    """How many wait."""
    return await session.scalar(select(func.count()).select_from(Inquiry).where(_waiting(dialogue_id))) or 0


async def page(session: AsyncSession, person: Person, dialogue_id: int, offset: int) -> InquiryPage:
    """An inquiry that waits; an offset beyond the end is the last one. Raises NotPermitted."""
    reader = await rights.membership(session, person, dialogue_id, Right.JUDGE)
    total = await count_open(session, dialogue_id)
    at = max(0, min(offset, total - 1))
    waiting = select(Inquiry).where(_waiting(dialogue_id)).order_by(Inquiry.id)
    found = await session.scalar(waiting.offset(at).limit(1))
    return InquiryPage(
        dialogue_id=dialogue_id,
        title=wordings.in_language(reader.dialogue.title, reader.dialogue, person.language),
        zone=wordings.zone_of(person, reader.dialogue),
        offset=at,
        total=total,
        card=await _card(session, reader, person, found) if found else None,
    )


async def waiting(session: AsyncSession, person: Person, dialogue_id: int, *, most: int) -> tuple[OpenInquiry, ...]:
    """Those that have waited longest, at `most` so many. Raises NotPermitted."""
    reader = await rights.membership(session, person, dialogue_id, Right.JUDGE)
    found = await session.scalars(select(Inquiry).where(_waiting(dialogue_id)).order_by(Inquiry.id).limit(most))
    return tuple([await _card(session, reader, person, inquiry) for inquiry in found])


async def _card(session: AsyncSession, reader: Member, person: Person, inquiry: Inquiry) -> OpenInquiry:
    content = reply_held.content_of(inquiry.content)
    # By its words alone: in which language its author has the bot, moderators needn't learn.
    language = languages.detect(content.text, own=person.language, expected=reader.dialogue.languages)
    return OpenInquiry(
        inquiry_id=inquiry.id,
        author=authors.named(inquiry.naming, inquiry.signature),
        kind=content.kind,
        text=content.text,
        files=_files(content),
        openable=content.file is not None and (content.file.file_id is not None or content.kind in SENDABLE),
        asked_at=inquiry.asked_at,
        reading=await colleagues.reading(session, reader, person, language),
    )


def _files(content: Content) -> int:
    return 1 if content.file else 0


async def attached(session: AsyncSession, person: Person, inquiry_id: int) -> Sequence[Attachment]:
    """What an inquiry carries; raises AlreadyAnswered or NotPermitted."""
    inquiry, _ = await _decidable(session, person, inquiry_id)
    content = reply_held.content_of(inquiry.content)
    if content.file is None:
        return []
    return [reply_answers.attachment_of(inquiry.message_id, content.file, caption=content.text)]


async def await_answer(session: AsyncSession, person: Person, inquiry_id: int, *, now: datetime) -> None:
    """Ask a moderator for the answer; raises AlreadyAnswered or NotPermitted."""
    inquiry, _ = await _decidable(session, person, inquiry_id)
    _refuse_answered(inquiry)
    prompts.ask(person, Awaiting.INQUIRY_ANSWER, inquiry_id, now=now)


async def answer(session: AsyncSession, person: Person, inquiry_id: int, *, text: str, now: datetime) -> int:
    """Answer an inquiry, and owe its author the answer; the dialogue's id. Raises AlreadyAnswered, TooLong or NotPermitted."""
    if len(text) > ANSWER_LIMIT:
        raise TooLong(len(text), ANSWER_LIMIT)
    inquiry, moderator = await _decidable(session, person, inquiry_id)
    _refuse_answered(inquiry)
    inquiry.answer, inquiry.answered_at, inquiry.answered_by_id = text.strip(), now, moderator.id
    notice = await notices.open_notice(
        session, NoticeKind.INQUIRY_ANSWERED, dialogue_id=inquiry.dialogue_id, details={"inquiry": inquiry.id}, now=now
    )
    author = await session.get_one(Member, inquiry.member_id, options=[joinedload(Member.person)])
    dialogue = await session.get_one(Dialogue, inquiry.dialogue_id)
    morning = schedule.waking(dialogue, now, wordings.zone_of(author.person, dialogue))
    # It was asked for: a pause doesn't hold it, but it wakes nobody.
    await notices.owe_member(session, notice, author.id, due_at=morning, at_once=True)
    return inquiry.dialogue_id


async def lay_aside(session: AsyncSession, person: Person, inquiry_id: int, *, now: datetime) -> int:
    """An inquiry needs no answer; the dialogue's id. Raises AlreadyAnswered or NotPermitted."""
    inquiry, moderator = await _decidable(session, person, inquiry_id)
    _refuse_answered(inquiry)
    inquiry.answered_at, inquiry.answered_by_id = now, moderator.id
    return inquiry.dialogue_id


async def _decidable(session: AsyncSession, person: Person, inquiry_id: int) -> tuple[Inquiry, Member]:
    """An inquiry, locked, and the membership of one who may answer it; raises AlreadyAnswered once it was taken back."""
    inquiry = await session.scalar(
        select(Inquiry)
        .where(Inquiry.id == inquiry_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if inquiry is None:
        raise AlreadyAnswered
    return inquiry, await rights.membership(session, person, inquiry.dialogue_id, Right.JUDGE)


def _refuse_answered(inquiry: Inquiry) -> None:
    if inquiry.answered_at is not None:
        raise AlreadyAnswered


async def told(session: AsyncSession, inquiry_id: int) -> ToldAnswer | None:
    """An answer, to be told; None if there is none."""
    inquiry = await session.get(Inquiry, inquiry_id)
    if inquiry is None or not inquiry.answer:
        return None
    content = reply_held.content_of(inquiry.content)
    return ToldAnswer(inquiry.member_id, content.kind, content.text, _files(content), inquiry.answer)
