"""The database is locked, gone or full; the bot goes on by itself once it is back, and its log says what happened."""

import asyncio
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import truth
from postgresql import Server
from stage import Stage, stage

pytestmark = pytest.mark.faults
PEOPLE = 20
QUESTIONS = 5
QUIET_SECONDS = 90.0
GONE_SECONDS = 60.0  # far more than a connection waits for a locked SQLite file
ON_THEIR_WAY = 7  # messages at most, of a bot that sends 30 a second
DISK_BYTES = 16_000_000  # the log that SQLite writes ahead alone takes four before it is folded in


async def gather(scene: Stage) -> int:
    """People have joined, and questions go out; where the log stands then."""
    await scene.gather_people(questions=QUESTIONS, every=timedelta(seconds=2))
    await scene.run()
    await asyncio.sleep(2)
    return scene.bot.place()


async def recover(scene: Stage, *, since: int) -> None:
    """The bot goes on by itself, nothing is wrong, and one line told of it when it began and one when it was over."""
    await scene.quiet(seconds=QUIET_SECONDS)
    await scene.bot.stop()
    assert await truth.wrong(scene.database, scene.crowd, scene.moderator) == []
    told = [line["event"] for line in scene.bot.trouble(since=since)]
    assert told.count("not sent") <= ON_THEIR_WAY
    assert [event for event in told if event != "not sent"] == ["the database is away"]
    assert scene.bot.log(since=since)[-1]["event"].startswith("ended")
    assert [line["event"] for line in scene.bot.log(since=since)].count("the database is back") == 1


async def test_the_database_is_locked_for_longer_than_a_connection_waits(tmp_path: Path, sqlite_url: str) -> None:
    async with stage(tmp_path, sqlite_url, people=PEOPLE) as scene:
        before = await gather(scene)
        async with scene.crowd.present():
            with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                await asyncio.sleep(GONE_SECONDS)
                other.execute("ROLLBACK")
            await scene.quiet(seconds=QUIET_SECONDS)

        await recover(scene, since=before)


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A PostgreSQL server that this test may stop."""
    server = Server.start()
    if server is None:
        pytest.skip("no PostgreSQL server is installed (apt install postgresql)")
    server.execute("CREATE DATABASE test")
    yield server
    server.stop()


@pytest.mark.postgresql
async def test_the_database_server_is_gone_and_comes_back(tmp_path: Path, own_server: Server) -> None:
    async with stage(tmp_path, own_server.url("test"), people=PEOPLE) as scene:
        before = await gather(scene)
        async with scene.crowd.present():
            await asyncio.sleep(1)
            await asyncio.to_thread(own_server.halt)
            await asyncio.sleep(GONE_SECONDS)
            await asyncio.to_thread(own_server.resume)
            await scene.quiet(seconds=QUIET_SECONDS)

        await recover(scene, since=before)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(disk)]
    if os.getuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603 - our own
        pytest.skip("only root can mount a small file system, and not in every container")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # noqa: S603, S607 - our own


async def test_the_disk_is_full_for_a_while(tmp_path: Path, small_disk: Path) -> None:
    async with stage(tmp_path, f"sqlite:///{small_disk}/test.db", people=PEOPLE) as scene:
        before = await gather(scene)
        async with scene.crowd.present():
            _fill(small_disk / "filler")
            await asyncio.sleep(GONE_SECONDS)
            (small_disk / "filler").unlink()
            await scene.quiet(seconds=QUIET_SECONDS)

        await recover(scene, since=before)


def _fill(file: Path) -> None:
    """Take all the room there is."""
    with file.open("wb", buffering=0) as filler:
        try:
            while filler.write(b"\0" * 4096):
                pass
        except OSError:
            return
