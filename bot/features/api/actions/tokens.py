"""Who lets another system in (API token, bearer): a secret shown once, for one dialogue, some scopes and a time."""

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import rights
from bot.core.dialogues import NoSuchDialogue
from bot.core.rights import NotPermitted, Right
from bot.features.moderation.actions import log
from bot.features.team.actions import vigilance
from bot.models import Act, ApiToken, Dialogue, Member, Person, TokenScope

PREFIX = "vd_"  # by which scanners find a secret that was published by mistake
SECRET_BYTES = 32
MOST = 20  # of a dialogue
LONGEST_NAME = 60  # characters
LONGEST = timedelta(days=366)
NOTED = timedelta(
    hours=1
)  # how exactly it is known when a token was used last: each request would be a write otherwise

NEEDED: Mapping[TokenScope, Right] = {
    TokenScope.READ_REPLIES: Right.EXPORT,
    TokenScope.READ_SUMMARY: Right.EXPORT,
    TokenScope.READ_FIGURES: Right.SEE_DIGESTS,
    TokenScope.WRITE_MODERATION: Right.JUDGE,
    TokenScope.WRITE_PROPOSALS: Right.SUMMARISE,
}
"""The right that whoever gave a token must have, still when it is used."""
WRITES = frozenset({TokenScope.WRITE_MODERATION, TokenScope.WRITE_PROPOSALS})
"""What is done in somebody's name."""


class NoSuchToken(Exception):
    """There is no such token (any more), or it isn't this person's to see."""


class BadToken(Exception):
    """A token can't be as it is wanted: without a name or a scope, or for longer than LONGEST."""


class TooManyTokens(Exception):
    """The dialogue has MOST tokens already."""


class NobodyActs(Exception):
    """What is done by a token is done in somebody's name, and this one has none."""


@dataclass(frozen=True)
class TokenWanted:
    """What a token is to be: what it is called, what it opens, and until when."""

    name: str
    scopes: frozenset[TokenScope]
    expires_at: datetime


@dataclass(frozen=True)
class GivenToken:
    """A token that was just made, with its `secret`, which nobody will be shown again."""

    token_id: int
    secret: str


@dataclass(frozen=True)
class Bearer:
    """Whoever comes with a token: for which dialogue, and what whoever gave it (None: the host) lets them do now.

    It is to be `noted` that the token was used.
    """

    token_id: int
    name: str
    dialogue_id: int
    slug: str
    person_id: int | None
    scopes: frozenset[TokenScope]
    noted: bool


@dataclass(frozen=True)
class ListedToken:
    """A token as those see it who may revoke it; `giver` is their name in the team, None where there is none, or the host gave it."""

    token_id: int
    slug: str
    name: str
    scopes: tuple[TokenScope, ...]
    giver: str | None
    by_host: bool
    given_at: datetime
    expires_at: datetime
    used_at: datetime | None


async def giver(session: AsyncSession, telegram_id: int, slug: str) -> tuple[int, Member | None]:
    """A dialogue's id, and the membership of an account in it that may give tokens (0: none). Raises NoSuchDialogue or NotPermitted."""
    dialogue_id = await session.scalar(select(Dialogue.id).where(Dialogue.slug == slug))
    if dialogue_id is None:
        raise NoSuchDialogue(slug)
    if not telegram_id:
        return dialogue_id, None
    person = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
    if person is None:
        raise NotPermitted(Right.APPOINT)
    return dialogue_id, await rights.membership(session, person, dialogue_id, Right.APPOINT)


async def give(
    session: AsyncSession, dialogue_id: int, by: Member | None, wanted: TokenWanted, *, now: datetime
) -> GivenToken:
    """Let another system in; it is written down, and the other organisers are told. `by` an organiser, or the host (None).

    Raises BadToken, TooManyTokens, NobodyActs or NotPermitted.
    """
    name = " ".join(wanted.name.split())
    if not 0 < len(name) <= LONGEST_NAME or not wanted.scopes or not now < wanted.expires_at <= now + LONGEST:
        raise BadToken
    _refuse(by, wanted.scopes)
    await session.execute(select(Dialogue.id).where(Dialogue.id == dialogue_id).with_for_update())
    there = select(func.count()).where(ApiToken.dialogue_id == dialogue_id, ApiToken.expires_at > now)
    if (await session.scalar(there) or 0) >= MOST:
        raise TooManyTokens
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken(
        dialogue_id=dialogue_id,
        member_id=by and by.id,
        name=name,
        key=key_of(secret),
        scopes=sorted(wanted.scopes),
        given_at=now,
        expires_at=wanted.expires_at,
    )
    session.add(token)
    log.enter(session, by, Act.TOKEN_GIVEN, dialogue_id=dialogue_id, reason=name, now=now)
    if wanted.scopes & {TokenScope.READ_REPLIES, TokenScope.READ_SUMMARY}:
        await vigilance.tell_of_export(session, dialogue_id, by, token=name, now=now)
    await session.flush()
    return GivenToken(token.id, secret)


