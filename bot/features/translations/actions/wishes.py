"""Who can't read a reply asks for a translation (request): those who translate are told, and dealt it first; the asker hears of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights, visibility
from bot.core.rights import Right
from bot.core.visibility import NoSuchReply
from bot.database import insert
from bot.i18n import shipped
from bot.ledger import notices
from bot.models import Delivery, Kind, Member, Notice, NoticeKind, Person, Reply, State, Translation, Wish

MOST_OPEN = 5  # of one member in one dialogue: volunteers' time is what it costs
TOLD_AGAIN_AFTER = timedelta(days=1)  # a translator hears of wishes once a day at most


class TooManyWishes(Exception):
    """As many wishes of this member as may be open at once wait already."""


class NobodyTranslates(Exception):
    """Nobody (any more) translates from that language into the person's own."""


def is_foreign(language: str, reader: Person) -> bool:
    """Whether a language isn't the one a person reads the bot in."""
    return shipped(language, fallback="") != reader.language


async def is_possible(session: AsyncSession, member: Member, person: Person, reply: Reply) -> bool:
    """Whether a member may ask for a reply that they read to be translated: it is foreign, untranslated, and someone does that."""
    if not reply.text or reply.member_id == member.id or not is_foreign(reply.language, person):
        return False
    there = _is_translated(reply, person.language)
    asked = exists().where(Wish.reply_id == reply.id, Wish.member_id == member.id, Wish.language == person.language)
    if await session.scalar(select(there | asked)):
        return False
    return bool(await _translators(session, member, person.language, reply))


def _is_translated(reply: Reply, language: str) -> ColumnElement[bool]:
    return exists().where(Translation.reply_id == reply.id, Translation.language == language)


async def _translators(session: AsyncSession, asker: Member, into: str, reply: Reply) -> Sequence[int]:
    """The members who read `into`, chose to translate from the reply's language, and may read the reply."""
    found = await session.execute(
        select(Member.id, Member.translates_from, Member.role)
        .join(Member.person)
        .where(Member.dialogue_id == reply.dialogue_id, Member.translates_from.is_not(None), Person.language == into)
        .where(Member.joined_at.is_not(None), Member.left_at.is_(None), Member.removed_at.is_(None))
        .where(Member.id.not_in([asker.id, reply.member_id]))
        .order_by(Member.id)
    )
    public = bool(await session.scalar(select(exists().where(Reply.id == reply.id, visibility.to_members()))))
    return [
        member_id
        for member_id, sources, role in found
        if reply.language in (sources or ()) and (public or Right.JUDGE in rights.rights_of(role))
    ]


async def wish(session: AsyncSession, person: Person, reply_id: int, *, now: datetime) -> None:
    """Ask for a reply to be translated into one's own language; asked twice, it is one wish.

    Raises NoSuchReply, NobodyTranslates or TooManyWishes.
    """
    reply = await session.get(Reply, reply_id)
    if reply is None:
        raise NoSuchReply(reply_id)
    # Locked: two wishes at one moment are counted one after the other.
    member = await session.scalar(
        select(Member)
        .where(Member.dialogue_id == reply.dialogue_id, Member.person_id == person.id)
        .with_for_update(key_share=True)
    )
    if (
        member is None
        or await session.scalar(select(Reply.id).where(Reply.id == reply_id, visibility.to(member))) is None
    ):
        raise NoSuchReply(reply_id)
    translators = await _translators(session, member, person.language, reply)
    if not translators or await session.scalar(select(_is_translated(reply, person.language))):
        raise NobodyTranslates
    if await _open_wishes(session, member) >= MOST_OPEN and not rights.may(member, Right.SEE_QUEUE):
        raise TooManyWishes
    await session.execute(
        insert(session, Wish)
        .values(reply_id=reply_id, member_id=member.id, language=person.language, wished_at=now)
        .on_conflict_do_nothing()
    )
    for translator_id in translators:
        await _tell(session, reply.dialogue_id, translator_id, now=now)


async def _open_wishes(session: AsyncSession, member: Member) -> int:
    """How many wait of replies that can still be translated."""
    found = select(func.count()).select_from(Wish).join(Reply, Reply.id == Wish.reply_id)
    return await session.scalar(found.where(Wish.member_id == member.id, visibility.to_members())) or 0


async def _tell(session: AsyncSession, dialogue_id: int, translator_id: int, *, now: datetime) -> None:
    """Owe a translator word that something is wished for, once a day at most."""
    told = await session.execute(
        select(Delivery.state, Delivery.due_at)
        .join(Notice, Notice.id == Delivery.notice_id)
        .where(Delivery.member_id == translator_id, Delivery.kind == Kind.NOTICE)
        .where(Notice.kind == NoticeKind.WISHED, Notice.dialogue_id == dialogue_id)
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    last = told.first()
    if last is not None and last.state is State.PLANNED:
        return
    notice = await notices.open_notice(session, NoticeKind.WISHED, dialogue_id=dialogue_id, now=now)
    due_at = now if last is None else max(now, last.due_at + TOLD_AGAIN_AFTER)
    await notices.owe_member(session, notice, translator_id, due_at=due_at)


def is_wished(into: str | ColumnElement[str]) -> ColumnElement[bool]:
    """Whether anyone asks for a reply in that language, as a condition on Reply."""
    return exists().where(Wish.reply_id == Reply.id, Wish.language == into).correlate(Reply)


async def fulfil(session: AsyncSession, reply: Reply, language: str, *, now: datetime) -> None:
    """A translation is there: who asked for it is told, and the wish is kept no longer."""
    granted = delete(Wish).where(Wish.reply_id == reply.id, Wish.language == language).returning(Wish.member_id)
    askers = (await session.scalars(granted)).all()
    if askers:
        notice = await notices.open_notice(
            session, NoticeKind.TRANSLATED, dialogue_id=reply.dialogue_id, reply_id=reply.id, now=now
        )
        await notices.owe_members(session, notice, Member.id.in_(askers), due_at=now)
