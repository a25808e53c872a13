"""Keep what members say, tied to its question or to the reply it responds to; lose nothing."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core import authors
from bot.core.messages import Content, File
from bot.database import INSERTS, run
from bot.features.replies.actions import expected as reply_expected
from bot.features.replies.actions.expected import Expected
from bot.ledger import uncertain
from bot.models import (
    Addition,
    Attachment,
    Audience,
    Dialogue,
    LanguageSource,
    Member,
    Moderation,
    Person,
    Reply,
    Visibility,
)


@dataclass(frozen=True)
class Answered:
    """A reply that was kept, to the question with this number; `more_of_album` if it joined an earlier one.

    It is `assumed` to answer that one of several questions, since the reply just before did. One that was `added` says what
    its author was asked on. The `last` of several that
    were kept at once says so.
    """

    reply_id: int
    number: int
    late: bool
    more_of_album: bool = False
    assumed: bool = False
    added: bool = False
    last: Content | None = None


@dataclass(frozen=True)
class Message:
    """One message that is a reply: Telegram's id of it, what it says, when, and in reply to which message, if that is the bot's.

    `parent_id` is the reply it responds to; `room_id` where it was said, if in a group; `audience` who may read it, as
    the member has it now if None.
    """

    message_id: int
    content: Content
    replied_at: datetime
    reply_to: int | None = None
    parent_id: int | None = None
    room_id: int | None = None
    audience: Audience | None = None


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
    audience: Audience | None = None,
) -> Answered:
    """Keep a message as a member's reply to a question, as `keep` does; what they are is told at `Message`."""
    expected = await reply_expected.of_member(session, member_id=member_id, question_id=question_id)
    message = Message(message_id, content, replied_at, reply_to, parent_id, room_id, audience)
    return await keep(session, expected, message, now=now)


async def keep(session: AsyncSession, expected: Expected, message: Message, *, now: datetime) -> Answered:
    """Keep a message as the reply that is expected; a further part of an album joins the reply that the album began.

    Unique per member and message, in a group per room and message: the same message again changes nothing.
    """
    begun = await _begun(session, expected, message) if message.content.album is not None else None
    reply_id = await _insert(session, expected, message, now) if begun is None else None
    if reply_id is None:
        return await _join(session, expected, message, now)
    await uncertain.settle_by_reply(
        session, member_id=expected.member_id, question_id=expected.question_id, message_id=message.reply_to
    )
    return Answered(
        reply_id=reply_id,
        number=expected.number,
        late=message.replied_at >= expected.closes_at,
    )


_REPLY = Reply.__table__
_INSERT = {name: insert(_REPLY).on_conflict_do_nothing().returning(_REPLY.c.id) for name, insert in INSERTS.items()}


async def _insert(session: AsyncSession, expected: Expected, message: Message, now: datetime) -> int | None:
    """A new reply; None if this message is one already."""
    content = message.content
    pseudonym = expected.pseudonym if message.room_id is None else expected.group_pseudonym
    naming, signature = authors.sign(expected.naming, name=expected.name, pseudonym=pseudonym)
    values = {
        "dialogue_id": expected.dialogue_id,
        "question_id": expected.question_id,
        "member_id": expected.member_id,
        "parent_id": message.parent_id,
        "room_id": message.room_id,
        "message_id": message.message_id,
        "kind": content.kind,
        "text": content.text,
        "album": content.album,
        "language": expected.language,
        "naming": naming,
        "signature": signature,
        "audience": message.audience or expected.audience,
        "visibility": Visibility.WAITING if expected.approved_first else Visibility.SHOWN,
        "waiting_since": now if expected.approved_first else None,
        "late": message.replied_at >= expected.closes_at,
        "replied_at": message.replied_at,
        "kept_at": now,
    }
    rows = await run(session, _INSERT[session.get_bind().dialect.name], values)
    if not rows:
        return None
    reply_id: int = rows[0].id
    if content.file is not None:
        part = attachment_of(message.message_id, content.file, caption=content.text)
        part.reply_id = reply_id
        session.add(part)
    return reply_id


