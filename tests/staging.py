"""A sandbox without a bot: two people, and a way to call the Bot API as any HTTP client would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Clock, Phone, Sandbox


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


START = datetime(2027, 1, 4, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(START, speed=0)


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock, webhook_pause=0.01) as sandbox:
        yield sandbox


@pytest.fixture
async def dalia(sandbox: Sandbox) -> Phone:
    """Has written to the bot, and the bot has confirmed that."""
    phone = sandbox.phone(1004, "Dalia", language_code="ar")
    await phone.sends("/start")
    sandbox.confirm_updates()
    return phone


@pytest.fixture
def ada(sandbox: Sandbox) -> Phone:
    """Has not written to the bot."""
    return sandbox.phone(1001, "Ada", language_code="en", note="moderator")


@pytest.fixture
async def call(sandbox: Sandbox) -> AsyncIterator[Call]:
    async with calling(sandbox) as call:
        yield call


FIXTURES = clock, sandbox, call, ada, dalia
"""To be taken in by name in a test module, where they go before those of the whole bot."""
