"""A linked group hosts a dialogue: which rooms it has, what they are owed, and what its organisers hear of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import rights, schedule
from bot.core.rights import Right
from bot.ledger import notices, outbox
from bot.models import Delivery, Group, Kind, NoticeKind, Question, Room, State

# Why a notice to the organisers is sent: words of groups.texts.notices.
REMOVED, MUTED, DEMOTED, NOT_PINNED = "removed", "muted", "demoted", "not_pinned"
NO_TOPICS, TOPIC_CLOSED, TOPIC_DELETED, TOPIC_DOUBTED = "no_topics", "topic_closed", "topic_deleted", "topic_doubted"


async def group_of(session: AsyncSession, chat_id: int) -> Group | None:
    """The linked group of a chat (Telegram's id), with its dialogue; None if the chat is linked to nothing."""
    return await session.scalar(
        select(Group).where(Group.chat_id == chat_id, Group.unlinked_at.is_(None)).options(joinedload(Group.dialogue))
    )


async def groups_at(session: AsyncSession, chat_id: int) -> Sequence[Group]:
    """The linked group of a chat, or the groups that discuss it if it is a channel; with their dialogues."""
    discussing = select(Room.group_id).where(Room.channel_id == chat_id, Room.retired_at.is_(None))
    groups = await session.scalars(
        select(Group)
        .where(Group.unlinked_at.is_(None), (Group.chat_id == chat_id) | Group.id.in_(discussing))
        .options(joinedload(Group.dialogue))
    )
    return groups.all()


async def rooms_of(session: AsyncSession, group_id: int) -> Sequence[Room]:
    """The rooms of a group in which the dialogue takes place now."""
    rooms = await session.scalars(
        select(Room).where(Room.group_id == group_id, Room.retired_at.is_(None)).order_by(Room.id)
    )
    return rooms.all()


async def owe_question(session: AsyncSession, question: Question, *, not_before: datetime | None = None) -> None:
    """Owe a question (its dialogue loaded) to every room of its dialogue that was told what is kept; no reminders.

    A room's members live in many zones: the dialogue's clock counts. Unique per question and room.
    """
    rooms = await session.scalars(
        select(Room.id).join(Room.group).where(Group.dialogue_id == question.dialogue_id, *ASKED).order_by(Room.id)
    )
    due = schedule.due_at(question.dialogue, question, question.dialogue.timezone)
    for room_id in rooms.all():
        await _owe(session, room_id, question, max(due, not_before or due), at_once=False)


# The topic of a room is there and open, if it is to have one.
READY = (
    Room.retired_at.is_(None),
    Room.shut_since.is_(None),
    or_(Room.wants_topic.is_(False), Room.thread_id.is_not(None)),
)

# The rooms (joined with their groups) in which questions are posted.
ASKED = (Group.told_at.is_not(None), Group.unlinked_at.is_(None), Room.told_at.is_not(None), *READY)

OVERTAKEN = timedelta(days=1)  # after that an announcement that couldn't be posted is old news


async def catch_up(session: AsyncSession, group: Group, *, now: datetime) -> None:
    """Owe a group's rooms that are ready the questions that are planned and not over; its dialogue is loaded.

    An open one is due at once. What was dropped or not delivered is due again, what was sent stays sent. Announcements of
    the last day that couldn't be posted are due again as well.
    """
    dialogue = group.dialogue
    await outbox.lock(session, dialogue.id)
    questions = await session.scalars(
        select(Question).where(Question.dialogue_id == dialogue.id, Question.planned_at.is_not(None))
    )
    ready = (
        await session.scalars(
            select(Room.id).where(Room.group_id == group.id, Room.told_at.is_not(None), *READY).order_by(Room.id)
        )
    ).all()
    for question in questions.all():
        if schedule.closes_at(dialogue, question, dialogue.timezone) <= now:
            continue
        due = schedule.due_at(dialogue, question, dialogue.timezone)
        for room_id in ready:
            await _owe(session, room_id, question, max(due, now), at_once=due <= now)
    await session.execute(
        update(Delivery)
        .where(Delivery.room_id.in_(ready), Delivery.kind == Kind.NOTICE, Delivery.state == State.UNREACHABLE)
        .where(Delivery.due_at > now - OVERTAKEN)
        .values(state=State.PLANNED, due_at=schedule.waking(dialogue, now, dialogue.timezone), reason=None)
    )


async def _owe(session: AsyncSession, room_id: int, question: Question, due: datetime, *, at_once: bool) -> None:
    about = {"dialogue_id": question.dialogue_id, "room_id": room_id, "question_id": question.id}
    states = outbox.UNSENT if at_once else outbox.GIVEN_UP
    await outbox.owe_again(session, states=states, kind=Kind.QUESTION, **about, due_at=due, at_once=at_once)


async def tell_trouble(
    session: AsyncSession, group: Group, reason: str, *, room_id: int | None = None, now: datetime
) -> None:
    """Owe the organisers of a group's dialogue a notice of what needs them there, or in one of its rooms."""
    details = {"reason": reason, "room_id": room_id}
    await tell_organisers(session, group, NoticeKind.GROUP_TROUBLE, details, now=now)


async def tell_organisers(
    session: AsyncSession, group: Group, kind: NoticeKind, details: dict[str, Any], *, now: datetime
) -> None:
    """Owe the organisers of a group's dialogue a notice about it."""
    details["title"] = group.title
    notice = await notices.open_notice(session, kind, dialogue_id=group.dialogue_id, now=now, details=details)
    await notices.owe_members(session, notice, rights.holds(Right.LINK), due_at=now, at_once=True)


async def language_of(session: AsyncSession, room_id: int) -> str | None:
    """The first language of a room: what an author whose language Telegram doesn't tell is taken to read."""
    languages = await session.scalar(select(Room.languages).where(Room.id == room_id))
    return languages[0] if languages else None
