"""Telegram goes away, refuses, stays silent or talks nonsense; the bot goes on by itself, and its log says what happened."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import truth
from gathering import Rhythm, hold
from relay import Relay
from stage import Stage, stage

from bot.app.application import wall_clock

pytestmark = pytest.mark.faults
PEOPLE = 20
QUIET_SECONDS = 90.0
AWAY_SECONDS = 20.0  # stands for ten minutes: nothing in the bot grows with the time
ON_THEIR_WAY = 7  # messages at most, of a bot that sends 30 a second
ALL_WAITS = "Telegram refuses several chats: all sending waits"
NOT_INTRODUCED = "commands and descriptions could not be told"
LATE_SECONDS = 40.0  # an answer is waited for half a minute


async def begin(scene: Stage) -> None:
    await hold(scene.database, Rhythm(wall_clock(), questions=5, every=timedelta(seconds=3)))
    await scene.run()


def told(scene: Stage, *, since: int) -> Counter[str]:
    """How often the bot warned of what; no warning has a traceback."""
    trouble = scene.bot.trouble(since=since)
    assert [line for line in trouble if "exception" in line] == []
    return Counter(line["event"] for line in trouble)


def how_often(scene: Stage, event: str, *, since: int) -> int:
    return sum(line["event"] == event for line in scene.bot.log(since=since))


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_telegram_is_away_for_a_while(mode: str, tmp_path: Path, sqlite_url: str) -> None:
    async with (
        stage(tmp_path, sqlite_url, people=PEOPLE, webhook=mode == "webhook") as scene,
        Relay(scene.sandbox.url) as line,
    ):
        scene.bot.environment["TELEGRAM_API_URL"] = line.url
        await begin(scene)
        async with scene.crowd.present():
            await asyncio.sleep(4)

            before = scene.bot.place()
            await line.cut()
            await scene.bot.says("Telegram is away", since=before, seconds=AWAY_SECONDS)
            await asyncio.sleep(AWAY_SECONDS)
            await line.restore()

            await scene.quiet(seconds=QUIET_SECONDS)
            await scene.bot.says("Telegram is back", since=before, seconds=QUIET_SECONDS)
        await scene.quiet(seconds=QUIET_SECONDS)

        await scene.bot.stop()
        assert await truth.wrong(scene.database, scene.crowd, scene.moderator) == []
        warned = told(scene, since=before)
        assert warned.pop("not sent", 0) <= ON_THEIR_WAY
        assert warned == {"Telegram is away": 1}
        assert how_often(scene, "Telegram is back", since=before) == 1


async def test_telegram_is_away_when_the_bot_starts(tmp_path: Path, sqlite_url: str) -> None:
    async with stage(tmp_path, sqlite_url, people=PEOPLE) as scene, Relay(scene.sandbox.url) as line:
        scene.bot.environment["TELEGRAM_API_URL"] = line.url
        await hold(scene.database, Rhythm(wall_clock(), questions=2, every=timedelta(seconds=3)))
        await line.cut()

        await scene.bot.start()
        await scene.bot.says("Telegram is away", seconds=AWAY_SECONDS)
        await asyncio.sleep(AWAY_SECONDS / 2)
        await line.restore()
        await scene.bot.runs()
        async with scene.crowd.present():
            await asyncio.sleep(4)
        await scene.quiet(seconds=QUIET_SECONDS)

        await scene.bot.stop()
        assert await truth.wrong(scene.database, scene.crowd, scene.moderator) == []
        assert told(scene, since=0) == {"Telegram is away": 1}
        assert how_often(scene, "Telegram is back", since=0) == 1


async def test_a_storm_of_refusals_lost_connections_and_nonsense(tmp_path: Path, sqlite_url: str) -> None:
    async with stage(tmp_path, sqlite_url, people=PEOPLE) as scene:
        faults = scene.sandbox.faults
        await begin(scene)

        async with scene.crowd.present():
            for _ in range(12):
                await asyncio.sleep(1)
                faults.add("sendMessage", times=3, status=429, retry_after=1)
                faults.add("sendMessage", status=502)
                faults.add("sendMessage", drop="before")
                faults.add("sendMessage", drop="after")
                faults.add("sendMessage", garbled=True)
                faults.add("getUpdates", status=502)
                faults.add("getUpdates", drop="after")
                faults.add("getUpdates", garbled=True)
                faults.add(status=500)
            await asyncio.sleep(5)
            faults.clear()
            await scene.quiet(seconds=QUIET_SECONDS)
        await scene.quiet(seconds=QUIET_SECONDS)

        await scene.bot.stop()
        assert await truth.wrong(scene.database, scene.crowd, scene.moderator) == []
        assert told(scene, since=0).keys() <= {"not sent", "Telegram is away", ALL_WAITS, NOT_INTRODUCED}


async def test_an_answer_that_comes_too_late_holds_up_nobody_else(tmp_path: Path, sqlite_url: str) -> None:
    async with stage(tmp_path, sqlite_url, people=PEOPLE) as scene:
        await scene.gather_people(questions=3, every=timedelta(seconds=1))
        slow, *others = scene.crowd.people
        scene.sandbox.faults.add("sendMessage", chat_id=slow.phone.user_id, delay=LATE_SECONDS)

        await scene.run()
        for attendee in others:
            await attendee.phone.receives("Question 3 of 3", timeout=LATE_SECONDS / 2)
        before = scene.bot.place()
        line = await scene.bot.says("not sent", since=before, seconds=LATE_SECONDS)
        await scene.quiet(seconds=QUIET_SECONDS)
        await scene.bot.stop()

        assert "no answer" in line["outcome"]
        assert await truth.wrong(scene.database, scene.crowd, scene.moderator) == []
        assert len(await truth.uncertain(scene.database)) == 1
