"""What another system does in the name of who gave it the token: it decides about replies and proposes key points, as in the chat."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.visibility import NoSuchReply
from bot.features.api.actions import reading
from bot.features.api.actions.tokens import Bearer, NobodyActs
from bot.features.moderation.actions import decisions
from bot.features.moderation.actions.decisions import AlreadyDone
from bot.features.proposals.actions import claims
from bot.features.proposals.actions.claims import Claim, GatheredClaims
from bot.models import Audience, Person, Reply, Visibility


class Decision(StrEnum):
    """What may be decided about a reply from outside: nothing that needs a person who has read what waits."""

    HIDE = "hide"
    SHOW = "show"
    FEATURE = "feature"
    UNFEATURE = "unfeature"


class NeedsPerson(Exception):
    """The reply isn't as it would have to be: it waits for a moderator, was merged, or isn't shown."""

    def __init__(self, visibility: Visibility) -> None:
        super().__init__(visibility)
        self.visibility = visibility


@dataclass(frozen=True)
class DecidedReply:
    """How a reply stands once it was decided about."""

    reply_id: int
    visibility: Visibility
    featured: bool


async def decide(
    session: AsyncSession, bearer: Bearer, reply_id: int, decision: Decision, *, reason: str, now: datetime
) -> DecidedReply:
    """Decide about a reply, by the rules of the chat; once more changes nothing. Raises NoSuchReply, NeedsPerson or NotPermitted."""
    person = await _person(session, bearer)
    reply = await session.scalar(
        select(Reply)
        .where(Reply.id == reply_id, Reply.dialogue_id == bearer.dialogue_id, Reply.withdrawn_at.is_(None))
        .where(Reply.audience == Audience.MEMBERS)
        .with_for_update()
    )
    if reply is None:
        raise NoSuchReply(reply_id)
    if not _stands(reply, decision):
        _refuse(reply, decision)
        await _do(session, person, reply_id, decision, reason=reason, now=now)
        await session.flush()
    return DecidedReply(reply_id, reply.visibility, featured=reply.featured_at is not None)


def _stands(reply: Reply, decision: Decision) -> bool:
    """Whether it is so already."""
    match decision:
        case Decision.HIDE:
            return reply.visibility is Visibility.HIDDEN
        case Decision.SHOW:
            return reply.visibility is Visibility.SHOWN
        case Decision.FEATURE:
            return reply.featured_at is not None
        case Decision.UNFEATURE:
            return reply.featured_at is None


def _refuse(reply: Reply, decision: Decision) -> None:
    needed = {
        Decision.HIDE: Visibility.SHOWN,
        Decision.SHOW: Visibility.HIDDEN,
        Decision.FEATURE: Visibility.SHOWN,
    }
    if needed.get(decision, reply.visibility) is not reply.visibility:
        raise NeedsPerson(reply.visibility)


async def _do(
    session: AsyncSession, person: Person, reply_id: int, decision: Decision, *, reason: str, now: datetime
) -> None:
    try:
        match decision:
            case Decision.HIDE:
                await decisions.hide(session, person, reply_id, reason=reason, version=None, now=now)
            case Decision.SHOW:
                await decisions.show_again(session, person, reply_id, now=now)
            case _:
                featured = decision is Decision.FEATURE
                await decisions.feature(session, person, reply_id, featured=featured, now=now)
    except AlreadyDone:  # another was first
        raise NeedsPerson((await session.get_one(Reply, reply_id)).visibility) from None


async def propose(session: AsyncSession, bearer: Bearer, claim: Claim, *, now: datetime) -> GatheredClaims:
    """Propose a key point on words that stand in replies; moderators decide. The same again proposes nothing. Raises NobodyActs."""
    await _person(session, bearer)
    dialogue = await reading.dialogue_of(session, bearer.dialogue_id)
    return await claims.gather(session, dialogue, [claim], tool=bearer.name, now=now)


async def _person(session: AsyncSession, bearer: Bearer) -> Person:
    if bearer.person_id is None:
        raise NobodyActs
    return await session.get_one(Person, bearer.person_id)
