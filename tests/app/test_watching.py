"""What the parts of a bot know of themselves stands among the metrics."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from planting import MONDAY
from world import World

from bot.app.watching import watch
from bot.database import Database
from bot.database.lease import lease
from bot.telegram.gate import Gate
from bot.web.vitals import Vitals


def sample(vitals: Vitals, name: str) -> float | None:
    return vitals.registry.get_sample_value(f"vdialogue_{name}")


async def test_whoever_works_says_so_until_it_ends(world: World) -> None:
    during = sample(world.bot.vitals, "lease_held")

    await world.bot.lease.give_up()

    assert (during, sample(world.bot.vitals, "lease_held")) == (1, 0)
    assert sample(world.bot.vitals, "backup_age_seconds") is None  # the host has not asked for backups


async def test_a_wait_of_telegram_s_an_outage_and_the_age_of_the_newest_backup_are_told(
    database: Database, tmp_path: Path
) -> None:
    vitals, gate = Vitals(), Gate(30)
    held = lease(database, "sender of 42", lambda _session: _nothing())
    watch(vitals, held, gate, database.outage, backups=tmp_path, clock=lambda: MONDAY)
    names = ("halted_seconds", "database_outage", "backup_age_seconds")
    before = [sample(vitals, name) for name in names]

    gate.halt(60)
    database.outage.noticed(TimeoutError(), certain=True)
    file = tmp_path / "vdialogue-2026-11-30T0300Z.backup"
    file.write_text("all")
    taken = (MONDAY - timedelta(hours=6)).timestamp()
    os.utime(file, (taken, taken))

    halted, outage, age = [sample(vitals, name) for name in names]
    assert before == [0, 0, float("inf")]
    assert halted == pytest.approx(60, abs=5)
    assert (outage, age) == (1, 6 * 3600)


async def _nothing() -> None:
    pass
