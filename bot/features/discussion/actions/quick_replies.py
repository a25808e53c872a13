"""Quick replies: one tap on a rung says something too, "my experience too", "different where I work", "I have an example"."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert, run
from bot.models import Member, Rung, RungKind


@dataclass(frozen=True)
class Chimes:
    """How many members tapped each rung of one reply or question, and which one the reader did."""

    counts: Mapping[RungKind, int]
    mine: RungKind | None


def _target(question_id: int | BindParameter[int], reply_id: int | None) -> ColumnElement[bool]:
    return (
        (Rung.question_id == question_id) & Rung.reply_id.is_(None) if reply_id is None else Rung.reply_id == reply_id
    )


def _counts(target: ColumnElement[bool]) -> Select[RungKind, int]:
    return select(Rung.kind, func.count()).where(target).group_by(Rung.kind)


# Built once: whoever sends asks this for each claim.
_UNDER_QUESTION = _target(bindparam("question"), None)
_COUNTS = _counts(_UNDER_QUESTION)
_TAPPED = select(Rung.member_id, Rung.kind).where(
    _UNDER_QUESTION, Rung.member_id.in_(bindparam("members", expanding=True))
)


async def of_question(session: AsyncSession, member_ids: Collection[int], question_id: int) -> dict[int, Chimes]:
    """The rungs under a question, for each of these members."""
    counts = {row[0]: row[1] for row in await run(session, _COUNTS, {"question": question_id})}
    tapped = await run(session, _TAPPED, {"question": question_id, "members": list(member_ids)})
    mine = {row[0]: row[1] for row in tapped}
    return {each: Chimes(counts, mine.get(each)) for each in member_ids}


async def of_reply(session: AsyncSession, reader: Member, reply_id: int) -> Chimes:
    """The rungs under a reply."""
    mine = await session.scalar(select(Rung.kind).where(Rung.reply_id == reply_id, Rung.member_id == reader.id))
    counted = await session.execute(_counts(Rung.reply_id == reply_id))
    return Chimes({row[0]: row[1] for row in counted}, mine)


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
