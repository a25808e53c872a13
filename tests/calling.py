"""Calling the sandbox's Bot API as any HTTP client would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.sandbox import Sandbox


class Call:
    """`await call("sendMessage", chat_id=…)` posts JSON and returns Telegram's envelope."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self.session = session
        self.sandbox = sandbox

    async def __call__(self, method: str, **parameters: Any) -> Any:
        url = f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"
        async with self.session.post(url, json=parameters) as response:
            return await response.json()

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        """What is pending, which is confirmed by that."""
        pending: list[dict[str, Any]] = (await self("getUpdates", **parameters))["result"]
        if pending:
            await self("getUpdates", offset=pending[-1]["update_id"] + 1)
        return pending


@asynccontextmanager
async def calling(sandbox: Sandbox) -> AsyncIterator[Call]:
    """A way to call the sandbox."""
    async with aiohttp.ClientSession() as session:
        yield Call(session, sandbox)
