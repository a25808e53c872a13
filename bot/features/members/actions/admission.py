"""Admission: the link to join, made anew when it has come into wrong hands, and who asks to be let in (waiting room, approval)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import names, rights, wordings
from bot.core.names import Reserved
from bot.core.rights import Right
from bot.features.members.actions import taking_part
from bot.features.moderation.actions import log
from bot.ledger import notices
from bot.models import Act, Admission, Dialogue, Invitee, Member, NoticeKind, Person, Role
from bot.models.dialogue import new_door


class TurnedAway(Exception):
    """Moderators have decided that this person doesn't take part."""


class DecidedAlready(Exception):
    """The person who asked is in, was refused, or asks no longer."""


@dataclass(frozen=True)
class Door:
    """How one gets into a dialogue: what the link ends in, whether it can be guessed, who asks, and what may be done about it."""

    dialogue_id: int
    title: str
    admission: Admission
    entrance: str
    guessable: bool
    asking: tuple["Applicant", ...]
    may_renew: bool


@dataclass(frozen=True)
class Applicant:
    """Someone who asks to be let in, by their account's name; `dialogue` is its title in the reader's language."""

    member_id: int
    name: str
    dialogue: str


def must_ask(member: Member) -> bool:
    """Whether someone (dialogue loaded) gets in only when moderators let them: nobody who was in before, or has a role."""
    outside = member.joined_at is None and member.role is Role.MEMBER
    return outside and asks_all(member.dialogue)


def asks_all(dialogue: Dialogue) -> bool:
    """Whether moderators decide about each who wants to take part."""
    return dialogue.admission is Admission.APPROVAL


async def ask(session: AsyncSession, member: Member, *, telegram_name: str, now: datetime) -> None:
    """Ask moderators to let a member in, once; raises TurnedAway if they have refused."""
    if member.refused_at is not None:
        raise TurnedAway(member.id)
    if member.asked_at is not None:
        return
    member.asked_at, member.asked_as = now, names.tidy(telegram_name)
    await session.flush()
    notice = await notices.open_notice(
        session, NoticeKind.ASKING, dialogue_id=member.dialogue_id, details={"member": member.id}, now=now
    )
    await notices.owe_members(session, notice, rights.holds(Right.ADMIT), due_at=now)


async def asking(session: AsyncSession, member_id: int, language: str) -> Applicant | None:
    """One who asks to be let in, told in a language; None once that is decided, or they are gone."""
    member = await session.scalar(
        select(Member).where(Member.id == member_id, Member.asked_at.is_not(None)).options(joinedload(Member.dialogue))
    )
    return _asking(member, language) if member else None


def _asking(member: Member, language: str) -> Applicant:
    dialogue = member.dialogue
    return Applicant(member.id, member.asked_as or "", wordings.in_language(dialogue.title, dialogue, language))


async def let_in(
    session: AsyncSession, person: Person, member_id: int, *, reserved: Reserved, now: datetime
) -> Applicant:
    """Let someone in, also after a refusal; they are told. Raises DecidedAlready or NotPermitted."""
    moderator, member = await _decide(session, person, member_id)
    if member.asked_at is None and member.refused_at is None:
        raise DecidedAlready
    decided = _asking(member, person.language)
    await taking_part.begin(session, member, telegram_name=member.asked_as or "", reserved=reserved, now=now)
    log.enter(session, moderator, Act.LET_IN, dialogue_id=member.dialogue_id, now=now)
    await _tell(session, member, NoticeKind.LET_IN, now=now)
    return decided


async def refuse(session: AsyncSession, person: Person, member_id: int, *, now: datetime) -> Applicant:
    """Don't let someone in; they are told. Raises DecidedAlready or NotPermitted."""
    moderator, member = await _decide(session, person, member_id)
    if member.asked_at is None:
        raise DecidedAlready
    decided = _asking(member, person.language)
    member.asked_at, member.asked_as, member.refused_at = None, None, now
    log.enter(session, moderator, Act.NOT_LET_IN, dialogue_id=member.dialogue_id, now=now)
    await _tell(session, member, NoticeKind.NOT_LET_IN, now=now)
    return decided


async def _decide(session: AsyncSession, person: Person, member_id: int) -> tuple[Member, Member]:
    """The moderator, and the one they decide about, locked: two moderators may press at one moment."""
    await session.execute(select(Member.id).where(Member.id == member_id).with_for_update())
    member = await session.scalar(
        select(Member)
        .where(Member.id == member_id)
        .options(joinedload(Member.dialogue), joinedload(Member.person))
        .execution_options(populate_existing=True)
    )
    if member is None:
        raise DecidedAlready
    moderator = await rights.membership(session, person, member.dialogue_id, Right.ADMIT)
    return moderator, member


async def _tell(session: AsyncSession, member: Member, kind: NoticeKind, *, now: datetime) -> None:
    notice = await notices.open_notice(session, kind, dialogue_id=member.dialogue_id, now=now)
    await notices.owe_member(session, notice, member.id, due_at=now, at_once=True)


async def door(session: AsyncSession, person: Person, dialogue_id: int) -> Door:
    """How one gets into a dialogue; raises NotPermitted."""
    member = await rights.membership(session, person, dialogue_id, Right.ADMIT)
    dialogue = member.dialogue
    waiting = await session.scalars(
        select(Member)
        .where(Member.dialogue_id == dialogue_id, Member.asked_at.is_not(None))
        .options(joinedload(Member.dialogue))
        .order_by(Member.asked_at, Member.id)
    )
    return Door(
        dialogue_id=dialogue.id,
        title=wordings.in_language(dialogue.title, dialogue, person.language),
        admission=dialogue.admission,
        entrance=dialogue.entrance,
        guessable=dialogue.admission is not Admission.OPEN and dialogue.door == dialogue.slug,
        asking=tuple(_asking(each, person.language) for each in waiting),
        may_renew=rights.may(member, Right.APPOINT) and dialogue.admission is not Admission.OPEN,
    )


async def renew(session: AsyncSession, person: Person, dialogue_id: int, *, now: datetime) -> None:
    """Make a new link to join: the old one, and what it opened to those who haven't joined, ends. Raises NotPermitted."""
    organiser = await rights.membership(session, person, dialogue_id, Right.APPOINT)
    await session.execute(update(Dialogue).where(Dialogue.id == dialogue_id).values(door=new_door()))
    await session.execute(update(Invitee).where(Invitee.dialogue_id == dialogue_id).values(admitted_at=None))
    log.enter(session, organiser, Act.LINK_RENEWED, dialogue_id=dialogue_id, now=now)
