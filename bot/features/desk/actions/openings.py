"""The desk opened inside Telegram (Mini App, initData): what Telegram signed says who it is, and lets in once, for minutes."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from init_data_py import validate_by_hash
from init_data_py.errors import InvalidInitDataError
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import NotPermitted, Right
from bot.database import insert
from bot.features.desk.actions import sessions
from bot.features.desk.actions.sessions import NotLetIn
from bot.models import DeskOpening, Person

FRESH = timedelta(minutes=5)  # from the tap in Telegram until a slow phone has loaded the page
LET_IN = frozenset({Right.SEE_DIGESTS, Right.TRANSLATE})  # one of these in some dialogue
AHEAD = timedelta(minutes=1)  # Telegram's clock and ours are not one


@dataclass(frozen=True)
class Arrival:
    """Who opened the desk, and when, as Telegram has it; `key` stands for this opening alone."""

    telegram_id: int
    opened_at: datetime
    key: str


def read(signed: str, token: str) -> Arrival:
    """What Telegram signed with the bot's token; raises NotLetIn where it didn't."""
    try:
        # Its age is judged later, by the clock of the house; RecursionError: it is parsed before its signature is looked at.
        found = validate_by_hash(signed, token, expires_in=None)
    except (InvalidInitDataError, RecursionError):
        raise NotLetIn from None
    if found.user is None:
        raise NotLetIn
    return Arrival(found.user.id, found.issued_at, hashlib.sha256(found.hash.encode()).hexdigest())


async def enter(
    session: AsyncSession, arrival: Arrival, organiser_ids: Collection[int], *, secret: str, now: datetime
) -> str:
    """Begin a session, and return its secret; `secret` is what the browser has from before, and keeps if it is theirs.

    Raises NotLetIn where the opening was used or has lapsed, NotPermitted for who has no role.
    """
    person = await session.scalar(select(Person).where(Person.telegram_id == arrival.telegram_id))
    if person is None:
        raise NotPermitted(Right.SEE_DIGESTS)
    if await _is_inside(session, person, secret, now=now):
        return secret  # the page was loaded again
    if arrival.telegram_id not in organiser_ids and not LET_IN & await rights.rights(session, person):
        raise NotPermitted(Right.SEE_DIGESTS)
    if not now - FRESH < arrival.opened_at <= now + AHEAD:
        raise NotLetIn
    lapses_at = arrival.opened_at + FRESH
    used = insert(session, DeskOpening).values(key=arrival.key, lapses_at=lapses_at).on_conflict_do_nothing()
    if await session.scalar(used.returning(DeskOpening.key)) is None:
        raise NotLetIn
    return await sessions.begin(session, person, now=now)


async def _is_inside(session: AsyncSession, person: Person, secret: str, *, now: datetime) -> bool:
    """Whether the secret is that of a session of this very person: several accounts of Telegram share an app's cookies."""
    try:
        return await sessions.visitor(session, secret, now=now) is person
    except NotLetIn:
        return False


async def forget(session: AsyncSession, *, now: datetime) -> None:
    """Forget what has lapsed, and can't be used again for its age."""
    await session.execute(delete(DeskOpening).where(DeskOpening.lapses_at <= now))