async def _join(session: AsyncSession, expected: Expected, message: Message, now: datetime) -> Answered:
    """Add a message to the reply to which it belongs already."""
    reply = await _begun(session, expected, message)
    assert reply is not None, "there is one, or the message would be a new one"
    more_of_album = reply.message_id != message.message_id
    if more_of_album:
        dialogue = await session.get_one(Dialogue, reply.dialogue_id)
        _add_to_album(reply, message.message_id, message.content, dialogue, now)
        await session.flush()
    return Answered(
        reply_id=reply.id,
        number=expected.number,
        late=reply.late,
        more_of_album=more_of_album,
    )


async def _begun(session: AsyncSession, expected: Expected, message: Message) -> Reply | None:
    """The reply to which a message belongs already: by itself, or by its album."""
    album = message.content.album
    itself = message_is(message.message_id)
    same = itself if album is None else or_(itself, Reply.album == album)
    private = Reply.room_id.is_(None) & (Reply.member_id == expected.member_id)
    place = private if message.room_id is None else Reply.room_id == message.room_id
    return await session.scalar(
        select(Reply)
        .where(place, same)
        .options(selectinload(Reply.attachments))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def _add_to_album(reply: Reply, message_id: int, content: Content, dialogue: Dialogue, now: datetime) -> None:
    if content.file is None or any(known.message_id == message_id for known in reply.attachments):
        return
    reply.attachments.append(attachment_of(message_id, content.file, caption=content.text))
    await_approval(reply, dialogue, now)
    if content.text:
        reply.text = words_of_album(reply)
        read_anew(reply)


def words_of_album(reply: Reply) -> str:
    """What the parts of an album say together, each a line, in the order of their messages."""
    parts = sorted(reply.attachments, key=lambda part: part.message_id)
    return "\n".join(part.caption for part in parts if part.caption)


def await_approval(reply: Reply, dialogue: Dialogue, now: datetime) -> None:
    """What a reply says is new: where moderators approve first, it waits for them, and so does a hidden one everywhere."""
    approved_first = dialogue.moderation is Moderation.BEFORE and reply.visibility is Visibility.SHOWN
    if approved_first or reply.visibility is Visibility.HIDDEN:
        reply.visibility, reply.waiting_since = Visibility.WAITING, now


def read_anew(reply: Reply) -> None:
    """Its words are new: it is found by these, and they may be in another language, unless a person said which."""
    reply.searchable = False
    if reply.language_source is LanguageSource.DETECTED:
        reply.language_source = LanguageSource.ASSUMED


def said_by(person: Person) -> Select[Reply]:
    """The replies of a person, over all their dialogues, as a query to be narrowed."""
    return select(Reply).join(Reply.member).where(Member.person_id == person.id)


def message_is(message_id: int) -> ColumnElement[bool]:
    """That a reply has a message, a file of it or an addition, as a condition; the chat is to be told beside it."""
    parts = (select(part.reply_id).where(part.message_id == message_id) for part in (Attachment, Addition))
    return or_(Reply.message_id == message_id, *(Reply.id.in_(found) for found in parts))


def attachment_of(message_id: int, file: File, *, caption: str) -> Attachment:
    """A message's file as a row of its reply, with what the message says."""
    return Attachment(message_id=message_id, caption=caption, **asdict(file))


def file_of(attachment: Attachment) -> File:
    """The file of an attachment, as it came with its message."""
    return File(
        kind=attachment.kind,
        file_id=attachment.file_id,
        file_unique_id=attachment.file_unique_id,
        file_name=attachment.file_name,
        mime_type=attachment.mime_type,
        size=attachment.size,
        duration=attachment.duration,
        details=attachment.details,
    )


def as_json(attachment: Attachment) -> dict[str, object]:
    """An attachment as JSON-ready values."""
    return {"message_id": attachment.message_id, **asdict(file_of(attachment))}
