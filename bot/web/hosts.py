"""Several bots at one address (virtual hosts): whose pages are meant is told by the host that is asked for."""

import asyncio
import contextlib
from collections.abc import Iterable
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp.web_urldispatcher import Domain, MatchedSubAppResource, UrlMappingMatchInfo

STOPPING_SECONDS = 3.0  # for requests that are being answered


class Hosts(MatchedSubAppResource):
    """The hosts of bots besides the first, which serves all others. Of a bot that rests nothing is served, and nothing of another in its place."""

    def __init__(self) -> None:
        self._resting = web.Application()
        self._resting.router.add_route("*", "/{path:.*}", _rest)
        self._resting.freeze()
        self._served: dict[str, web.Application] = {}
        super().__init__(Domain("bots.invalid"), web.Application())  # the base's own rule, which is not asked

    def expect(self, hosts: Iterable[str]) -> None:
        """These are the hosts that there are."""
        self._served = {host: self._served.get(host, self._resting) for host in hosts}

    def open(self, host: str, application: web.Application) -> None:
        """Have a bot's pages found at its host."""
        self._served[host] = application

    def close(self, host: str, application: web.Application) -> None:
        """Have them found no more, unless another has followed."""
        if self._served.get(host) is application:
            self._served[host] = self._resting

    async def resolve(self, request: web.Request) -> tuple[UrlMappingMatchInfo | None, set[str]]:
        """The route within the bot's own pages; none for a host that is nobody else's."""
        application = self._served.get(_host_of(request))
        if application is None:
            return None, set()
        found = await application.router.resolve(request)
        found.add_app(application)
        return found, set()


def _host_of(request: web.Request) -> str:
    try:
        return (urlsplit(f"//{request.host}").hostname or "").rstrip(".")
    except ValueError:  # what is in brackets is no address
        return ""


async def _rest(_request: web.Request) -> web.Response:
    return web.Response(status=503, headers={"Retry-After": "60"})


class VirtualHost:
    """The pages of a bot at the server of the first one, while its block runs; without a host of its own there are none."""

    url = None

    def __init__(self, hosts: Hosts, host: str | None, routes: Iterable[web.AbstractRouteDef]) -> None:
        self._hosts, self._host = hosts, host
        self._answering = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._application = web.Application(middlewares=[self._counted])
        self._application.add_routes(routes)
        self._application.freeze()

    async def __aenter__(self) -> Self:
        """Be found."""
        if self._host is not None:
            self._hosts.open(self._host, self._application)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Take no more requests, and answer those that came; once more is harmless."""
        if self._host is not None:
            self._hosts.close(self._host, self._application)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOPPING_SECONDS):
                await self._idle.wait()

    @web.middleware
    async def _counted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self._answering += 1
        self._idle.clear()
        try:
            return await handler(request)
        finally:
            self._answering -= 1
            if not self._answering:
                self._idle.set()
