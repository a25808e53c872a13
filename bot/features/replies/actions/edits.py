"""A reply follows its author's edits, and keeps every earlier state."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.core.messages import Content, File
from bot.features.replies.actions import additions, answers
from bot.models import (
    Attachment,
    Deal,
    Delivery,
    Member,
    Notice,
    NoticeKind,
    Person,
    Question,
    Reply,
    Revision,
    Translation,
    Visibility,
)

LOADED = selectinload(Reply.attachments), selectinload(Reply.additions)


@dataclass(frozen=True)
class Edited:
    """A reply that its author changed; `changed` is false where Telegram told of an edit that changed nothing."""

    number: int
    changed: bool


@dataclass(frozen=True)
class Revised:
    """A hidden reply to the question with this number has a new text, and waits for a moderator."""

    number: int


async def edit(
    session: AsyncSession,
    person: Person,
    *,
    message_id: int,
    content: Content,
    now: datetime,
    room_id: int | None = None,
) -> Edited | None:
    """Follow an edit of a message: the earlier state becomes a revision, if anything changed; None if the message is no reply.

    Where moderators approve first, what was approved waits for them anew. `room_id` is where it was said, if in a group.
    """
    place = Reply.room_id.is_(None) if room_id is None else Reply.room_id == room_id
    reply = await session.scalar(
        answers.said_by(person)
        .where(place, answers.message_is(message_id))
        .options(*LOADED, joinedload(Reply.question).joinedload(Question.dialogue))
        .with_for_update(of=Reply, key_share=True)
        .execution_options(populate_existing=True)
    )
    if reply is None:
        return None
    if _is_unchanged(reply, message_id, content):
        return Edited(reply.question.number, changed=False)
    keep_as_it_was(session, reply, now)
    _replace(reply, message_id, content)
    await have_changed(session, reply, now)
    return Edited(reply.question.number, changed=True)


async def have_changed(session: AsyncSession, reply: Reply, now: datetime) -> None:
    """What a reply says (question and dialogue loaded) is other than it was: it is read, translated and approved anew."""
    await forget(session, reply.id)
    reply.edited_at = now
    answers.read_anew(reply)
    answers.await_approval(reply, reply.question.dialogue, now)


def keep_as_it_was(session: AsyncSession, reply: Reply, now: datetime) -> None:
    """Keep what a reply says, and its files, as a revision for its author."""
    session.add(
        Revision(
            reply_id=reply.id,
            text=reply.text,
            attachments=[answers.as_json(attachment) for attachment in reply.attachments],
            replaced_at=now,
        )
    )


async def revise(
    session: AsyncSession, person: Person, *, reply_to: int | None, message_id: int, content: Content, now: datetime
) -> Revised | None:
    """Take a message sent as a reply to the notice that a reply was hidden as its new text; None if it is none.

    From then on the reply is this message, and waits for a moderator.
    """
    if reply_to is None:
        return None
    told = (
        select(Notice.reply_id)
        .join(Delivery, Delivery.notice_id == Notice.id)
        .join(Member, Member.id == Delivery.member_id)
        .where(Notice.kind == NoticeKind.HIDDEN, Delivery.message_id == reply_to, Member.person_id == person.id)
    )
    reply = await session.scalar(
        answers.said_by(person)
        .where(Reply.id.in_(told), Reply.visibility == Visibility.HIDDEN, Reply.withdrawn_at.is_(None))
        .options(*LOADED, joinedload(Reply.question).joinedload(Question.dialogue))
        .with_for_update(of=Reply, key_share=True)
        .execution_options(populate_existing=True)
    )
    if reply is None:
        return None
    keep_as_it_was(session, reply, now)
    reply.message_id, reply.room_id = message_id, None
    reply.kind, reply.text, reply.album = content.kind, content.text, content.album
    reply.attachments, reply.additions = [], []
    if content.file is not None:
        reply.attachments.append(answers.attachment_of(message_id, content.file, caption=content.text))
    await have_changed(session, reply, now)
    return Revised(reply.question.number)


def _is_unchanged(reply: Reply, message_id: int, content: Content) -> bool:
    before = _part(reply, message_id)
    same_file = (before and before.file_unique_id) == (content.file and content.file.file_unique_id)
    said = before.caption if before is not None and reply.album else additions.said_in(reply, message_id)
    return same_file and said == content.text


def _part(reply: Reply, message_id: int) -> Attachment | None:
    return next((known for known in reply.attachments if known.message_id == message_id), None)


def _replace(reply: Reply, message_id: int, content: Content) -> None:
    if content.file is not None:
        _replace_file(reply, message_id, content.file, caption=content.text)
    if reply.album:
        reply.text = answers.words_of_album(reply)
    else:
        additions.reword(reply, message_id, content.text)
    if not (reply.album or reply.additions):
        reply.kind = content.kind


def _replace_file(reply: Reply, message_id: int, file: File, *, caption: str) -> None:
    before = _part(reply, message_id)
    if before is None:
        reply.attachments.append(answers.attachment_of(message_id, file, caption=caption))
        return
    # In its row: a new row of the same message would be written before the old one is gone.
    for name, value in asdict(file).items():
        setattr(before, name, value)
    before.caption = caption


async def forget(session: AsyncSession, reply_id: int) -> None:
    """Take away the translations of a reply whose words have changed, and the deals of the old words."""
    await session.execute(delete(Translation).where(Translation.reply_id == reply_id))
    await session.execute(delete(Deal).where(Deal.reply_id == reply_id))
