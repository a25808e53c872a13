"""The bot is killed again and again while people write and questions go out."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import truth
from gathering import Rhythm, hold, knows_webhooks
from stage import stage

from bot.app import wall_clock

ROUND_TRIP_SECONDS = 0.05  # as far as Telegram is
QUIET_SECONDS = 120.0
UNCERTAIN_PER_KILL = 2.0
KILLS_IN_ALL = 100

MODES = pytest.mark.parametrize(
    "mode",
    [
        "polling",
        pytest.param("webhook", marks=pytest.mark.skipif(not knows_webhooks(), reason="this version only polls")),
    ],
)
DATABASES = pytest.mark.parametrize("memory", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])


@pytest.mark.faults
@MODES
@DATABASES
async def test_a_hundred_kills_lose_nothing_and_repeat_nothing(
    mode: str,
    memory: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    url = request.getfixturevalue(f"{memory}_url")

    await _kill_under_load(
        tmp_path, url, mode=mode, kills=KILLS_IN_ALL // 4, people=80, questions=12, seed=25, tell=record_property
    )


@MODES
async def test_a_few_kills_lose_nothing_and_repeat_nothing(
    mode: str, tmp_path: Path, sqlite_url: str, record_property: Callable[[str, object], None]
) -> None:
    await _kill_under_load(
        tmp_path, sqlite_url, mode=mode, kills=3, people=15, questions=4, seed=3, tell=record_property
    )


async def _kill_under_load(
    folder: Path,
    url: str,
    *,
    mode: str,
    kills: int,
    people: int,
    questions: int,
    seed: int,
    tell: Callable[[str, object], None],
) -> None:
    rhythm = Rhythm(wall_clock(), questions, every=timedelta(seconds=people / 40))
    async with stage(folder, url, people=people, seed=seed, webhook=mode == "webhook") as scene:
        scene.sandbox.faults.add("sendMessage", times=None, delay=ROUND_TRIP_SECONDS)
        await hold(scene.database, rhythm)

        async with scene.crowd.present():
            struck = await scene.kill(kills, random.Random(seed))  # noqa: S311 - the same moments every time
            await scene.run()
            await scene.quiet(seconds=QUIET_SECONDS)
        await scene.quiet(seconds=QUIET_SECONDS)
        struck |= await truth.uncertain(scene.database)
        await scene.remind(rhythm)
        await scene.quiet(seconds=QUIET_SECONDS)

        lost = await truth.lost(scene.database, scene.crowd)
        repeated = truth.repeated(scene.crowd)
        digests = await truth.repeated_digests(scene.database, scene.moderator)
        doubt = await truth.doubts(scene.database, scene.crowd, struck)
        tell(
            "kills",
            (
                mode,
                url.split("+", maxsplit=1)[0],
                kills,
                sum(1 for _ in scene.crowd.said()),
                len(lost),
                len(repeated) + digests,
                len(struck) / kills,
                doubt.resolved,
                doubt.left,
                len(doubt.open),
            ),
        )
        assert lost == []
        assert repeated == []
        assert digests == 0
        assert await truth.parked(scene.database) == []
        assert await truth.sending(scene.database) == set()
        assert doubt.open == []
        assert len(struck) / kills <= UNCERTAIN_PER_KILL
        await scene.bot.stop()
