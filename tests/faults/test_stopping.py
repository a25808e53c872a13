"""The bot is asked to end in the midst of its work."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
import truth
from stage import stage

pytestmark = pytest.mark.faults
PEOPLE = 40
DRAIN_SECONDS = 10.0
QUIET_SECONDS = 90.0


async def test_asked_to_end_it_finishes_what_it_has_begun(tmp_path: Path, sqlite_url: str) -> None:
    async with stage(tmp_path, sqlite_url, people=PEOPLE) as scene:
        await scene.gather_people(questions=4, every=timedelta(seconds=1))
        scene.sandbox.faults.add("sendMessage", times=None, delay=0.2)
        await scene.run()
        async with scene.crowd.present():
            await asyncio.sleep(3)

            await scene.bot.stop(seconds=DRAIN_SECONDS)

            assert scene.bot.status == 0
            assert scene.bot.log()[-1]["event"].startswith("ended")
            assert scene.bot.trouble() == []
            assert await truth.sending(scene.database) == set()
            assert await truth.uncertain(scene.database) == set()
            assert await truth.owed(scene.database) > 0  # the rest waits for the next start
            await scene.run()
            await scene.quiet(seconds=QUIET_SECONDS)
        await scene.quiet(seconds=QUIET_SECONDS)
        await scene.bot.stop(seconds=DRAIN_SECONDS)

        assert await truth.wrong(scene.database, scene.crowd, scene.moderator) == []


async def test_asked_to_end_while_telegram_is_silent_it_holds_what_is_uncertain(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with stage(tmp_path, sqlite_url, people=PEOPLE) as scene:
        await scene.gather_people(questions=1, every=timedelta(seconds=1))
        scene.sandbox.faults.add("sendMessage", times=None, delay=60)
        await scene.run()
        await asyncio.sleep(2)

        await scene.bot.stop(seconds=DRAIN_SECONDS)

        assert scene.bot.status == 0
        assert await truth.sending(scene.database) == set()
        assert await truth.uncertain(scene.database) != set()
