"""A moderator decides about themes: a name, a merger, a division, another place for a reply; each decision stays."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, rights
from bot.core.messages import TooLong
from bot.core.rights import NotPermitted, Right
from bot.features.themes.actions import clusters
from bot.models import Member, Person, Reply, Theme, ThemeReply

LONGEST = 80  # characters of a name


class NoSuchTheme(Exception):
    """The theme made room for others, or is in no dialogue that the person moderates."""


async def theme(session: AsyncSession, person: Person, theme_id: int) -> tuple[Member, Theme]:
    """A theme that a person may change, with the membership through which; raises NoSuchTheme."""
    found = await session.get(Theme, theme_id)
    if found is None:
        raise NoSuchTheme(theme_id)
    try:
        return await rights.membership(session, person, found.dialogue_id, Right.SUMMARISE), found
    except NotPermitted:
        raise NoSuchTheme(theme_id) from None


async def accept(session: AsyncSession, person: Person, theme_id: int, *, now: datetime) -> Theme:
    """Let a proposed theme stay, with the replies in it, and the name if one is proposed; raises NoSuchTheme."""
    member, found = await theme(session, person, theme_id)
    found.name = {**(found.proposed_name or {}), **found.name}
    found.proposed_name = found.proposed_by = None
    await _decide(session, found, member, now)
    return found


async def name(
    session: AsyncSession, person: Person, theme_id: int, *, text: str, language: str, now: datetime
) -> Theme:
    """Give a theme its name in one language, which accepts it; raises NoSuchTheme or TooLong."""
    words = " ".join(text.split())
    if len(words) > LONGEST:
        raise TooLong(len(words), LONGEST)
    _, found = await theme(session, person, theme_id)
    found.proposed_name = None
    await accept(session, person, theme_id, now=now)
    found.name = {**found.name, language: words}
    return found


async def merge(session: AsyncSession, person: Person, theme_id: int, *, into: int, now: datetime) -> Theme:
    """Put all that is in a theme into another of the same question, which keeps its name; raises NoSuchTheme."""
    member, gone = await theme(session, person, theme_id)
    _, kept = await theme(session, person, into)
    if kept.question_id != gone.question_id or kept.id == gone.id:
        raise NoSuchTheme(into)
    await session.execute(update(ThemeReply).where(ThemeReply.theme_id == gone.id).values(theme_id=kept.id))
    kept.name = {**gone.name, **kept.name}
    await session.execute(delete(Theme).where(Theme.id == gone.id))
    await _decide(session, kept, member, now)
    return kept


async def split(
    session: AsyncSession, person: Person, theme_id: int, *, apart: Collection[int], now: datetime
) -> Theme | None:
    """Part those `apart` (reply ids) from a theme; returns the new one, or None if it can't be parted. Raises NoSuchTheme."""
    member, found = await theme(session, person, theme_id)
    new = await clusters.split(session, found, apart, now=now)
    if new is not None:
        await _decide(session, found, member, now)
        await _decide(session, new, member, now)
    return new


async def question_of(session: AsyncSession, person: Person, reply_id: int) -> int:
    """The question of a reply that a person may put to another theme; raises NoSuchTheme."""
    return (await _reply(session, person, reply_id))[1].question_id


async def move(session: AsyncSession, person: Person, reply_id: int, *, to: int | None, now: datetime) -> int:
    """Put a reply into another theme of its question, or (None) into none; returns the question. Raises NoSuchTheme."""
    member, reply = await _reply(session, person, reply_id)
    if to is not None:
        _, goal = await theme(session, person, to)
        if goal.question_id != reply.question_id:
            raise NoSuchTheme(to)
        goal.accepted_at = goal.accepted_at or now
    row = await session.get(ThemeReply, reply_id) or ThemeReply(reply_id=reply_id)
    changed = {theme_id for theme_id in (row.theme_id, to) if theme_id is not None}
    row.theme_id, row.decided, row.decided_by_id, row.placed_at = to, True, member.id, now
    session.add(row)
    await session.flush()
    await clusters.take_stock(session, changed)
    return reply.question_id


async def _reply(session: AsyncSession, person: Person, reply_id: int) -> tuple[Member, Reply]:
    reply = await session.scalar(select(Reply).where(Reply.id == reply_id, counting.in_themes()))
    if reply is None:
        raise NoSuchTheme(reply_id)
    try:
        return await rights.membership(session, person, reply.dialogue_id, Right.SUMMARISE), reply
    except NotPermitted:
        raise NoSuchTheme(reply_id) from None


async def _decide(session: AsyncSession, settled: Theme, member: Member, now: datetime) -> None:
    settled.accepted_at = settled.accepted_at or now
    await session.execute(
        update(ThemeReply)
        .where(ThemeReply.theme_id == settled.id, ThemeReply.decided.is_(False))
        .values(decided=True, decided_by_id=member.id)
    )
    await session.flush()
    await clusters.take_stock(session, [settled.id])
