"""Slots (a sliding window): never more messages within a second than Telegram takes, whatever the network does."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

WINDOW_SECONDS = 1.0


@dataclass(eq=False)
class Slot:
    """Leave to send one message; `asked` if someone waits for it, `spent` once it was sent."""

    asked: bool
    spent: bool = False
    returned: bool = False


class Slots:
    """At most `rate` sends within any second, counted from the answer to each.

    A slot is free again one second after its answer came: Telegram counted that message before it answered, so no
    delay of the network can put more than `rate` into one of its seconds. `on_free` is called whenever one becomes free.
    The rate may change meanwhile, where processes share one: what another had is used a second after it was had.
    """

    def __init__(self, rate: int, on_free: Callable[[], None]) -> None:
        self.rate, self._on_free = rate, on_free
        self.free = 0
        self._surplus = 0  # slots out that are not to come back
        self._out = {True: 0, False: 0}
        self._begun = False

    def begin(self) -> None:
        """Let slots become free one after the other: it isn't known what was sent in the second before the start."""
        if not self._begun:
            self._begun = True
            self._trickle(self.rate)

    def resize(self, rate: int) -> None:
        """Have more slots, or fewer: those that are free go at once, the others when they come back."""
        more, self.rate = rate - self.rate, rate
        if not self._begun:
            return
        if more < 0:
            gone = min(self.free, -more)
            self.free -= gone
            self._surplus += -more - gone
            return
        kept = min(self._surplus, more)
        self._surplus -= kept
        loop = asyncio.get_running_loop()
        for _ in range(more - kept):
            loop.call_later(WINDOW_SECONDS, self._become_free)

    @property
    def is_resized(self) -> bool:
        """Whether no more than `rate` can be spent within a second by now."""
        return not self._surplus

    def spread(self) -> None:
        """Let those that are free become so anew, one after the other within a second, so that nothing leaves in step."""
        held, self.free = self.free, 0
        self._trickle(held)

    def out(self, *, asked: bool) -> int:
        """How many are taken, or were within the last second, by what was asked for or by the rest."""
        return self._out[asked]

    def take(self, *, asked: bool) -> Slot:
        """Take one that is free."""
        assert self.free > 0
        self.free -= 1
        self._out[asked] += 1
        return Slot(asked)

    def give_back(self, slot: Slot) -> None:
        """Give a slot back, to be free a second after the answer if it was spent, at once if not; again is harmless."""
        if slot.returned:
            return
        slot.returned = True
        if slot.spent:
            asyncio.get_running_loop().call_later(WINDOW_SECONDS, self._release, slot.asked)
        else:
            self._release(slot.asked)

    def _release(self, asked: bool) -> None:  # noqa: FBT001 - as a timer calls it
        self._out[asked] -= 1
        self._become_free()

    def _trickle(self, count: int) -> None:
        loop = asyncio.get_running_loop()
        for number in range(count):
            moment = (number + random.random()) / count  # noqa: S311 - it only has to differ
            loop.call_later(WINDOW_SECONDS * moment, self._become_free)

    def _become_free(self) -> None:
        if self._surplus:
            self._surplus -= 1
            return
        self.free += 1
        self._on_free()
