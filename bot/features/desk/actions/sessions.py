"""Who may enter the desk (session, one-time link): a link works once and for minutes, a session ends after minutes of idleness."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import DeskSession, Person

LINK = timedelta(minutes=10)
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
NOTED = timedelta(minutes=1)  # how exactly it is known when someone was here last: each page would be a write otherwise
SECRET_BYTES = 32


class NotLetIn(Exception):
    """The link was used or has lapsed, or the session has ended."""


async def give_link(session: AsyncSession, person: Person, *, now: datetime) -> str:
    """What a link for this person ends in: it works once, for LINK."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session.add(DeskSession(person_id=person.id, key=_key(secret), made_at=now, seen_at=now))
    await session.flush()
    return secret


async def enter(session: AsyncSession, secret: str, *, now: datetime) -> str:
    """Open a link: it is no more, and the browser gets a secret of its own. Raises NotLetIn."""
    own = secrets.token_urlsafe(SECRET_BYTES)
    opened = await session.execute(
        update(DeskSession)
        .where(DeskSession.key == _key(secret), DeskSession.entered_at.is_(None), DeskSession.made_at > now - LINK)
        .values(key=_key(own), entered_at=now, seen_at=now)
    )
    assert isinstance(opened, CursorResult)
    if not opened.rowcount:
        raise NotLetIn
    return own


async def begin(session: AsyncSession, person: Person, *, now: datetime) -> str:
    """A session of a person who is known to be who they are: the secret for their browser."""
    own = secrets.token_urlsafe(SECRET_BYTES)
    session.add(DeskSession(person_id=person.id, key=_key(own), made_at=now, entered_at=now, seen_at=now))
    await session.flush()
    return own


async def visitor(session: AsyncSession, secret: str, *, now: datetime, is_present: bool = True) -> Person:
    """Whose session it is, whether they are there or their page only keeps itself up to date; raises NotLetIn."""
    found = await session.scalar(
        select(DeskSession).where(
            DeskSession.key == _key(secret), DeskSession.entered_at.is_not(None), ~_has_lapsed(now)
        )
    )
    if found is None:
        raise NotLetIn
    if is_present and found.seen_at <= now - NOTED:
        found.seen_at = now
    return await session.get_one(Person, found.person_id)


async def leave(session: AsyncSession, secret: str) -> None:
    """End a session; again is harmless."""
    await session.execute(delete(DeskSession).where(DeskSession.key == _key(secret)))


async def leave_everywhere(session: AsyncSession, person: Person) -> None:
    """End all sessions of a person, and make their links useless."""
    await session.execute(delete(DeskSession).where(DeskSession.person_id == person.id))


async def forget(session: AsyncSession, *, now: datetime) -> None:
    """Forget links and sessions that have lapsed."""
    await session.execute(delete(DeskSession).where(_has_lapsed(now)))


def _has_lapsed(now: datetime) -> ColumnElement[bool]:
    link = DeskSession.entered_at.is_(None) & (DeskSession.made_at <= now - LINK)
    session = DeskSession.entered_at.is_not(None) & (
        (DeskSession.seen_at <= now - IDLE) | (DeskSession.entered_at <= now - LONGEST)
    )
    return link | session


def _key(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()
