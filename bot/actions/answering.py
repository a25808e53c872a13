"""Keep what members say, tied to its question or to the reply it responds to; lose nothing."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.actions import planning, reading, settling
from bot.models import (
    Attachment,
    Audience,
    Dialogue,
    LanguageSource,
    Member,
    Moderation,
    Naming,
    Person,
    Question,
    Reply,
    Visibility,
)


@dataclass(frozen=True)
class File:
    """What a message carries besides text: a file by Telegram's ids (`size` bytes, `duration` seconds), a place, a contact."""

    kind: str
    file_id: str | None = None
    file_unique_id: str | None = None
    file_name: str | None = None
    mime_type: str | None = None
    size: int | None = None
    duration: int | None = None
    details: dict[str, Any] | None = None


@dataclass(frozen=True)
class Content:
    """What one message says: `kind` is Telegram's name for it (text, voice, photo, …), `album` its media group."""

    kind: str
    text: str
    file: File | None = None
    album: str | None = None


@dataclass(frozen=True)
class Answered:
    """A reply that was kept, to the question with this number; `more_of_album` if it joined an earlier one."""

    reply_id: int
    number: int
    first_in_dialogue: bool
    late: bool
    more_of_album: bool = False


async def answer(
    session: AsyncSession,
    *,
    member_id: int,
    question_id: int,
    message_id: int,
    content: Content,
    replied_at: datetime,
    now: datetime,
    reply_to: int | None = None,
    parent_id: int | None = None,
    room_id: int | None = None,
    naming: Naming | None = None,
    audience: Audience | None = None,
) -> Answered:
    """Keep a message as a reply to a question; a further part of an album joins the reply that the album began.

    `reply_to` is the message it replies to, if that is the bot's; `parent_id` the reply it responds to; `room_id`
    where it was said, if in a group; `naming` how its author is named on it and `audience` who may read it, both as
    the member has it now if None.

    Unique per member and message, in a group per room and message: the same message again changes nothing.
    """
    # A query, because get() would not load what an instance known to the session lacks.
    member = (
        await session.scalars(
            select(Member).where(Member.id == member_id).options(joinedload(Member.dialogue), joinedload(Member.person))
        )
    ).one()
    question = await session.get_one(Question, question_id)
    begun = await _begun(session, member_id, room_id, message_id, content.album)
    if begun is not None:
        reply, more_of_album = begun, begun.message_id != message_id
        if more_of_album:
            _add_to_album(reply, message_id, content, member.dialogue, now)
    else:
        more_of_album = False
        zone = reading.zone_of(member.person, member.dialogue)
        reply = Reply(
            dialogue_id=member.dialogue_id,
            question_id=question_id,
            member_id=member_id,
            parent_id=parent_id,
            room_id=room_id,
            message_id=message_id,
            kind=content.kind,
            text=content.text,
            album=content.album,
            language=member.person.language,
            naming=naming or member.naming,
            audience=audience or member.audience,
            visibility=Visibility.SHOWN,
            late=replied_at >= planning.closes_at(member.dialogue, question, zone),
            replied_at=replied_at,
            kept_at=now,
            attachments=[attachment_of(message_id, content.file)] if content.file else [],
        )
        await_approval(reply, member.dialogue, now)
        session.add(reply)
        await settling.settle_by_reply(session, member_id=member_id, question_id=question_id, message_id=reply_to)
    await session.flush()
    return Answered(
        reply_id=reply.id,
        number=question.number,
        first_in_dialogue=await _is_first(session, reply),
        late=reply.late,
        more_of_album=more_of_album,
    )


async def _begun(
    session: AsyncSession, member_id: int, room_id: int | None, message_id: int, album: str | None
) -> Reply | None:
    """The reply to which a message belongs already: by itself, or by its album."""
    same = message_is(message_id) if album is None else or_(message_is(message_id), Reply.album == album)
    place = Reply.room_id.is_(None) & (Reply.member_id == member_id) if room_id is None else Reply.room_id == room_id
    return await session.scalar(select(Reply).where(place, same).options(selectinload(Reply.attachments)))


def _add_to_album(reply: Reply, message_id: int, content: Content, dialogue: Dialogue, now: datetime) -> None:
    if content.file and all(known.message_id != message_id for known in reply.attachments):
        reply.attachments.append(attachment_of(message_id, content.file))
        await_approval(reply, dialogue, now)
    if content.text and content.text not in reply.text:
        reply.text = f"{reply.text}\n{content.text}".strip()
        read_anew(reply)
        await_approval(reply, dialogue, now)


def await_approval(reply: Reply, dialogue: Dialogue, now: datetime) -> None:
    """What a reply says is new: where moderators approve first, it waits for them, and so does a hidden one everywhere."""
    approved_first = dialogue.moderation is Moderation.BEFORE and reply.visibility is Visibility.SHOWN
    if approved_first or reply.visibility is Visibility.HIDDEN:
        reply.visibility, reply.waiting_since = Visibility.WAITING, now


def read_anew(reply: Reply) -> None:
    """Its words are new: they may be in another language, unless a person said which."""
    if reply.language_source is LanguageSource.DETECTED:
        reply.language_source = LanguageSource.ASSUMED


async def _is_first(session: AsyncSession, reply: Reply) -> bool:
    others = select(Reply.id).where(Reply.member_id == reply.member_id, Reply.id != reply.id)
    return await session.scalar(others.limit(1)) is None


def said_by(person: Person) -> Any:
    """The replies of a person, over all their dialogues, as a query to be narrowed."""
    return select(Reply).join(Reply.member).where(Member.person_id == person.id)


def message_is(message_id: int) -> Any:
    """That a reply has a message, or a part of it, as a condition; the chat is to be told beside it."""
    files = select(Attachment.reply_id).where(Attachment.message_id == message_id)
    return or_(Reply.message_id == message_id, Reply.id.in_(files))


def attachment_of(message_id: int, file: File) -> Attachment:
    """A message's file as a row of its reply."""
    return Attachment(message_id=message_id, **asdict(file))


def as_json(attachment: Attachment) -> dict[str, Any]:
    """An attachment as JSON-ready values."""
    return {
        "message_id": attachment.message_id,
        "kind": attachment.kind,
        "file_id": attachment.file_id,
        "file_unique_id": attachment.file_unique_id,
        "file_name": attachment.file_name,
        "mime_type": attachment.mime_type,
        "size": attachment.size,
        "duration": attachment.duration,
        "details": attachment.details,
    }
