"""Which replies may be read by whom: the one rule that cards, counts, highlights and notices share."""

from sqlalchemy import ColumnElement, Select, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql.base import ExecutableOption

from bot.core import rights
from bot.core.rights import Right
from bot.models import Audience, Member, Person, Reply, Visibility


class NoSuchReply(Exception):
    """There is no such reply any more, or it isn't this person's to see, or to change."""


def to_members() -> ColumnElement[bool]:
    """The replies (and responses) that members of their dialogue may read, as a condition on Reply.

    Meant for members, shown, and not withdrawn. What a member said before being muted or removed stays, unless a
    moderator hides it; what they say meanwhile isn't shown. Someone erased has no replies left.
    """
    return Reply.withdrawn_at.is_(None) & _is(Audience.MEMBERS) & _is(Visibility.SHOWN) & ~_silenced()


def to(reader: Member) -> ColumnElement[bool]:
    """The replies that this member may read, their own among them: those of the dialogue that members may read.

    Who moderates it reads all that isn't withdrawn, hidden and waiting ones too.
    """
    return (Reply.dialogue_id == reader.dialogue_id) & within(reader)


def within(reader: Member) -> ColumnElement[bool]:
    """The same among replies that are certain to be of the reader's dialogue: an index on a question then holds all it asks."""
    return Reply.withdrawn_at.is_(None) if rights.may(reader, Right.JUDGE) else to_members()


async def readable(
    session: AsyncSession, person: Person, reply_id: int, right: Right, *loaded: ExecutableOption, lock: bool = False
) -> tuple[Member, Reply]:
    """The membership through which a person has a right, and a reply that it may read; locked until the transaction ends, if asked.

    Raises NoSuchReply or NotPermitted.
    """
    query = select(Reply).where(Reply.id == reply_id).options(*loaded)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    reply = await session.scalar(query)
    if reply is None:
        raise NoSuchReply(reply_id)
    reader = await rights.membership(session, person, reply.dialogue_id, right)
    if await session.scalar(select(Reply.id).where(Reply.id == reply_id, to(reader))) is None:
        raise NoSuchReply(reply_id)
    return reader, reply


def in_talk(members: Select[int]) -> ColumnElement[bool]:
    """What the persons behind these memberships may read beyond that, for having said it themselves, or been told it.

    That is their own words, whoever these were meant for, and what moderators responded to them.
    """
    said = aliased(Reply)
    to_them = exists().where(said.id == Reply.parent_id, said.member_id.in_(members)).correlate(Reply)
    return Reply.withdrawn_at.is_(None) & (Reply.member_id.in_(members) | (by_moderators() & to_them))


def by_moderators() -> ColumnElement[bool]:
    """What moderators said as such, as far as it stands."""
    return Reply.withdrawn_at.is_(None) & Reply.as_moderator & _is(Visibility.SHOWN)


def _is(word: Audience | Visibility) -> ColumnElement[bool]:
    # Written out rather than bound: only then do the databases see that the partial indexes serve.
    column = Reply.audience if isinstance(word, Audience) else Reply.visibility
    return column == literal(word, column.type, literal_execute=True)


def _silenced() -> ColumnElement[bool]:
    # Few members are ever silenced: only their replies are held against the moment of it.
    author = aliased(Member)
    silenced = select(Member.id).where(or_(Member.muted_at.is_not(None), Member.removed_at.is_not(None)))
    said_meanwhile = or_(author.muted_at <= Reply.replied_at, author.removed_at <= Reply.replied_at)
    return Reply.member_id.in_(silenced) & exists().where(author.id == Reply.member_id, said_meanwhile).correlate(Reply)
