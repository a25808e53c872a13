"""The queue of updates for the bot, and long polling on it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.refusing import RefusedError

BY_REQUEST_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}
"""Bot API, getUpdates: all kinds of updates come by default, except these."""

FIRST_ID = 1000


@dataclass
class Webhook:
    """Where updates are delivered to; nowhere if `url` is empty. `last_error_date` is in Unix seconds."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass(frozen=True, eq=False)
class Update:
    """One update with the chat in whose order it is delivered."""

    update_id: int
    kind: str
    chat_id: int
    content: dict[str, Any]

    def json(self) -> dict[str, Any]:
        """The Update object of the Bot API."""
        return {"update_id": self.update_id, self.kind: self.content}


class Updates:
    """Updates that the bot has not confirmed yet."""

    def __init__(self) -> None:
        self.pending: list[Update] = []
        self.allowed: list[str] = []
        self.arrived = asyncio.Event()
        self._last_id = FIRST_ID - 1
        self._poll: asyncio.Future[None] | None = None
        self._closed = False

    def enqueue(self, kind: str, chat_id: int, content: dict[str, Any]) -> None:
        """Queue an update, unless the bot does not want its kind; it shows the content as of now."""
        wanted = kind in self.allowed if self.allowed else kind not in BY_REQUEST_ONLY
        if not wanted:
            return
        self._last_id += 1
        self.pending.append(Update(self._last_id, kind, chat_id, content))
        self.arrived.set()
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def confirm(self, update: Update) -> None:
        """Forget an update that was delivered."""
        self.pending = [kept for kept in self.pending if kept is not update]

    def drop(self) -> None:
        """Forget all updates."""
        self.pending = []

    def interrupt(self, reason: str) -> None:
        """End the running long poll with 409 Conflict."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(RefusedError(reason, error_code=409, circumstance=True))

    def close(self) -> None:
        """End the running long poll with no updates, and let no other wait."""
        self._closed = True
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    async def poll(self, *, offset: int, limit: int, seconds: float) -> Sequence[Update]:
        """Confirm what lies before the offset; return what is pending, or wait for it.

        Args:
            offset: Updates with lower ids are confirmed. A negative one keeps so many from the end and forgets the rest;
                one beyond the next id counts as 0, as Telegram's server has it.
            limit: The most updates to return.
            seconds: Real seconds to wait if there are none.

        Raises:
            RefusedError: 409, if another poll or a webhook takes over meanwhile.
        """
        self.interrupt("terminated by other getUpdates request; make sure that only one bot instance is running")
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset <= self._last_id + 1:
            self.pending = [update for update in self.pending if update.update_id >= offset]
        if not self.pending and seconds > 0 and not self._closed:
            await self._wait(seconds)
        return self.pending[:limit]

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
