import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text
from steps import join, say
from world import World

from bot import database as databases
from bot.database import Database
from bot.inbox import updates
from bot.inbox.updates import RawUpdate
from bot.sandbox import Clock, Phone
from bot.settings import Address
from bot.web import gauges
from bot.web.pages import SILENT_SECONDS, STALE_TICK_SECONDS, Pages
from bot.web.server import Server
from bot.web.vitals import Vitals


async def get(url: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        is_json = response.content_type == "application/json"
        return response.status, await (response.json() if is_json else response.text())


def value(metrics: str, sample: str) -> float:
    """What a line of the metrics says."""
    (found,) = re.findall(rf"^{re.escape(sample)} (\S+)$", metrics, re.MULTILINE)
    return float(found)


@pytest.fixture
def vitals() -> Vitals:
    return Vitals()


@pytest.fixture
async def pages(either_database: Database, clock: Clock, vitals: Vitals) -> AsyncIterator[str]:
    """The address of the pages of a bot that has just heard from Telegram, and ticked."""
    vitals.called("getUpdates", "ok", 0.1)
    with vitals.ticking():
        pass
    async with serving(
        Pages(either_database, clock.now, vitals, lambda: {"tick": 12.34}, receives_by="polling")
    ) as server:
        yield str(server.url)


def serving(pages: Pages) -> Server:
    return Server(Address("127.0.0.1", 0), pages.routes(), needed=True)


@pytest.fixture
async def broken_database(tmp_path: Path) -> AsyncIterator[Database]:
    """One that can't be opened."""
    opened = databases.connect(f"sqlite:///{tmp_path}")
    yield opened
    await opened.close()


async def test_a_bot_whose_parts_all_work_is_ready(pages: str) -> None:
    status, told = await get(f"{pages}/health/ready")

    assert status == 200
    assert 0 <= told.pop("seconds_since_telegram") < SILENT_SECONDS["polling"]
    assert 0 <= told.pop("seconds_since_tick") < STALE_TICK_SECONDS
    assert told == {
        "ready": True,
        "faults": [],
        "receives_by": "polling",
        "jobs": {"tick": {"seconds_since": None, "seconds_until": 12.3}},
        "troubles": {},
        "oldest_update_seconds": 0.0,
        "oldest_due_seconds": 0.0,
    }


async def test_before_the_first_word_from_telegram_and_the_first_tick_it_is_not_ready(
    database: Database, clock: Clock
) -> None:
    async with serving(Pages(database, clock.now, Vitals(), dict, receives_by="polling")) as server:
        status, told = await get(f"{server.url}/health/ready")

    assert status == 503
    assert told["faults"] == ["telegram", "tick"]
    assert told["seconds_since_telegram"] is None


async def test_an_update_that_waits_too_long_is_a_fault(pages: str, either_database: Database, clock: Clock) -> None:
    async with either_database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(7, 1003, "{}")], now=clock.now())
    soon, _ = await get(f"{pages}/health/ready")
    clock.advance(timedelta(minutes=6))

    late, told = await get(f"{pages}/health/ready")

    assert (soon, late) == (200, 503)
    assert (told["faults"], told["oldest_update_seconds"]) == (["inbox"], 360.0)


async def test_a_database_that_a_newer_version_has_only_expanded_is_no_fault(
    pages: str, either_database: Database
) -> None:
    async with either_database.sessions.begin() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    status, told = await get(f"{pages}/health/ready")

    assert (status, told["faults"]) == (200, [])


@pytest.mark.parametrize(
    "change", ["DELETE FROM alembic_version", "UPDATE alembic_version SET version_num = '9999', needed = '9998'"]
)
async def test_a_database_of_a_revision_on_which_this_one_cannot_run_is_a_fault(
    pages: str, either_database: Database, change: str
) -> None:
    async with either_database.sessions.begin() as session:
        await session.execute(text(change))

    status, told = await get(f"{pages}/health/ready")

    assert (status, told["faults"]) == (503, ["migrations"])


