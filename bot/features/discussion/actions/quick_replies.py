"""Quick replies: one tap on a rung says something too, "my experience too", "different where I work", "I have an example"."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert, run
from bot.features.discussion.actions.deck import COUNTED
from bot.models import Member, Rung, RungKind


@dataclass(frozen=True)
class Chimes:
    """How many members tapped each rung of one reply or question, COUNTED where there are more, and which one the reader did."""

    counts: Mapping[RungKind, int]
    mine: RungKind | None


def _target(question_id: int | BindParameter[int], reply_id: int | None) -> ColumnElement[bool]:
    return (
        (Rung.question_id == question_id) & Rung.reply_id.is_(None) if reply_id is None else Rung.reply_id == reply_id
    )


def _counts(target: ColumnElement[bool]) -> Select[*tuple[int, ...]]:
    """How many of each kind, a column for each, and never more than COUNTED entries of an index looked at."""
    tapped = (select(Rung.kind).where(target, Rung.kind == kind).limit(COUNTED).subquery() for kind in RungKind)
    return select(*(select(func.count()).select_from(each).scalar_subquery() for each in tapped))


# Built once: whoever sends asks this for each claim.
_UNDER_QUESTION = _target(bindparam("question"), None)
COUNTS = _counts(_UNDER_QUESTION)
COUNTS_OF_REPLY = _counts(Rung.reply_id == bindparam("reply"))
_TAPPED = select(Rung.member_id, Rung.kind).where(
    _UNDER_QUESTION, Rung.member_id.in_(bindparam("members", expanding=True))
)


async def of_question(session: AsyncSession, member_ids: Collection[int], question_id: int) -> dict[int, Chimes]:
    """The rungs under a question, for each of these members."""
    counts = _by_kind(await run(session, COUNTS, {"question": question_id}))
    tapped = await run(session, _TAPPED, {"question": question_id, "members": list(member_ids)})
    mine = {row[0]: row[1] for row in tapped}
    return {each: Chimes(counts, mine.get(each)) for each in member_ids}


async def of_reply(session: AsyncSession, reader: Member, reply_id: int) -> Chimes:
    """The rungs under a reply."""
    mine = await session.scalar(select(Rung.kind).where(Rung.reply_id == reply_id, Rung.member_id == reader.id))
    return Chimes(_by_kind(await run(session, COUNTS_OF_REPLY, {"reply": reply_id})), mine)


def _by_kind(rows: Sequence[Row[*tuple[int, ...]]]) -> dict[RungKind, int]:
    (counted,) = rows
    return {kind: count for kind, count in zip(RungKind, counted, strict=True) if count}


async def chime(
    session: AsyncSession, member: Member, kind: RungKind, *, question_id: int, reply_id: int | None, now: datetime
) -> RungKind | None:
    """Tap a rung of a question, or of a reply to it: another one replaces it, the same one takes it back; returns what stands now."""
    target = _target(question_id, reply_id)
    before = await session.scalar(select(Rung.kind).where(target, Rung.member_id == member.id))
    await session.execute(delete(Rung).where(target, Rung.member_id == member.id))
    if before is kind:
        return None
    await session.execute(
        insert(session, Rung)
        .values(member_id=member.id, question_id=question_id, reply_id=reply_id, kind=kind, tapped_at=now)
        .on_conflict_do_nothing()
    )
    return kind
