"""People at the sandbox's phones: they come by the join link, join when they are invited, reply, and note how long they wait."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox import Flood, Phone, Sandbox

LOOK_SECONDS = 0.01
FIRST_NEWCOMER = 5_000_000


@dataclass
class Thanks:
    """A reply that is waited with: whose, which message, how many messages they had, and when it was sent."""

    phone: Phone
    message_id: int
    before: int
    at: float


@dataclass
class Crowd:
    """What was seen; moments and durations are seconds of the monotonic clock."""

    sandbox: Sandbox
    flood: Flood
    invited_at: dict[int, float] = field(default_factory=dict)
    thanked_after: list[float] = field(default_factory=list)
    accepted_at_last: int = 0
    _open: list[Thanks] = field(default_factory=list)
    _newcomers: dict[int, Phone] = field(default_factory=dict)

    async def come(self, people: int, per_second: float) -> None:
        """Open the join link, one after the other."""
        begun = time.monotonic()
        for number in range(people):
            await asyncio.sleep(begun + number / per_second - time.monotonic())
            phone = self.sandbox.phone(FIRST_NEWCOMER + number, "N", language_code="en")
            self._newcomers[phone.user_id] = phone
            await phone.opens_link("training")

    async def reply(self, phones: Iterator[Phone], per_second: float) -> None:
        """Reply, one after the other, until cancelled."""
        number, begun = 0, time.monotonic()
        while per_second:
            await asyncio.sleep(begun + number / per_second - time.monotonic())
            phone = next(phones)
            message = await phone.sends(f"Reply {number}")
            self._open.append(Thanks(phone, message["message_id"], len(phone.received), time.monotonic()))
            number += 1

    async def look(self) -> None:
        """Note who is invited, who has a button to join presses it, and who is thanked; until cancelled."""
        while True:
            for user_id, phone in list(self._newcomers.items()):
                if phone.received:
                    del self._newcomers[user_id]
                    self.invited_at[user_id] = time.monotonic()
                    self.accepted_at_last = self.flood.accepted
                    await phone.taps(data="join:1")
            for open_one in list(self._open):
                if len(open_one.phone.received) > open_one.before or open_one.phone.reactions(open_one.message_id):
                    self._open.remove(open_one)
                    self.thanked_after.append(time.monotonic() - open_one.at)
            await asyncio.sleep(LOOK_SECONDS)

    def give_up(self) -> None:
        """What is still waited for counts as long as it has lasted."""
        now = time.monotonic()
        self.thanked_after += [now - each.at for each in self._open]
        self._open.clear()
