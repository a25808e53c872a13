"""Kept updates are worked off: in order within a chat, chats side by side, each retried until it is done or parked."""

import asyncio
import json
import traceback
from collections import deque
from collections.abc import Awaitable, Callable

import structlog
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.database import Database
from bot.inbox import updates
from bot.inbox.updates import Failed, Waiting
from bot.telegram.context import App, Work, current_work

IN_HAND = 200  # updates in hand; bounds memory, whatever waits
AT_ONCE = 20  # taken from the inbox at once, so that beginning with them holds nothing else up for long
RETRY_SECONDS = 1.0
SETTLING_SECONDS = 0.005

log = structlog.get_logger()


class Worker:
    """Takes from the inbox and runs the handlers.

    `on_parked` is called for an update that failed too often, `on_done` for one that is done, its answer sent. Nothing is
    taken while `is_ours` says that the work is another process's.
    """

    def __init__(
        self,
        application: App,
        database: Database,
        on_parked: Callable[[Waiting], Awaitable[None]],
        on_done: Callable[[Waiting], None],
        *,
        is_ours: Callable[[], bool],
    ) -> None:
        self._application, self._database = application, database
        self._on_parked, self._on_done, self._is_ours = on_parked, on_done, is_ours
        self._lanes: dict[int, deque[Waiting]] = {}
        self._in_hand: set[int] = set()
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
        self._lanes.clear()
        self._in_hand.clear()
        self.look_again()
        async with asyncio.TaskGroup() as lanes:
            while True:
                self._something_changed.clear()
                room, after = min(AT_ONCE, IN_HAND - len(self._in_hand)), self._after
                taken = await self._take(room)
                for waiting in taken:
                    self._begin(waiting, lanes)
                if taken and self._after == after:  # or what may be anywhere is still to be looked for
                    self._after = taken[-1].inbox_id
                self._more_waits = len(taken) == room  # lanes end meanwhile: what counts is the room there was
                if not self._more_waits or len(self._in_hand) >= IN_HAND:
                    await self._something_changed.wait()

    def _begin(self, waiting: Waiting, lanes: asyncio.TaskGroup) -> None:
        self._in_hand.add(waiting.inbox_id)
        if waiting.lane in self._lanes:
            self._lanes[waiting.lane].append(waiting)
        else:
            self._lanes[waiting.lane] = deque([waiting])
            lanes.create_task(self._work_lane(waiting.lane))

    async def settled(self) -> None:
        """Wait until the inbox is empty and every handler has returned."""
        # Handlers end in many places: looking again is simpler than an event in each.
        while self._in_hand or await self._take(1):  # noqa: ASYNC110 - the same
            await asyncio.sleep(SETTLING_SECONDS)

    async def _take(self, room: int) -> list[Waiting]:
        if room == 0 or not self._is_ours():
            return []
        in_hand = {inbox_id for inbox_id in self._in_hand if inbox_id > self._after}  # none, unless it looks again
        try:
            async with self._database.readers() as session:
                found = await updates.waiting(session, after=self._after, limit=room + len(in_hand))
        except Exception as error:
            if not self._database.outage.noticed(error):
                log.exception("the inbox could not be read")
            asyncio.get_running_loop().call_later(RETRY_SECONDS, self._something_changed.set)
            return []
        return [waiting for waiting in found if waiting.inbox_id not in in_hand][:room]

    async def _work_lane(self, lane: int) -> None:
        queue = self._lanes[lane]
        while queue:
            waiting = queue[0]
            while not await self._work(waiting):  # noqa: ASYNC110 - waiting for time to pass, not for an event
                await asyncio.sleep(RETRY_SECONDS)
            queue.popleft()
            self._in_hand.discard(waiting.inbox_id)
        del self._lanes[lane]
        if self._more_waits and len(self._in_hand) <= IN_HAND // 2:
            self._something_changed.set()

    async def _work(self, waiting: Waiting) -> bool:
        """Handle one update; true when it is done or parked."""
        work = Work(waiting.inbox_id)
        current_work.set(work)
        try:
            await self._handle(waiting)
            if work.error is None:
                self._database.outage.over()
                self._on_done(waiting)
                return True
            return await self._failed(waiting, work.error)
        except Exception as unexpected:  # noqa: BLE001 - the one place: what can't be handled must not stop the rest
            return await self._failed(waiting, unexpected)

    async def _handle(self, waiting: Waiting) -> None:
        await self._application.process_update(Update.de_json(json.loads(waiting.raw), self._application.bot))
        work = current_work.get()
        if work.error is None and not work.done:
            async with self._database.sessions.begin() as session:
                await updates.mark_done(session, waiting.inbox_id)

    async def _failed(self, waiting: Waiting, error: BaseException) -> bool:
        """What an outage undid is no fault of the update: it is handled again as soon as can be, however often."""
        is_done = current_work.get().done
        if not is_done and self._database.outage.noticed(error):
            return False
        try:
            async with self._database.sessions.begin() as session:
                failed = await updates.mark_failed(
                    session, waiting.inbox_id, "".join(traceback.format_exception(error))
                )
        except Exception as outage:
            if not self._database.outage.noticed(outage):
                log.exception("what became of an update could not be written down")
            return is_done
        if failed is Failed.DONE and _is_passing(error):
            log.info("an answer did not arrive", inbox_id=waiting.inbox_id, error=str(error))
            return True
        log.error("an update failed", inbox_id=waiting.inbox_id, exc_info=error)
        if failed is Failed.PARKED:
            await self._on_parked(waiting)
        return failed is not Failed.AGAIN


def _is_passing(error: BaseException) -> bool:
    """Whether Telegram, or the way to it, is at fault; the library holds a bad request, which is ours, to be one of those."""
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)
