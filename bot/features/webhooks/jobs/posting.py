"""One event goes to an endpoint by HTTP, signed by Standard Webhooks; whatever comes back is bounded in time and bytes."""

import asyncio
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
from standardwebhooks.webhooks import Webhook

from bot.features.webhooks.actions.ledger import Reception
from bot.features.webhooks.actions.telling import HookMessage
from bot.features.webhooks.jobs.addresses import Doorkeeper, Network
from bot.models import Setback

SECONDS = 10.0  # for all of it, from the name's address to the last byte that is read
ANSWER_SECONDS = 1.0  # of these, for what comes after the head of an answer: by its status the event is taken or not
MOST_BYTES = 2_048  # of an answer, which nobody reads but whoever tests an endpoint
AGENT = "vdialogue-webhooks/1"

_SETBACKS: dict[int, Setback] = {
    HTTPStatus.GONE: Setback.GONE,
    HTTPStatus.TOO_MANY_REQUESTS: Setback.BUSY,
    HTTPStatus.SERVICE_UNAVAILABLE: Setback.BUSY,
    HTTPStatus.REQUEST_TIMEOUT: Setback.SILENT,
    **dict.fromkeys(
        (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED),
        Setback.LOCKED,
    ),
}


@dataclass(frozen=True)
class Exchange:
    """How an endpoint took an event, and how its answer begins."""

    reception: Reception
    answer: str = ""


def signed(uid: str, body: str, secrets: Sequence[str], *, now: datetime) -> Mapping[str, str]:
    """The headers by which a receiver knows a body to be ours, and one event from another."""
    at = now.astimezone(UTC)  # the library takes the clock's hands, whatever the zone
    return {
        "webhook-id": uid,
        "webhook-timestamp": str(math.floor(at.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(uid, at, body) for secret in secrets),
    }


def encoded(message: HookMessage) -> str:
    """A message as the body that is signed."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


async def post(
    url: str, uid: str, message: HookMessage, secrets: Sequence[str], *, to_private: Sequence[Network], now: datetime
) -> Exchange:
    """Send a message once; raises nothing that the network or the other side can bring about."""
    doorkeeper = Doorkeeper(to_private, in_clear=urlsplit(url).scheme == "http")
    body = encoded(message)
    headers = {
        "Content-Type": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": AGENT,
        **signed(uid, body, secrets, now=now),
    }
    try:
        async with (
            asyncio.timeout(SECONDS),
            _session(doorkeeper) as session,
            session.post(url, data=body.encode(), headers=headers, allow_redirects=False) as answer,
        ):
            return Exchange(_reception(answer, now), await _beginning(answer))
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
        return Exchange(Reception(doorkeeper.refused or _setback(error)))


def _session(doorkeeper: Doorkeeper) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(socket_factory=doorkeeper.make, force_close=True, limit=1),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=SECONDS),
    )


def _setback(error: Exception) -> Setback:
    if isinstance(error, TimeoutError):
        return Setback.SILENT
    return Setback.CERTIFICATE if isinstance(error, aiohttp.ClientSSLError) else Setback.AWAY


async def _beginning(answer: aiohttp.ClientResponse) -> str:
    """How an answer begins; that it doesn't come whole changes nothing about how the event was taken."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return (await answer.content.read(MOST_BYTES)).decode(errors="replace")
    except (aiohttp.ClientError, OSError, TimeoutError):
        return ""


def _reception(answer: aiohttp.ClientResponse, now: datetime) -> Reception:
    status = answer.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Reception(status=status)
    if status < HTTPStatus.BAD_REQUEST:
        return Reception(Setback.MOVED, status)
    refused = Setback.REFUSED if status < HTTPStatus.INTERNAL_SERVER_ERROR else Setback.FAILED
    return Reception(_SETBACKS.get(status, refused), status, _wait(answer.headers.get("Retry-After"), now))


def _wait(asked: str | None, now: datetime) -> timedelta:
    """How long `Retry-After` asks for (RFC 9110, 10.2.3: seconds, or a date)."""
    try:
        if asked is None:
            return timedelta(0)
        if asked.strip().isdecimal():
            return timedelta(seconds=int(asked))
        return max(timedelta(0), parsedate_to_datetime(asked).astimezone(UTC) - now)
    except (ValueError, OverflowError):
        return timedelta(0)
