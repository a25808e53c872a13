"""HTTP to the Bot API through aiohttp: what certainly never left is told apart from what may have arrived."""

import json
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot import tracing

CONNECTIONS = 100  # in flight at most
CONNECT_SECONDS = 10.0
REDIRECTS = range(300, 400)
OK, NOT_SENT, NO_ANSWER = "ok", "not_sent", "no_answer"
JSON = {"Content-Type": "application/json"}

Observer = Callable[[str, str, float], None]
"""Is told of each call: the Bot API's method, what came of it (ok, an HTTP status, not_sent, no_answer), the seconds."""


class NotSent(NetworkError):
    """No connection came about, or none with Telegram: the request certainly did not arrive."""


class MaybeSent(TimedOut):
    """The request left, but no answer came: it may have arrived."""


class AiohttpRequest(BaseRequest):
    """The transport python-telegram-bot calls; `read_seconds` bounds the wait for an answer where a call sets no bound."""

    def __init__(self, read_seconds: float = 30.0, observe: Observer = lambda *_: None) -> None:
        self._read_seconds, self._observe = read_seconds, observe
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer by default."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the connection pool; once more is harmless."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS))

    async def shutdown(self) -> None:
        """Close the connection pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,  # noqa: ARG002 - the transport has one bound for writing and reading
        connect_timeout: object = None,  # noqa: ARG002 - ours is the same for every call
        pool_timeout: object = None,  # noqa: ARG002 - a call waits for its turn as long as it must
    ) -> tuple[int, bytes]:
        """Status and body of one call; raises NotSent or MaybeSent."""
        seconds = float(read_timeout) if isinstance(read_timeout, int | float) else self._read_seconds
        begun, outcome, called = time.monotonic(), NO_ANSWER, method_of(url)
        with tracing.part(f"request {called}") as piece:
            try:
                status, answer = await self._exchange(url, method, request_data, seconds)
                outcome = OK if status == HTTPStatus.OK else str(status)
            except NotSent:
                outcome = NOT_SENT
                raise
            finally:
                piece.tell(outcome=outcome)
                self._observe(called, outcome, time.monotonic() - begun)
        return status, answer

    async def _exchange(
        self, url: str, method: str, request_data: RequestData | None, seconds: float
    ) -> tuple[int, bytes]:
        assert self._session is not None, "initialize() comes first"
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=seconds)
        try:
            # The address holds the token, the body people's words: neither goes wherever an answer points to.
            async with self._session.request(
                method, url, timeout=timeout, allow_redirects=False, **_body(request_data)
            ) as response:
                answer = await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(f"no connection: {type(error).__name__}") from None
        except (aiohttp.ClientError, TimeoutError) as error:
            # The address holds the token, so the error itself is not carried on.
            raise MaybeSent(f"no answer: {type(error).__name__}") from None
        if response.status in REDIRECTS:
            raise NotSent(f"pointed elsewhere, with status {response.status}")
        if method == "POST" and not _is_json(answer):  # files are fetched by GET
            raise MaybeSent(f"an answer that is not Telegram's, with status {response.status}")
        return response.status, answer


def _is_json(answer: bytes) -> bool:
    # A proxy's own page: its status says nothing about the chat, nor whether the message got through.
    try:
        json.loads(answer)
    except ValueError:
        return False
    return True


def method_of(url: str) -> str:
    """The method that is called, or "file"; the rest of the address holds the token, and a file's has a name that people chose."""
    return "file" if "/file/bot" in url else url.rpartition("/")[2]


def _body(request_data: RequestData | None) -> dict[str, Any]:
    """The parameters of a call, and its files, as aiohttp takes them."""
    if request_data is None:
        return {}
    files = request_data.multipart_data
    if not files:
        return {"data": request_data.json_payload, "headers": JSON}
    form = aiohttp.FormData(request_data.json_parameters)
    for field, (name, content, mime_type) in files.items():
        form.add_field(field, content, filename=name, content_type=mime_type)
    return {"data": form}
