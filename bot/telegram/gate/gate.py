"""The gate itself: each request is let through, held for a moment, withheld, or left undone."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from http import HTTPStatus

import structlog
from telegram.error import RetryAfter

from bot.telegram.gate.asking import Asking, Priority, asking
from bot.telegram.gate.calls import MADE_UP, REACTION, Answer, Call, Weight, wait_in
from bot.telegram.gate.chats import Chats
from bot.telegram.gate.pace import Pace
from bot.telegram.gate.slots import Slot
from bot.telegram.gate.waits import Waits
from bot.telegram.request import NotSent

PATIENCE_SECONDS = 5.0  # that an answer waits here at most: what can't go out by then is owed
LONG_PATIENCE_SECONDS = 60.0  # of one that can't be owed; Telegram may ask for hours
SPREAD_SECONDS = 1.0  # over which what isn't counted comes back after a wait

log = structlog.get_logger()

Send = Callable[[], Awaitable[Answer]]


class Withheld(RetryAfter):
    """Telegram asked to wait, or too much is before it: the request was not made."""

    def __init__(self, seconds: float) -> None:
        super().__init__(timedelta(seconds=seconds))


class Gate:
    """All requests of the bot go through here: `rate` messages a second, and `paid_rate` of those that are paid for.

    While `is_ours` says that it isn't certain which part of that is this process's, nothing is let through that counts.
    """

    def __init__(self, rate: int, paid_rate: int = 1, *, is_ours: Callable[[], bool] = lambda: True) -> None:
        self._waits, self._chats = Waits(), Chats()
        self.free = Pace(rate, self._waits, self._chats, is_ours=is_ours)
        self.paid = Pace(paid_rate, self._waits, self._chats)
        self.halted = asyncio.Event()
        """Set when Telegram asks to send nothing at all; whoever writes that down clears it."""
        self._ending: asyncio.TimerHandle | None = None

    @property
    def halted_seconds(self) -> float:
        """For how long nothing may be sent at all."""
        return self._waits.of_all

    def halt(self, seconds: float) -> None:
        """Send nothing at all for some seconds, as Telegram asked before a restart."""
        self._waits.halt(seconds)
        self._await_the_end()

    def quiet(self) -> frozenset[int]:
        """The chats to which nothing unasked may be sent for a moment; what is due in one that waits for long is put off."""
        return frozenset(chat_id for chat_id in self._chats.quiet() if not self._waits.of(chat_id))

    @property
    def is_crowded(self) -> bool:
        """Whether so many answers wait already that a further one would not go out within a moment."""
        return 2 * self.free.waiting > self.free.rate

    def has_room(self, chat_id: int) -> bool:
        """Whether an answer to a tap in this chat would go out within a moment."""
        return not self._is_slow(chat_id)

    async def let(self, call: Call, send: Send) -> Answer:
        """Make a request when it may be made, and return its answer; raises Withheld if that takes too long."""
        how = asking.get()
        chat_id = how.chat_id if call.chat_id is None else call.chat_id
        match call.weight:
            case Weight.FREE:
                return await send()
            case Weight.COUNTED:
                return await self._let_counted(call, chat_id, how, send)
            case Weight.LIGHT if not (call.method == REACTION and how.priority is Priority.THANKS):
                answer = None if self._is_slow(chat_id) else await self._make(call, chat_id, send)
                return answer or MADE_UP
        while True:
            await self._wait(chat_id, how)
            if (answer := await self._make(call, chat_id, send)) is not None:
                return answer

    def _is_slow(self, chat_id: int | None) -> bool:
        return self._waits.of(chat_id) > 0 or self._chats.seconds(chat_id) > 0 or self.is_crowded

    async def _wait(self, chat_id: int | None, how: Asking) -> None:
        while (seconds := self._waits.of(chat_id)) > 0:
            if seconds > _patience(how):
                raise Withheld(seconds)
            await asyncio.sleep(seconds + random.uniform(0, SPREAD_SECONDS))  # noqa: S311 - it only has to differ

    async def _make(self, call: Call, chat_id: int | None, send: Send) -> Answer | None:
        """Make a request, or return None if it has to wait after all: others may be refused while it stands at the door."""
        await self._waits.known()
        if self._waits.of(chat_id) > 0:
            return None
        with self._waits.ahead(chat_id) as doubt:
            answer = await send()
            if call.weight is Weight.COUNTED and answer[0] == HTTPStatus.OK:
                self._waits.accepted(doubt)
            self._judge(chat_id, answer)
        return answer

    async def _let_counted(self, call: Call, chat_id: int | None, how: Asking, send: Send) -> Answer:
        pace, answer = self.paid if call.paid else self.free, None
        while answer is None:
            slot = await self._slot(pace, chat_id, how)
            try:
                answer = await self._make(call, chat_id, partial(_spend, slot, send))
            finally:
                pace.give_back(slot)
        if chat_id is not None:
            self._chats.answered(chat_id)
        return answer

    async def _slot(self, pace: Pace, chat_id: int | None, how: Asking) -> Slot:
        seconds = self._waits.of(chat_id)
        if seconds > _patience(how):
            raise Withheld(seconds)
        if how.slot is not None and not how.slot.returned:
            if chat_id is not None:
                self._chats.sends(chat_id)
            return how.slot
        if how.priority is Priority.UNASKED:
            return await pace.slot(how.priority, chat_id)
        try:
            async with asyncio.timeout(_patience(how)):
                return await pace.slot(how.priority, chat_id)
        except TimeoutError:
            raise Withheld(max(1.0, self._waits.of(chat_id))) from None

    def _judge(self, chat_id: int | None, answer: Answer) -> None:
        """Take up a wait that Telegram asks for; of a method that belongs to no chat it is that method's own."""
        seconds = wait_in(answer)
        if seconds is None or chat_id is None:
            return
        self._chats.begin_anew(chat_id, seconds)
        if not self._waits.refused(chat_id, seconds):
            return
        log.warning("Telegram refuses several chats: all sending waits", seconds=self.halted_seconds)
        self.halted.set()
        self._await_the_end()

    def _await_the_end(self) -> None:
        if self._ending is None:
            self._ending = asyncio.get_running_loop().call_later(self.halted_seconds, self._end)

    def _end(self) -> None:
        self._ending = None
        if self.halted_seconds > 0:
            self._await_the_end()
            return
        for pace in (self.free, self.paid):
            pace.begin_anew()


async def _spend(slot: Slot, send: Send) -> Answer:
    """Make a request for which there is a slot: from then on it counts, unless it certainly never left."""
    slot.spent = True
    try:
        return await send()
    except NotSent:
        slot.spent = False
        raise


def _patience(how: Asking) -> float:
    """The seconds of a wait that a request sits out: what nobody asked for is written down, and comes again by itself."""
    if how.priority is Priority.UNASKED:
        return 0.0
    return LONG_PATIENCE_SECONDS if how.patient else PATIENCE_SECONDS
