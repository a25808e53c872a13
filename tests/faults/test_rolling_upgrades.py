"""Processes are brought to the next version one by one while a crowd writes: nothing is lost, and nothing comes twice."""

import asyncio
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import following
import pytest
import truth
from fleet import running_fleet
from process import ROOT, BotProcess
from stage import Stage, stage

from bot import database as databases
from bot.database import Fit

QUIET_SECONDS = 240.0
BETWEEN_SECONDS = 6.0
KNOWS_ROLES = "bot/app/sharing.py"
GOES_ON = "bot/database/compatibility.py"  # a version that has it starts on a newer database as well
NEWER = "the database is of a newer version, on which this one can run as well"
FLEET = {"receiver": "web,tick", "worker 1": "work,send", "worker 2": "work,send"}

pytestmark = [pytest.mark.faults, pytest.mark.postgresql]


@dataclass(frozen=True)
class Upgrade:
    """From one tree to another; the database is of a `revision` before, and an old process `goes_on` after it."""

    old: Path
    new: Path
    revision: str
    goes_on: bool


def _to_an_imagined_one(folder: Path) -> Upgrade:
    """From this tree to a copy of it with two more migrations, one of which makes an index beside who writes."""
    new = following.plant_tree(folder / "new", upto=following.INDEXED)
    return Upgrade(ROOT, new, databases.newest(), goes_on=True)


def _from_the_one_before(folder: Path) -> Upgrade:
    """From the tree that stood before the newest migration came, out of git's history, to this one."""
    newest, before = sorted(path.name for path in (ROOT / "migrations/versions").glob("[0-9]*.py"))[:-3:-1]
    came = _git("log", "--first-parent", "-m", "--diff-filter=A", "--format=%H", "--", f"migrations/versions/{newest}")
    if not came:
        pytest.skip("git's history isn't here")
    commit = f"{came.split()[-1]}^1"
    if not _git("ls-tree", "--name-only", commit, KNOWS_ROLES):
        pytest.skip("the version before knows no roles")
    old = folder / "old"
    _git("archive", f"--output={folder}/old.tar", commit, "bot", "migrations")
    shutil.unpack_archive(folder / "old.tar", old, filter="data")
    shutil.copytree(ROOT / "locales", old / "locales")
    return Upgrade(old, ROOT, before.partition("_")[0], goes_on=(old / GOES_ON).exists())


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603, S607


@pytest.mark.parametrize("upgrade_of", [_to_an_imagined_one, _from_the_one_before])
async def test_an_upgrade_of_one_process_after_the_other_loses_nothing_and_repeats_nothing(
    tmp_path: Path,
    postgresql_url: str,
    upgrade_of: Callable[[Path], Upgrade],
    record_property: Callable[[str, object], None],
) -> None:
    upgrade = upgrade_of(tmp_path)
    people, questions, seed = 60, 12, 37
    every = timedelta(seconds=4 * BETWEEN_SECONDS / questions)
    async with stage(tmp_path, postgresql_url, people=people, seed=seed, webhook=True) as scene:
        rhythm = await scene.gather_people(share=0.8, questions=questions, every=every)
        if upgrade.revision != databases.newest():
            await databases.downgrade(scene.database, upgrade.revision)
        async with running_fleet(tmp_path, scene, FLEET, tree=upgrade.old) as fleet, scene.crowd.present():
            struck: set[int] = set()
            for name, process in fleet.items():
                await asyncio.sleep(BETWEEN_SECONDS)
                await _replace(process, upgrade.new)
                if upgrade.goes_on and name == "receiver":
                    struck |= await _restart_older(fleet["worker 2"], scene)
            await scene.quiet(seconds=QUIET_SECONDS)
            for process in fleet.values():
                await process.stop()
        once_uncertain = struck | await truth.uncertain(scene.database)
        await scene.remind(rhythm)
        await scene.quiet(seconds=QUIET_SECONDS)
        await scene.bot.stop()

        async with scene.database.readers() as session:
            assert await databases.fit(session) is (Fit.AHEAD if upgrade.old == ROOT else Fit.CURRENT)
        doubts = await truth.doubts(scene.database, scene.crowd, once_uncertain)
        record_property("upgrade", [people, sum(1 for _ in scene.crowd.said()), len(once_uncertain)])
        assert await truth.wrong(scene.database, scene.crowd, scene.moderator) == []
        assert doubts.unresolved == []


async def _replace(process: BotProcess, tree: Path) -> None:
    await process.stop()
    process.change_to(tree)
    await process.start()
    await process.runs()


async def _restart_older(process: BotProcess, scene: Stage) -> set[int]:
    """Kill a process of the old version, and start it again as it is; returns what was on its way."""
    place = process.place()
    await process.kill()
    struck = await truth.sending(scene.database)
    await process.start()
    await process.runs()
    assert [line["event"] for line in process.log(since=place) if line["event"] == NEWER] == [NEWER]
    return struck
