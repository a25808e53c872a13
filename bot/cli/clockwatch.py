"""The machine's clock is set while the bot runs: that is told, since what falls due goes by it."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

import structlog

LOOK_SECONDS = 10.0
SET_SECONDS = 5.0  # what is less makes nothing early or late that anybody would notice

log = structlog.get_logger()


class ClockWatch:
    """Holds a clock against one that nobody sets: `steady`, in seconds."""

    def __init__(self, clock: Callable[[], datetime], steady: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._steady = clock, steady
        self._ahead = self._difference()

    async def run(self) -> None:
        """Look now and then, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.look()

    def look(self) -> None:
        """Tell if the clock was set since the last look."""
        before, self._ahead = self._ahead, self._difference()
        if abs(self._ahead - before) >= SET_SECONDS:
            log.warning(
                "the clock was set, or the machine stood still",
                seconds=round(self._ahead - before),
                remedy="none if the clock is right now: nothing is sent twice, and what is due is sent",
            )

    def _difference(self) -> float:
        return self._clock().timestamp() - self._steady()
