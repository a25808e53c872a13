"""Replies are grouped into themes: proposals by the program, which leave alone whatever a moderator decided."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import insight
from bot.features.themes.actions.embeddings import groupable
from bot.models import Embedding, Reply, Theme, ThemeReply

if TYPE_CHECKING:
    from bot.insight.arranging import Arrangement, ReplyVectors


NOTED = 4  # replies that stand for a theme: some may be withdrawn before they are quoted
LARGEST = 1000  # replies that are looked at together: of more, the newest; the others keep their themes


@dataclass(frozen=True)
class Known:
    """A theme that a question has, and whether a moderator settled it."""

    theme_id: int
    accepted: bool
    made_from: int


async def propose(session: AsyncSession, question_id: int, *, now: datetime, anew: bool = False) -> None:
    """Put new replies to a question to its themes, and propose themes where there are none, or twice as many replies.

    With `anew` all that no moderator settled is grouped from the beginning. Takes up to half a second.
    """
    known = await _themes(session, question_id)
    proposals = [theme for theme in known if not theme.accepted]
    settled = len(proposals) < len(known)
    outgrown = bool(proposals) and not settled and await _count(session, question_id) >= 2 * proposals[0].made_from
    if proposals and (anew or outgrown):
        await _forget(session, [theme.theme_id for theme in proposals])
        known = [theme for theme in known if theme.accepted]
    material = await _reply_vectors(session, question_id)
    arrangement = await asyncio.to_thread(insight.arranging.arrange, material, propose=anew or not known)
    await _keep(session, question_id, material.method, arrangement, now)


async def _themes(session: AsyncSession, question_id: int) -> list[Known]:
    themes = await session.scalars(select(Theme).where(Theme.question_id == question_id).order_by(Theme.id))
    return [Known(theme.id, theme.accepted_at is not None, theme.made_from) for theme in themes]


async def _count(session: AsyncSession, question_id: int) -> int:
    counted = select(func.count()).select_from(Reply).where(Reply.question_id == question_id, groupable())
    return await session.scalar(counted) or 0


async def _forget(session: AsyncSession, theme_ids: Sequence[int]) -> None:
    await session.execute(delete(ThemeReply).where(ThemeReply.theme_id.in_(theme_ids), ThemeReply.decided.is_(False)))
    await session.execute(delete(Theme).where(Theme.id.in_(theme_ids)))


async def _reply_vectors(session: AsyncSession, question_id: int) -> "ReplyVectors":
    """The newest replies that are in themes, and the newest that are in none, as vectors of the encoder there is."""
    model = insight.vectors.best().name
    query = (
        select(Reply.id, Reply.language, Embedding.vector, ThemeReply.theme_id, ThemeReply.decided)
        .join(Embedding, Embedding.reply_id == Reply.id)
        .outerjoin(ThemeReply, ThemeReply.reply_id == Reply.id)
        .where(Reply.question_id == question_id, groupable(), Embedding.model == model)
        .order_by(Reply.id.desc())
        .limit(LARGEST)
    )
    placed = (await session.execute(query.where(ThemeReply.theme_id.is_not(None)))).all()
    free = (await session.execute(query.where(ThemeReply.reply_id.is_(None)))).all()
    rows = [*placed, *free]
    return insight.arranging.ReplyVectors(
        method=model,
        reply_ids=tuple(row.id for row in rows),
        languages=tuple(row.language for row in rows),
        vectors=insight.vectors.unpack([row.vector for row in rows]),
        themes=tuple(row.theme_id for row in rows),
        decided=tuple(bool(row.decided) for row in rows),
    )


async def _keep(
    session: AsyncSession, question_id: int, method: str, arrangement: "Arrangement", now: datetime
) -> None:
    session.add_all(
        ThemeReply(reply_id=reply_id, theme_id=theme_id, placed_at=now)
        for reply_id, theme_id in arrangement.placed.items()
    )
    changed = set(arrangement.placed.values())
    dialogue_id = await session.scalar(select(Reply.dialogue_id).where(Reply.question_id == question_id).limit(1))
    for group in arrangement.proposed:
        theme = Theme(
            dialogue_id=dialogue_id,
            question_id=question_id,
            name={},
            method=method,
            made_from=arrangement.made_from,
            created_at=now,
        )
        session.add(theme)
        await session.flush()
        session.add_all(ThemeReply(reply_id=reply_id, theme_id=theme.id, placed_at=now) for reply_id in group)
        changed.add(theme.id)
    await session.flush()
    await take_stock(session, changed)


async def take_stock(session: AsyncSession, theme_ids: Collection[int]) -> None:
    """Write down how large these themes are now, and which replies stand for them, for whoever reads them in haste."""
    for theme in await session.scalars(select(Theme).where(Theme.id.in_(theme_ids))):
        replies, members = (
            await session.execute(
                select(func.count(), func.count(Reply.member_id.distinct()))
                .select_from(ThemeReply)
                .join(Reply, (Reply.id == ThemeReply.reply_id) & groupable())
                .where(ThemeReply.theme_id == theme.id)
            )
        ).one()
        theme.replies, theme.members = replies, members
        theme.quoted = await quotes(session, theme.id, count=NOTED)
    await session.flush()


async def split(session: AsyncSession, theme: Theme, *, now: datetime) -> Theme | None:
    """Part a theme into two that a moderator will look at; returns the new one, or None if it can't be parted."""
    material = await _reply_vectors(session, theme.question_id)
    apart = insight.arranging.halve(material, theme.id)
    if not apart:
        return None
    new = Theme(
        dialogue_id=theme.dialogue_id,
        question_id=theme.question_id,
        name={},
        method=theme.method,
        made_from=theme.made_from,
        created_at=now,
        accepted_at=now,
    )
    session.add(new)
    await session.flush()
    rows = await session.scalars(select(ThemeReply).where(ThemeReply.reply_id.in_(apart)))
    for row in rows.all():
        row.theme_id = new.id
    return new


async def quotes(session: AsyncSession, theme_id: int, *, count: int) -> list[int]:
    """The replies (ids) that stand for a theme, the most central first, of its newest."""
    model = insight.vectors.best().name
    rows = (
        await session.execute(
            select(Reply.id, Reply.language, Embedding.vector)
            .join(ThemeReply, ThemeReply.reply_id == Reply.id)
            .outerjoin(Embedding, (Embedding.reply_id == Reply.id) & (Embedding.model == model))
            .where(ThemeReply.theme_id == theme_id, groupable())
            .order_by(Reply.id.desc())
            .limit(LARGEST)
        )
    ).all()
    embedded = [row for row in rows if row.vector is not None]
    if not embedded:
        return [row.id for row in rows[:count]]
    languages = [row.language for row in embedded]
    return [
        embedded[row].id for row in insight.arranging.standing_for(languages, [row.vector for row in embedded], count)
    ]


def across_languages(theme: Theme) -> bool:
    """Whether a theme was found whatever the language; else it is of replies that share words."""
    return insight.vectors.named(theme.method).across_languages
