"""Telegram brings updates: each is kept before Telegram hears that it arrived."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.web.vitals import Vitals

ROUTE = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
BIGGEST_ID = 2**63 - 1  # what the database holds

log = structlog.get_logger()

Update = dict[str, Any]


class Receiver:
    """Takes updates from whoever knows the secret; `keep` returns once one is safe, and raises if it can't be kept."""

    def __init__(self, secret: str, keep: Callable[[Update], Awaitable[None]], vitals: Vitals) -> None:
        self._secret, self._keep, self._vitals = secret.encode(), keep, vitals

    def routes(self, url: str) -> list[web.RouteDef]:
        """Where updates arrive: by the path that Telegram is told, and by the usual one if a proxy translates."""
        paths = {ROUTE, urlsplit(url).path or "/"}
        return [web.post(path, self.receive) for path in sorted(paths)]

    async def receive(self, request: web.Request) -> web.Response:
        """200 for an update that is kept; 403 without the secret, 413 and 400 for what is none, 503 if not kept.

        Telegram sends again whatever isn't answered by 200.
        """
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return self._refuse(403, "wrong secret")
        if (request.content_length or 0) > request.client_max_size:
            return self._refuse(413, "too large")
        try:
            update = json.loads(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return self._refuse(413, "too large")
        except (ValueError, RecursionError):
            # Telegram's JSON is whole: something on the way cut it, and the next attempt may come through.
            return self._refuse(400, "malformed")
        if not _has_id(update):
            # It can never be kept: sent again, it would only hold up what comes behind it.
            return self._refuse(200, "no update_id")
        return await self._answer_for(update)

    async def _answer_for(self, update: Update) -> web.Response:
        with self._vitals.keeping():
            try:
                await self._keep(update)
            except Exception as error:  # noqa: BLE001 - the one place: whatever it is, Telegram must send again
                log.debug("an update was not kept", update_id=update["update_id"], error=repr(error))
                return web.Response(status=503)
        return web.Response()

    def _refuse(self, status: int, reason: str) -> web.Response:
        self._vitals.refused(reason)
        log.warning("a request to the webhook was refused", reason=reason, status=status)
        return web.Response(status=status)


def _has_id(update: object) -> bool:
    number = update.get("update_id") if isinstance(update, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= BIGGEST_ID
