"""The Bot API over HTTP: takes a bot's requests, holds them against the table, does what they ask, keeps a record."""

import asyncio
import inspect
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from aiohttp import web

from bot.sandbox.checking import Checked, check
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.flood import Flood
from bot.sandbox.methods import METHODS
from bot.sandbox.refusing import RefusedError
from bot.sandbox.requests import RawRequest, read
from bot.sandbox.spec import load
from bot.sandbox.world import World


class Request(NamedTuple):
    """A request that was done: the method and its values in their own types."""

    method: str
    params: dict[str, Any]


class Refusal(NamedTuple):
    """A request that Telegram would refuse, or in which it would pass over something unknown."""

    method: str
    params: dict[str, Any]
    error_code: int
    description: str


@dataclass
class BotApi:
    """The bot's side of the server.

    Attributes:
        requests: What was done, in order, polls for updates apart.
        refusals: What was wrong with requests themselves; circumstances such as a blocked bot don't count.
        flood: The limit on messages, or None for no limit.
        beside: Of other bots, each with a token and a world of its own.
    """

    world: World
    token: str
    faults: Faults = field(default_factory=Faults)
    flood: Flood | None = None
    requests: list[Request] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    beside: list["BotApi"] = field(default_factory=list)

    def routes(self) -> list[web.RouteDef]:
        """Where the Bot API is found."""
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One request of the bot."""
        token = request.match_info["token"]
        if (other := self._of(token)) is not None:
            return await other.call(request)
        if token != self.token:
            return _answer(RefusedError(error_code=401).envelope())
        method = request.match_info["method"]
        try:
            raw = await read(request)
        except RefusedError as error:
            return _answer(self._refuse(method, {}, error))
        fault = self.faults.take(method, raw.parameters.get("chat_id"))
        if fault and fault.drop == "before":
            return _dropped(request)
        answer = await self._envelope(method, raw, fault)
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault and fault.drop == "after":
            return _dropped(request)
        return _garbled(answer) if fault and fault.garbled else _answer(answer)

    def _of(self, token: str) -> "BotApi | None":
        return next((each for each in self.beside if each.token == token), None)

    async def _envelope(self, method: str, raw: RawRequest, fault: Fault | None) -> dict[str, Any]:
        """Do what is asked; Telegram's answer to it."""
        try:
            checked = check(load(), method, raw)
            if fault and (refusal := fault.refusal()):
                return refusal.envelope()
            result = await self._result(checked)
        except RefusedError as error:
            return self._refuse(method, dict(raw.parameters), error)
        if checked.method != "getUpdates":
            self.requests.append(Request(checked.method, checked.values))
        if checked.unknown:
            words = f"unknown parameters: {', '.join(checked.unknown)}"
            self.refusals.append(Refusal(checked.method, checked.values, 400, words))
        return {"ok": True, "result": result}

    async def _result(self, checked: Checked) -> Any:
        if checked.method not in METHODS:
            raise RefusedError("the sandbox does not play this method", error_code=404)
        if self.flood:
            tapped = self.world.callbacks.get(checked.values.get("callback_query_id", ""))
            self.flood.check(checked.method, checked.values, tapped.chat_id if tapped else None)
        result = METHODS[checked.method](self.world, checked.values)
        return await result if inspect.isawaitable(result) else result

    def _refuse(self, method: str, parameters: dict[str, Any], error: RefusedError) -> dict[str, Any]:
        if not error.circumstance:
            self.refusals.append(Refusal(method, parameters, error.error_code, error.description))
        return error.envelope()

    async def download(self, request: web.Request) -> web.Response:
        """A file by the path that getFile told."""
        if (other := self._of(request.match_info["token"])) is not None:
            return await other.download(request)
        stored = self.world.files.at(request.match_info["path"])
        if request.match_info["token"] != self.token or stored is None:
            return _answer(RefusedError(error_code=404).envelope())
        return web.Response(body=stored.content, content_type="application/octet-stream")


def _answer(envelope: dict[str, Any]) -> web.Response:
    return web.json_response(envelope, status=envelope.get("error_code", 200))


def _garbled(envelope: dict[str, Any]) -> web.Response:
    return web.Response(text="<html>", content_type="text/html", status=envelope.get("error_code", 200))


def _dropped(request: web.Request) -> web.Response:
    """Close the connection without an answer; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
