"""Organisers share the work: they offer a role by a one-time link, change it, or take it away."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.actions import logkeeping
from bot.core import authors, members, rights, wordings
from bot.core.authors import Author
from bot.core.members import NAME_LIMIT
from bot.core.rights import Right
from bot.ledger import notices
from bot.models import Act, Dialogue, Member, NoticeKind, Offer, Person, Role

OFFER_LASTS = timedelta(days=7)
TOKEN_BYTES, TOKEN_LENGTH = 24, 32  # so many characters in a link: nobody guesses one


class NoSuchOffer(Exception):
    """The link was used, withdrawn, is too old, or never was one."""


class AlreadyMore(Exception):
    """Whoever opened the link has a role that allows all that and more; the link stays unused."""


class NoSuchColleague(Exception):
    """The member has no role in this dialogue any more."""


class NamedByHost(Exception):
    """The organiser is named in the settings: only the host can change that."""


class LastOrganiser(Exception):
    """Nobody would be left who can give roles."""


@dataclass(frozen=True)
class Colleague:
    """Someone with a role, as the others with one know them; `author` is how they are named where `name` is None."""

    member_id: int
    role: Role
    name: str | None
    author: Author
    named_by_host: bool
    is_self: bool


@dataclass(frozen=True)
class Team:
    """Who has a role in a dialogue, and how many links are still open."""

    dialogue_id: int
    title: str
    colleagues: tuple[Colleague, ...]
    open_links: int


@dataclass(frozen=True)
class Offered:
    """A role offered in a dialogue; `title` is the dialogue's in the reader's language."""

    dialogue_id: int
    title: str
    role: Role


async def team(session: AsyncSession, person: Person, dialogue_id: int, *, now: datetime) -> Team:
    """Who has a role; raises NotPermitted."""
    organiser = await rights.membership(session, person, dialogue_id, Right.APPOINT)
    members = await session.scalars(
        select(Member).where(Member.dialogue_id == dialogue_id, Member.role != Role.MEMBER).order_by(Member.id)
    )
    return Team(
        dialogue_id=dialogue_id,
        title=wordings.in_language(organiser.dialogue.title, organiser.dialogue, person.language),
        colleagues=tuple(_colleague(member, organiser) for member in members.all()),
        open_links=await session.scalar(
            select(func.count()).where(
                Offer.dialogue_id == dialogue_id, Offer.taken_at.is_(None), Offer.expires_at > now
            )
        )
        or 0,
    )


async def colleague(session: AsyncSession, person: Person, member_id: int) -> tuple[int, Colleague]:
    """One of those with a role, and the dialogue's id; raises NoSuchColleague or NotPermitted."""
    organiser, member = await _find(session, person, member_id)
    return member.dialogue_id, _colleague(member, organiser)


def _colleague(member: Member, organiser: Member) -> Colleague:
    named_by_host = member.role is Role.ORGANISER and member.appointed_at is None
    return Colleague(
        member_id=member.id,
        role=member.role,
        name=member.team_name,
        author=authors.author(member),
        named_by_host=named_by_host,
        is_self=member.id == organiser.id,
    )


async def offer(session: AsyncSession, person: Person, dialogue_id: int, role: Role, *, now: datetime) -> str:
    """Offer a role to whoever opens a link first; returns its secret, which is kept nowhere. Raises NotPermitted."""
    organiser = await rights.membership(session, person, dialogue_id, Right.APPOINT)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        Offer(
            dialogue_id=dialogue_id,
            fingerprint=_fingerprint(token),
            role=role,
            offered_by_id=organiser.id,
            offered_at=now,
            expires_at=now + OFFER_LASTS,
        )
    )
    logkeeping.enter(session, organiser, Act.INVITED, dialogue_id=dialogue_id, role=role, now=now)
    return token


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def withdraw(session: AsyncSession, person: Person, dialogue_id: int, *, now: datetime) -> None:
    """Make all links that nobody used worthless; raises NotPermitted."""
    organiser = await rights.membership(session, person, dialogue_id, Right.APPOINT)
    unused = (Offer.dialogue_id == dialogue_id) & Offer.taken_at.is_(None)
    withdrawn = (await session.execute(delete(Offer).where(unused).returning(Offer.id))).all()
    if withdrawn:
        logkeeping.enter(session, organiser, Act.LINKS_WITHDRAWN, dialogue_id=dialogue_id, now=now)


