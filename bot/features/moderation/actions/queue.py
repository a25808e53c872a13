"""The queue that moderators look through: the replies that wait for them, the oldest first, and all that are shown or hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload, selectinload

from bot.core import authors, colleagues, rights, visibility, wordings
from bot.core.authors import Author
from bot.core.colleagues import Reading
from bot.core.messages import SENDABLE
from bot.core.rights import Right
from bot.core.visibility import NoSuchReply
from bot.features.discussion.actions import cards
from bot.features.discussion.actions.cards import Words
from bot.features.inquiries.actions import inquiries
from bot.features.moderation.actions import decisions, flags, sanctions
from bot.features.summary.actions import consultation
from bot.features.translations.actions import wishes
from bot.models import (
    Attachment,
    Audience,
    Member,
    Moderation,
    Person,
    Reply,
    Restraint,
    Revision,
    Sanction,
    Visibility,
)


class View(StrEnum):
    """Which replies one looks through; as short as a button's data wants it."""

    WAITING = "w"
    SHOWN = "s"
    HIDDEN = "h"


@dataclass(frozen=True)
class QueuedReply:
    """A reply as a moderator sees it; `version` is what they decide about, `before` the words before its last edit.

    `openable` if what it carries can be sent on.
    `reading` says who else on the team reads its language, where the reader doesn't; `may_wish` if they can ask for a translation.
    `flags` are those nobody has looked at; `restraints` what is known of the author by this reply alone.
    """

    reply_id: int
    version: int
    number: int
    question: str
    author: Author
    language: str
    kind: str
    text: str
    before: str | None
    files: int
    openable: bool
    is_response: bool
    late: bool
    edited: bool
    for_moderators: bool
    visibility: Visibility
    waiting_since: datetime | None
    hidden_reason: str | None
    featured: bool
    flags: int
    restraints: frozenset[Restraint]
    replied_at: datetime
    reading: Reading | None = None
    translated: Words | None = None
    may_wish: bool = False


@dataclass(frozen=True)
class Page:
    """One card of a view, at `offset` of `total`; without a card the view is empty. `rights` are the reader's.

    `objections` to key points, and `inquiries`, wait as well, for those who may answer them.
    """

    dialogue_id: int
    title: str
    zone: str
    view: View
    offset: int
    total: int
    waiting: int
    oldest: datetime | None
    objections: int
    inquiries: int
    card: QueuedReply | None
    moderated_before: bool
    rights: frozenset[Right]
    several: bool


@dataclass(frozen=True)
class QueuePage:
    """What waits for a moderator, the oldest first: `total` replies, some of them as cards.

    `further` is the reply after which the next ones come, None if there are none. `rights` are the reader's.
    """

    title: str
    zone: str
    total: int
    moderated_before: bool
    cards: tuple[QueuedReply, ...]
    further: int | None
    rights: frozenset[Right]


async def choices(session: AsyncSession, person: Person) -> tuple[list[tuple[int, str]], int | None]:
    """The dialogues (id, title) whose queue a person may see, and the one they looked at last, if any."""
    members = await rights.memberships(session, person, Right.SEE_QUEUE)
    seen = [(member.looked_at, member.dialogue_id) for member in members if member.looked_at]
    return await rights.dialogues(session, person, Right.SEE_QUEUE), max(seen)[1] if seen else None


async def page(
    session: AsyncSession, person: Person, dialogue_id: int, view: View, offset: int, *, now: datetime
) -> Page:
    """A card of a view; an offset beyond the end is the last one. Raises NotPermitted."""
    reader = await rights.membership(session, person, dialogue_id, Right.SEE_QUEUE)
    reader.looked_at = now
    waiting, oldest = await _waiting(session, reader)
    total = await _count(session, reader, view)
    at = max(0, min(offset, total - 1))
    found = select(Reply).where(_in(view, reader)).options(*_ALL_OF_IT).order_by(*_ORDER[view]).offset(at).limit(1)
    reply = await session.scalar(found)
    several = len(await rights.memberships(session, person, Right.SEE_QUEUE)) > 1
    return Page(
        dialogue_id=dialogue_id,
        title=wordings.in_language(reader.dialogue.title, reader.dialogue, person.language),
        zone=wordings.zone_of(person, reader.dialogue),
        view=view,
        offset=at,
        total=total,
        waiting=waiting,
        oldest=oldest,
        objections=await consultation.count_open(session, dialogue_id) if rights.may(reader, Right.SUMMARISE) else 0,
        inquiries=await inquiries.count_open(session, dialogue_id) if rights.may(reader, Right.JUDGE) else 0,
        card=await _card(session, reader, person, reply) if reply else None,
        moderated_before=reader.dialogue.moderation is Moderation.BEFORE,
        rights=rights.rights_of(reader.role),
        several=several,
    )


async def waiting(
    session: AsyncSession, person: Person, dialogue_id: int, *, after: int | None, most: int
) -> QueuePage:
    """The replies that wait, behind one of them or from the oldest on, at `most` so many at once. Raises NotPermitted."""
    reader = await rights.membership(session, person, dialogue_id, Right.SEE_QUEUE)
    total, _ = await _waiting(session, reader)
    found = select(Reply).where(_in(View.WAITING, reader)).options(*_ALL_OF_IT).order_by(*_ORDER[View.WAITING])
    last = await session.get(Reply, after) if after is not None else None
    if last is not None and last.waiting_since is not None:
        tie = (Reply.waiting_since == last.waiting_since) & (Reply.id > last.id)
        found = found.where(or_(Reply.waiting_since > last.waiting_since, tie))
    replies = (await session.scalars(found.limit(most + 1))).all()
    return QueuePage(
        title=wordings.in_language(reader.dialogue.title, reader.dialogue, person.language),
        zone=wordings.zone_of(person, reader.dialogue),
        total=total,
        moderated_before=reader.dialogue.moderation is Moderation.BEFORE,
        cards=tuple([await _card(session, reader, person, reply) for reply in replies[:most]]),
        further=replies[most - 1].id if len(replies) > most else None,
        rights=rights.rights_of(reader.role),
    )


