"""Replies are sorted into themes once they are kept: embedded and clustered in a quiet moment, never on their way in."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import insight
from bot.child import Child, Died, TookTooLong
from bot.database import Database
from bot.features.themes.actions import clusters, embeddings
from bot.features.themes.actions.embeddings import Unembedded

TOGETHER = 500  # replies read at a time
ENCODING_SECONDS = 300.0  # for so many; on one core it is some ten
REST_SECONDS = 60.0  # between looks
TRIES = 3  # to group while moderators decide

log = structlog.get_logger()


async def group(database: Database, child: Child, question_id: int, *, now: datetime, anew: bool = False) -> None:
    """Put new replies to a question to its themes, and propose themes where there are none, or twice as many replies.

    With `anew` all that no moderator settled is grouped from the beginning. Where moderators decide all the while, it
    is left to the next time.
    """
    for _ in range(TRIES):
        async with database.readers() as session:
            gathered = await clusters.gather(session, question_id, anew=anew)
        arrange = partial(insight.arranging.arrange, propose=gathered.propose)
        arrangement = await child.do(arrange, gathered.replies)
        async with database.sessions.begin() as session:
            if await clusters.keep(session, gathered, arrangement, now=now):
                return


async def halve(database: Database, child: Child, theme_id: int) -> Sequence[int]:
    """The replies (ids) that are the smaller part of a theme which falls in two; none of one that doesn't."""
    async with database.readers() as session:
        replies = await clusters.gather_theme(session, theme_id)
    return await child.do(insight.arranging.halve, replies, theme_id)


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
            except (SQLAlchemyError, Died, TookTooLong) as error:
                if not self._database.outage.noticed(error):
                    log.exception("replies could not be sorted into themes")

    async def sort(self) -> None:
        """Read new replies, and put them to themes.

        The encoder works in a process of its own, so that nobody waits for it, and its memory is given back at the end.
        """
        read = await self._unembedded()
        if not read:
            return
        child = Child()
        try:
            while read:
                await self._keep(child, read, await _encode(child, read))
                read = await self._unembedded()
        finally:
            await child.end()

    async def _unembedded(self) -> list[Unembedded]:
        async with self._database.readers() as session:
            return await embeddings.unembedded(
                session, model=insight.vectors.best().name, limit=TOGETHER, now=self._clock()
            )

    async def _keep(self, child: Child, read: Sequence[Unembedded], encoded: Sequence[bytes]) -> None:
        model, now = insight.vectors.best().name, self._clock()
        async with self._database.sessions.begin() as session:
            await embeddings.keep(session, read, encoded, model=model, now=now)
        for question_id in dict.fromkeys(one.question_id for one in read):
            await group(self._database, child, question_id, now=now)


async def _encode(child: Child, read: Sequence[Unembedded]) -> list[bytes]:
    packed = await child.do(insight.vectors.encode, [one.text for one in read], seconds=ENCODING_SECONDS)
    width = len(packed) // len(read)
    return [packed[start : start + width] for start in range(0, len(packed), width)]