async def look_at(session: AsyncSession, person: Person, token: str, *, now: datetime) -> Offered:
    """What a link offers to this person; raises NoSuchOffer, or AlreadyMore."""
    found = await session.scalar(
        select(Offer).where(Offer.fingerprint == _fingerprint(token), Offer.taken_at.is_(None), Offer.expires_at > now)
    )
    if found is None:
        raise NoSuchOffer
    member = await members.membership(session, person, found.dialogue_id)
    if member is not None and rights.rights_of(found.role) <= rights.rights_of(member.role):
        raise AlreadyMore
    dialogue = await session.get_one(Dialogue, found.dialogue_id)
    return Offered(dialogue.id, wordings.in_language(dialogue.title, dialogue, person.language), found.role)


async def take(session: AsyncSession, person: Person, token: str, *, telegram_name: str, now: datetime) -> Offered:
    """Take the role that a link offers, once; the others with a role see `telegram_name`. Raises NoSuchOffer, or AlreadyMore."""
    offered = await look_at(session, person, token, now=now)
    # Of two presses at one moment only the first finds it untaken.
    taken = await session.scalar(
        update(Offer)
        .where(Offer.fingerprint == _fingerprint(token), Offer.taken_at.is_(None))
        .values(taken_at=now)
        .returning(Offer.id)
    )
    if taken is None:
        raise NoSuchOffer
    member = await members.membership(session, person, offered.dialogue_id)
    if member is None:
        dialogue = await session.get_one(Dialogue, offered.dialogue_id)
        member = await members.enrol(session, person, dialogue, role=offered.role)
    member.role, member.appointed_at, member.team_name = offered.role, now, telegram_name[:NAME_LIMIT]
    logkeeping.enter(
        session, member, Act.ROLE_CHANGED, dialogue_id=offered.dialogue_id, whose=member, role=offered.role, now=now
    )
    return offered


async def change_role(session: AsyncSession, person: Person, member_id: int, role: Role, *, now: datetime) -> Colleague:
    """Give someone another role, or with Role.MEMBER none; they are told, unless they did it themselves.

    Raises NoSuchColleague, NamedByHost, LastOrganiser or NotPermitted.
    """
    organiser, member = await _find(session, person, member_id)
    # Two organisers who take away each other's role at one moment: one after the other.
    await session.execute(select(Dialogue.id).where(Dialogue.id == member.dialogue_id).with_for_update())
    await session.refresh(member, ["role", "appointed_at"])
    if member.role is Role.ORGANISER and member.appointed_at is None:
        raise NamedByHost
    if member.role is Role.ORGANISER and role is not Role.ORGANISER and await _organisers(session, member) == 1:
        raise LastOrganiser
    if member.role is role:
        return _colleague(member, organiser)
    member.role, member.appointed_at = role, now
    logkeeping.enter(
        session, organiser, Act.ROLE_CHANGED, dialogue_id=member.dialogue_id, whose=member, role=role, now=now
    )
    if member.id != organiser.id:
        await _tell(session, member, now=now)
    return _colleague(member, organiser)


async def _tell(session: AsyncSession, member: Member, *, now: datetime) -> None:
    details = {"role": member.role}
    notice = await notices.open_notice(
        session, NoticeKind.ROLE, dialogue_id=member.dialogue_id, details=details, now=now
    )
    await notices.owe_member(session, notice, member.id, now=now)


async def holder(session: AsyncSession, member_id: int) -> Person:
    """The person whose role was changed."""
    member = await session.get_one(Member, member_id, options=[joinedload(Member.person)])
    return member.person


async def _organisers(session: AsyncSession, member: Member) -> int:
    found = select(func.count()).where(Member.dialogue_id == member.dialogue_id, Member.role == Role.ORGANISER)
    return await session.scalar(found) or 0


async def _find(session: AsyncSession, person: Person, member_id: int) -> tuple[Member, Member]:
    """The organiser who asks, and the one with a role."""
    member = await session.scalar(select(Member).where(Member.id == member_id).options(joinedload(Member.person)))
    if member is None:
        raise NoSuchColleague(member_id)
    organiser = await rights.membership(session, person, member.dialogue_id, Right.APPOINT)
    if member.role is Role.MEMBER:
        raise NoSuchColleague(member_id)
    return organiser, member
