import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from planting import MONDAY
from sqlalchemy import update
from steps import join, say
from world import World

from bot.app import jobs
from bot.app.application import wall_clock
from bot.app.guard import Guard
from bot.app.jobs import Jobs
from bot.database import Database
from bot.models import Tally
from bot.sandbox import Phone
from bot.settings import load
from bot.web.vitals import Vitals

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@asynccontextmanager
async def running(
    database: Database, url: str, vitals: Vitals, *, is_ours: bool = True, **others: object
) -> AsyncIterator[Jobs]:
    async def wake() -> None:
        pass

    settings = load(None, database_url=url, **others)
    started = Jobs(
        settings,
        database,
        Guard(database.outage, vitals),
        clock=lambda: NOON,
        is_ours=lambda: is_ours,
        wake=wake,
        tick_seconds=15,
    )
    started.start(now=wall_clock())
    yield started
    # Cancelled while it connects, aiosqlite's thread would outlive the test's loop.
    await until(lambda: vitals.seconds_since(jobs.HOUSEKEEPING) is not None)
    await started.stop()


async def until(condition: Callable[[], object]) -> None:
    while not condition():  # noqa: ASYNC110 - there is no event for it
        await asyncio.sleep(0.01)


async def test_each_job_says_when_it_comes_next(database: Database, database_url: str, tmp_path: Path) -> None:
    now = wall_clock()

    async with running(
        database, database_url, Vitals(), default_timezone="Asia/Kathmandu", backup_dir=tmp_path / "kept"
    ) as started:
        await until((tmp_path / "kept").exists)
        nexts = started.next_runs()

    assert set(nexts) == {jobs.TICK, jobs.HOUSEKEEPING, jobs.TALLIES, jobs.BACKUP}
    assert timedelta(0) < nexts[jobs.TICK] - now < timedelta(seconds=20)
    assert (nexts[jobs.BACKUP].hour, nexts[jobs.BACKUP].minute) == (3, 0)
    assert str(nexts[jobs.BACKUP].tzinfo) == "Asia/Kathmandu"


async def test_a_job_that_runs_when_the_bot_ends_stops_without_a_word(
    database: Database, database_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: asyncio.Future[asyncio.Task[object] | None] = asyncio.get_running_loop().create_future()

    async def rest(_: Jobs) -> None:
        begun.set_result(asyncio.current_task())
        await asyncio.sleep(60)

    monkeypatch.setattr(Jobs, "_compare_tallies", rest)
    monkeypatch.setattr(jobs, "COMPARES_AT", {"second": "*"})

    async with running(database, database_url, Vitals()):
        job = await begun

    assert job is not None
    assert job.done()
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_backup_is_taken_at_the_start_if_the_newest_is_old_and_so_many_are_kept(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    folder, vitals = tmp_path / "kept", Vitals()
    folder.mkdir()
    for day in (27, 28, 29):
        (folder / f"vdialogue-2026-11-{day}T0300Z.backup").write_text("an old one")
    for file in folder.iterdir():
        two_days_ago = wall_clock().timestamp() - 172_800
        os.utime(file, (two_days_ago, two_days_ago))
    (folder / "mine.txt").write_text("kept")

    async with running(database, database_url, vitals, backup_dir=folder, backups_kept=2):
        await until(lambda: vitals.seconds_since(jobs.BACKUP) is not None)
    async with running(database, database_url, Vitals(), backup_dir=folder, backups_kept=2) as again:
        is_due_at_once = again.next_runs()[jobs.BACKUP] <= wall_clock()

    assert sorted(file.name for file in folder.iterdir()) == [
        "mine.txt",
        "vdialogue-2026-11-29T0300Z.backup",
        "vdialogue-2026-11-30T1200Z.backup",
    ]
    assert not is_due_at_once


async def test_a_backup_that_fails_removes_none_and_shows(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    folder, vitals = tmp_path / "kept", Vitals()
    folder.mkdir()
    for name in ("vdialogue-2026-11-28T0300Z.backup", "vdialogue-2026-11-30T1200Z.backup"):
        (folder / name).write_text("an old one")
        os.utime(folder / name, (0, 0))

    async with running(database, database_url, vitals, backup_dir=folder, backups_kept=1):
        await until(lambda: vitals.troubles)

    assert vitals.troubles[jobs.BACKUP].error == "FileInTheWay"
    assert len(list(folder.iterdir())) == 2


async def test_of_several_processes_one_takes_the_backup(database: Database, database_url: str, tmp_path: Path) -> None:
    vitals = Vitals()

    async with running(database, database_url, vitals, is_ours=False, backup_dir=tmp_path / "kept"):
        await until(lambda: vitals.seconds_since(jobs.BACKUP) is not None)

    assert not (tmp_path / "kept").exists()


async def test_tallies_that_differ_are_a_trouble_that_shows(
    world: World, dialogue: str, bea: Phone, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "Aprendí a escuchar.")
    async with world.database.sessions.begin() as session:
        await session.execute(update(Tally).values(count=Tally.count + 1))
    monkeypatch.setattr(jobs, "COMPARES_AT", {"second": "*"})
    vitals = Vitals()

    async with running(world.database, database_url, vitals):
        await until(lambda: vitals.troubles)

    assert vitals.troubles[jobs.TALLIES].error == "TalliesDiffer"


async def test_the_page_of_a_running_bot_tells_the_last_and_the_next_run(world: World) -> None:
    await world.bot.tick()
    async with aiohttp.ClientSession() as session:
        await until(lambda: world.bot.vitals.seconds_since(jobs.TICK) is not None)
        async with session.get(f"{world.bot.server.url}/health/ready") as answer:
            told = (await answer.json())["jobs"]

    assert set(told) == {"tick", "housekeeping", "comparing tallies"}
    assert told["tick"]["seconds_since"] < 30
    assert 0 <= told["comparing tallies"]["seconds_until"] <= 86_400