def _refuse(by: Member | None, scopes: Collection[TokenScope]) -> None:
    if by is None:
        if WRITES.intersection(scopes):
            raise NobodyActs
        return
    for right in (Right.APPOINT, *(NEEDED[scope] for scope in scopes)):
        if not rights.may(by, right):
            raise NotPermitted(right)


async def bearer(session: AsyncSession, secret: str, *, now: datetime) -> Bearer:
    """Who comes with a secret; raises NoSuchToken, also where whoever gave the token may nothing of it any more."""
    found = await session.scalar(
        select(ApiToken)
        .where(ApiToken.key == key_of(secret), ApiToken.expires_at > now)
        .options(joinedload(ApiToken.dialogue), joinedload(ApiToken.member))
    )
    if found is None:
        raise NoSuchToken
    scopes = frozenset(scope for scope in _scopes(found) if found.member is None or _may(found.member, scope))
    if not scopes:
        raise NoSuchToken
    return Bearer(
        token_id=found.id,
        name=found.name,
        dialogue_id=found.dialogue_id,
        slug=found.dialogue.slug,
        person_id=found.member.person_id if found.member else None,
        scopes=scopes,
        noted=found.used_at is not None and found.used_at > now - NOTED,
    )


def _may(giver: Member, scope: TokenScope) -> bool:
    return rights.may(giver, NEEDED[scope])


def _scopes(token: ApiToken) -> tuple[TokenScope, ...]:
    return tuple(scope for scope in TokenScope if scope in token.scopes)


async def note_use(session: AsyncSession, token_id: int, *, now: datetime) -> None:
    """It was used in this hour."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    await session.execute(update(ApiToken).where(ApiToken.id == token_id).values(used_at=hour))


async def of_dialogue(session: AsyncSession, dialogue_id: int) -> list[ListedToken]:
    """The tokens of a dialogue, oldest first; those that have expired, too, until they are revoked."""
    return await _listed(session, _LISTED.where(ApiToken.dialogue_id == dialogue_id))


async def everywhere(session: AsyncSession, slug: str | None) -> list[ListedToken]:
    """The tokens of one dialogue, or of all (None)."""
    return await _listed(session, _LISTED if slug is None else _LISTED.where(Dialogue.slug == slug))


_LISTED = (
    select(ApiToken)
    .join(ApiToken.dialogue)
    .options(joinedload(ApiToken.dialogue), joinedload(ApiToken.member))
    .order_by(ApiToken.dialogue_id, ApiToken.id)
)


async def _listed(session: AsyncSession, of: Select[ApiToken]) -> list[ListedToken]:
    found: Sequence[ApiToken] = (await session.scalars(of)).all()
    return [
        ListedToken(
            token_id=each.id,
            slug=each.dialogue.slug,
            name=each.name,
            scopes=_scopes(each),
            giver=each.member.team_name if each.member else None,
            by_host=each.member is None,
            given_at=each.given_at,
            expires_at=each.expires_at,
            used_at=each.used_at,
        )
        for each in found
    ]


async def revoke(session: AsyncSession, token_id: int, by: Member | None, *, now: datetime) -> str:
    """Let a system in no longer, at once; returns what its token was called. `by` an organiser of its dialogue, or the host (None).

    Raises NoSuchToken or NotPermitted.
    """
    found = await session.get(ApiToken, token_id)
    if found is None or (by is not None and by.dialogue_id != found.dialogue_id):
        raise NoSuchToken(token_id)
    if by is not None and not rights.may(by, Right.APPOINT):
        raise NotPermitted(Right.APPOINT)
    log.enter(session, by, Act.TOKEN_REVOKED, dialogue_id=found.dialogue_id, reason=found.name, now=now)
    await session.delete(found)
    return found.name


def key_of(secret: str) -> str:
    """What is kept of a secret; of 256 bits of chance nobody learns anything by how long it takes to look for it."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()
