"""The connections of a server: so many at most, and who asks nothing makes room for who does, as against slow requests (Slowloris)."""

import asyncio
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp.web_protocol import RequestHandler

MOST = 100  # Telegram brings updates on 40 at most
HEADER_SECONDS = 10.0  # for a connection's first request; for those that follow, aiohttp's keep-alive counts


class Connections:
    """What is open, the oldest first."""

    def __init__(self, most: int = MOST, header_seconds: float = HEADER_SECONDS) -> None:
        self._most, self._header_seconds = most, header_seconds
        self._open: list[RequestHandler] = []
        self._coming: set[RequestHandler] = set()  # accepted, and not connected yet
        self._asked: set[RequestHandler] = set()  # a request of theirs has come whole
        self._busy: set[RequestHandler] = set()  # a request of theirs is being answered

    def accepting(self, server: web.Server) -> Callable[[], RequestHandler]:
        """What asyncio is to call for each connection that comes to a server."""

        def accept() -> RequestHandler:
            connection, loop = server(), asyncio.get_running_loop()
            if self._has_room():
                self._open.append(connection)
            self._coming.add(connection)
            loop.call_soon(loop.call_soon, self._came, connection)  # asyncio connects it at the first turn
            loop.call_later(self._header_seconds, self._end_if_silent, connection)
            return connection

        return accept

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Know who asks something, and who waits for the answer."""
        connection = request.protocol
        self._asked.add(connection)
        self._busy.add(connection)
        try:
            return await handler(request)
        finally:
            self._busy.discard(connection)

    def _has_room(self) -> bool:
        """Whether there is room for one more, if need be by ending the oldest that waits for nothing."""
        self._open = [each for each in self._open if each in self._coming or each.transport is not None]
        self._asked &= set(self._open)
        if len(self._open) < self._most:
            return True
        idle = next((each for each in self._open if each not in self._busy), None)
        if idle is None:
            return False
        self._open.remove(idle)
        _end(idle)
        return True

    def _came(self, connection: RequestHandler) -> None:
        self._coming.discard(connection)
        if connection not in self._open:
            _end(connection)

    def _end_if_silent(self, connection: RequestHandler) -> None:
        if connection not in self._asked:
            _end(connection)


def _end(connection: RequestHandler) -> None:
    if connection.transport is not None:
        connection.transport.abort()
