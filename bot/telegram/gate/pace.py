"""At one pace (scheduler): taps first, fairly over chats; what is sent unasked takes what they leave, and a third at least."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable

from bot.telegram.gate.asking import Priority
from bot.telegram.gate.chats import Chats
from bot.telegram.gate.slots import Slot, Slots
from bot.telegram.gate.turns import Ticket, Turns
from bot.telegram.gate.waits import Waits

UNASKED_SHARE = 3  # a third of the pace is for the unasked while anything is due
MOST_CREDIT = 3.0  # turns that the unasked may make up for when it wasn't there to take them
TAPS_SECONDS = 3.0  # the taps of so long tell how many are to be expected
# Where taps would take all there is, one slot of so many is kept for the next receipt: else it waits for up to half a second.
A_SPARE_OF = 20
RESERVE_SHARE = 0.5  # of these, what is kept free for them: they go first anyway, so that all of it would be a waste
# Beyond a few at once, messages leave at twice the pace at most: all that leaves in step comes back in step, a second
# later, and whoever comes in between waits behind it.
HASTE, AT_ONCE_SHARE = 2.0, 8
LOOK_SECONDS = 0.05  # between looks at chats that don't take a message yet


class Pace:
    """Hands out slots of one rate: those that are free (of charge), or those that are paid for.

    Where processes share a rate, `rate` is what this one has of it now, and `whole` is all of it; while `is_ours` says that it
    isn't certain, nothing is handed out.
    """

    def __init__(self, rate: int, waits: Waits, chats: Chats, *, is_ours: Callable[[], bool] = lambda: True) -> None:
        self.whole, self._waits, self._chats, self._is_ours = rate, waits, chats, is_ours
        self._slots = Slots(rate, self._hand_out)
        self._turns = {priority: Turns() for priority in Priority}
        self._taps: deque[float] = deque()
        self._thanked_at = -TAPS_SECONDS
        self._credit = 0.0
        self._even_at = 0.0  # when as much will have left as twice the pace allows
        self._timer: asyncio.TimerHandle | None = None

    @property
    def rate(self) -> int:
        """Messages a second, at most."""
        return self._slots.rate

    def resize(self, rate: int) -> None:
        """Have more of the rate, or less; what is given up is free for others once `is_resized`."""
        self._slots.resize(rate)
        self._hand_out()

    @property
    def is_resized(self) -> bool:
        """Whether what was given up can't be spent here any more."""
        return self._slots.is_resized

    @property
    def wanted(self) -> float:
        """How many messages a second are asked for by people, as far as the last seconds and those who wait tell."""
        self._forget_taps()
        return len(self._taps) / TAPS_SECONDS + self.waiting

    @property
    def waiting(self) -> int:
        """How much that was asked for waits for a slot."""
        return len(self._turns[Priority.THANKS]) + len(self._turns[Priority.ANSWER])

    async def slot(self, priority: Priority, chat_id: int | None) -> Slot:
        """Wait for a slot for a message to a chat, or for something unasked to any; to be given back."""
        self._slots.begin()
        ticket = Ticket(chat_id)
        self._turns[priority].add(ticket)
        self._hand_out()
        try:
            return await ticket.turn
        except asyncio.CancelledError:
            self._turns[priority].discard(ticket)
            with contextlib.suppress(asyncio.CancelledError, asyncio.InvalidStateError):
                self._slots.give_back(ticket.turn.result())  # it had just come
            raise

    async def take(self, most: int) -> list[Slot]:
        """Wait for a slot for something unasked, and take as many further ones as may be had now, up to `most` in all."""
        slots = [await self.slot(Priority.UNASKED, None)]
        while len(slots) < most and self._is_open and self._leaves_enough():
            slots.append(self._give(Priority.UNASKED))
        return slots

    def give_back(self, slot: Slot) -> None:
        """Give a slot back, spent or not; again is harmless."""
        self._slots.give_back(slot)

    def begin_anew(self) -> None:
        """A wait of all is over: nothing leaves in step."""
        self._slots.spread()

    @property
    def _is_open(self) -> bool:
        return self._slots.free > 0 and self._is_ours() and not self._waits.of_all and not self._haste_seconds()

    def _haste_seconds(self) -> float:
        return max(0.0, self._even_at - _now() - 1 / (HASTE * AT_ONCE_SHARE))

    def _hand_out(self) -> None:
        while self._is_open and (found := self._next()) is not None:
            priority, ticket = found
            if ticket.chat_id is not None:
                self._chats.sends(ticket.chat_id)
            ticket.turn.set_result(self._give(priority))
        if self._timer is None and any(self._turns.values()):
            self._timer = asyncio.get_running_loop().call_later(self._pause(), self._look_again)

    def _look_again(self) -> None:
        self._timer = None
        self._hand_out()

    def _pause(self) -> float:
        return min(self._haste_seconds() or LOOK_SECONDS, LOOK_SECONDS)

    def _next(self) -> tuple[Priority, Ticket] | None:
        """Whose turn it is; two taps, then one of the unasked, where both wait."""
        order = (Priority.THANKS, Priority.ANSWER, Priority.UNASKED)
        if self._credit >= 1:
            order = (Priority.UNASKED, Priority.THANKS, Priority.ANSWER)
        for priority in order:
            ticket = self._next_of(priority)
            if ticket is not None:
                return priority, ticket
        return None

    def _next_of(self, priority: Priority) -> Ticket | None:
        if priority is Priority.ANSWER and self._slots.free <= self._spare():
            return None
        if priority is not Priority.UNASKED:
            return self._turns[priority].next(self._takes)
        if self._credit < 1 and not self._leaves_enough():
            return None
        return self._turns[priority].next(self._takes_unasked)

    def _give(self, priority: Priority) -> Slot:
        now = _now()
        self._even_at = max(now, self._even_at) + 1 / (HASTE * self.rate)
        if priority is Priority.UNASKED:
            self._credit = max(0.0, self._credit - 1)
        else:
            self._credit = min(MOST_CREDIT, self._credit + 1 / (UNASKED_SHARE - 1))
            self._taps.append(now)
        if priority is Priority.THANKS:
            self._thanked_at = now
        return self._slots.take(asked=priority is not Priority.UNASKED)

    def _leaves_enough(self) -> bool:
        """Whether something unasked may take a slot that no tap waits for: it has its share, and leaves what is likely needed soon."""
        return self._slots.out(asked=False) * UNASKED_SHARE < self.rate or self._slots.free > self._reserve()

    def _spare(self) -> int:
        """The slots that pages leave for the next receipt, while people say something at all."""
        return self.rate // A_SPARE_OF if self._thanked_at > _now() - TAPS_SECONDS else 0

    def _forget_taps(self) -> None:
        while self._taps and self._taps[0] < _now() - TAPS_SECONDS:
            self._taps.popleft()

    def _reserve(self) -> float:
        self._forget_taps()
        return RESERVE_SHARE * len(self._taps) / TAPS_SECONDS - self._slots.out(asked=True)

    def _takes(self, chat_id: int | None) -> bool:
        return not self._waits.of(chat_id) and not self._chats.seconds(chat_id)

    def _takes_unasked(self, chat_id: int | None) -> bool:
        return not self._waits.of(chat_id) and not self._chats.quiet_seconds(chat_id)


def _now() -> float:
    return asyncio.get_running_loop().time()