async def offset_of(session: AsyncSession, person: Person, reply_id: int) -> tuple[int, View, int]:
    """Where a reply stands: its dialogue's id, a view that holds it, and its offset there.

    Raises NoSuchReply or NotPermitted.
    """
    reply = await session.get(Reply, reply_id)
    if reply is None:
        raise NoSuchReply(reply_id)
    reader = await rights.membership(session, person, reply.dialogue_id, Right.SEE_QUEUE)
    hidden = reply.visibility in {Visibility.HIDDEN, Visibility.MERGED}
    view = View.HIDDEN if hidden else View.WAITING if reply.waiting_since is not None else View.SHOWN
    if view is View.WAITING:
        tie = (Reply.waiting_since == reply.waiting_since) & (Reply.id < reply.id)
        before = or_(Reply.waiting_since < reply.waiting_since, tie)
    else:
        before = Reply.id > reply.id
    return reply.dialogue_id, view, await _count(session, reader, view, before)


async def _waiting(session: AsyncSession, reader: Member) -> tuple[int, datetime | None]:
    found = select(func.count(), func.min(Reply.waiting_since)).where(_in(View.WAITING, reader))
    count, oldest = (await session.execute(found)).one()
    return count, oldest


async def _count(session: AsyncSession, reader: Member, view: View, *more: ColumnElement[bool]) -> int:
    return await session.scalar(select(func.count()).select_from(Reply).where(_in(view, reader), *more)) or 0


_ORDER: dict[View, tuple[Any, ...]] = {
    View.WAITING: (Reply.waiting_since, Reply.id),
    View.SHOWN: (Reply.id.desc(),),
    View.HIDDEN: (Reply.id.desc(),),
}
_ALL_OF_IT = (joinedload(Reply.member), joinedload(Reply.question), selectinload(Reply.attachments))


def _in(view: View, reader: Member) -> ColumnElement[bool]:
    """What a view holds for a reader; who only facilitates has the shown ones alone."""
    if view is View.WAITING:
        state = Reply.waiting_since.is_not(None) & ~_said_while_kept_out()
        return visibility.to(reader) & state
    if view is View.SHOWN:
        return visibility.to(reader) & (Reply.visibility == Visibility.SHOWN)
    return visibility.to(reader) & Reply.visibility.in_([Visibility.HIDDEN, Visibility.MERGED])


def _said_while_kept_out() -> ColumnElement[bool]:
    """What is shown to nobody for the time being doesn't burden the queue."""
    author = aliased(Member)
    meanwhile = or_(author.muted_at <= Reply.replied_at, author.removed_at <= Reply.replied_at)
    return exists().where(author.id == Reply.member_id, meanwhile).correlate(Reply)


async def _card(session: AsyncSession, reader: Member, person: Person, reply: Reply) -> QueuedReply:
    question = reply.question
    (words,) = await cards.words(session, [reply], person.language)
    before = select(Revision.text).where(Revision.reply_id == reply.id).order_by(Revision.id.desc()).limit(1)
    known = await session.scalars(select(Sanction.restraint).where(sanctions.seen_on(reply)))
    return QueuedReply(
        reply_id=reply.id,
        version=await decisions.version_of(session, reply.id),
        number=question.number,
        question=wordings.heading(question, reader.dialogue, person.language),
        author=authors.author_of(reply),
        language=reply.language,
        kind=reply.kind,
        text=reply.text,
        before=await session.scalar(before),
        files=len(reply.attachments),
        openable=any(each.file_id is not None or each.kind in SENDABLE for each in reply.attachments),
        is_response=reply.parent_id is not None,
        late=reply.late,
        edited=reply.edited_at is not None,
        for_moderators=reply.audience is Audience.MODERATORS,
        visibility=reply.visibility,
        waiting_since=reply.waiting_since,
        hidden_reason=reply.hidden_reason,
        featured=reply.featured_at is not None,
        flags=await flags.standing(session, reply.id),
        restraints=frozenset(known.all()),
        replied_at=reply.replied_at,
        reading=await colleagues.reading(session, reader, person, reply.language) if reply.text else None,
        translated=words if words.translated else None,
        may_wish=await wishes.is_possible(session, reader, person, reply),
    )


async def attached(session: AsyncSession, person: Person, reply_id: int) -> Sequence[Attachment]:
    """What a reply carries, for one who may look through the queue; raises NoSuchReply or NotPermitted."""
    attachments = selectinload(Reply.attachments)
    _, reply = await visibility.readable(session, person, reply_id, Right.SEE_QUEUE, attachments)
    return reply.attachments


async def card(session: AsyncSession, person: Person, reply_id: int) -> QueuedReply:
    """One reply, for who may look through the queue; raises NoSuchReply or NotPermitted."""
    reader, reply = await visibility.readable(session, person, reply_id, Right.SEE_QUEUE, *_ALL_OF_IT)
    return await _card(session, reader, person, reply)
