"""One's own replies: a member looks at what they said, withdraws or restores it, and takes it along."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.core import authors, wordings
from bot.core import members as core_members
from bot.core.authors import Author
from bot.core.visibility import NoSuchReply
from bot.features.replies.actions import answers, ways
from bot.features.replies.actions.ways import Way
from bot.models import Audience, Member, Person, Reply, Visibility


@dataclass(frozen=True)
class OwnReply:
    """A reply, or a response to one, as its author sees it in their list: as whom they said it, and for whom."""

    reply_id: int
    number: int
    title: str
    dialogue_title: str
    kind: str
    text: str
    files: int
    late: bool
    edited: bool
    withdrawn: bool
    author: Author
    audience: Audience
    visibility: Visibility
    is_response: bool
    replied_at: datetime
    zone: str


@dataclass(frozen=True)
class OwnPage:
    """One of a person's replies with its way, at this place (from 0, the newest first) among `total`."""

    reply: OwnReply
    way: Way
    place: int
    total: int


async def page(session: AsyncSession, person: Person, *, place: int) -> OwnPage | None:
    """The reply at a place, or the oldest if there are fewer; None if there is none."""
    total = await count_replies(session, person)
    if not total:
        return None
    place = min(max(place, 0), total - 1)
    shown = await own_replies(session, person, limit=1, offset=place)
    return await _page(session, person, shown[0], place=place, total=total)


async def page_of(session: AsyncSession, person: Person, own: OwnReply) -> OwnPage:
    """The page of a certain reply, wherever newer ones have moved it."""
    newer = (Reply.replied_at > own.replied_at) | ((Reply.replied_at == own.replied_at) & (Reply.id > own.reply_id))
    among = Reply.member_id.in_(core_members.memberships_of(person))
    place = await session.scalar(select(func.count()).select_from(Reply).where(among, newer)) or 0
    return await _page(session, person, own, place=place, total=await count_replies(session, person))


async def _page(session: AsyncSession, person: Person, own: OwnReply, *, place: int, total: int) -> OwnPage:
    way = (await ways.ways(session, person, [own.reply_id]))[own.reply_id]
    return OwnPage(own, way, place, total)


async def own_replies(session: AsyncSession, person: Person, *, limit: int, offset: int = 0) -> list[OwnReply]:
    """A person's replies over all dialogues, newest first, withdrawn ones included."""
    rows = await session.scalars(_all(person).limit(limit).offset(offset))
    return [_own(reply) for reply in rows.all()]


async def of(session: AsyncSession, person: Person, reply_ids: Collection[int]) -> list[OwnReply]:
    """Those of these replies that are a person's, newest first."""
    rows = await session.scalars(_all(person).where(Reply.id.in_(reply_ids)))
    return [_own(reply) for reply in rows.all()]


def _all(person: Person) -> Select[Reply]:
    return (
        answers.said_by(person)
        .options(
            selectinload(Reply.attachments),
            joinedload(Reply.question),
            joinedload(Reply.member).options(joinedload(Member.dialogue), joinedload(Member.person)),
        )
        .order_by(Reply.replied_at.desc(), Reply.id.desc())
    )


def _own(reply: Reply) -> OwnReply:
    dialogue, person, question = reply.member.dialogue, reply.member.person, reply.question
    return OwnReply(
        reply_id=reply.id,
        number=question.number,
        title=wordings.in_language(question.title, dialogue, person.language) if question.title else "",
        dialogue_title=wordings.in_language(dialogue.title, dialogue, person.language),
        kind=reply.kind,
        text=reply.text,
        files=len(reply.attachments),
        late=reply.late,
        edited=reply.edited_at is not None,
        withdrawn=reply.withdrawn_at is not None,
        author=authors.author_of(reply),
        audience=reply.audience,
        visibility=reply.visibility,
        is_response=reply.parent_id is not None,
        replied_at=reply.replied_at,
        zone=wordings.zone_of(person, dialogue),
    )


async def set_withdrawn(
    session: AsyncSession, person: Person, *, reply_id: int, withdrawn: bool, now: datetime
) -> OwnReply:
    """Withdraw a reply, or restore it, as its author wishes; raises NoSuchReply."""
    reply = await session.scalar(
        answers.said_by(person)
        .where(Reply.id == reply_id)
        .options(
            selectinload(Reply.attachments),
            joinedload(Reply.question),
            joinedload(Reply.member).options(joinedload(Member.dialogue), joinedload(Member.person)),
        )
        .with_for_update(of=Reply, key_share=True)
        .execution_options(populate_existing=True)
    )
    if reply is None:
        raise NoSuchReply(reply_id)
    reply.withdrawn_at = now if withdrawn else None
    return _own(reply)


async def count_replies(session: AsyncSession, person: Person) -> int:
    """How many replies a person has given."""
    return (
        await session.scalar(select(func.count()).where(Reply.member_id.in_(core_members.memberships_of(person)))) or 0
    )
