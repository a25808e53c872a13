"""How fast the bot may speak: never more messages within a second than Telegram takes, in all and to one chat."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

WINDOW_SECONDS = 1.0
PRIVATE_SECONDS = 1.0  # between two messages to one person; Bot FAQ: about one a second
GROUP_SECONDS = 3.0  # between two messages to one group; Bot FAQ: 20 a minute
SEVERAL = 2  # chats that Telegram refuses within a second: then the bot as a whole is too fast
# Of the shortest round trip of late, the share by which a slot is free earlier: the next message needs that long to get
# there. Half of it leaves room for the way getting shorter.
LEAD_SHARE = 0.5
OF_LATE = 60  # answers


class Pacer:
    """At most `rate` sends within any second, counted from the answer to each.

    A slot is free again one second after its answer came: Telegram counted that message before it answered, so no
    delay of the network can put more than `rate` into one of its seconds. It is free a little earlier where the next
    message is sure to be on its way for so long. Answers to a person's own tap take a slot without waiting for one;
    what is sent unasked waits the longer. Slots become free one after the other in the first second, since it isn't
    known what was sent in the second before the start.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._free = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._resting: dict[int, float] = {}
        self._refused: dict[int, float] = {}
        self._spared: dict[int, float] = {}
        self._halted_until = 0.0
        self._begun = False
        self._round_trips: deque[float] = deque(maxlen=OF_LATE)

    async def take(self) -> None:
        """Wait for a slot for something unasked; to be given back by `give_back`."""
        self._begin()
        await self._end_of_halt()
        if self._free > 0 and not self._waiting:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        await turn

    def take_more(self, most: int) -> int:
        """As many further slots as are free, up to `most`; returns how many were taken."""
        more = 0 if self._waiting else max(0, min(self._free, most))
        self._free -= more
        return more

    def give_back(self, *, used: bool) -> None:
        """Give a slot back: about a second after the answer if it was used, at once if not."""
        if used:
            asyncio.get_running_loop().call_later(max(0.0, WINDOW_SECONDS - self._lead()), self._release)
        else:
            self._release()

    def learn(self, round_trip: float) -> None:
        """Telegram took a message, and its answer came so many seconds after it was begun to be sent."""
        self._round_trips.append(round_trip)

    def _lead(self) -> float:
        return LEAD_SHARE * min(self._round_trips) if len(self._round_trips) == OF_LATE else 0.0

    async def next_part(self) -> None:
        """Wait until the next part of a text may follow the one before."""
        await asyncio.sleep(PRIVATE_SECONDS)
        await self.take()
        self.give_back(used=True)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Send an answer to a person's own tap now, and have the unasked wait for it."""
        self._begin()
        self._free -= 1
        try:
            yield
        finally:
            self.give_back(used=True)

    def rest(self, chat_id: int) -> None:
        """A message to this chat was answered: the next unasked one has to wait."""
        seconds = GROUP_SECONDS if chat_id < 0 else PRIVATE_SECONDS
        self._resting[chat_id] = self._now() + seconds

    def resting(self) -> frozenset[int]:
        """The chats to which nothing unasked may be sent yet."""
        now = self._now()
        self._resting = {chat_id: until for chat_id, until in self._resting.items() if until > now}
        return frozenset(self._resting)

    def refused(self, chat_id: int, seconds: float) -> bool:
        """Telegram asked to wait with this chat, as the ledger does; of several chats at once: then all waits (true)."""
        now = self._now()
        self._refused = {chat: at for chat, at in self._refused.items() if at > now - WINDOW_SECONDS}
        self._refused[chat_id] = now
        if len(self._refused) < SEVERAL:
            return False
        self.halt(seconds)
        return True

    def spare(self, chat_id: int, seconds: float) -> None:
        """Telegram asked to wait with a chat: what could as well be left undone there is left undone."""
        self._spared[chat_id] = self._now() + seconds

    def spares(self, chat_id: int) -> bool:
        """Whether what could as well be left undone in a chat is to be left undone."""
        return self._spared.get(chat_id, 0.0) > self._now()

    def halt(self, seconds: float) -> None:
        """Send nothing unasked for some seconds."""
        self._halted_until = max(self._halted_until, self._now() + seconds)

    @property
    def halted_seconds(self) -> float:
        """For how long nothing unasked may be sent."""
        return max(0.0, self._halted_until - self._now())

    async def _end_of_halt(self) -> None:
        while (seconds := self.halted_seconds) > 0:  # noqa: ASYNC110 - a halt may grow while it is waited for
            await asyncio.sleep(seconds)

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        loop = asyncio.get_running_loop()
        for slot in range(self.rate):
            loop.call_later(WINDOW_SECONDS * (slot + 1) / self.rate, self._release)

    def _release(self) -> None:
        self._free += 1
        while self._waiting and self._free > 0:
            turn = self._waiting.popleft()
            if not turn.done():
                self._free -= 1
                turn.set_result(None)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
