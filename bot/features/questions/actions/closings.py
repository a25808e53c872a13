"""The end of a dialogue: each member is owed one closing message, when the last question has closed by their clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Executable, and_, bindparam, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, schedule
from bot.database import run
from bot.ledger import notices, outbox
from bot.models import Delivery, Dialogue, Kind, Member, Notice, NoticeKind, Question, SendAt, State

GRACE = timedelta(days=3)  # an end longer ago than this was missed: it is no news, after an upgrade above all


@dataclass(frozen=True)
class End:
    """When a dialogue ends: its last question's close, or what its file says, by a wall clock."""

    dialogue_id: int
    wall: datetime
    timezone: str
    send_at: SendAt

    def at(self, zone: str) -> datetime:
        """The instant at which it ends for a member in an IANA zone."""
        return schedule.instant(self.wall, schedule.clock_of(self.send_at, self.timezone, zone))

    def is_due(self, now: datetime) -> bool:
        """Whether it ends somewhere by now, and that isn't long ago."""
        first, last = self.at(schedule.EARLIEST_ZONE), self.at(schedule.LATEST_ZONE)
        return first <= now < last + GRACE


_ABOUT = (Dialogue.id, Dialogue.timezone, Dialogue.send_at, Dialogue.ends)
_ALL = select(*_ABOUT, func.max(Question.closes)).join(Question, Question.dialogue_id == Dialogue.id).group_by(*_ABOUT)
_UNTOLD = _ALL.where(~exists().where(Notice.dialogue_id == Dialogue.id, Notice.kind == NoticeKind.CLOSING))
_CLOSING = select(Notice).where(Notice.dialogue_id == bindparam("dialogue"), Notice.kind == NoticeKind.CLOSING)
_CLOSING_ID = _CLOSING.with_only_columns(Notice.id)
_ONE = _ALL.where(Dialogue.id == bindparam("dialogue"))


async def _ends(session: AsyncSession, which: Executable, **values: int) -> list[End]:
    return [
        End(dialogue_id, max(ends or last_close, last_close), timezone, send_at)
        for dialogue_id, timezone, send_at, ends, last_close in await run(session, which, values)
    ]


async def any_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether a dialogue ends somewhere whose closing messages are not written yet."""
    return any(end.is_due(now) for end in await _ends(session, _UNTOLD))


async def open_due(session: AsyncSession, *, now: datetime) -> int:
    """Owe the closing message of each dialogue that ends somewhere to its members; returns of how many dialogues.

    There is one notice for each dialogue, and one delivery of it for each member: none is owed twice.
    """
    ended = [end.dialogue_id for end in await _ends(session, _UNTOLD) if end.is_due(now)]
    for dialogue_id in sorted(ended):
        await outbox.lock(session, dialogue_id)
        if await _notice(session, dialogue_id) is None:
            await notices.open_notice(session, NoticeKind.CLOSING, dialogue_id=dialogue_id, now=now)
            await _owe(session, dialogue_id)
    return len(ended)


async def replan(session: AsyncSession, dialogue_id: int) -> None:
    """The end was moved: what is still to be sent is owed anew, at the end as it is now. The dialogue must be locked."""
    notice = await _notice(session, dialogue_id)
    if notice is not None:
        planned = and_(Delivery.notice_id == notice.id, Delivery.state == State.PLANNED)
        await session.execute(delete(Delivery).where(planned))
        await _owe(session, dialogue_id)


async def any_told(session: AsyncSession, dialogue_id: int) -> bool:
    """Whether anyone got the closing message of a dialogue, or may have."""
    told = exists().where(
        Delivery.notice_id == Notice.id,
        Notice.dialogue_id == dialogue_id,
        Notice.kind == NoticeKind.CLOSING,
        outbox.WENT_OUT,
    )
    return bool(await session.scalar(select(told)))


async def catch_up(session: AsyncSession, member: Member, *, zone: str, now: datetime) -> None:
    """Owe the closing message to one who joined, or came back, after it was written and before the end in their zone."""
    written = await run(session, _CLOSING_ID, {"dialogue": member.dialogue_id})
    if not written:
        return
    ((notice_id,),) = written
    (end,) = await _ends(session, _ONE, dialogue=member.dialogue_id)
    if end.at(zone) <= now:
        return
    dialogue = await session.get_one(Dialogue, member.dialogue_id)
    about = {"dialogue_id": member.dialogue_id, "member_id": member.id, "notice_id": notice_id}
    due_at = schedule.waking(dialogue, end.at(zone), zone)
    await outbox.owe_again(session, states=outbox.UNSENT, kind=Kind.NOTICE, **about, due_at=due_at)


async def _owe(session: AsyncSession, dialogue_id: int) -> None:
    notice = await _notice(session, dialogue_id)
    assert notice is not None
    (end,) = await _ends(session, _ONE, dialogue=dialogue_id)
    await notices.owe_members(session, notice, counting.takes_part(), due_at=end.at)


async def _notice(session: AsyncSession, dialogue_id: int) -> Notice | None:
    return await session.scalar(_CLOSING, {"dialogue": dialogue_id})
