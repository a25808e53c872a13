"""Several bots in one installation: a Telegram that knows them all, and a host at a terminal."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.features.health import jobs as telegram
from bot.hosting.keys import new_key
from bot.sandbox import Clock, Sandbox

NORTH, SOUTH, UNKNOWN = "43:north" + "n" * 30, "44:south" + "s" * 30, "45:unknown" + "u" * 28


class Known(Sandbox):
    """A bot that Telegram knows by another token than the first."""

    def __init__(self, token: str, *, clock: Clock, username: str) -> None:
        self.token = token
        super().__init__(clock=clock, username=username, webhook_pause=0.01)


@asynccontextmanager
async def beside(sandbox: Sandbox, token: str, username: str) -> AsyncIterator[Sandbox]:
    """Another bot of the same Telegram."""
    async with Known(token, clock=sandbox.clock, username=username) as other:
        sandbox.answer_for(other)
        yield other
        assert other.refusals == []


def settle_in(monkeypatch: pytest.MonkeyPatch, folder: Path, sandbox: Sandbox, url: str) -> str:
    """Work in a folder as a host whose settings are in the environment; returns the key of tokens."""
    key = new_key()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(telegram, "ASKING_SECONDS", 0)
    for name, value in {
        "DATABASE_URL": url,
        "TELEGRAM_BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "WEB_LISTEN": "127.0.0.1:1",  # nothing answers there, whatever runs on this machine
        "BOT_KEYS": key,
        "LC_ALL": "C",
    }.items():
        monkeypatch.setenv(name, value)
    return key


async def run(*words: object, typed: str = "") -> Result:
    """What comes of a command; the sandbox answers on this thread's loop."""
    return await asyncio.to_thread(CliRunner().invoke, main, [str(word) for word in words], input=typed)


async def listed() -> dict[str, dict[str, Any]]:
    """The bots, by name."""
    found = await run("bot", "list", "--format", "json")
    return {each["name"]: each for each in json.loads(found.stdout)}
