"""What asks for a play: one at a time, in a child that can be killed; the latest are remembered while people leaf through them."""

import asyncio
import tempfile
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from bot.app.stage import theatre
from bot.child import Child, Died, TookTooLong
from bot.core.plays import Scene, Script, Unplayable

SECONDS = 120.0  # of a processor; three weeks take some five
REMEMBERED = 6  # plays, of some 100 kilobytes each


class Playhouse:
    """Makes plays. Their database lies in a folder that is gone with them, whatever became of the child."""

    def __init__(self) -> None:
        self._child = Child()
        self._played: OrderedDict[str, Sequence[Scene]] = OrderedDict()
        self._turns = asyncio.Lock()

    async def play(self, script: Script) -> Sequence[Scene]:
        """All scenes in their order; raises Unplayable."""
        async with self._turns:
            if script.key not in self._played:
                self._played[script.key] = await self._make(script)
                while len(self._played) > REMEMBERED:
                    self._played.popitem(last=False)
            self._played.move_to_end(script.key)
            return self._played[script.key]

    async def _make(self, script: Script) -> Sequence[Scene]:
        with tempfile.TemporaryDirectory(prefix="vdialogue-play-") as folder:
            try:
                return await self._child.do(theatre.play, script, Path(folder), seconds=SECONDS)
            except (TookTooLong, Died) as error:
                raise Unplayable(type(error).__name__) from error

    async def end(self) -> None:
        """Break off what is being played."""
        await self._child.end()
