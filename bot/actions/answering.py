"""Keep what members say: tie it to its question, follow its edits, let its author withdraw it; lose nothing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.actions import delivering, planning, reading
from bot.models import Attachment, Delivery, Kind, Member, Person, Question, Reply, Revision, State


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
class Place:
    """A question that a message may belong to, and the membership through which."""

    member_id: int
    question_id: int
    number: int
    title: str
    dialogue_title: str
    is_open: bool


@dataclass(frozen=True)
class Answered:
    """A reply that was kept: the how-manieth of its author to this question; `more_of_album` if it joined an earlier one."""

    reply_id: int
    number: int
    count: int
    first_in_dialogue: bool
    late: bool
    more_of_album: bool = False


@dataclass(frozen=True)
class Edited:
    """A reply that its author changed; `changed` is false where Telegram told of an edit that changed nothing."""

    number: int
    changed: bool


async def places(
    session: AsyncSession, person: Person, *, hinted: tuple[int, int] | None, now: datetime
) -> list[Place]:
    """Where a message belongs: one place where that is certain, several where the person must say, none where nothing was asked.

    Without a hint (membership, question): the open questions; when none is open, the last that closed in each
    dialogue (the reply will be late). When none has begun by the clock, those that the person was sent nevertheless,
    before the clock was set back or they moved to a zone further west.
    """
    asked = await reading.questions_of(session, person)
    for member, question in asked:
        if (member.id, question.id) == hinted:
            return [_place(member, question, person, now)]
    begun = [
        (member, question)
        for member, question in asked
        if planning.opens_at(member.dialogue, question, reading.zone_of(person, member.dialogue)) <= now
    ]
    shown = begun or await _sent(session, person, asked)
    found = [_place(member, question, person, now) for member, question in shown]
    still_open = [place for place in found if place.is_open]
    return still_open or list({place.member_id: place for place in found}.values())


async def _sent(
    session: AsyncSession, person: Person, asked: Sequence[tuple[Member, Question]]
) -> list[tuple[Member, Question]]:
    """Those of the questions that this person was sent."""
    deliveries = await session.execute(
        select(Delivery.member_id, Delivery.question_id)
        .join(Delivery.member)
        .where(Member.person_id == person.id, Delivery.kind == Kind.QUESTION, Delivery.state == State.SENT)
    )
    sent = {(member_id, question_id) for member_id, question_id in deliveries}
    return [(member, question) for member, question in asked if (member.id, question.id) in sent]


def _place(member: Member, question: Question, person: Person, now: datetime) -> Place:
    dialogue = member.dialogue
    return Place(
        member_id=member.id,
        question_id=question.id,
        number=question.number,
        title=reading.in_language(question.title or question.text, dialogue, person.language),
        dialogue_title=reading.in_language(dialogue.title, dialogue, person.language),
        is_open=now < planning.closes_at(dialogue, question, reading.zone_of(person, dialogue)),
    )


async def hinted(
    session: AsyncSession, person: Person, *, reply_to: int | None, album: str | None
) -> tuple[int, int] | None:
    """The membership and question to which the message replied to, or its album, already belongs; None without a hint."""
    said = said_by(person).with_only_columns(Reply.member_id, Reply.question_id)
    if album is not None:
        together = (await session.execute(said.where(Reply.album == album))).first()
        if together:
            return together[0], together[1]
    if reply_to is None:
        return None
    sent = (
        select(Delivery.member_id, Delivery.question_id)
        .join(Delivery.member)
        .where(Member.person_id == person.id, Delivery.message_id == reply_to)
        .where(Delivery.kind.in_([Kind.QUESTION, Kind.REMINDER]))
    )
    row: Any = (await session.execute(sent)).first() or (
        await session.execute(said.where(_message_is(reply_to)))
    ).first()
    return (row[0], row[1]) if row else None


def said_by(person: Person) -> Any:
    """The replies of a person, over all their dialogues, as a query to be narrowed."""
    return select(Reply).join(Reply.member).where(Member.person_id == person.id)


def _message_is(message_id: int) -> Any:
    files = select(Attachment.reply_id).where(Attachment.message_id == message_id)
    return or_(Reply.message_id == message_id, Reply.id.in_(files))


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
) -> Answered:
    """Keep a message as a reply to a question; a further part of an album joins the reply that the album began.

    `reply_to` is the message it replies to, if that is the bot's.

    Unique per member and message: the same message again changes nothing.
    """
    # A query, because get() would not load what an instance known to the session lacks.
    member = (
        await session.scalars(
            select(Member).where(Member.id == member_id).options(joinedload(Member.dialogue), joinedload(Member.person))
        )
    ).one()
    question = await session.get_one(Question, question_id)
    begun = await _begun(session, member_id, message_id, content.album)
    if begun is not None:
        reply, more_of_album = begun, begun.message_id != message_id
        if more_of_album:
            _add_to_album(reply, message_id, content)
    else:
        more_of_album = False
        zone = reading.zone_of(member.person, member.dialogue)
        reply = Reply(
            dialogue_id=member.dialogue_id,
            question_id=question_id,
            member_id=member_id,
            message_id=message_id,
            kind=content.kind,
            text=content.text,
            album=content.album,
            language=member.person.language,
            naming=member.naming,
            late=replied_at >= planning.closes_at(member.dialogue, question, zone),
            replied_at=replied_at,
            kept_at=now,
            attachments=[_attachment(message_id, content.file)] if content.file else [],
        )
        session.add(reply)
        await delivering.settle_by_reply(session, member_id=member_id, question_id=question_id, message_id=reply_to)
    await session.flush()
    return Answered(
        reply_id=reply.id,
        number=question.number,
        count=await _count(session, member_id, Reply.question_id == question_id),
        first_in_dialogue=await _count(session, member_id) == 1,
        late=reply.late,
        more_of_album=more_of_album,
    )


async def _begun(session: AsyncSession, member_id: int, message_id: int, album: str | None) -> Reply | None:
    same = _message_is(message_id) if album is None else or_(_message_is(message_id), Reply.album == album)
    return await session.scalar(
        select(Reply).where(Reply.member_id == member_id, same).options(selectinload(Reply.attachments))
    )


def _add_to_album(reply: Reply, message_id: int, content: Content) -> None:
    if content.file and all(known.message_id != message_id for known in reply.attachments):
        reply.attachments.append(_attachment(message_id, content.file))
    if content.text and content.text not in reply.text:
        reply.text = f"{reply.text}\n{content.text}".strip()


def _attachment(message_id: int, file: File) -> Attachment:
    return Attachment(message_id=message_id, **asdict(file))


async def _count(session: AsyncSession, member_id: int, *conditions: Any) -> int:
    count = select(func.count()).select_from(Reply).where(Reply.member_id == member_id, *conditions)
    return await session.scalar(count) or 0


async def edit(
    session: AsyncSession, person: Person, *, message_id: int, content: Content, now: datetime
) -> Edited | None:
    """Follow an edit of a message: the earlier state becomes a revision, if anything changed; None if the message is no reply."""
    reply = await session.scalar(
        said_by(person)
        .where(_message_is(message_id))
        .options(selectinload(Reply.attachments), joinedload(Reply.question))
    )
    if reply is None:
        return None
    if _is_unchanged(reply, message_id, content):
        return Edited(reply.question.number, changed=False)
    session.add(
        Revision(
            reply_id=reply.id,
            text=reply.text,
            attachments=[as_json(attachment) for attachment in reply.attachments],
            replaced_at=now,
        )
    )
    _replace(reply, message_id, content)
    reply.edited_at = now
    return Edited(reply.question.number, changed=True)


def _is_unchanged(reply: Reply, message_id: int, content: Content) -> bool:
    before = next((known for known in reply.attachments if known.message_id == message_id), None)
    same_file = (before and before.file_unique_id) == (content.file and content.file.file_unique_id)
    if reply.album and not content.text:
        return same_file  # only one part of an album carries its caption
    return same_file and reply.text == content.text


def _replace(reply: Reply, message_id: int, content: Content) -> None:
    if content.text or not reply.album:
        reply.text = content.text
    if not reply.album:
        reply.kind = content.kind
    if content.file is not None:
        _replace_file(reply, message_id, content.file)


def _replace_file(reply: Reply, message_id: int, file: File) -> None:
    before = next((known for known in reply.attachments if known.message_id == message_id), None)
    if before is None:
        reply.attachments.append(_attachment(message_id, file))
        return
    # In its row: a new row of the same message would be written before the old one is gone.
    for name, value in asdict(file).items():
        setattr(before, name, value)


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
