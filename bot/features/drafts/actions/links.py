"""A draft is shared by a one-time link: with another author, or with a translator, who writes what is missing in one language."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import names
from bot.features.drafts.actions import contents, drafts
from bot.features.drafts.actions.contents import Gap
from bot.models import DraftHand, Pen, Person

LASTS = timedelta(days=7)
TOKEN_BYTES = 24
BEGINS = "draft_"  # no dialogue's slug has an underscore


class NoSuchLink(Exception):
    """The link was used, is too old, or never was one."""


@dataclass(frozen=True)
class SharedDraft:
    """What a link offers: to write all of a draft, or what is missing of it in a `language`; by whom, and how much that is."""

    title: str
    by: str
    language: str | None
    gaps: int


async def share(session: AsyncSession, person: Person, hand_id: int, language: str | None, *, now: datetime) -> str:
    """What a link ends in by which whoever opens it first may write the draft, or translate it; kept nowhere."""
    mine = await drafts.hand(session, person, hand_id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    pen = Pen.TRANSLATOR if language else Pen.AUTHOR
    session.add(
        DraftHand(
            draft_id=mine.draft_id,
            pen=pen,
            language=language,
            name=mine.name,  # by whom, until someone takes it
            fingerprint=_fingerprint(token),
            expires_at=now + LASTS,
            unseen=[],
        )
    )
    return BEGINS + token


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def look_at(session: AsyncSession, person: Person, word: str, *, now: datetime) -> SharedDraft:
    """What a link offers; raises NoSuchLink."""
    offered = await _offered(session, word, now=now)
    language = offered.language
    missing = contents.gaps(offered.draft.content, language) if language else []
    title = contents.title_in(offered.draft.content, person.language)
    return SharedDraft(title, offered.name, language, len(missing))


async def _offered(session: AsyncSession, word: str, *, now: datetime) -> DraftHand:
    found = await session.scalar(
        select(DraftHand)
        .where(DraftHand.fingerprint == _fingerprint(word.removeprefix(BEGINS)), DraftHand.person_id.is_(None))
        .where(DraftHand.expires_at > now)
        .options(joinedload(DraftHand.draft))
    )
    if found is None:
        raise NoSuchLink
    return found


async def accept(session: AsyncSession, person: Person, word: str, *, name: str, now: datetime) -> DraftHand:
    """Take what a link offers, once; the others who write see `name`. Who has the draft already keeps the more of the two."""
    offered = await _offered(session, word, now=now)
    mine = await session.scalar(
        select(DraftHand).where(DraftHand.draft_id == offered.draft_id, DraftHand.person_id == person.id)
    )
    if mine is not None:
        if mine.pen is Pen.TRANSLATOR:
            mine.pen, mine.language = offered.pen, offered.language
        await session.execute(delete(DraftHand).where(DraftHand.id == offered.id))
        return mine
    # Of two presses at one moment only the first finds it untaken.
    taken = await session.scalar(
        update(DraftHand)
        .where(DraftHand.id == offered.id, DraftHand.person_id.is_(None))
        .values(person_id=person.id, name=names.tidy(name), fingerprint=None, expires_at=None)
        .returning(DraftHand.id)
    )
    if taken is None:
        raise NoSuchLink
    return await session.get_one(DraftHand, offered.id, options=[joinedload(DraftHand.draft)], populate_existing=True)


def next_gap(gaps: Sequence[Gap], after: str) -> Gap | None:
    """The text that a translator is given after one at a place: the next that is missing, else the first."""
    places = [gap.place for gap in gaps]
    start = places.index(after) + 1 if after in places else 0
    return next(iter([*gaps[start:], *gaps[:start]]), None)
