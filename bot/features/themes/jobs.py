"""Replies are sorted into themes once they are kept: embedded and clustered in a quiet moment, never on their way in."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from multiprocessing import get_context

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import insight
from bot.database import Database
from bot.features.themes.actions import clusters, embeddings
from bot.features.themes.actions.embeddings import Unembedded

TOGETHER = 500  # replies read at a time
REST_SECONDS = 60.0  # between looks

log = structlog.get_logger()


class Sorter:
    """Looks at replies that nobody looked at yet, while this is its process's to do (`is_ours`)."""

    def __init__(self, database: Database, clock: Callable[[], datetime], *, is_ours: Callable[[], bool]) -> None:
        self._database, self._clock, self._is_ours = database, clock, is_ours

    async def run(self) -> None:
        """Sort new replies into themes until cancelled."""
        while True:
            await asyncio.sleep(REST_SECONDS)  # first of all, so that nothing waits for it at the start
            if not self._is_ours():
                continue
            try:
                await self.sort()
            except (SQLAlchemyError, BrokenProcessPool) as error:
                if not self._database.outage.noticed(error):
                    log.exception("replies could not be sorted into themes")

    async def sort(self) -> None:
        """Read new replies, and put them to themes.

        The encoder works in a process of its own, so that nobody waits for it, and its memory is given back at the end.
        """
        read = await self._unembedded()
        if not read:
            return
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            while read:
                await self._keep(read, await self._encode(process, read))
                read = await self._unembedded()

    async def _unembedded(self) -> list[Unembedded]:
        async with self._database.readers() as session:
            return await embeddings.unembedded(session, model=insight.vectors.best().name, limit=TOGETHER)

    async def _encode(self, process: ProcessPoolExecutor, read: Sequence[Unembedded]) -> list[bytes]:
        loop = asyncio.get_running_loop()
        packed = await loop.run_in_executor(process, insight.vectors.encode, [one.text for one in read])
        width = len(packed) // len(read)
        return [packed[start : start + width] for start in range(0, len(packed), width)]

    async def _keep(self, read: Sequence[Unembedded], encoded: Sequence[bytes]) -> None:
        model, now = insight.vectors.best().name, self._clock()
        async with self._database.sessions.begin() as session:
            await embeddings.keep(session, read, encoded, model=model, now=now)
        for question_id in dict.fromkeys(one.question_id for one in read):
            async with self._database.sessions.begin() as session:
                await clusters.propose(session, question_id, now=now)
