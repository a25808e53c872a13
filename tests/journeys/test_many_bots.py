"""Several bots in one process: each with its own people, words and faults, and none in another's way."""

import asyncio
import shutil
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import aiohttp
import planting
import pytest
from hosted import NORTH, SOUTH, beside, run, settle_in
from planting import MONDAY
from sqlalchemy import select, text
from steps import join, say, texts
from world import ADA, BEA, World, settings_for

from bot import database as databases
from bot.app import installation, tenants
from bot.app.installation import Installation
from bot.backups import nightly
from bot.database import Database
from bot.hosting.keys import new_key
from bot.hosting.places import database_of
from bot.hosting.states import HostedState
from bot.models import Reply
from bot.sandbox import Clock, Phone, Sandbox
from bot.telegram.gate import chats

HERE, THERE = "Lo que solo sabe la primera", "Lo que solo sabe el norte"
FIRST_HOST, NORTH_HOST = "first.example.org", "north.example.org"


class Houses:
    """The process, the world of its first bot, and those of the others."""

    def __init__(self, running: Installation, first: World, telegrams: Mapping[str, Sandbox]) -> None:
        self.installation, self.first, self._telegrams = running, first, telegrams

    def __getitem__(self, name: str) -> World:
        bot = self.installation.tenants[name].bot
        assert bot is not None
        return World(self._telegrams[name], bot, bot.database, self.first.clock)

    async def stands(self, name: str, state: HostedState | None) -> None:
        """Wait until a bot stands so; None: it is known no more."""
        async with asyncio.timeout(30):
            while self.stand(name) is not state:  # noqa: ASYNC110 - there is no event for it
                await asyncio.sleep(0.02)

    def stand(self, name: str) -> HostedState | None:
        tenant = self.installation.tenants.get(name)
        return tenant.state if tenant is not None else None

    async def asks(self, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
        """What the one server of the process answers."""
        url = f"{self.first.bot.server.url}{path}"
        async with aiohttp.ClientSession() as session, session.get(url, headers={"Host": host}) as answer:
            return answer.status, await answer.text()


Start = Callable[..., AbstractAsyncContextManager[Houses]]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(tenants, "FIRST_PAUSE_SECONDS", 0.1)
    for name in ("PRIVATE_SECONDS", "GROUP_SECONDS", "GROUP_REST_SECONDS"):
        monkeypatch.setattr(chats, name, 0.0)


@pytest.fixture
async def north(sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    async with beside(sandbox, NORTH, "north_bot") as other:
        yield other


@pytest.fixture
async def south(sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    async with beside(sandbox, SOUTH, "south_bot") as other:
        yield other


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sandbox: Sandbox, database_url: str) -> str:
    return settle_in(monkeypatch, tmp_path, sandbox, database_url)


@pytest.fixture
def start(
    sandbox: Sandbox, north: Sandbox, database: Database, database_url: str, clock: Clock, *, key: str, tmp_path: Path
) -> Start:
    """Run all bots of the installation."""

    @asynccontextmanager
    async def start(**others: Any) -> AsyncIterator[Houses]:
        given = {"erasures_dir": tmp_path / "erasures", "bot_keys": key}
        settings = settings_for(sandbox, database_url, **given | others)
        running = Installation(settings, database, clock=clock.now, tick_seconds=1.0)
        async with running.running():
            yield Houses(running, World(sandbox, running.first, database, clock), {"north": north})

    return start


async def host(*words: object, typed: str = "") -> None:
    """Have a command done."""
    result = await run("bot", *words, typed=typed)
    assert result.exit_code == 0, result.output


async def gather(world: World) -> tuple[Phone, Phone]:
    """Ada, who organises, and Bea, in a dialogue that has not begun: the same two accounts with every bot."""
    ada = world.sandbox.phone(user_id=ADA, first_name="Ada", language_code="en")
    bea = world.sandbox.phone(user_id=BEA, first_name="Bea", language_code="es")
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue())
    await world.bot.prepare()
    await say(world, ada, "/start")
    await join(world, bea)
    return ada, bea


async def replies(database: Database) -> list[str]:
    async with database.readers() as session:
        return list(await session.scalars(select(Reply.text).order_by(Reply.id)))


async def revise(url: str, revision: str) -> None:
    opened = databases.connect(url)
    async with opened.sessions.begin() as session:
        await session.execute(
            text("UPDATE alembic_version SET version_num = :revision, needed = :revision"), {"revision": revision}
        )
    await opened.close()


@pytest.mark.on_either_database
async def test_each_bot_has_people_and_words_of_its_own_and_one_that_is_refused_is_in_nobody_s_way(
    start: Start, south: Sandbox, tmp_path: Path
) -> None:
    await host("add", "north", "--organiser", ADA, typed=NORTH)
    await host("add", "south", typed=SOUTH)
    south.renew_token("44:another" + "a" * 30)
    async with start(backup_dir=tmp_path / "backups") as houses:
        await houses.stands("north", HostedState.RUNNING)
        await houses.stands("south", HostedState.TOKEN_REFUSED)
        first, north = houses.first, houses["north"]
        (ada, bea), (ada_there, bea_there) = await gather(first), await gather(north)
        first.clock.advance_to(MONDAY)
        await say(first, bea, HERE)
        await say(north, bea_there, THERE)
        await say(first, ada, "/digest")
        await say(north, ada_there, "/digest")
        async with asyncio.timeout(30):
            while not all(nightly.newest(tmp_path / "backups" / each) for each in ("", "north")):  # noqa: ASYNC110 - in a thread
                await asyncio.sleep(0.05)
        ready, told = await houses.asks("/health/ready")
        _, metrics = await houses.asks("/metrics")
        kept = [await replies(each.database) for each in (first, north)]

    said = ["\n".join(texts(phone)) for phone in (ada, ada_there, bea, bea_there)]
    assert kept == [[HERE], [THERE]]
    assert [(HERE in each, THERE in each) for each in said[:2]] == [(True, False), (False, True)]
    assert not any(THERE in each for each in said[2:3])
    assert ready == 200
    assert '"south": {"state": "token_refused"}' in told
    assert 'vdialogue_bots{state="token_refused"} 1.0' in metrics
    assert 'vdialogue_updates_received_total{bot="north"} 5.0' in metrics
    assert metrics.count("# TYPE vdialogue_updates_received_total") == 1
    assert "another" not in told + metrics


@pytest.mark.on_either_database
async def test_what_a_host_registers_rotates_pauses_and_removes_counts_while_the_process_runs(
    start: Start, north: Sandbox
) -> None:
    bea = north.phone(user_id=BEA, first_name="Bea", language_code="es")
    async with start() as houses:
        await host("add", "north", typed=NORTH)
        await houses.stands("north", HostedState.RUNNING)
        await say(houses["north"], bea, "/start")
        greeted = len(bea.received)

        north.renew_token("43:renewed" + "r" * 30)
        before = houses["north"].bot
        await host("rotate", "north", typed=north.token)
        async with asyncio.timeout(30):
            while houses.installation.tenants["north"].bot in {before, None}:  # noqa: ASYNC110 - there is no event for it
                await asyncio.sleep(0.02)
        await say(houses["north"], bea, "/start")
        renewed = len(bea.received)

        await host("pause", "north")
        await houses.stands("north", HostedState.PAUSED)
        await bea.sends("/start")
        await asyncio.sleep(0.2)
        waiting = north.pending_updates
        await host("resume", "north")
        await houses.stands("north", HostedState.RUNNING)
        await houses["north"].settle()
        resumed = len(bea.received)

        await host("remove", "north", "--yes")
        await houses.stands("north", None)
        _, told = await houses.asks("/health/ready")

    assert 0 < greeted < renewed < resumed
    assert waiting == 1
    assert "north" not in told


async def test_a_bot_rests_whose_key_or_database_is_lost_or_of_no_use_or_that_is_the_first_one_and_goes_on_once_that_is_mended(
    start: Start, database_url: str, north: Sandbox, sandbox: Sandbox, *, tmp_path: Path
) -> None:
    await host("add", "north", typed=NORTH)
    place = tmp_path / "test-north.db"
    bea = sandbox.phone(user_id=BEA, first_name="Bea", language_code="es")
    async with start(bot_keys=new_key()) as houses:
        await houses.stands("north", HostedState.KEY_LOST)
        await say(houses.first, bea, "/start")
    async with start(telegram_bot_token=NORTH) as houses:
        await houses.stands("north", HostedState.TWICE)

    with closing(sqlite3.connect(place)) as broken, broken:
        broken.execute("ALTER TABLE dialogue RENAME TO gone")
    async with start() as houses:
        await houses.stands("north", HostedState.FAILED)
        with closing(sqlite3.connect(place)) as mended, mended:
            mended.execute("ALTER TABLE gone RENAME TO dialogue")
        await houses.stands("north", HostedState.RUNNING)
    await revise(database_of(database_url, "north"), "9999")
    async with start() as houses:
        await houses.stands("north", HostedState.DATABASE_BEYOND)
        await revise(database_of(database_url, "north"), databases.newest())
        await houses.stands("north", HostedState.RUNNING)
    shutil.move(place, tmp_path / "elsewhere")
    async with start() as houses:
        await houses.stands("north", HostedState.DATABASE_MISSING)
        missing = not place.exists()
        place.write_bytes(b"not a database" * 1000)
        await houses.stands("north", HostedState.DATABASE_AWAY)

    assert len(bea.received) == 1
    assert missing
    assert north.pending_updates == 0


async def test_pages_are_those_of_the_bot_whose_host_is_asked_and_of_none_while_it_rests(
    start: Start, north: Sandbox
) -> None:
    await host("add", "north", "--organiser", ADA, "--web-url", f"https://{NORTH_HOST}", typed=NORTH)
    async with start(web_url=f"https://{FIRST_HOST}") as houses:
        await houses.stands("north", HostedState.RUNNING)
        ada = north.phone(user_id=ADA, first_name="Ada", language_code="en")
        async with houses["north"].database.sessions.begin() as session:
            session.add(planting.dialogue())
        await houses["north"].bot.prepare()
        await say(houses["north"], ada, "/start")
        await say(houses["north"], ada, "/desk")
        pages = {
            each: await houses.asks("/desk", each)
            for each in (FIRST_HOST, NORTH_HOST, f"{NORTH_HOST.upper()}:443", "unknown.example.org")
        }
        elsewhere = [await houses.asks(path, NORTH_HOST) for path in ("/metrics", "/health/ready", "/nothing")]
        api = await houses.asks("/api/v1/nothing", NORTH_HOST)
        await host("pause", "north")
        await houses.stands("north", HostedState.PAUSED)
        resting = await houses.asks("/desk", NORTH_HOST)
        first = await houses.asks("/desk", FIRST_HOST)

    assert f"https://{NORTH_HOST}/desk" in str(ada.received[-1])
    assert {each: ("sandbox_bot" in page, "north_bot" in page) for each, (_, page) in pages.items()} == {
        FIRST_HOST: (True, False),
        NORTH_HOST: (False, True),
        f"{NORTH_HOST.upper()}:443": (False, True),
        "unknown.example.org": (True, False),
    }
    assert [status for status, _ in elsewhere] == [404, 404, 404]
    assert api[0] == 404
    assert (resting[0], first[0]) == (503, pages[FIRST_HOST][0])


async def test_telegram_brings_each_bot_its_updates_at_its_own_host(start: Start, north: Sandbox) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    await host("add", "north", "--web-url", f"http://localhost:{port}", typed=NORTH)
    settings = {
        "webhook_url": f"http://127.0.0.1:{port}/from/telegram",
        "webhook_secret": "first",
        "web_listen": f"127.0.0.1:{port}",
    }
    async with start(**settings) as houses:
        await houses.stands("north", HostedState.RUNNING)
        bea = houses.first.sandbox.phone(user_id=BEA, first_name="Bea", language_code="es")
        bea_there = north.phone(user_id=BEA, first_name="Bea", language_code="es")
        await say(houses.first, bea, "/start")
        await say(houses["north"], bea_there, "/start")
        foreign = await post(f"http://localhost:{port}/from/telegram", "first")

    assert (len(bea.received), len(bea_there.received)) == (1, 1)
    assert foreign == 403
    assert "getUpdates" not in {request.method for request in north.requests}


async def post(url: str, secret: str) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with aiohttp.ClientSession() as session, session.post(url, json={"update_id": 1}, headers=headers) as answer:
        return answer.status


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_of_several_processes_each_has_its_part_of_every_bot(
    start: Start, north: Sandbox, sandbox: Sandbox, database_url: str, key: str, *, clock: Clock
) -> None:
    await host("add", "north", "--organiser", ADA, typed=NORTH)
    other = databases.connect(database_url)
    settings = settings_for(sandbox, database_url, bot_keys=key, roles="send,tick")
    sending = Installation(settings, other, clock=clock.now, tick_seconds=0.1)
    async with start(roles="web,work") as houses, sending.running():
        await houses.stands("north", HostedState.RUNNING)
        bea = north.phone(user_id=BEA, first_name="Bea", language_code="es")
        async with houses["north"].database.sessions.begin() as session:
            session.add(planting.dialogue())
        await bea.opens_link("training")
        await houses["north"].handled()
        await bea.taps(data="join:1")
        await houses["north"].handled()
        clock.advance_to(MONDAY)
        async with asyncio.timeout(30):
            while not any("paso 1" in each for each in texts(bea)):  # noqa: ASYNC110 - there is no event for it
                await asyncio.sleep(0.05)
        tenants_hold = [each.tenants["north"].bot for each in (houses.installation, sending)]
        held = [each.lease.held for each in tenants_hold if each is not None]
    await other.close()

    assert held == [False, True]
    assert sum("paso 1" in each for each in texts(bea)) == 1
