"""Who has which role in a dialogue: organisers see it, change a role, or take it away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import authors, rights, wordings
from bot.core.authors import Author
from bot.core.rights import Right
from bot.features.moderation.actions import log
from bot.ledger import notices
from bot.models import Act, Dialogue, Member, NoticeKind, Offer, Person, Role
from bot.tallies import sides


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


async def team(session: AsyncSession, person: Person, dialogue_id: int, *, now: datetime) -> Team:
    """Who has a role; raises NotPermitted."""
    organiser = await rights.membership(session, person, dialogue_id, Right.APPOINT)
    members = await session.scalars(
        select(Member).where(Member.dialogue_id == dialogue_id, rights.has_role()).order_by(Member.id)
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
    await sides.give_role(session, member, role, now=now)
    member.appointed_at = now
    log.enter(session, organiser, Act.ROLE_CHANGED, dialogue_id=member.dialogue_id, whose=member, role=role, now=now)
    if member.id != organiser.id:
        await _tell(session, member, now=now)
    return _colleague(member, organiser)


async def _tell(session: AsyncSession, member: Member, *, now: datetime) -> None:
    details = {"role": member.role}
    notice = await notices.open_notice(
        session, NoticeKind.ROLE, dialogue_id=member.dialogue_id, details=details, now=now
    )
    await notices.owe_member(session, notice, member.id, due_at=now)


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
