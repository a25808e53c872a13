"""Replies are grouped into themes: proposals by the program, which leave alone whatever a moderator decided.

What is grouped is gathered, arranged elsewhere (`insight.arranging`, in a child), and kept as far as it still holds.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import insight
from bot.core import counting
from bot.models import Embedding, Question, Reply, Theme, ThemeReply
from bot.tallies import sizes

if TYPE_CHECKING:
    from bot.insight.arranging import Arrangement, ReplyVectors


NOTED = 4  # replies that stand for a theme: some may be withdrawn before they are quoted
LARGEST = 1000  # replies that are looked at together: of more, the newest; the others keep their themes
JUDGED = 200  # replies of a theme among which those that stand for it are found, the newest, in some milliseconds


@dataclass(frozen=True)
class Known:
    """A theme that a question has, and whether a moderator settled it."""

    theme_id: int
    accepted: bool
    made_from: int


@dataclass(frozen=True)
class Gathered:
    """What is to be grouped of a question: its themes as they are, which of them make room, and its replies.

    With `propose` there are to be new proposals for replies that are near no theme.
    """

    question_id: int
    themes: tuple[Known, ...]
    gone: tuple[int, ...]
    replies: "ReplyVectors"
    propose: bool


async def gather(session: AsyncSession, question_id: int, *, anew: bool = False) -> Gathered:
    """What is to be grouped: proposals make room where there are twice as many replies now, and nothing is settled.

    With `anew` all that no moderator settled is grouped from the beginning.
    """
    known = await _themes(session, question_id)
    proposals = [theme for theme in known if not theme.accepted]
    settled = len(proposals) < len(known)
    outgrown = bool(proposals) and not settled and await _count(session, question_id) >= 2 * proposals[0].made_from
    gone = tuple(theme.theme_id for theme in proposals) if anew or outgrown else ()
    replies = await _reply_vectors(session, question_id, gone)
    return Gathered(question_id, known, gone, replies, propose=anew or len(gone) == len(known))


async def keep(session: AsyncSession, gathered: Gathered, arrangement: "Arrangement", *, now: datetime) -> bool:
    """Put replies to themes, and propose themes, as arranged; returns whether that could be kept.

    It can't where the themes are others by now: then it is to be gathered anew. Replies that were taken out of sight
    meanwhile, or put somewhere, are left alone.
    """
    # Who waits here for another reads the themes as that one leaves them.
    this = select(Question.id).where(Question.id == gathered.question_id).with_for_update(key_share=True)
    dialogue_id = await session.scalar(this.with_only_columns(Question.dialogue_id))
    if dialogue_id is None or await _themes(session, gathered.question_id, lock=True) != gathered.themes:
        return False
    await _forget(session, gathered.gone)
    free = await _free(session, {*arrangement.placed, *(each for group in arrangement.proposed for each in group)})
    placed = {reply_id: theme_id for reply_id, theme_id in arrangement.placed.items() if reply_id in free}
    session.add_all(_placed(placed, now))
    changed = set(placed.values())
    for group in arrangement.proposed:
        left = [reply_id for reply_id in group if reply_id in free]
        if left:
            theme = _proposal(dialogue_id, gathered, arrangement.made_from, now)
            session.add(theme)
            await session.flush()
            session.add_all(_placed(dict.fromkeys(left, theme.id), now))
            changed.add(theme.id)
    await session.flush()
    await take_stock(session, changed)
    return True


def _placed(themes: dict[int, int], now: datetime) -> list[ThemeReply]:
    return [ThemeReply(reply_id=reply_id, theme_id=theme_id, placed_at=now) for reply_id, theme_id in themes.items()]


def _proposal(dialogue_id: int, gathered: Gathered, made_from: int, now: datetime) -> Theme:
    return Theme(
        dialogue_id=dialogue_id,
        question_id=gathered.question_id,
        name={},
        method=gathered.replies.method,
        made_from=made_from,
        created_at=now,
    )


async def _free(session: AsyncSession, reply_ids: Collection[int]) -> set[int]:
    """Those of these replies that may be in a theme, and are in none."""
    put = exists().where(ThemeReply.reply_id == Reply.id)
    return set(await session.scalars(select(Reply.id).where(Reply.id.in_(reply_ids), counting.in_themes(), ~put)))


async def _themes(session: AsyncSession, question_id: int, *, lock: bool = False) -> tuple[Known, ...]:
    query = select(Theme).where(Theme.question_id == question_id).order_by(Theme.id)
    themes = await session.scalars(query.with_for_update() if lock else query)
    return tuple(Known(theme.id, theme.accepted_at is not None, theme.made_from) for theme in themes)


async def _count(session: AsyncSession, question_id: int) -> int:
    counted = select(func.count()).select_from(Reply).where(Reply.question_id == question_id, counting.in_themes())
    return await session.scalar(counted) or 0


async def _forget(session: AsyncSession, theme_ids: Sequence[int]) -> None:
    await session.execute(delete(ThemeReply).where(ThemeReply.theme_id.in_(theme_ids), ThemeReply.decided.is_(False)))
    await session.execute(delete(Theme).where(Theme.id.in_(theme_ids)))


async def _reply_vectors(session: AsyncSession, question_id: int, gone: Collection[int] = ()) -> "ReplyVectors":
    """The newest replies that are in themes, and the newest that are in none, as vectors of the encoder there is.

    Those in themes that are to be `gone` are in none.
    """
    model = insight.vectors.best().name
    query = (
        select(Reply.id, Reply.language, Embedding.vector, ThemeReply.theme_id, ThemeReply.decided)
        .join(Embedding, Embedding.reply_id == Reply.id)
        .outerjoin(ThemeReply, ThemeReply.reply_id == Reply.id)
        .where(Reply.question_id == question_id, counting.in_themes(), Embedding.model == model)
        .order_by(Reply.id.desc())
        .limit(LARGEST)
    )
    makes_room = and_(ThemeReply.theme_id.in_(gone), ThemeReply.decided.is_(False))
    placed = (await session.execute(query.where(ThemeReply.theme_id.is_not(None), ~makes_room))).all()
    free = (await session.execute(query.where(or_(ThemeReply.reply_id.is_(None), makes_room)))).all()
    rows = [*placed, *free]
    return insight.arranging.ReplyVectors(
        method=model,
        reply_ids=tuple(row.id for row in rows),
        languages=tuple(row.language for row in rows),
        packed=tuple(row.vector for row in rows),
        themes=(*(row.theme_id for row in placed), *(None for _ in free)),
        decided=tuple(bool(row.decided) for row in rows),
    )


async def take_stock(session: AsyncSession, theme_ids: Collection[int]) -> None:
    """Write down how large these themes are now, and which replies stand for them, for whoever reads them in haste."""
    for theme in await sizes.count(session, theme_ids):
        theme.quoted = await quotes(session, theme.id, count=NOTED)
    await session.flush()


async def gather_theme(session: AsyncSession, theme_id: int) -> "ReplyVectors":
    """The replies among which a theme falls in two, or doesn't; none where it isn't there."""
    question_id = await session.scalar(select(Theme.question_id).where(Theme.id == theme_id))
    return await _reply_vectors(session, question_id or 0)


async def split(session: AsyncSession, theme: Theme, apart: Collection[int], *, now: datetime) -> Theme | None:
    """Part a theme into two that a moderator will look at: those `apart` (reply ids) that are in it, and the others.

    Returns the new one, or None if it can't be parted.
    """
    rows = (await session.scalars(select(ThemeReply).where(ThemeReply.theme_id == theme.id))).all()
    parted = [row for row in rows if row.reply_id in apart]
    if not 0 < len(parted) < len(rows):
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
    for row in parted:
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
            .where(ThemeReply.theme_id == theme_id, counting.in_themes())
            .order_by(Reply.id.desc())
            .limit(JUDGED)
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
