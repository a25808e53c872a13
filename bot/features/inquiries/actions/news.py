"""Moderators are told that members wrote to them: at once, but in each dialogue at most every few hours."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import Right
from bot.database import run
from bot.database.looks import Look
from bot.ledger import notices
from bot.models import Inquiry, Notice, NoticeKind

AT_MOST_EVERY = timedelta(hours=6)

_TOLD = (Notice.dialogue_id == Inquiry.dialogue_id) & (Notice.kind == NoticeKind.INQUIRY)
UNTOLD = Look(
    select(Inquiry.dialogue_id)
    .where(Inquiry.answered_at.is_(None))
    .where(~exists().where(_TOLD, Notice.created_at >= Inquiry.kept_at))
    .where(~exists().where(_TOLD, Notice.created_at > bindparam("told_of_inquiries_lately")))
    .distinct()
    .order_by(Inquiry.dialogue_id),
    {"told_of_inquiries_lately": AT_MOST_EVERY},
)
"""The dialogues in which someone wrote to the moderators, and these don't know."""


async def _untold(session: AsyncSession, now: datetime) -> list[int]:
    """The dialogues in which someone wrote to the moderators, and these don't know, in order."""
    return [dialogue_id for (dialogue_id,) in await run(session, UNTOLD.found, UNTOLD.moments(now))]


async def open_due(session: AsyncSession, *, now: datetime) -> int:
    """Owe moderators a notice where members wrote to them; returns in how many dialogues."""
    untold = partial(_untold, session, now)
    return await notices.tell_each(session, untold, NoticeKind.INQUIRY, rights.holds(Right.JUDGE), now=now)
