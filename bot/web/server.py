"""The web server: it listens on one address, and stops only when what it was asked has been answered."""

import asyncio
import os
import socket
from collections.abc import Iterable
from types import TracebackType
from typing import Self

import structlog
from aiohttp import web

from bot.settings import Address
from bot.web.connections import Connections
from bot.web.hosts import STOPPING_SECONDS, Hosts

MOST_BYTES = 2**20  # of a request; an update is a few thousand

log = structlog.get_logger()


class AddressTaken(Exception):
    """A server that is needed can't listen; `address` and the system's `reason`."""

    def __init__(self, address: Address, reason: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address, self.reason = address, reason


def reason_of(error: OSError) -> str:
    """Why an address can't be listened at, in the system's words alone: asyncio's repeat the address, each version in its way."""
    of_a_name = isinstance(error, socket.gaierror)  # has numbers of its own
    return os.strerror(error.errno) if error.errno and not of_a_name else error.strerror or str(error)


class Server:
    """Serves routes while its block runs, and other bots' at their `hosts`.

    Where it isn't `needed`, an address that is taken is a line in the log.
    """

    def __init__(
        self,
        address: Address,
        routes: Iterable[web.AbstractRouteDef],
        *,
        needed: bool,
        connections: Connections | None = None,
        hosts: Hosts | None = None,
    ) -> None:
        self._address, self._needed = address, needed
        self._connections = connections or Connections()
        self._listening: asyncio.Server | None = None
        application = web.Application(client_max_size=MOST_BYTES, middlewares=[self._connections.middleware])
        if hosts is not None:
            application.router.register_resource(hosts)
        application.add_routes(routes)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=STOPPING_SECONDS)

    async def __aenter__(self) -> Self:
        """Listen; raises AddressTaken if that is needed and can't be."""
        await self._runner.setup()
        try:
            await self._listen()
        except OSError as error:
            reason = reason_of(error)
            if self._needed:
                await self.stop()
                raise AddressTaken(self._address, reason) from error
            remedy = "set WEB_LISTEN to another address"
            log.warning("no health and metrics pages", address=str(self._address), error=reason, remedy=remedy)
        return self

    async def _listen(self) -> None:
        assert self._runner.server is not None, "setup() comes first"
        accept = self._connections.accepting(self._runner.server)
        self._listening = await asyncio.get_running_loop().create_server(accept, *self._address)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Take no more requests, and answer those that came; once more is harmless."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        await self._runner.cleanup()

    @property
    def url(self) -> str | None:
        """Where it listens, with the port that was free if the address left that open; None if it doesn't."""
        if self._listening is None:
            return None
        host, port, *_ = self._listening.sockets[0].getsockname()
        return f"http://{Address(host, port)}"
