"""A sandbox, two people, and a way to call the Bot API as any HTTP client would."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from calling import Call, calling

from bot.sandbox import Clock, Phone, Sandbox

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
