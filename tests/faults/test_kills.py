"""The bot is killed again and again while people write and questions go out."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import truth
from stage import stage

ROUND_TRIP_SECONDS = 0.05  # as far as Telegram is
QUIET_SECONDS = 240.0
UNCERTAIN_PER_KILL = 2
KILLS_IN_ALL = 100

MODES = pytest.mark.parametrize("mode", ["polling", "webhook"])
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

    uncertain = await _kill_under_load(
        tmp_path, url, mode=mode, kills=KILLS_IN_ALL // 4, people=80, questions=12, seed=25, tell=record_property
    )

    assert uncertain <= UNCERTAIN_PER_KILL * KILLS_IN_ALL // 4


@MODES
async def test_a_few_kills_lose_nothing_and_repeat_nothing(
    mode: str, tmp_path: Path, sqlite_url: str, record_property: Callable[[str, object], None]
) -> None:
    await _kill_under_load(
        tmp_path, sqlite_url, mode=mode, kills=2, people=15, questions=4, seed=3, tell=record_property
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
) -> int:
    """Returns how many deliveries were uncertain at some time."""
    async with stage(folder, url, people=people, seed=seed, webhook=mode == "webhook") as scene:
        rhythm = await scene.gather_people(share=0.8, questions=questions, every=timedelta(seconds=people / 40))
        scene.sandbox.faults.add("sendMessage", times=None, delay=ROUND_TRIP_SECONDS)

        async with scene.crowd.present():
            struck = await scene.kill(kills, random.Random(seed))  # noqa: S311 - the same moments every time
            await scene.run()
            await scene.quiet(seconds=QUIET_SECONDS)
        await scene.quiet(seconds=QUIET_SECONDS)
        once_uncertain = struck | await truth.uncertain(scene.database)
        await scene.remind(rhythm)
        await scene.quiet(seconds=QUIET_SECONDS)
        await scene.bot.stop()

        doubts = await truth.doubts(scene.database, scene.crowd, once_uncertain)
        row = [
            *(mode, url.partition(":")[0].partition("+")[0], kills, sum(1 for _ in scene.crowd.said())),
            len(await truth.lost(scene.database, scene.crowd)),
            len(truth.repeated(scene.crowd)) + await truth.repeated_digests(scene.database, scene.moderator),
            *(len(once_uncertain) / kills, doubts.resolved, doubts.for_moderator, len(doubts.unresolved)),
        ]
        tell("kills", row)
        assert await truth.wrong(scene.database, scene.crowd, scene.moderator) == []
        assert doubts.unresolved == []
        return len(once_uncertain)
