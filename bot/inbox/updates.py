"""The raw inbox: every update is kept before Telegram is told that it arrived, and worked off until it is done or parked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert, run
from bot.inbox import retention
from bot.models import InboxState, InboxUpdate

ATTEMPTS = 3  # an update that failed this often is parked


@dataclass(frozen=True)
class RawUpdate:
    """An update as it is kept: its id, the chat whose order it keeps (0 for none), its JSON, and what it is known by.

    One with an `error` could not be kept as it came, and is parked at once.
    """

    update_id: int
    lane: int
    raw: str
    error: str | None = None
    fingerprint: str | None = None  # without one, that of its JSON


def fingerprint_of(raw: str) -> str:
    """What an update is known by beside its id."""
    return hashlib.sha256(raw.encode()).hexdigest()


@dataclass(frozen=True)
class Waiting:
    """A kept update that waits to be worked off; `owed` if only its answer is lacking."""

    inbox_id: int
    lane: int
    raw: str
    received_at: datetime
    owed: bool = False

    @property
    def queue(self) -> tuple[int, int]:
        """What is worked off one after the other: a chat's updates; one that belongs to no chat shares nobody's fate."""
        return self.lane, self.inbox_id if self.lane == 0 else 0


async def keep(session: AsyncSession, updates: Sequence[RawUpdate], *, now: datetime) -> None:
    """Keep updates; one that is known already is left as it is, so that Telegram may send it again."""
    if not updates:
        return
    rows = [
        {
            "update_id": one.update_id,
            "fingerprint": one.fingerprint or fingerprint_of(one.raw),
            "lane": one.lane,
            "raw": one.raw,
            "received_at": now,
            "state": InboxState.NEW if one.error is None else InboxState.PARKED,
            "error": one.error,
        }
        for one in updates
    ]
    # The table and rows apart: one compiled statement serves every number of rows, and no entities are made.
    await session.execute(insert(session, InboxUpdate.__table__).on_conflict_do_nothing(), rows)


_INBOX = InboxUpdate.__table__
_OURS = (_INBOX.c.id == bindparam("inbox"), _INBOX.c.state == InboxState.NEW, _INBOX.c.owed == bindparam("was_owed"))
_MARK_OWED = (
    update(_INBOX)  # type: ignore[arg-type]  # the declarative base calls its table a FromClause
    .where(*_OURS)
    .values(owed=True)
    .returning(_INBOX.c.id)
)
_KNOWN = select(_INBOX.c.id).where(_INBOX.c.id == bindparam("inbox"))
_IS_TAP = _INBOX.c.raw.contains('"callback_query": {')  # no text can hold that: JSON escapes its marks
_DONE = {
    "state": InboxState.DONE,
    "owed": False,
    "raw": case((or_(_INBOX.c.lane < 0, _IS_TAP), ""), else_=_INBOX.c.raw),
}
_MARK_DONE = (
    update(_INBOX)  # type: ignore[arg-type]  # as above
    .where(_INBOX.c.id.in_(bindparam("inbox", expanding=True)))
    .values(_DONE)
)
_END = update(_INBOX).where(*_OURS).values(_DONE).returning(_INBOX.c.id)  # type: ignore[arg-type]  # as above


class SettledElsewhere(Exception):
    """Another process has worked off this update, while this one stood still: nothing of it may be written down twice."""


async def settle(session: AsyncSession, inbox_id: int, *, was_owed: bool, over: bool) -> None:
    """What an update brings about is written down in this transaction: its answer is still to go out, or all of it is `over`.

    Raises SettledElsewhere unless the update stands as it did when this process took it up, with its answer alone lacking (`was_owed`),
    or all of it; one that was erased meanwhile is in nobody's hands.
    """
    ours = {"inbox": inbox_id, "was_owed": was_owed}
    if not await run(session, _END if over else _MARK_OWED, ours) and await run(session, _KNOWN, {"inbox": inbox_id}):
        raise SettledElsewhere(inbox_id)


async def mark_done(session: AsyncSession, *inbox_ids: int) -> None:
    """Updates are worked off, and answered.

    What was said in a group is forgotten with that: most of it answers nothing, and nobody agreed to its being kept.
    So is a tap: the buttons it was made on may carry others' words.
    """
    await run(session, _MARK_DONE, {"inbox": list(inbox_ids)})


class Failed(StrEnum):
    """What becomes of an update that failed."""

    AGAIN = "again"
    PARKED = "parked"
    DONE = "done"  # its effects were committed: only the answer to it failed


async def mark_failed(
    session: AsyncSession, inbox_id: int, error: str, *, hopeless: bool = False, passing: bool = False
) -> Failed:
    """An update failed with a traceback: it is tried again, or parked if that was once too often, or is `hopeless`.

    Of one that is done, and lacks its answer, the error is kept, unless it is `passing`: nothing of ours is to be mended then.
    """
    found = await session.get(InboxUpdate, inbox_id)
    if found is None:
        return Failed.DONE  # its sender had everything erased
    found.error = error
    if found.owed:
        found.state, found.owed = InboxState.DONE, False
    if found.state is not InboxState.NEW:
        found.error = None if passing else error
        return Failed.DONE
    found.attempts += 1
    if found.attempts < ATTEMPTS and not hopeless:
        return Failed.AGAIN
    found.state = InboxState.PARKED
    await retention.make_room(session, found.lane)
    return Failed.PARKED
