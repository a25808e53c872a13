"""A service that proposes names and key points, as far as the bot can tell."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


class Model:
    """A local server that speaks OpenAI's protocol: answers what a test wants, and remembers what it was told.

    What is to happen `meanwhile` happens before it answers.
    """

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.answer: dict[str, Any] = {}
        self.status = 200
        self.meanwhile: Callable[[], Awaitable[None]] | None = None

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[dict[str, object]]:
        """Serve, and yield the settings with which the bot asks it."""
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self.complete)
        async with TestServer(app) as server:
            yield {"proposals_url": str(server.make_url("/v1")), "proposals_model": "small"}

    async def complete(self, request: web.Request) -> web.Response:
        self.heard.append((await request.json())["messages"][1]["content"])
        if self.meanwhile is not None:
            await self.meanwhile()
        if self.status != 200:
            return web.json_response({"error": {"message": "no"}}, status=self.status)
        message = {"role": "assistant", "content": json.dumps(self.answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return web.json_response(
            {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
        )
