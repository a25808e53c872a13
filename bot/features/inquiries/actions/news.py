"""Moderators are told that members wrote to them: at once, but in each dialogue at most every few hours."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import Right
from bot.database import run
from bot.ledger import notices, outbox
from bot.models import Inquiry, Notice, NoticeKind

AT_MOST_EVERY = timedelta(hours=6)

_TOLD = (Notice.dialogue_id == Inquiry.dialogue_id) & (Notice.kind == NoticeKind.INQUIRY)
_UNTOLD = (
    select(Inquiry.dialogue_id)
    .where(Inquiry.answered_at.is_(None))
    .where(~exists().where(_TOLD, Notice.created_at >= Inquiry.kept_at))
    .where(~exists().where(_TOLD, Notice.created_at > bindparam("lately")))
    .distinct()
    .order_by(Inquiry.dialogue_id)
)


async def _untold(session: AsyncSession, now: datetime) -> list[int]:
    """The dialogues in which someone wrote to the moderators, and these don't know, in order."""
    return [dialogue_id for (dialogue_id,) in await run(session, _UNTOLD, {"lately": now - AT_MOST_EVERY})]


async def any_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether moderators are to be told."""
    return bool(await _untold(session, now))


async def open_due(session: AsyncSession, *, now: datetime) -> int:
    """Owe moderators a notice where members wrote to them; returns in how many dialogues."""
    opened = 0
    for dialogue_id in await _untold(session, now):
        # Looked at anew once it is locked: of two that look at once, the second finds its moderators told.
        await outbox.lock(session, dialogue_id)
        if dialogue_id not in await _untold(session, now):
            continue
        notice = await notices.open_notice(session, NoticeKind.INQUIRY, dialogue_id=dialogue_id, now=now)
        await notices.owe_members(session, notice, rights.holds(Right.JUDGE), due_at=now)
        opened += 1
    return opened
