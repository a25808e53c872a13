"""Sanctions: a moderator mutes or removes the author of a reply, without learning who that is, or brings them back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from bot.core import authors, members, rights, visibility
from bot.core.authors import Author
from bot.core.rights import Right
from bot.database import insert
from bot.features.moderation.actions import log
from bot.ledger import notices
from bot.models import Act, Member, Naming, NoticeKind, Person, Reply, Restraint, Sanction, Visibility

BEGUN = {Restraint.MUTED: Act.MUTED, Restraint.REMOVED: Act.REMOVED}
LIFTED = {Restraint.MUTED: Act.UNMUTED, Restraint.REMOVED: Act.BROUGHT_BACK}


class NothingToRestrain(Exception):
    """There is no such reply any more, or the moderator may not see it."""


class AlreadyRestrained(Exception):
    """The author of this reply was muted, or removed, as that already."""


class AlreadyLifted(Exception):
    """They were brought back already, or are gone."""


@dataclass(frozen=True)
class Restrained:
    """A member who may not be read, or not take part, told as the author of one reply to question `number`."""

    sanction_id: int
    restraint: Restraint
    author: Author
    number: int
    kind: str
    text: str
    since: datetime


async def restrain(
    session: AsyncSession, person: Person, reply_id: int, restraint: Restraint, *, now: datetime
) -> None:
    """Mute or remove the author of a reply; they are told.

    A muted member's words from now on are kept, and shown to nobody. A removed one gets nothing more and can't come
    back by themselves. Raises NothingToRestrain, AlreadyRestrained or NotPermitted.
    """
    reply = await session.scalar(select(Reply).where(Reply.id == reply_id))
    if reply is None:
        raise NothingToRestrain(reply_id)
    moderator = await rights.membership(session, person, reply.dialogue_id, Right.RESTRAIN)
    if reply.as_moderator or not await session.scalar(
        select(Reply.id).where(Reply.id == reply_id, visibility.to(moderator))
    ):
        raise NothingToRestrain(reply_id)
    if await session.scalar(select(Sanction.id).where(seen_on(reply), Sanction.restraint == restraint).limit(1)):
        raise AlreadyRestrained(reply_id)
    await session.execute(
        insert(session, Sanction)
        .values(
            dialogue_id=reply.dialogue_id,
            member_id=reply.member_id,
            reply_id=reply.id,
            restraint=restraint,
            since=now,
        )
        .on_conflict_do_nothing()
    )
    await _apply(session, reply.member_id, restraint, now=now)
    await _tell(session, reply.dialogue_id, reply.member_id, restraint, lifted=False, now=now)
    log.enter(session, moderator, BEGUN[restraint], dialogue_id=reply.dialogue_id, reply_id=reply.id, now=now)


async def _tell(
    session: AsyncSession, dialogue_id: int, member_id: int, restraint: Restraint, *, lifted: bool, now: datetime
) -> None:
    details = {"restraint": restraint, "lifted": lifted}
    notice = await notices.open_notice(session, NoticeKind.RESTRAINT, dialogue_id=dialogue_id, details=details, now=now)
    await notices.owe_member(session, notice, member_id, due_at=now)


async def _apply(session: AsyncSession, member_id: int, restraint: Restraint, *, now: datetime) -> None:
    member = await session.get_one(Member, member_id)
    if restraint is Restraint.MUTED:
        member.muted_at = member.muted_at or now
        return
    member.removed_at = member.removed_at or now
    if member.takes_part:
        await members.leave(session, member, now=now)


def seen_on(reply: Reply) -> ColumnElement[bool]:
    """The sanctions that a reply may show, as a condition on Sanction.

    Those that came through it, or through another under the same name. Any more would tell that an anonymous reply
    and another one have one author.
    """
    through = Sanction.reply_id == reply.id
    if reply.naming is Naming.ANONYMOUS:
        return through
    other = aliased(Reply)
    named_alike = select(other.id).where(
        other.member_id == reply.member_id, other.naming == reply.naming, other.signature == reply.signature
    )
    return through | Sanction.reply_id.in_(named_alike)


async def lift(session: AsyncSession, person: Person, sanction_id: int, *, now: datetime) -> Sanction:
    """Bring a member back; returns what was lifted. Raises AlreadyLifted or NotPermitted.

    What they said while muted waits for a moderator. They stay out while another sanction stands.
    """
    sanction = await session.scalar(select(Sanction).where(Sanction.id == sanction_id).with_for_update())
    if sanction is None:
        raise AlreadyLifted(sanction_id)
    moderator = await rights.membership(session, person, sanction.dialogue_id, Right.RESTRAIN)
    await session.execute(delete(Sanction).where(Sanction.id == sanction_id))
    log.enter(
        session,
        moderator,
        LIFTED[sanction.restraint],
        dialogue_id=sanction.dialogue_id,
        reply_id=sanction.reply_id,
        now=now,
    )
    await _release_unless_held(session, sanction, now=now)
    return sanction


async def _release_unless_held(session: AsyncSession, lifted: Sanction, *, now: datetime) -> None:
    same = select(Sanction.id).where(Sanction.member_id == lifted.member_id, Sanction.restraint == lifted.restraint)
    if await session.scalar(same.limit(1)) is None:
        await _release(session, await session.get_one(Member, lifted.member_id), lifted.restraint, now=now)
        await _tell(session, lifted.dialogue_id, lifted.member_id, lifted.restraint, lifted=True, now=now)


async def forget(session: AsyncSession, reply_ids: Collection[int], *, now: datetime) -> None:
    """Lift the sanctions that came through replies which are about to be erased: nobody could lift them later."""
    sanctions = (await session.scalars(select(Sanction).where(Sanction.reply_id.in_(reply_ids)))).all()
    await session.execute(delete(Sanction).where(Sanction.id.in_([one.id for one in sanctions])))
    for one in sanctions:
        await _release_unless_held(session, one, now=now)


async def _release(session: AsyncSession, member: Member, restraint: Restraint, *, now: datetime) -> None:
    if restraint is Restraint.REMOVED:
        member.removed_at = None
        return
    said_meanwhile = (Reply.member_id == member.id) & (Reply.replied_at >= member.muted_at)
    await session.execute(
        update(Reply)
        .where(said_meanwhile, Reply.visibility.in_([Visibility.SHOWN, Visibility.WAITING]))
        .values(visibility=Visibility.WAITING, waiting_since=now)
    )
    member.muted_at = None


async def restrained(session: AsyncSession, person: Person, dialogue_id: int, *, limit: int) -> list[Restrained]:
    """Who is muted or removed in a dialogue, the latest first; raises NotPermitted."""
    await rights.membership(session, person, dialogue_id, Right.RESTRAIN)
    sanctions = await session.scalars(
        select(Sanction)
        .where(Sanction.dialogue_id == dialogue_id)
        .options(joinedload(Sanction.reply).options(joinedload(Reply.member), joinedload(Reply.question)))
        .order_by(Sanction.id.desc())
        .limit(limit)
    )
    return [
        Restrained(
            sanction_id=one.id,
            restraint=one.restraint,
            author=authors.author_of(one.reply),
            number=one.reply.question.number,
            kind=one.reply.kind,
            text=one.reply.text,
            since=one.since,
        )
        for one in sanctions.all()
    ]
