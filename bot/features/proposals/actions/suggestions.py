"""A service outside proposes key points and names of themes, from the words of those who agreed; moderators decide."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, visibility, wordings
from bot.features.key_points.actions import key_points
from bot.features.themes.actions import decisions
from bot.models import Dialogue, Ground, Member, Proposal, Question, Reply, Theme, ThemeReply

MOST_REPLIES = 100  # that are sent together: of more, the newest
OF_EACH_THEME = 8
LONGEST_SENT = 1500  # characters of a reply
MOST_POINTS = 10
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


@dataclass(frozen=True)
class Brief:
    """What a service is told of a question: its text, and what those who agreed said to it; `left_out` didn't agree."""

    dialogue_id: int
    question_id: int
    question: str
    language: str
    reply_ids: tuple[int, ...]
    texts: tuple[str, ...]
    left_out: int


@dataclass(frozen=True)
class Nameless:
    """A theme that nobody has named, and what is told of it."""

    theme_id: int
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Drafted:
    """A key point as a service worded it, and by the place of a text it was told the words that are said to stand there."""

    text: str
    quotes: tuple[tuple[int | None, str], ...]


@dataclass(frozen=True)
class Kept:
    """How many proposals were kept, how many quotes don't stand in the replies, and how many proposals that left without any."""

    proposals: int
    broken_quotes: int
    dropped: int


def may_leave() -> ColumnElement[bool]:
    """The replies (with their members) that may be sent: readable by members, of those who take part and agreed."""
    return visibility.to_members() & Member.outside_proposals.is_(True) & Member.left_at.is_(None)


async def brief(session: AsyncSession, dialogue: Dialogue, question: Question, *, language: str) -> Brief:
    """What a service may be told of a question, the newest replies last."""
    rows = (
        await session.execute(
            select(Reply.id, Reply.text)
            .join(Reply.member)
            .where(Reply.question_id == question.id, counting.in_themes(), may_leave())
            .order_by(Reply.id.desc())
            .limit(MOST_REPLIES)
        )
    ).all()
    return Brief(
        dialogue_id=dialogue.id,
        question_id=question.id,
        question=wordings.in_language(question.text, dialogue, language),
        language=language,
        reply_ids=tuple(row.id for row in reversed(rows)),
        texts=tuple(row.text[:LONGEST_SENT] for row in reversed(rows)),
        left_out=await _left_out(session, question.id),
    )


async def _left_out(session: AsyncSession, question_id: int) -> int:
    found = select(func.count()).select_from(Reply).join(Reply.member)
    return await session.scalar(found.where(Reply.question_id == question_id, counting.in_themes(), ~may_leave())) or 0


async def nameless(session: AsyncSession, question_id: int) -> list[Nameless]:
    """The themes of a question without a name, each with some of the words that may be sent; those without any aren't told."""
    themes = await session.scalars(select(Theme).where(Theme.question_id == question_id).order_by(Theme.id))
    found = [Nameless(theme.id, await _of_theme(session, theme.id)) for theme in themes.all() if not theme.name]
    return [one for one in found if one.texts]


async def _of_theme(session: AsyncSession, theme_id: int) -> tuple[str, ...]:
    texts = await session.scalars(
        select(Reply.text)
        .join(Reply.member)
        .join(ThemeReply, ThemeReply.reply_id == Reply.id)
        .where(ThemeReply.theme_id == theme_id, counting.in_themes(), may_leave())
        .order_by(Reply.id.desc())
        .limit(OF_EACH_THEME)
    )
    return tuple(text[:LONGEST_SENT] for text in texts)


async def keep_names(session: AsyncSession, names: Mapping[int, str], *, language: str, service: str) -> int:
    """Keep proposed names by theme, where nobody has named it meanwhile; returns how many were kept."""
    themes = await session.scalars(select(Theme).where(Theme.id.in_(names)))
    kept = 0
    for theme in themes.all():
        name = " ".join(names[theme.id].split())
        if name and len(name) <= decisions.LONGEST and not theme.name:
            theme.proposed_name, theme.proposed_by = {language: name}, service
            kept += 1
    return kept


async def keep_points(
    session: AsyncSession, told: Brief, drafted: Sequence[Drafted], *, service: str, now: datetime
) -> Kept:
    """Keep drafted key points with the quotes that stand, letter by letter, in the replies as they are stored now."""
    replies = await session.scalars(
        select(Reply).join(Reply.member).where(Reply.id.in_(told.reply_ids), counting.in_themes(), may_leave())
    )
    texts = {reply.id: reply.text for reply in replies}
    kept = broken = 0
    for draft in drafted[:MOST_POINTS]:
        spans = _spans(told, draft, texts)
        broken += spans.count(None)
        text = as_bullet(draft.text)
        grounds = {
            span[0]: Ground(reply_id=span[0], start=span[1], end=span[2], span=span[3]) for span in spans if span
        }
        if grounds and text and len(text) <= key_points.LONGEST:
            session.add(
                Proposal(
                    dialogue_id=told.dialogue_id,
                    question_id=told.question_id,
                    text=text,
                    language=told.language,
                    proposed_by=service,
                    proposed_at=now,
                    grounds=list(grounds.values()),
                )
            )
            kept += 1
    return Kept(kept, broken, len(drafted) - kept)


def as_bullet(text: str) -> str:
    """A text of a machine's as the Markdown of one paragraph that shows it letter for letter."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _spans(told: Brief, draft: Drafted, texts: Mapping[int, str]) -> list[tuple[int, int, int, str] | None]:
    """Where each quote stands in the stored texts (reply, start, end, words); None for what stands nowhere."""
    return [_span(told, place, quote.strip(), texts) for place, quote in draft.quotes]


def _span(told: Brief, place: int | None, words: str, texts: Mapping[int, str]) -> tuple[int, int, int, str] | None:
    if place is None:
        return None
    reply_id = told.reply_ids[place]
    start = texts.get(reply_id, "").find(words)
    return (reply_id, start, start + len(words), words) if words and start >= 0 else None
