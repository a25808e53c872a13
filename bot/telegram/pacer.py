"""How fast the bot may speak unasked: never more messages within a second than Telegram takes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

WINDOW_SECONDS = 1.0


class Pacer:
    """At most `rate` sends within any second, counted from the answer to each.

    A slot is free again one second after its answer came: Telegram counted that message before it answered, so
    no delay of the network can put more than `rate` into one of its seconds.
    """

    def __init__(self, rate: int) -> None:
        self._slots = asyncio.Semaphore(rate)

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for a slot, and hold it until a second after the block ends."""
        await self._slots.acquire()
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(WINDOW_SECONDS, self._slots.release)
