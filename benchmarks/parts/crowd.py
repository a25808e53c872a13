"""People at the sandbox's phones: they come by the join link, join when they are invited, reply, and note how long they wait."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.sandbox import Flood, Phone, Sandbox

LOOK_SECONDS = 0.01
THANKS_SECONDS = 30.0  # that the last who replied are waited for
AT_A_LOOK = 100  # phones of newcomers: looking at thousands each time would keep the sandbox from answering
FIRST_NEWCOMER = 5_000_000


@dataclass
class Thanks:
    """A reply that is waited with: whose, which message, what they had from the bot, and when it was sent."""

    phone: Phone
    message_id: int
    before: list[str]
    at: float

    def came(self) -> bool:
        """Whether they are thanked: by a reaction, a message, or one that counts on."""
        return bool(self.phone.reactions(self.message_id)) or shown(self.phone) != self.before


def shown(phone: Phone) -> list[str]:
    """The words of the bot's messages on a phone, as they are now."""
    return [message.get("text", "") for message in phone.received]


async def say(phone: Phone, words: str) -> Thanks:
    """Reply."""
    before, at = shown(phone), time.monotonic()
    message = await phone.sends(words)
    return Thanks(phone, message["message_id"], before, at)


@dataclass
class Crowd:
    """What was seen; moments and durations are seconds of the monotonic clock."""

    sandbox: Sandbox
    flood: Flood
    invited_at: dict[int, float] = field(default_factory=dict)
    thanked_after: list[float] = field(default_factory=list)
    accepted_at_last: int = 0
    _open: list[Thanks] = field(default_factory=list)
    _newcomers: deque[Phone] = field(default_factory=deque)

    async def come(self, people: int, per_second: float) -> None:
        """Open the join link, one after the other."""
        begun = time.monotonic()
        for number in range(people):
            await asyncio.sleep(begun + number / per_second - time.monotonic())
            phone = self.sandbox.phone(FIRST_NEWCOMER + number, "N", language_code="en")
            self._newcomers.append(phone)
            await phone.opens_link("training")

    async def reply(self, phones: Iterator[Phone], per_second: float) -> None:
        """Reply, one after the other, until cancelled."""
        number, begun = 0, time.monotonic()
        while per_second:
            await asyncio.sleep(begun + number / per_second - time.monotonic())
            phone = next(phones)
            self._open.append(await say(phone, f"Reply {number}"))
            number += 1

    async def look(self) -> None:
        """Note who is invited, who has a button to join presses it, and who is thanked; until cancelled."""
        while True:
            for _ in range(min(AT_A_LOOK, len(self._newcomers))):
                phone = self._newcomers.popleft()
                if not phone.received:
                    self._newcomers.append(phone)
                    continue
                self.invited_at[phone.user_id] = time.monotonic()
                self.accepted_at_last = self.flood.accepted
                await phone.taps(data="join:1")
            for open_one in list(self._open):
                if open_one.came():
                    self._open.remove(open_one)
                    self.thanked_after.append(time.monotonic() - open_one.at)
            await asyncio.sleep(LOOK_SECONDS)

    @asynccontextmanager
    async def replying(self, phones: Iterator[Phone], per_second: float) -> AsyncIterator[None]:
        """Within the block they reply, and what comes is noted; then the last who replied are waited for, for a while.

        What is still lacking after that counts as long as it has lasted.
        """
        async with asyncio.TaskGroup() as tasks:
            looks = tasks.create_task(self.look())
            replies = tasks.create_task(self.reply(phones, per_second))
            yield
            replies.cancel()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(THANKS_SECONDS):
                    while self._open:  # noqa: ASYNC110 - as people look
                        await asyncio.sleep(LOOK_SECONDS)
            looks.cancel()
        now = time.monotonic()
        self.thanked_after += [now - each.at for each in self._open]
        self._open.clear()
