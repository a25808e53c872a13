"""News of what happened in the chats, for the page and for tests that wait."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Event = dict[str, Any]


class Events:
    """Passes each event to all who listen at that moment; `None` tells them that there will be no more."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event | None]] = set()

    def publish(self, kind: str, **content: Any) -> None:
        """Tell the listeners."""
        self._put({"type": kind, **content})

    def close(self) -> None:
        """Tell the listeners that this was all."""
        self._put(None)

    def _put(self, event: Event | None) -> None:
        for listener in self._listeners:
            listener.put_nowait(event)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Event | None]]:
        """A queue that gets all events while the block runs."""
        listener: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
