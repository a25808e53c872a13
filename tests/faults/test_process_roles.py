"""Several processes serve one bot, each with its part: whichever is killed or stands still, nothing is lost, and nothing comes twice."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import truth
from fleet import running_fleet
from process import BotProcess
from stage import Stage, stage

from bot.database import lease

ROUND_TRIP_SECONDS = 0.05
QUIET_SECONDS = 240.0
LONGEST_LIFE_SECONDS = 3.0
SECONDS_OF_A_KILL = 4  # with the start that follows, about: questions go out all the while
STANDS_STILL_SECONDS = lease.SILENCE_SECONDS + 2.0
FLEET = {
    "receiver": "web",
    "worker 1": "work",
    "worker 2": "work",
    "sender 1": "send,tick",
    "sender 2": "send,tick",
}


@pytest.mark.postgresql
async def test_one_of_each_role_is_killed_and_one_stands_still(
    tmp_path: Path, postgresql_url: str, record_property: Callable[[str, object], None]
) -> None:
    await _strike(tmp_path, postgresql_url, people=15, questions=4, kills=3, seed=5, tell=record_property)


@pytest.mark.faults
@pytest.mark.postgresql
async def test_a_hundred_kills_of_processes_with_roles_lose_nothing_and_repeat_nothing(
    tmp_path: Path, postgresql_url: str, record_property: Callable[[str, object], None]
) -> None:
    await _strike(tmp_path, postgresql_url, people=80, questions=40, kills=100, seed=26, tell=record_property)


async def _strike(
    folder: Path,
    url: str,
    *,
    people: int,
    questions: int,
    kills: int,
    seed: int,
    tell: Callable[[str, object], None],
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same moments every time
    every = timedelta(seconds=kills * SECONDS_OF_A_KILL / questions)
    async with stage(folder, url, people=people, seed=seed, webhook=True) as scene:
        rhythm = await scene.gather_people(share=0.8, questions=questions, every=every)
        scene.sandbox.faults.add("sendMessage", times=None, delay=ROUND_TRIP_SECONDS)
        struck: set[int] = set()

        async with running_fleet(folder, scene, FLEET) as fleet, scene.crowd.present():
            for number in range(kills):
                name = list(fleet)[number % len(fleet)] if kills < len(fleet) else chance.choice(list(fleet))
                await asyncio.sleep(chance.uniform(0.3, LONGEST_LIFE_SECONDS))
                struck |= await _strike_one(fleet[name], scene, stands_still=number % 3 == 2)
            await scene.quiet(seconds=QUIET_SECONDS)
            for process in fleet.values():
                await process.stop()
        once_uncertain = struck | await truth.uncertain(scene.database)
        await scene.remind(rhythm)
        await scene.quiet(seconds=QUIET_SECONDS)
        await scene.bot.stop()

        doubts = await truth.doubts(scene.database, scene.crowd, once_uncertain)
        tell("roles", [kills, sum(1 for _ in scene.crowd.said()), len(once_uncertain), len(doubts.unresolved)])
        assert await truth.wrong(scene.database, scene.crowd, scene.moderator) == []
        assert doubts.unresolved == []


async def _strike_one(process: BotProcess, scene: Stage, *, stands_still: bool) -> set[int]:
    """Kill a process and start it again, or have it stand still until others have followed it; returns what was on its way."""
    if stands_still:
        process.freeze()
        await asyncio.sleep(STANDS_STILL_SECONDS)
        process.thaw()
        return set()
    await process.kill()
    struck = await truth.sending(scene.database)
    await process.start()
    await process.runs()
    return struck
