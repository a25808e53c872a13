"""Two processes serve one bot on PostgreSQL: one sends, and the other goes on when it is killed."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import aiohttp
import planting
import pytest
import truth
from collecting import collecting
from gathering import SLUG, Rhythm, hold, settings_of
from process import BotProcess
from sqlalchemy import select

from bot import database as databases
from bot.app.application import wall_clock
from bot.database import Database
from bot.models import Dialogue
from bot.sandbox import Clock, Flood, Phone, Sandbox

RATE = 10
PEOPLE = 40
AT_THE_KILL = 20
ON_THEIR_WAY = 4  # at most, of a bot that sends so slowly
SECONDS = 90.0


@pytest.mark.postgresql
async def test_one_sends_at_the_pace_of_one_and_the_other_follows_within_seconds(
    tmp_path: Path, postgresql_url: str
) -> None:
    flood = Flood(per_second=RATE + 1)
    async with (
        AsyncExitStack() as ending,
        Sandbox(clock=Clock(wall_clock()), flood=flood, webhook_pause=0.2) as sandbox,
        collecting() as collector,
    ):
        database = databases.connect(postgresql_url)
        ending.push_async_callback(database.close)
        await databases.upgrade(database)
        phones = await gather(sandbox, database)
        first, second = bots = [bot_in(tmp_path / name, sandbox, postgresql_url) for name in ("first", "second")]

        second.environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.url
        await first.start()
        await first.runs()
        await second.start()
        await second.runs()
        works_before = [await works(bot) for bot in bots]
        while received(phones).total() < AT_THE_KILL:  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.05)
        sent_by_second = [line for line in second.log() if line["event"] == "this process works for the bot now"]
        await first.kill()
        await second.says("this process works for the bot now", seconds=5)
        works_after = await works(second)
        async with asyncio.timeout(SECONDS):
            while await truth.owed(database):  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.2)
        await second.stop()

        assert sent_by_second == []
        assert (works_before, works_after) == ([True, False], True)
        assert "tick" in collector.names
        assert max(received(phones).values()) == 1
        uncertain = await truth.uncertain(database)
        assert len(uncertain) <= ON_THEIR_WAY
        assert received(phones).total() >= 2 * PEOPLE - len(uncertain)
        said = [str(line | {"timestamp": None}) for line in first.log() + second.log()]
        assert [line for line in said if re.search(r"\b429\b|retry", line, re.IGNORECASE)] == []


async def gather(sandbox: Sandbox, database: Database) -> Sequence[Phone]:
    """People who have joined; a question is due to all of them, and the concept note."""
    await hold(database, Rhythm(wall_clock(), questions=1, every=timedelta(hours=1)))
    phones = [sandbox.phone(30_000 + number, f"P{number}") for number in range(PEOPLE)]
    for phone in phones:
        await phone.sends("/start")
    sandbox.confirm_updates()
    async with database.sessions.begin() as session:
        dialogue = (await session.scalars(select(Dialogue).where(Dialogue.slug == SLUG))).one()
        for phone in phones:
            await planting.join(session, dialogue, phone.user_id, now=wall_clock())
    return phones


def bot_in(folder: Path, sandbox: Sandbox, url: str) -> BotProcess:
    """Updates come by a webhook: of two that poll, Telegram serves one."""
    folder.mkdir()
    return BotProcess(folder, settings_of(sandbox, url, webhook=True) | {"MESSAGES_PER_SECOND": str(RATE)})


async def works(bot: BotProcess) -> bool:
    """Whether a process tells Prometheus that it is the one that works and sends."""
    url = f"http://{bot.environment['WEB_LISTEN']}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        (held,) = re.findall(r"^vdialogue_lease_held (\S+)$", await answer.text(), re.MULTILINE)
    return float(held) == 1


def received(phones: Sequence[Phone]) -> Counter[tuple[int, str]]:
    """How often each person was shown what."""
    return Counter((phone.user_id, message["text"]) for phone in phones for message in phone.received)
