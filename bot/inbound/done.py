"""Updates whose answers went out are marked as done, all together that ended meanwhile (group commit)."""

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.database import Database
from bot.inbox import updates
from bot.inbox.updates import Waiting

RETRY_SECONDS = 1.0

log = structlog.get_logger()


class DoneMarks:
    """Writes down what ended; `forget` is told of each update once that is safe."""

    def __init__(self, database: Database, forget: Callable[[Waiting], None]) -> None:
        self._database, self._forget = database, forget
        self._ended: list[Waiting] = []
        self._some = asyncio.Event()

    def __len__(self) -> int:
        return len(self._ended)

    def add(self, waiting: Waiting) -> None:
        """An update is worked off, and answered."""
        self._ended.append(waiting)
        self._some.set()

    async def write_down(self) -> None:
        """Mark them as done, until cancelled."""
        while True:
            await self._some.wait()
            self._some.clear()
            ended = list(self._ended)
            try:
                async with self._database.units.begin() as session:
                    await updates.mark_done(session, *(waiting.inbox_id for waiting in ended))
            except SQLAlchemyError as error:
                if not self._database.outage.noticed(error):
                    log.exception("what was answered could not be written down yet", count=len(ended))
                await asyncio.sleep(RETRY_SECONDS)
                self._some.set()
            else:
                self._database.outage.over()
                del self._ended[: len(ended)]
                for waiting in ended:
                    self._forget(waiting)
