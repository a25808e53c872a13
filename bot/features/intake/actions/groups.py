"""What is said in a linked group: tied to its question where it answers one, kept under a pseudonym, its edits followed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import members
from bot.core.messages import Content
from bot.database import insert
from bot.features.replies.actions import answers as reply_answers
from bot.features.replies.actions import edits
from bot.features.replies.actions.answers import Answered
from bot.features.replies.actions.edits import Edited
from bot.models import (
    Attachment,
    CommentThread,
    Delivery,
    Dialogue,
    Group,
    Kind,
    Member,
    Names,
    Naming,
    OptOut,
    Person,
    Reply,
    Role,
    Room,
    State,
)


@dataclass(frozen=True)
class GroupMessage:
    """A message in a group, as far as it tells what it answers: Telegram's ids, and when it was sent.

    `author_id` is the chat in whose name it was sent, or the person's. `topic_id` is the forum topic it is in,
    `thread_id` the thread of comments or replies, whatever it hangs from.
    """

    chat_id: int
    message_id: int
    author_id: int
    sent_at: datetime
    reply_to: int | None = None
    topic_id: int | None = None
    thread_id: int | None = None
    album: str | None = None

    @property
    def may_answer(self) -> bool:
        """Whether it hangs from anything at all: what doesn't is small talk, and nothing is looked up for it."""
        return any(each is not None for each in (self.reply_to, self.topic_id, self.thread_id, self.album))


@dataclass(frozen=True)
class Answers:
    """The question that a message in a group answers, the room it belongs to, and the reply it responds to, if any."""

    group_id: int
    dialogue_id: int
    room_id: int
    question_id: int
    parent_id: int | None = None


async def what_it_answers(session: AsyncSession, said: GroupMessage) -> Answers | None:
    """The question that a message answers; None if it answers none, or may not be kept.

    That is: the group was told before what is kept, and its author has not refused. Reads only.
    """
    if not said.may_answer:
        return None
    group = await session.scalar(
        select(Group).where(Group.chat_id == said.chat_id, Group.unlinked_at.is_(None), Group.told_at.is_not(None))
    )
    # Telegram dates messages to the second.
    if group is None or group.told_at is None or said.sent_at < group.told_at.replace(microsecond=0):
        return None
    found = await _find(session, group, said)
    if found is None or await has_refused(session, said.author_id):
        return None
    return found


async def is_asking(session: AsyncSession, chat_id: int) -> bool:
    """Whether a question is on its way to a group: it may be read there before Telegram has told under which id."""
    on_its_way = (
        select(Delivery.id)
        .join(Delivery.room)
        .join(Room.group)
        .where(Group.chat_id == chat_id, Delivery.kind == Kind.QUESTION, Delivery.state == State.SENDING)
    )
    return await session.scalar(on_its_way.limit(1)) is not None


async def has_refused(session: AsyncSession, author_id: int) -> bool:
    """Whether someone (Telegram's id) doesn't want their words in groups to be kept."""
    return await session.scalar(select(OptOut.author_id).where(OptOut.author_id == author_id)) is not None


async def _find(session: AsyncSession, group: Group, said: GroupMessage) -> Answers | None:
    for before in _said_before(group, said):
        row = (await session.execute(before)).first()
        if row is not None:
            reply, author_id = row
            # Responses hang from what was said to the question itself: one to a response stands beside it.
            parent_id = None if author_id == said.author_id else reply.parent_id or reply.id
            return Answers(group.id, group.dialogue_id, reply.room_id or 0, reply.question_id, parent_id)
    for question in _asked(group, said):
        asked = (await session.execute(question)).first()
        if asked is not None:
            return Answers(group.id, group.dialogue_id, asked[0], asked[1])
    return None


def _said_before(group: Group, said: GroupMessage) -> Iterable[Select[Reply, int]]:
    """Where the reply may be found whose album a message is part of, or to which it responds (to one of its files)."""
    replies = (
        select(Reply, Person.telegram_id)
        .join(Reply.member)
        .join(Member.person)
        .where(Reply.room_id.in_(_rooms(group)), Reply.room_id.is_not(None))
        .limit(1)
    )
    if said.album is not None:
        yield replies.where(Reply.album == said.album)
    if said.reply_to is not None:
        yield replies.where(Reply.message_id == said.reply_to)
        yield replies.join(Reply.attachments).where(Attachment.message_id == said.reply_to)


def _rooms(group: Group) -> Select[int]:
    return select(Room.id).where(Room.group_id == group.id, Room.retired_at.is_(None))


