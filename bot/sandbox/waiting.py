"""Waiting for what the bot says, in real time; what comes instead is shown when it does not come."""

import asyncio
from collections.abc import Callable, Sequence

from bot.sandbox.chats import Json, text_of
from bot.sandbox.events import Events

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
"""Marks that keep inserted values apart from the text's direction; tests compare without them."""

Messages = Callable[[], Sequence[Json]]


def plain(text: str) -> str:
    """A text without directional isolates."""
    return text.translate(ISOLATES)


class Reader:
    """Someone who reads the bot's messages one after the other, and waits for those that are to come."""

    def __init__(self, events: Events, name: str) -> None:
        self._events = events
        self._name = name
        self._read: set[tuple[int, int]] = set()

    async def next_with(self, text: str, messages: Messages, *, seconds: float) -> Json:
        """The first of the messages that contains a text and was not returned before; waits for it.

        Raises:
            AssertionError: It did not come; tells what came instead.
        """

        def unread() -> list[Json]:
            return [message for message in messages() if _key(message) not in self._read]

        found = await self.wait(text, unread, seconds=seconds)
        self._read.add(_key(found))
        return found

    async def wait(self, text: str, messages: Messages, *, seconds: float) -> Json:
        """The first of the messages that contains a text; waits for it, looking again after each event.

        Raises:
            AssertionError: It did not come; tells what is there instead.
        """
        with self._events.listen() as news:
            try:
                async with asyncio.timeout(seconds):
                    while (found := _first_with(text, messages())) is None:
                        await news.get()
                    return found
            except TimeoutError:
                raise AssertionError(self._complaint(text, seconds, messages())) from None

    def _complaint(self, text: str, seconds: float, messages: Sequence[Json]) -> str:
        came = (
            "\n".join(f"  {message['message_id']}: {plain(text_of(message))!r}" for message in messages) or "  nothing"
        )
        return f"{self._name} did not receive {text!r} within {seconds} s. What came instead:\n{came}"


def _first_with(text: str, messages: Sequence[Json]) -> Json | None:
    return next((message for message in messages if plain(text) in plain(text_of(message))), None)


def _key(message: Json) -> tuple[int, int]:
    return message["chat"]["id"], message["message_id"]
