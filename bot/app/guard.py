"""Bulkheads: a fault in one piece of the work is told, counted and survived, so that it stops nothing else."""

import asyncio
import time
from asyncio import sleep
from collections.abc import Awaitable, Callable, Coroutine

import structlog

from bot import tracing
from bot.database.outage import Outage
from bot.web.vitals import Vitals

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0  # before what failed is begun again
WELL_SECONDS = 60.0  # what runs for so long has recovered

Work = Callable[[], Awaitable[object]]

log = structlog.get_logger()


class Guard:
    """Stands around each piece of the work; what it keeps from the others shows in the log and in `vitals`."""

    def __init__(self, outage: Outage, vitals: Vitals) -> None:
        self._outage, self._vitals = outage, vitals

    async def guarded(self, name: str, work: Work) -> None:
        """Do a piece of work that comes to an end; it is done anew when it is next due."""
        try:
            with tracing.piece(name):
                await work()
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the rest
            self._tell(name, error)
        else:
            self._vitals.went_well(name)

    async def keep_going(self, name: str, work: Work) -> None:
        """Do work that goes on until it is cancelled, and begin it again after a fault, at growing intervals."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            begun = time.monotonic()
            recovery = asyncio.get_running_loop().call_later(WELL_SECONDS, self._vitals.went_well, name)
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - as above
                self._tell(name, error)
            else:
                self._vitals.went_well(name)
                return
            finally:
                recovery.cancel()
            if time.monotonic() - begun > WELL_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            await sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _tell(self, name: str, error: Exception) -> None:
        news = self._vitals.failed(name, error)
        if not self._outage.noticed(error):
            # The same fault comes at each tick: where it lies is told once.
            log.error("a fault of ours", work=name, error=repr(error), exc_info=error if news else None)


async def see_through(work: Coroutine[object, object, None]) -> None:
    """Do it to its end however often the caller is cancelled meanwhile; that is then taken up."""
    doing, cancelled = asyncio.ensure_future(work), None
    while not doing.done():
        try:
            await asyncio.shield(doing)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
    await doing
