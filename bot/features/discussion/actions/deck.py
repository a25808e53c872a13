"""The deck of a question, in the order in which a member goes through it: featured replies first, then the newest, unread before read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights, visibility
from bot.core.rights import Right
from bot.database import run
from bot.models import Member, Reply, Seen

COUNTED = 1_000  # replies; where there are more, how many doesn't matter to a reader


@dataclass(frozen=True)
class Neighbours:
    """The replies before and after a card; the next is the next unread one while there is one."""

    previous_id: int | None
    next_id: int | None
    next_is_unread: bool


def in_deck(reader: Member, question_id: int, language: str | None = None) -> ColumnElement[bool]:
    """The replies of others to a question, responses aside, as a condition."""
    narrowed = Reply.language == language if language else true()
    return and_(
        Reply.question_id == question_id,
        Reply.parent_id.is_(None),
        Reply.member_id != reader.id,
        visibility.within(reader),
        narrowed,
    )


def _unread(reader: Member) -> ColumnElement[bool]:
    return ~exists().where(Seen.member_id == reader.id, Seen.reply_id == Reply.id)


async def count(session: AsyncSession, reader: Member, question_id: int, *, unread: bool = False) -> int:
    """How many replies of others to a question a member may read, or hasn't read yet; COUNTED where there are more."""
    deck = in_deck(reader, question_id)
    counted = select(Reply.id).where(deck & _unread(reader) if unread else deck).order_by(Reply.id.desc())
    return await session.scalar(select(func.count()).select_from(counted.limit(COUNTED).subquery())) or 0


# Built once: whoever sends asks this for each claim.
_OF_OTHERS = (Reply.question_id == bindparam("question")) & Reply.parent_id.is_(None) & visibility.to_members()
_OWN = (
    select(Reply.member_id, func.count())
    .where(_OF_OTHERS, Reply.member_id.in_(bindparam("members", expanding=True)))
    .group_by(Reply.member_id)
)
_ALL = select(func.count()).select_from(
    select(Reply.id).where(_OF_OTHERS).order_by(Reply.id.desc()).limit(bindparam("most")).subquery()
)


async def counts(session: AsyncSession, readers: Collection[Member], question_id: int) -> dict[int, int]:
    """The same for each of several members, by member id: counted once for all who may read the same."""
    judging = [reader for reader in readers if rights.may(reader, Right.JUDGE)]
    counted = {reader.id: await count(session, reader, question_id) for reader in judging}
    others = [reader.id for reader in readers if reader.id not in counted]
    said = await run(session, _OWN, {"question": question_id, "members": others})
    own = {row[0]: row[1] for row in said}
    most = COUNTED + max(own.values(), default=0)
    ((total,),) = await run(session, _ALL, {"question": question_id, "most": most})
    return counted | {each: min(COUNTED, total - own.get(each, 0)) for each in others}


async def first(session: AsyncSession, reader: Member, question_id: int, language: str | None) -> int | None:
    """The reply on top of a deck: the first unread one, else the first; None where there is none."""
    deck = in_deck(reader, question_id, language)
    featured = await _featured(session, deck)
    unread = await _first_unread(session, reader, deck, featured)
    if unread is not None:
        return unread
    return featured[0] if featured else await session.scalar(_newest(deck))


async def _featured(session: AsyncSession, deck: ColumnElement[bool]) -> Sequence[int]:
    """The featured ones of a deck in their order; moderators feature a few."""
    found = await session.scalars(
        select(Reply.id).where(deck, Reply.featured_at.is_not(None)).order_by(Reply.featured_at.desc(), Reply.id.desc())
    )
    return found.all()


def _newest(deck: ColumnElement[bool]) -> Select[int]:
    return select(Reply.id).where(deck, Reply.featured_at.is_(None)).order_by(Reply.id.desc()).limit(1)


async def _first_unread(
    session: AsyncSession, reader: Member, deck: ColumnElement[bool], featured: Sequence[int], below: int | None = None
) -> int | None:
    """The first unread one of these featured, else the newest unread one of the others; `below` is where to begin there."""
    if featured:
        unread = set(await session.scalars(select(Reply.id).where(Reply.id.in_(featured), _unread(reader))))
        if unread:
            return next(each for each in featured if each in unread)
    rest = _newest(deck).where(_unread(reader))
    return await session.scalar(rest if below is None else rest.where(Reply.id < below))


async def neighbours(session: AsyncSession, reader: Member, reply: Reply, language: str | None) -> Neighbours:
    """The cards beside one: the next unread further down, or else a new one above, or else simply the next."""
    deck = in_deck(reader, reply.question_id, language)
    if reply.parent_id is not None:
        return Neighbours(None, None, next_is_unread=False)
    featured = list(await _featured(session, deck))
    place = featured.index(reply.id) if reply.id in featured else None
    below = reply.id if place is None else None
    following = [] if place is None else featured[place + 1 :]
    unread = await _first_unread(session, reader, deck, following, below)
    unread = unread or await _first_unread(session, reader, deck, featured)
    if place is not None:
        before = featured[place - 1] if place else None
    else:
        newer = select(Reply.id).where(deck, Reply.featured_at.is_(None), Reply.id > reply.id)
        before = await session.scalar(newer.order_by(Reply.id).limit(1)) or (featured[-1] if featured else None)
    if unread is not None:
        return Neighbours(before, unread, next_is_unread=True)
    after = following[0] if following else None
    if after is None:
        rest = _newest(deck)
        after = await session.scalar(rest if below is None else rest.where(Reply.id < below))
    return Neighbours(before, after, next_is_unread=False)
