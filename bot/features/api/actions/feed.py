"""The feed: in which order replies came, changed, and were gone for other systems (change log, tombstones, keyset pagination).

Nothing that changes a reply has to remember it: what members may read now is compared with what was told of it before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Text, case, cast, extract, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.core import visibility
from bot.database import insert
from bot.features.exports.actions.replies import roughly
from bot.models import Attachment, Dialogue, FeedReply, Member, Naming, Reply, Theme, ThemeReply, Translation

STEP = 1000  # replies that are told of in one transaction


@dataclass(frozen=True)
class FeedPage:
    """Some of the feed after a place: replies that are there, by id and place, and ids of those that are gone.

    `place` is where it goes on, and there is `more` if nothing has to come first.
    """

    places: Mapping[int, int] = field(default_factory=dict)
    gone: Sequence[int] = ()
    place: int = 0
    more: bool = False


async def follow(session: AsyncSession, dialogue_id: int, *, now: datetime) -> bool:
    """Note at the end of a dialogue's feed what came, changed or is gone since, up to STEP of it; returns whether there may be more.

    An anonymous reply comes once the hour is over in which it was said or changed last: when, is told to the hour alone.
    """
    await session.execute(select(Dialogue.id).where(Dialogue.id == dialogue_id).with_for_update())
    gone = await _gone(session, dialogue_id)
    rows = [{"reply_id": reply_id, "state": "", "gone": True} for reply_id in gone]
    if len(rows) < STEP:
        changed = await _changed(session, dialogue_id, now=now, limit=STEP - len(rows))
        rows += [{"reply_id": reply_id, "state": state, "gone": False} for reply_id, state in changed]
    if rows:
        last = await session.scalar(select(func.max(FeedReply.place)).where(FeedReply.dialogue_id == dialogue_id)) or 0
        put = insert(session, FeedReply)
        await session.execute(
            put.on_conflict_do_update(
                index_elements=["reply_id"],
                set_={name: put.excluded[name] for name in ("place", "state", "gone")},
            ),
            [{**row, "dialogue_id": dialogue_id, "place": last + n} for n, row in enumerate(rows, start=1)],
        )
    return len(rows) == STEP


async def _gone(session: AsyncSession, dialogue_id: int) -> Sequence[int]:
    """What was told of, and isn't for members to read any more, or erased."""
    readable = select(Reply.id).where(Reply.id == FeedReply.reply_id, visibility.to_members()).correlate(FeedReply)
    found = await session.scalars(
        select(FeedReply.reply_id)
        .where(FeedReply.dialogue_id == dialogue_id, FeedReply.gone.is_(False), ~readable.exists())
        .order_by(FeedReply.place)
        .limit(STEP)
    )
    return found.all()


async def _changed(session: AsyncSession, dialogue_id: int, *, now: datetime, limit: int) -> Sequence[tuple[int, str]]:
    state = _state()
    untold = or_(FeedReply.reply_id.is_(None), FeedReply.gone, FeedReply.state != state)
    rows = await session.execute(
        select(Reply.id, state)
        .join(Reply.member)
        .outerjoin(FeedReply, FeedReply.reply_id == Reply.id)
        .where(Reply.dialogue_id == dialogue_id, visibility.to_members(), _is_settled(now), untold)
        .order_by(Reply.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def _is_settled(now: datetime) -> ColumnElement[bool]:
    named = (Reply.naming != Naming.ANONYMOUS) | Reply.as_moderator
    return named | (func.coalesce(Reply.edited_at, Reply.kept_at) < roughly(now))


def _state() -> ColumnElement[str]:
    """What tells one state of a reply from another: all that an answer shows of it, by its shape and without a word."""
    files = select(func.count()).where(Attachment.reply_id == Reply.id).correlate(Reply).scalar_subquery()
    translated = Translation.reply_id == Reply.id
    count = select(func.count()).where(translated).correlate(Reply).scalar_subquery()
    theme = select(Theme.id).join(ThemeReply, ThemeReply.theme_id == Theme.id)
    theme = theme.where(ThemeReply.reply_id == Reply.id).correlate(Reply)
    named = theme.with_only_columns(func.length(cast(Theme.name, Text)))
    last = select(func.max(extract("epoch", Translation.translated_at))).where(translated).correlate(Reply)
    values = (
        *(
            Reply.question_id,
            Reply.parent_id,
            Reply.naming,
            Reply.language,
            Reply.language_source,
            func.length(Reply.text),
        ),
        *(extract("epoch", Reply.edited_at), _flag(Reply.featured_at.is_not(None)), _flag(Reply.late)),
        *(_flag(Member.quotable), files, count, last.scalar_subquery()),
        *(theme.scalar_subquery(), named.scalar_subquery()),
    )
    state: ColumnElement[str] = cast("", Text)
    for value in values:
        state = state + func.coalesce(cast(value, Text), "") + "."
    return state


def _flag(condition: ColumnElement[bool] | InstrumentedAttribute[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


async def page(
    session: AsyncSession, dialogue_id: int, *, after: int, limit: int, question_id: int | None = None
) -> FeedPage:
    """The feed of a dialogue after a place; of one question, if it is given, besides what is gone of any."""
    found = (
        select(FeedReply.reply_id, FeedReply.place, FeedReply.gone)
        .where(FeedReply.dialogue_id == dialogue_id, FeedReply.place > after)
        .order_by(FeedReply.place)
        .limit(limit + 1)
    )
    if question_id is not None:
        theirs = Reply.question_id == question_id
        found = found.outerjoin(Reply, Reply.id == FeedReply.reply_id).where(FeedReply.gone | theirs)
    rows = (await session.execute(found)).all()
    told = rows[:limit]
    return FeedPage(
        places={row.reply_id: row.place for row in told if not row.gone},
        gone=tuple(row.reply_id for row in told if row.gone),
        place=told[-1].place if told else after,
        more=len(rows) > limit,
    )


def told(dialogue_id: int) -> ColumnElement[bool]:
    """The replies of a dialogue that other systems were told of, and that members may read now, as a condition on Reply."""
    known = select(FeedReply.reply_id).where(FeedReply.dialogue_id == dialogue_id, FeedReply.gone.is_(False))
    return (Reply.dialogue_id == dialogue_id) & Reply.id.in_(known) & visibility.to_members()


async def is_gone(session: AsyncSession, dialogue_id: int, reply_id: int) -> bool:
    """Whether a reply was told of once, and is gone."""
    found = await session.get(FeedReply, reply_id)
    return found is not None and found.dialogue_id == dialogue_id
