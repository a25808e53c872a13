"""A role is offered by a one-time link, and taken by whoever opens it first."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members, names, rights, wordings
from bot.core.rights import Right
from bot.features.moderation.actions import log
from bot.features.team.actions import vigilance
from bot.models import Act, Dialogue, Member, Offer, Person, Role
from bot.tallies import sides

OFFER_LASTS = timedelta(days=7)
TOKEN_BYTES, TOKEN_LENGTH = 24, 32  # so many characters in a link: nobody guesses one


class NoSuchOffer(Exception):
    """The link was used, withdrawn, is too old, or never was one; or who made it may give no roles any more."""


class AlreadyMore(Exception):
    """Whoever opened the link has a role that allows all that and more; the link stays unused."""


@dataclass(frozen=True)
class Offered:
    """A role offered in a dialogue; `title` is the dialogue's in the reader's language."""

    dialogue_id: int
    title: str
    role: Role


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
    log.enter(session, organiser, Act.INVITED, dialogue_id=dialogue_id, role=role, now=now)
    return token


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def withdraw(session: AsyncSession, person: Person, dialogue_id: int, *, now: datetime) -> None:
    """Make all links that nobody used worthless; raises NotPermitted."""
    organiser = await rights.membership(session, person, dialogue_id, Right.APPOINT)
    unused = (Offer.dialogue_id == dialogue_id) & Offer.taken_at.is_(None)
    withdrawn = (await session.execute(delete(Offer).where(unused).returning(Offer.id))).all()
    if withdrawn:
        log.enter(session, organiser, Act.LINKS_WITHDRAWN, dialogue_id=dialogue_id, now=now)


async def look_at(session: AsyncSession, person: Person, token: str, *, now: datetime) -> Offered:
    """What a link offers to this person; raises NoSuchOffer, or AlreadyMore.

    An offer ends with the right of whoever made it: else a link kept in reserve would bring a lost role back.
    """
    found = await session.scalar(
        select(Offer)
        .join(Member, Member.id == Offer.offered_by_id)
        .where(Offer.fingerprint == _fingerprint(token), Offer.taken_at.is_(None), Offer.expires_at > now)
        .where(rights.holds(Right.APPOINT))
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
    offered_by_id = await session.scalar(
        update(Offer)
        .where(Offer.fingerprint == _fingerprint(token), Offer.taken_at.is_(None))
        .values(taken_at=now)
        .returning(Offer.offered_by_id)
    )
    if offered_by_id is None:
        raise NoSuchOffer
    member = await members.membership(session, person, offered.dialogue_id)
    if member is None:
        dialogue = await session.get_one(Dialogue, offered.dialogue_id)
        member = await members.enrol(session, person, dialogue, role=offered.role)
    await sides.give_role(session, member, offered.role, now=now)
    member.appointed_at, member.team_name = now, names.tidy(telegram_name)
    log.enter(
        session, member, Act.ROLE_CHANGED, dialogue_id=offered.dialogue_id, whose=member, role=offered.role, now=now
    )
    await session.flush()
    await vigilance.tell_of_role(session, member, offered.role, offered_by_id=offered_by_id, now=now)
    return offered