async def test_without_its_database_it_lives_but_is_not_ready_and_still_counts(
    broken_database: Database, clock: Clock, vitals: Vitals
) -> None:
    vitals.received(3)
    vitals.worked_off(0.3)
    async with serving(Pages(broken_database, clock.now, vitals, dict, receives_by="polling")) as server:
        live, _ = await get(f"{server.url}/health/live")
        ready, told = await get(f"{server.url}/health/ready")
        _, metrics = await get(f"{server.url}/metrics")

    assert (live, ready) == (200, 503)
    assert "database" in told["faults"]
    assert told["oldest_update_seconds"] is None
    assert value(metrics, "vdialogue_database_up") == 0
    assert value(metrics, "vdialogue_updates_received_total") == 3
    assert value(metrics, "vdialogue_answer_seconds_count") == 1
    assert "vdialogue_deliveries{" not in metrics


async def test_states_are_counted_and_not_anew_for_every_look(
    pages: str, either_database: Database, clock: Clock
) -> None:
    async with either_database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(7, 1003, "{}")], now=clock.now())
    _, first = await get(f"{pages}/metrics")
    async with either_database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(8, 1003, "{}")], now=clock.now())

    _, second = await get(f"{pages}/metrics")

    counts = [value(page, 'vdialogue_inbox_updates{state="new"}') for page in (first, second)]
    assert counts == [1, 1]
    assert value(first, 'vdialogue_deliveries{state="uncertain"}') == 0
    assert value(first, "vdialogue_database_up") == 1


async def test_the_running_bot_tells_how_it_is_and_nothing_about_people(
    world: World, dialogue: str, bea: Phone
) -> None:
    await join(world, bea, dialogue)
    await say(world, bea, "Una confidencia")
    url = world.bot.server.url

    ready, told = await get(f"{url}/health/ready")
    status, metrics = await get(f"{url}/metrics")

    assert (ready, told["receives_by"], status) == (200, "polling", 200)
    assert value(metrics, "vdialogue_updates_received_total") >= 3
    assert value(metrics, 'vdialogue_telegram_calls_total{method="sendMessage",outcome="ok"}') >= 2
    assert value(metrics, "vdialogue_tick_seconds_count") > 0
    assert value(metrics, 'vdialogue_oldest_seconds{queue="inbox"}') == 0
    for secret in (world.sandbox.token, "sandbox", str(bea.user_id), "Bea", "confidencia"):
        # As a word of its own: the digits of a duration may hold any number.
        assert not re.search(rf"(?<![\w.]){re.escape(secret)}(?!\w)", metrics + str(told)), secret


async def test_a_refusal_by_telegram_is_counted_by_its_status(world: World, bea: Phone) -> None:
    world.sandbox.faults.add("sendMessage", status=403)

    await say(world, bea, "/start")

    _, metrics = await get(f"{world.bot.server.url}/metrics")
    assert value(metrics, 'vdialogue_telegram_calls_total{method="sendMessage",outcome="403"}') == 1


@pytest.mark.postgresql
async def test_whoever_asks_is_answered_soon_though_the_database_lets_itself_be_waited_for(
    postgresql_url: str, clock: Clock, vitals: Vitals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gauges, "WAIT_SECONDS", 0.1)
    database = databases.connect(postgresql_url)
    await databases.upgrade(database)
    vitals.received(3)

    async with (
        serving(Pages(database, clock.now, vitals, dict, receives_by="polling")) as server,
        asyncio.timeout(gauges.PATIENCE_SECONDS / 2),
    ):
        async with database.sessions.begin() as session:
            await session.execute(text("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE"))
            _, meanwhile = await get(f"{server.url}/metrics")
        while value((await get(f"{server.url}/metrics"))[1], "vdialogue_database_up") != 1:
            pass
    await database.close()

    assert value(meanwhile, "vdialogue_updates_received_total") == 3
    assert value(meanwhile, "vdialogue_database_up") == 0
