"""Kept updates are worked off: in order within a chat, chats side by side, each retried until it is done and answered, or parked."""

import asyncio
import contextlib
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot import tracing
from bot.database import Database
from bot.inbound.admission import AdmissionControl
from bot.inbound.backlog import Backlog
from bot.inbound.done import DoneMarks
from bot.inbound.hand import Hand
from bot.inbound.parsing import Misshaped, parse
from bot.inbox import lanes, updates
from bot.inbox.updates import Failed, Waiting
from bot.telegram.context import App, Work, current_work
from bot.telegram.gate import asking
from bot.telegram.request import NotSent

IN_HAND = 200  # chats at work at once
IN_MEMORY = 5_000  # updates, of those that were put off, too; bounds memory, whatever waits
LOOK_SECONDS = 0.05  # between looks at whether what was put off may be begun
RETRY_SECONDS = 1.0
SETTLING_SECONDS = 0.005
BUTTON_WAITS = timedelta(seconds=15)  # after that its press is too old to be answered, and only the page is

Queue = tuple[int, int]

log = structlog.get_logger()


class Worker:
    """Takes from the inbox and runs the handlers.

    `on_failed` is called for an update that failed too often, or whose answer can't be shown, `on_refused` when Telegram
    refuses that answer, `on_done` for one that is done, its answer sent. Nothing is taken of a lane unless it `owns` that, since
    another process may work on it, and nothing begun that `admission` doesn't let in.
    """

    def __init__(
        self,
        application: App,
        database: Database,
        on_failed: Callable[[Waiting], Awaitable[None]],
        on_refused: Callable[[], None],
        on_done: Callable[[Waiting], None],
        *,
        admission: AdmissionControl,
        clock: Callable[[], datetime],
        owns: Callable[[int], bool],
    ) -> None:
        self._application, self._database, self._clock = application, database, clock
        self._on_failed, self._on_refused = on_failed, on_refused
        self._on_done, self._owns = on_done, owns
        self._admission, self._answered = admission, DoneMarks(database, self._forget)
        self._backlog = Backlog(admission)
        self._hand = Hand()
        self._queues: dict[Queue, deque[Waiting]] = {}
        self._tasks: dict[Queue, asyncio.Task[None]] = {}
        self._at_work: set[Queue] = set()  # not those that rest until the next attempt
        self._something_changed = asyncio.Event()
        self._anywhere = True

    def arrived(self, in_lanes: Iterable[int]) -> None:
        """There is something new in these lanes of the inbox."""
        self._hand.look_at(filter(self._owns, in_lanes))
        self._something_changed.set()

    def look_again(self) -> None:
        """There may be something anywhere in the inbox: another process wrote into it."""
        self._anywhere = True
        self._something_changed.set()

    def leave(self, concerned: Callable[[int], bool]) -> bool:
        """Take nothing more of such lanes, which others are to work on; whether all that was begun there has come to its end."""
        self._hand.drop(self._owns)
        for waiting in self._backlog.drop(concerned):
            self._put_back(waiting)
        return not self._hand.has_any(concerned)

    def abandon(self) -> None:
        """Break off whatever was begun in lanes that others may be working on by now."""
        for queue, task in self._tasks.items():
            if not self._owns(queue[0]):
                task.cancel()
        self.leave(lambda lane: not self._owns(lane))

    def _put_back(self, waiting: Waiting) -> None:
        """It waits in the inbox."""
        self._hand.leave(waiting)
        self._hand.forget(waiting)

    async def run(self) -> None:
        """Work until cancelled; a lane that is being worked on when that happens is begun anew at the next start."""
        self._begin_anew()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._answered.write_down())
            while True:
                self._something_changed.clear()
                for waiting in await self._take():
                    self._backlog.add(waiting)
                for waiting in self._backlog.due():
                    self._begin(waiting, tasks)
                if not (self._hand.has_due and self._places > 0):
                    await self._wait()

    def _begin_anew(self) -> None:
        """What was in hand when the last run broke off waits in the inbox."""
        for waiting in chain.from_iterable(self._queues.values()):
            self._admission.end(waiting)
        self._queues.clear()
        self._tasks.clear()
        self._at_work.clear()
        self._backlog, self._hand = Backlog(self._admission), Hand()
        self.look_again()

    @property
    def _places(self) -> int:
        """How many chats more may be looked at."""
        return min(lanes.AT_ONCE, IN_HAND - len(self._at_work), IN_MEMORY - len(self._hand))

    async def _wait(self) -> None:
        """Wait until something changed, or until it is time to look at the backlog."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS if self._backlog else None):
                await self._something_changed.wait()

    def _begin(self, waiting: Waiting, tasks: asyncio.TaskGroup) -> None:
        queue = waiting.queue
        if queue in self._queues:
            self._queues[queue].append(waiting)
        else:
            self._queues[queue] = deque([waiting])
            self._at_work.add(queue)
            self._tasks[queue] = tasks.create_task(self._work_off(queue))

    async def settled(self) -> None:
        """Wait until the inbox is empty and every handler has returned; what is owed may still be."""
        # Handlers end in many places: looking again is simpler than an event in each.
        while self._queues or self._answered or self._backlog.unbegun or await self._more_waits():  # noqa: ASYNC110 - the same
            await asyncio.sleep(SETTLING_SECONDS)

    async def _more_waits(self) -> bool:
        """Whether something waits that isn't taken; then it is looked for."""
        taken = self._hand.taken()  # as it is before the query: what is taken during it waits as well
        try:
            async with self._database.readers() as session:
                found = await lanes.oldest(session, len(taken) + 1)
        except SQLAlchemyError:
            return False
        if taken.issuperset(inbox_id for inbox_id, lane in found if self._owns(lane)):
            return False
        self.look_again()
        return True

    async def _take(self) -> list[Waiting]:
        """Take what waits in the lanes whose turn it is."""
        try:
            if self._anywhere:
                await self._look_anywhere()
            turn = self._hand.turn(self._places)
            if not turn:
                return []
            most = self._hand.most(turn)
            # In a transaction that begins now: an older one still sees as waiting what was done, and forgotten, before the turn.
            async with self._database.readers() as session:
                found = await lanes.waiting(session, most)
        except Exception as error:
            if not self._database.outage.noticed(error):
                log.exception("the inbox could not be read")
            await asyncio.sleep(RETRY_SECONDS)
            self.look_again()
            return []
        return self._hand.take([waiting for waiting in found if self._owns(waiting.lane)], turn, most)

    async def _look_anywhere(self) -> None:
        self._anywhere = False
        async with self._database.readers() as session:
            self._hand.look_at(filter(self._owns, await lanes.lanes(session)))

    async def _work_off(self, queue: Queue) -> None:
        waiting_here = self._queues[queue]
        try:
            while waiting_here:
                waiting = waiting_here[0]
                while not await self._attempt(waiting):
                    await self._rest(queue)
                waiting_here.popleft()
                self._admission.end(waiting)
                self._hand.leave(waiting)
                if self._backlog or self._hand.has_due:
                    self._something_changed.set()
        finally:
            for waiting in waiting_here:  # broken off
                self._admission.end(waiting)
                self._put_back(waiting)
            del self._queues[queue], self._tasks[queue]
            self._at_work.discard(queue)

    async def _rest(self, queue: Queue) -> None:
        """Before the next attempt only this chat waits: others take its place meanwhile."""
        self._at_work.discard(queue)
        self._something_changed.set()
        await asyncio.sleep(RETRY_SECONDS)
        self._at_work.add(queue)

    async def _attempt(self, waiting: Waiting) -> bool:
        with tracing.sequel("update handled", waiting.raw, inbox_id=waiting.inbox_id, owed=waiting.owed):
            return await self._work(waiting)

    async def _work(self, waiting: Waiting) -> bool:
        """Handle one update; true when it is done, or parked, or only owed its answer."""
        late = self._clock() - waiting.received_at > BUTTON_WAITS
        work = Work(waiting.inbox_id, owed=waiting.owed, late=late)
        current_work.set(work)
        asking.set(self._admission.asking(waiting))
        try:
            await self._application.process_update(parse(waiting.raw, self._application.bot))
        except Exception as unexpected:  # noqa: BLE001 - the one place: what can't be handled must not stop the rest
            work.error = unexpected
        if work.error is None:
            self._database.outage.over()
            self._answered.add(waiting)
            self._on_done(waiting)
            return True
        if isinstance(work.error, updates.SettledElsewhere):
            self._hand.forget(waiting)
            self.arrived([waiting.lane])  # as it stands in the inbox now, if it waits there still
            return True
        tracing.failed(work.error)
        away = self._database.outage.noticed(work.error)
        if away and not work.done:
            return False  # what an outage undid is no fault of the update: it is handled again, however often
        if away or (_is_withheld(work.error) and not (work.once and work.done)):
            return self._owe(waiting, work)
        return await self._failed(waiting, work)

    def _owe(self, waiting: Waiting, work: Work) -> bool:
        """Have the answer come later; what was done once is over without one."""
        if work.once and work.done:
            self._forget(waiting)
        else:
            self._backlog.add(replace(waiting, owed=True))
        return True

    async def _failed(self, waiting: Waiting, work: Work) -> bool:
        error = work.error
        assert error is not None, "it failed"
        try:
            async with self._database.sessions.begin() as session:
                told = "".join(traceback.format_exception(error))
                hopeless = isinstance(error, Misshaped)
                passing = _is_passing(error)
                failed = await updates.mark_failed(session, waiting.inbox_id, told, hopeless=hopeless, passing=passing)
        except Exception as outage:
            if not self._database.outage.noticed(outage):
                log.exception("what became of an update could not be written down")
            return work.done and self._owe(waiting, work)
        if failed is Failed.AGAIN:
            log.error("an update failed", inbox_id=waiting.inbox_id, exc_info=error)
            return False
        self._forget(waiting)
        if failed is Failed.DONE and passing:
            log.info("an answer did not arrive", inbox_id=waiting.inbox_id, error=str(error))
            return True
        log.error("an update failed", inbox_id=waiting.inbox_id, exc_info=error)
        if failed is Failed.DONE and isinstance(error, BadRequest):
            self._on_refused()
        await self._on_failed(waiting)
        return True

    def _forget(self, waiting: Waiting) -> None:
        self._hand.forget(waiting)
        if self._hand.has_due:
            self._something_changed.set()


def _is_withheld(error: BaseException) -> bool:
    """Whether an answer certainly did not go out, and can as well go out later."""
    return isinstance(error, RetryAfter | NotSent)


def _is_passing(error: BaseException) -> bool:
    """Whether Telegram, or the way to it, is at fault; the library holds a bad request, which is ours, to be one of those."""
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)
