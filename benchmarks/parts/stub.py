"""A Bot API that only counts: it takes every message at once or at a limited pace, and hands out replies to be polled.

Runs as a process of its own, so that it takes no time from what is measured.
"""

import argparse
import asyncio
import itertools
import json
import random
import time
from collections import deque
from typing import Any

from aiohttp import web
from parts import processes, sample

WINDOW_SECONDS = 1.0
BATCH = 100
JSON = "application/json"
POLL_SECONDS = 0.5
BOT = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class Stub:
    """Counts what was accepted and refused.

    Args:
        rate: Messages accepted within any second, or 0 for no limit; more are refused with 429.
        delay: Seconds on the way in, and again on the way back.
        jitter: Mean of the exponential delay that comes on top, on the way in.
        replies: How many replies getUpdates hands out, from as many members.
    """

    def __init__(self, rate: int, delay: float, jitter: float, replies: int) -> None:
        self._rate, self._delay, self._jitter, self._replies = rate, delay, jitter, replies
        self._window: deque[float] = deque()
        self._ids = itertools.count(1)
        self._random = random.Random(1)  # noqa: S311 - the same delays in every run
        self.polls = self.accepted = self.refused = 0
        self.started_at = self.last_at = 0.0

    async def call(self, request: web.Request) -> web.Response:
        """One request of a bot."""
        method = request.match_info["method"]
        values: dict[str, Any] = dict(await (request.json() if request.content_type == JSON else request.post()))
        if method == "getUpdates":
            return await self._poll(int(values.get("offset", 0)))
        if method == "getMe":
            return _answer(result=BOT)
        if not method.startswith(("send", "edit", "setMessageReaction")):
            return _answer(result=True)
        if self._delay:
            await asyncio.sleep(self._delay + self._random.expovariate(1 / self._jitter))
        answer = self._count(method, values)
        if self._delay:
            await asyncio.sleep(self._delay)
        return answer

    def _count(self, method: str, values: dict[str, Any]) -> web.Response:
        now = time.monotonic()
        while self._window and self._window[0] <= now - WINDOW_SECONDS:
            self._window.popleft()
        if self._rate and len(self._window) >= self._rate:
            self.refused += 1
            return _answer(
                ok=False,
                error_code=429,
                description="Too Many Requests: retry after 1",
                parameters={"retry_after": 1},
            )
        self._window.append(now)
        self.accepted, self.last_at = self.accepted + 1, now
        if method == "setMessageReaction":
            return _answer(result=True)
        chat = {"id": int(values["chat_id"]), "type": "private", "first_name": "Bea"}
        text = values.get("text", "")
        message = {"message_id": next(self._ids), "date": 1796000000, "chat": chat, "from": BOT, "text": text}
        return _answer(result=message)

    async def _poll(self, offset: int) -> web.Response:
        self.polls += 1
        first = max(offset, 1)
        last = min(first + BATCH, self._replies + 1)
        if first >= last:
            await asyncio.sleep(POLL_SECONDS)
        return _answer(result=[sample.reply(number) for number in range(first, last)])

    async def start(self, _request: web.Request) -> web.Response:
        """The sender is ready: time counts from now."""
        self.started_at = time.monotonic()
        return web.Response()

    async def figures(self, _request: web.Request) -> web.Response:
        """What was counted; moments are seconds of the system's monotonic clock."""
        return web.json_response(
            {
                "accepted": self.accepted,
                "refused": self.refused,
                "polls": self.polls,
                "started_at": self.started_at,
                "last_at": self.last_at,
            }
        )


def _answer(*, ok: bool = True, **fields: Any) -> web.Response:
    return web.Response(
        text=json.dumps({"ok": ok, **fields}), content_type="application/json", status=200 if ok else 429
    )


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--jitter", type=float, default=0.01)
    parser.add_argument("--replies", type=int, default=0)
    arguments = parser.parse_args()
    stub = Stub(arguments.rate, arguments.delay, arguments.jitter, arguments.replies)
    application = web.Application()
    application.add_routes(
        [web.get("/figures", stub.figures), web.post("/start", stub.start), web.post("/bot{token}/{method}", stub.call)]
    )
    processes.serve(application)


if __name__ == "__main__":
    main()
