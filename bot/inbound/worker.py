"""Kept updates are worked off: in order within a chat, chats side by side, each until it is done and answered, or parked."""

import asyncio
import contextlib
import json
import traceback
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.database import Database
from bot.inbound.admission import Admission
from bot.inbound.answered import Answered
from bot.inbound.backlog import Backlog
from bot.inbox import updates
from bot.inbox.updates import Failed, Waiting
from bot.telegram.context import App, Work, current_work
from bot.telegram.gate import asking
from bot.telegram.request import NotSent

IN_HAND = 200  # updates in hand
IN_MEMORY = 5_000  # of those that were put off, too; bounds memory, whatever waits
AT_ONCE = 20  # taken from the inbox at once, so that beginning with them holds nothing else up for long
LOOK_SECONDS = 0.05  # between looks at whether what was put off may be begun
RETRY_SECONDS = 1.0
SETTLING_SECONDS = 0.005
BUTTON_WAITS = timedelta(seconds=15)  # after that its press is too old to be answered, and only the page is

log = structlog.get_logger()


class Worker:
    """Takes from the inbox and runs the handlers.

    `on_parked` is called for an update that failed too often, `on_done` for one that is done, its answer sent. Nothing is
    taken while `is_ours` says that the work is another process's, and nothing begun that `admission` doesn't let in.
    """

    def __init__(
        self,
        application: App,
        database: Database,
        on_parked: Callable[[Waiting], Awaitable[None]],
        on_done: Callable[[Waiting], None],
        *,
        admission: Admission,
        clock: Callable[[], datetime],
        is_ours: Callable[[], bool],
    ) -> None:
        self._application, self._database, self._clock = application, database, clock
        self._on_parked, self._on_done, self._is_ours = on_parked, on_done, is_ours
        self._admission, self._answered = admission, Answered(database, self._forget)
        self._backlog = Backlog(admission)
        self._lanes: dict[int, deque[Waiting]] = {}
        self._in_hand: set[int] = set()
        self._known: set[int] = set()  # in hand, in the backlog, or not marked as done yet
        self._something_changed = asyncio.Event()
        self._more_waits = False
        self._after = 0

    def arrived(self) -> None:
        """There is something new at the end of the inbox."""
        self._something_changed.set()

    def look_again(self) -> None:
        """There may be something anywhere in the inbox: another process wrote into it."""
        self._after = 0
        self._something_changed.set()

    async def run(self) -> None:
        """Work until cancelled; a lane that is being worked on when that happens is begun anew at the next start."""
        async with asyncio.TaskGroup() as lanes:
            lanes.create_task(self._answered.write_down())
            while True:
                self._something_changed.clear()
                room, after = min(AT_ONCE, IN_HAND - len(self._in_hand), IN_MEMORY - len(self._known)), self._after
                taken = await self._take(room)
                for waiting in taken:
                    self._known.add(waiting.inbox_id)
                    self._backlog.add(waiting)
                for waiting in self._backlog.due():
                    self._begin(waiting, lanes)
                if taken and self._after == after:  # or what may be anywhere is still to be looked for
                    self._after = taken[-1].inbox_id
                self._more_waits = len(taken) == room  # lanes end meanwhile: what counts is the room there was
                if not self._more_waits or len(self._in_hand) >= IN_HAND:
                    await self._wait()

    async def _wait(self) -> None:
        """Wait until something changed, or until it is time to look at the backlog."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS if self._backlog else None):
                await self._something_changed.wait()

    def _begin(self, waiting: Waiting, lanes: asyncio.TaskGroup) -> None:
        self._in_hand.add(waiting.inbox_id)
        if waiting.lane in self._lanes:
            self._lanes[waiting.lane].append(waiting)
        else:
            self._lanes[waiting.lane] = deque([waiting])
            lanes.create_task(self._work_lane(waiting.lane))

    async def settled(self) -> None:
        """Wait until the inbox is empty and every handler has returned; what is owed may still be."""
        # Handlers end in many places: looking again is simpler than an event in each.
        while self._in_hand or self._answered or self._backlog.unbegun or await self._take(1):  # noqa: ASYNC110 - the same
            await asyncio.sleep(SETTLING_SECONDS)

    async def _take(self, room: int) -> list[Waiting]:
        if room <= 0 or not self._is_ours():
            return []
        # None, unless it looks again. As it is before the query: what ends during it is found as it was.
        known = {inbox_id for inbox_id in self._known if inbox_id > self._after}
        try:
            async with self._database.readers() as session:
                found = await updates.waiting(session, after=self._after, limit=room + len(known))
        except SQLAlchemyError as error:
            if not self._database.outage.noticed(error):
                log.exception("the inbox could not be read")
            asyncio.get_running_loop().call_later(RETRY_SECONDS, self._something_changed.set)
            return []
        return [waiting for waiting in found if waiting.inbox_id not in known][:room]

    async def _work_lane(self, lane: int) -> None:
        queue = self._lanes[lane]
        while queue:
            waiting = queue[0]
            while not await self._work(waiting):  # noqa: ASYNC110 - waiting for time to pass, not for an event
                await asyncio.sleep(RETRY_SECONDS)
            queue.popleft()
            self._in_hand.discard(waiting.inbox_id)
            self._admission.end(waiting)
            if self._backlog:
                self._something_changed.set()
        del self._lanes[lane]
        if self._more_waits and len(self._in_hand) <= IN_HAND // 2:
            self._something_changed.set()

    async def _work(self, waiting: Waiting) -> bool:
        """Handle one update; true when it is done, or parked, or only owed its answer."""
        work = Work(waiting.inbox_id, late=self._clock() - waiting.received_at > BUTTON_WAITS)
        current_work.set(work)
        asking.set(self._admission.asking(waiting))
        try:
            await self._application.process_update(Update.de_json(json.loads(waiting.raw), self._application.bot))
        except Exception as unexpected:  # noqa: BLE001 - the one place: what can't be handled must not stop the rest
            work.error = unexpected
        if work.error is None:
            self._database.outage.over()
            self._answered.add(waiting.inbox_id)
            self._on_done(waiting)
            return True
        if _is_withheld(work.error) and not (work.once and work.done):
            self._backlog.add(replace(waiting, owed=True))
            return True
        return await self._failed(waiting, work)

    async def _failed(self, waiting: Waiting, work: Work) -> bool:
        """What an outage undid is no fault of the update: it is handled again as soon as can be, however often."""
        error = work.error
        assert error is not None, "it failed"
        if not work.done and self._database.outage.noticed(error):
            return False
        try:
            async with self._database.sessions.begin() as session:
                failed = await updates.mark_failed(
                    session, waiting.inbox_id, "".join(traceback.format_exception(error))
                )
        except SQLAlchemyError as outage:
            if not self._database.outage.noticed(outage):
                log.exception("what became of an update could not be written down")
            return work.done
        if failed is Failed.AGAIN:
            log.error("an update failed", inbox_id=waiting.inbox_id, exc_info=error)
            return False
        self._forget(waiting.inbox_id)
        if failed is Failed.DONE and _is_passing(error):
            log.info("an answer did not arrive", inbox_id=waiting.inbox_id, error=str(error))
            return True
        log.error("an update failed", inbox_id=waiting.inbox_id, exc_info=error)
        if failed is Failed.PARKED:
            await self._on_parked(waiting)
        return True

    def _forget(self, inbox_id: int) -> None:
        self._known.discard(inbox_id)


def _is_withheld(error: BaseException) -> bool:
    """Whether an answer certainly did not go out, and can as well go out later."""
    return isinstance(error, RetryAfter | NotSent)


def _is_passing(error: BaseException) -> bool:
    """Whether Telegram, or the way to it, is at fault; the library holds a bad request, which is ours, to be one of those."""
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)
