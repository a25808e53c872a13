"""The gate stands at the transport, so that no call can forget it."""

from typing import Any

from telegram.request import BaseRequest, RequestData

from bot import tracing
from bot.telegram.gate.calls import Answer, call_of
from bot.telegram.gate.gate import Gate


class GatedRequest(BaseRequest):
    """A transport that python-telegram-bot calls, behind the gate."""

    def __init__(self, request: BaseRequest, gate: Gate) -> None:
        self._request, self._gate = request, gate

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer by default."""
        return self._request.read_timeout

    async def initialize(self) -> None:
        """Open the connection pool; once more is harmless."""
        await self._request.initialize()

    async def shutdown(self) -> None:
        """Close the connection pool."""
        await self._request.shutdown()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **named: Any
    ) -> Answer:
        """Status and body of one call; raises what the transport raises, and Withheld."""
        call = call_of(url, request_data)
        with tracing.part(f"telegram {call.method}"):
            return await self._gate.let(
                call,
                lambda: self._request.do_request(url, method, request_data, *timeouts, **named),
            )