def _asked(group: Group, said: GroupMessage) -> Iterable[Select[Any, Any]]:
    """Where the question may be found: the message replied to, the root of the thread, the post commented on, the topic."""
    asked = (
        select(Delivery.room_id, Delivery.question_id)
        .join(Delivery.room)
        .where(Room.group_id == group.id, Room.retired_at.is_(None))
        .where(Delivery.room_id.is_not(None), Delivery.kind == Kind.QUESTION)
        .limit(1)
    )
    roots = [each for each in (said.reply_to, said.thread_id) if each is not None]
    if roots:
        yield asked.where(Delivery.message_id.in_(roots), Room.channel_id.is_(None))
        commented = (CommentThread.room_id == Room.id) & CommentThread.thread_id.in_(roots)
        yield asked.join(CommentThread, commented).where(
            Delivery.message_id == CommentThread.post_id, Room.channel_id.is_not(None)
        )
    if said.topic_id is not None:
        yield (
            asked.where(Room.thread_id == said.topic_id, Delivery.state == State.SENT).order_by(
                Delivery.settled_at.desc(), Delivery.id.desc()
            )
        )


async def keep(
    session: AsyncSession, said: GroupMessage, answers: Answers, content: Content, *, language: str, now: datetime
) -> Answered | None:
    """Keep a message of a group as a reply; None if its author has refused, or may not speak in the dialogue.

    `language` (a shipped tag) is for an author never seen before.
    """
    if await has_refused(session, said.author_id):
        return None  # a moment ago, in another chat
    person = await members.hear_of(session, telegram_id=said.author_id, language=language, now=now)
    member = await _member(session, person, answers.dialogue_id)
    if member.removed_at is not None:
        return None
    await members.name_in_groups(session, member)
    return await reply_answers.answer(
        session,
        member_id=member.id,
        question_id=answers.question_id,
        message_id=said.message_id,
        content=content,
        replied_at=said.sent_at,
        now=now,
        parent_id=answers.parent_id,
        room_id=answers.room_id,
    )


async def _member(session: AsyncSession, person: Person, dialogue_id: int) -> Member:
    """Their membership; one who never joined gets one that takes no part, under a pseudonym."""
    member = await members.membership(session, person, dialogue_id)
    if member is not None:
        return member
    dialogue = await session.get_one(Dialogue, dialogue_id)
    member = await members.enrol(session, person, dialogue, role=Role.MEMBER)
    if dialogue.names is not Names.ANONYMOUS:
        member.naming = Naming.PSEUDONYM
    return member


async def follow_edit(
    session: AsyncSession, *, chat_id: int, message_id: int, content: Content, now: datetime
) -> Edited | None:
    """Follow the edit of a message in a group; None if it was never kept."""
    reply = await kept(session, chat_id=chat_id, message_id=message_id)
    if reply is None:
        return None
    return await edits.edit(
        session, reply.member.person, message_id=message_id, content=content, now=now, room_id=reply.room_id
    )


async def kept(session: AsyncSession, *, chat_id: int, message_id: int) -> Reply | None:
    """The reply of which a message in a group is part, its author loaded; None if it was never kept."""
    rooms = select(Room.id).join(Room.group).where(Group.chat_id == chat_id, Room.retired_at.is_(None))
    replies = (
        select(Reply)
        .where(Reply.room_id.in_(rooms), Reply.room_id.is_not(None))
        .options(joinedload(Reply.member).joinedload(Member.person))
    )
    by_itself = await session.scalar(replies.where(Reply.message_id == message_id))
    if by_itself is not None:
        return by_itself
    return await session.scalar(replies.join(Reply.attachments).where(Attachment.message_id == message_id).limit(1))


async def map_comments(session: AsyncSession, *, chat_id: int, channel_id: int, post_id: int, thread_id: int) -> bool:
    """A channel's post was forwarded into its group: comments on it carry `thread_id`; true if the channel is ours."""
    rooms = await session.scalars(
        select(Room.id)
        .join(Room.group)
        .where(Group.chat_id == chat_id, Group.unlinked_at.is_(None))
        .where(Room.channel_id == channel_id, Room.retired_at.is_(None))
    )
    room_ids = rooms.all()
    for room_id in room_ids:
        await session.execute(
            insert(session, CommentThread)
            .values(room_id=room_id, thread_id=thread_id, post_id=post_id)
            .on_conflict_do_nothing()
        )
    return bool(room_ids)
