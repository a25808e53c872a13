"""The deck of a question, in the order in which a member goes through it: featured replies first, then the newest, unread before read."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, exists, func, select, true
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


@dataclass(frozen=True)
class Came:
    """What others replied to a question: how many replies, in how many languages, and how many a reader hasn't read."""

    replies: int
    languages: int
    unread: int


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


async def count(
    session: AsyncSession, reader: Member, question_id: int, *, unread: bool = False, language: str | None = None
) -> int:
    """How many replies of others to a question a member may read, or hasn't read yet; COUNTED where there are more."""
    deck = in_deck(reader, question_id, language)
    counted = select(Reply.id).where(deck & _unread(reader) if unread else deck).order_by(Reply.id.desc())
    return await session.scalar(select(func.count()).select_from(counted.limit(COUNTED).subquery())) or 0


# Built once: whoever sends asks this for each claim.
_OF_OTHERS = (Reply.question_id == bindparam("question")) & Reply.parent_id.is_(None) & visibility.to_members()
_MEMBERS: BindParameter[int] = bindparam("members", expanding=True)
_OWN = (
    select(Reply.member_id, Reply.language, func.count())
    .where(_OF_OTHERS, Reply.member_id.in_(_MEMBERS))
    .group_by(Reply.member_id, Reply.language)
)
_SEEN = (
    select(Seen.member_id, func.count())
    .join(Reply, Reply.id == Seen.reply_id)
    .where(_OF_OTHERS, Seen.member_id.in_(_MEMBERS), Seen.member_id != Reply.member_id)
    .group_by(Seen.member_id)
)
_NEWEST = select(Reply.language).where(_OF_OTHERS).order_by(Reply.id.desc()).limit(bindparam("most")).subquery()
_ALL = select(_NEWEST.c.language, func.count()).group_by(_NEWEST.c.language)


async def came(session: AsyncSession, readers: Collection[Member], question_id: int) -> dict[int, Came]:
    """What others replied to a question, for each of several members, by member id: counted once for all who may read the same."""
    judging = [reader for reader in readers if rights.may(reader, Right.JUDGE)]
    found = {reader.id: await _came_to(session, reader, question_id) for reader in judging}
    others = [reader.id for reader in readers if reader.id not in found]
    own: dict[int, Counter[str]] = {each: Counter() for each in others}
    for member_id, language, count in await run(session, _OWN, {"question": question_id, "members": others}):
        own[member_id][language] = count
    most = COUNTED + max((said.total() for said in own.values()), default=0)
    by_language = Counter({row[0]: row[1] for row in await run(session, _ALL, {"question": question_id, "most": most})})
    if not by_language:
        return found | dict.fromkeys(others, Came(0, 0, 0))
    seen = {row[0]: row[1] for row in await run(session, _SEEN, {"question": question_id, "members": others})}
    for each in others:
        of_others = by_language - own[each]
        replies = min(COUNTED, of_others.total())
        found[each] = Came(replies, len(of_others), max(0, replies - seen.get(each, 0)))
    return found


async def _came_to(session: AsyncSession, reader: Member, question_id: int) -> Came:
    """The same for one member alone."""
    languages = await session.scalar(select(func.count(Reply.language.distinct())).where(in_deck(reader, question_id)))
    replies = await count(session, reader, question_id)
    return Came(replies, languages or 0, await count(session, reader, question_id, unread=True))


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


async def place(session: AsyncSession, reader: Member, reply: Reply, language: str | None) -> tuple[int, int] | None:
    """Which one (from 1) of how many cards a reply is; None for one of no deck, and where there are too many to count."""
    if reply.parent_id is not None or reply.member_id == reader.id:
        return None
    deck = in_deck(reader, reply.question_id, language)
    total = await count(session, reader, reply.question_id, language=language)
    if total >= COUNTED:
        return None
    featured = list(await _featured(session, deck))
    if reply.id in featured:
        return featured.index(reply.id) + 1, total
    newer = select(func.count()).select_from(Reply).where(deck, Reply.featured_at.is_(None), Reply.id > reply.id)
    return len(featured) + (await session.scalar(newer) or 0) + 1, total
