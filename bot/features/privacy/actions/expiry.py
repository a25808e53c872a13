"""When what was said is to go (retention): who said what, files, whole dialogues; of these their people are told before, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.retention import KeptFor
from bot.core.rights import Right
from bot.core.schedule import LATEST_ZONE
from bot.features.questions.actions.closings import End
from bot.ledger import notices, outbox
from bot.models import Dialogue, NoticeKind, Question

TOLD_BEFORE = timedelta(days=14)  # to take a copy along, or to keep it longer


@dataclass(frozen=True)
class Expiry:
    """A dialogue that has ended, or is to end, at `ended_at` everywhere; how long it is kept, and since when that was told.

    One that was entered as finished ended when it was entered: else it would go before its Summary is written.
    """

    dialogue_id: int
    slug: str
    ended_at: datetime
    kept: KeptFor
    told_at: datetime | None

    @property
    def dialogue_goes_at(self) -> datetime | None:
        """When all of it goes, two weeks after that was told at the least; None for never, and while nobody was told."""
        if self.kept.dialogue is None or self.told_at is None:
            return None
        return max(self.ended_at + self.kept.dialogue, self.told_at + TOLD_BEFORE)

    def is_to_be_told(self, now: datetime) -> bool:
        """Whether its people are to be told now that all of it goes before long."""
        if self.kept.dialogue is None or self.told_at is not None:
            return False
        return self.ended_at + self.kept.dialogue - TOLD_BEFORE <= now

    def goes(self, now: datetime) -> KeptFor | None:
        """Which of its times have passed, as what is kept for so long; None if none has."""
        passed = [
            kept if kept is not None and self.ended_at + kept <= now else None
            for kept in (self.kept.identities, self.kept.files)
        ]
        at = self.dialogue_goes_at
        whole = self.kept.dialogue if at is not None and at <= now else None
        return KeptFor(passed[0], passed[1], whole) if whole or any(passed) else None


# Of columns: the texts of a dialogue are long, and each tick looks.
_EXPIRIES = (
    select(
        Dialogue.id,
        Dialogue.slug,
        Dialogue.identities_kept,
        Dialogue.files_kept,
        Dialogue.dialogue_kept,
        Dialogue.expiry_told_at,
        Dialogue.timezone,
        Dialogue.send_at,
        Dialogue.ends,
        Dialogue.entered_at,
        func.max(Question.closes).label("closes"),
    )
    .join(Question, Question.dialogue_id == Dialogue.id)
    .group_by(Dialogue.id)
    .order_by(Dialogue.id)
)
_SOMETHING_GOES = or_(
    Dialogue.identities_kept.is_not(None), Dialogue.files_kept.is_not(None), Dialogue.dialogue_kept.is_not(None)
)


async def expiries(session: AsyncSession, which: ColumnElement[bool] = _SOMETHING_GOES) -> list[Expiry]:
    """Of dialogues of which something goes at some time, the first first."""
    found = await session.execute(_EXPIRIES.where(which))
    return [
        Expiry(
            row.id,
            row.slug,
            _ended_at(row),
            KeptFor(row.identities_kept, row.files_kept, row.dialogue_kept),
            row.expiry_told_at,
        )
        for row in found
    ]


def _ended_at(row: Any) -> datetime:
    at = End(row.id, max(row.ends or row.closes, row.closes), row.timezone, row.send_at).at(LATEST_ZONE)
    return max(at, row.entered_at or at)


async def goes_at(session: AsyncSession, dialogue_id: int) -> datetime | None:
    """When all of a dialogue goes, if its people were told; None if it doesn't."""
    return next((each.dialogue_goes_at for each in await expiries(session, Dialogue.id == dialogue_id)), None)


async def any_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether people are to be told that their dialogue goes before long."""
    return bool(await _untold(session, now))


async def open_due(session: AsyncSession, *, now: datetime) -> int:
    """Owe those who can take a dialogue along a notice, once, two weeks before it goes; returns of how many dialogues."""
    due = await _untold(session, now)
    for dialogue_id in due:
        await outbox.lock(session, dialogue_id)
        dialogue = await session.get_one(Dialogue, dialogue_id, populate_existing=True)
        if dialogue.expiry_told_at is None:
            dialogue.expiry_told_at = now
            notice = await notices.open_notice(session, NoticeKind.EXPIRING, dialogue_id=dialogue_id, now=now)
            await notices.owe_members(session, notice, rights.holds(Right.EXPORT), due_at=now)
    return len(due)


async def _untold(session: AsyncSession, now: datetime) -> list[int]:
    untold = Dialogue.dialogue_kept.is_not(None) & Dialogue.expiry_told_at.is_(None)
    return [each.dialogue_id for each in await expiries(session, untold) if each.is_to_be_told(now)]
