"""The bot moves from SQLite to PostgreSQL in the middle of a dialogue: nothing is lost, and nothing comes twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select
from steps import join, say, texts
from world import BEA, CHLOE, World, settings_for

from bot import database as databases
from bot.app.application import Bot
from bot.features.replies import jobs as reply_jobs
from bot.models import Reply
from bot.moving import journey
from bot.sandbox import Clock, Sandbox

SAID = 20


@asynccontextmanager
async def running(sandbox: Sandbox, clock: Clock, url: str, erasures: Path) -> AsyncIterator[World]:
    database = databases.connect(url)
    bot = Bot(settings_for(sandbox, url, erasures_dir=erasures), database, clock=clock.now, tick_seconds=1.0)
    try:
        async with bot.running():
            yield World(sandbox, bot, database, clock)
    finally:
        await database.close()


@pytest.mark.postgresql
async def test_members_write_before_during_and_after_the_move(
    sandbox: Sandbox, clock: Clock, migrated_sqlite_url: str, postgresql_url: str, tmp_path: Path
) -> None:
    bea = sandbox.phone(user_id=BEA, first_name="Bea", language_code="es")
    chloe = sandbox.phone(user_id=CHLOE, first_name="Chloé", language_code="fr")
    source, target = databases.connect(migrated_sqlite_url), databases.connect(postgresql_url)
    async with running(sandbox, clock, migrated_sqlite_url, tmp_path) as world:
        async with world.database.sessions.begin() as session:
            session.add(planting.dialogue())
        await world.bot.prepare()
        await join(world, bea)
        await join(world, chloe)
        await world.until(MONDAY)

        async def write() -> None:
            for number in range(SAID):
                await say(world, bea, f"Durante {number}")

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(write())
            tasks.create_task(journey.copy(source, target, tell=lambda _: None, gather=reply_jobs.gather_words))
        await say(world, chloe, "Après")

    for each in (bea, chloe):
        await each.sends("While nobody works")
    await journey.switch(source, target, tell=lambda _: None)
    async with running(sandbox, clock, postgresql_url, tmp_path) as world:
        await world.settle()
        await say(world, bea, "Después")
        await world.until(MONDAY + WEEK)

        async with world.database.readers() as session:
            replies = list(await session.scalars(select(Reply.text).order_by(Reply.id)))
    assert sorted(replies) == sorted(
        [*(f"Durante {number}" for number in range(SAID)), "Après", *["While nobody works"] * 2, "Después"]
    )
    assert [sum(f"paso {number}" in said for said in texts(bea)) for number in (1, 2)] == [1, 1]
    assert [sum(f"étape {number}" in said for said in texts(chloe)) for number in (1, 2)] == [1, 1]
    await source.close()
    await target.close()
