"""What tests share: a real database, the sandbox over real HTTP, the bot, and a fixed cast."""

import asyncio
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import planting
import pytest
import structlog
import telegram
from planting import MONDAY
from postgresql import Server
from proposer import Model
from receiver import Receiver, Told
from sqlalchemy import insert, select
from table_of_kills import pytest_terminal_summary
from thrift import pytest_collection_finish, pytest_configure, pytest_xdist_auto_num_workers
from world import ADA, BEA, CHLOE, DALIA, EGOR, FANG, GUS, World, settings_for

from bot import database as databases
from bot.app.application import Bot
from bot.database import Database
from bot.features.menu import handlers as menu
from bot.models import Published
from bot.sandbox import Clock, Phone, Sandbox
from bot.telegram.gate import chats
from bot.telegram.request import AiohttpRequest

# Hooks, for which pytest looks here.
__all__ = [
    "pytest_collection_finish",
    "pytest_configure",
    "pytest_terminal_summary",
    "pytest_xdist_auto_num_workers",
]

EITHER = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(scope="session", autouse=True)
def _plain_log() -> None:
    # The default shows every local variable of a traceback, which takes seconds.
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    server = Server.start(durable=False)
    if server is None:
        reason = "no PostgreSQL server is installed (apt install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    yield server
    server.stop()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def postgresql_url(postgresql_server: Server) -> Iterator[str]:
    with _database_of_its_own(postgresql_server, "template1") as url:
        yield url


@contextmanager
def _database_of_its_own(server: Server, template: str) -> Iterator[str]:
    name = f"test_{secrets.token_hex(6)}"
    server.copy(template, name)
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _migrate(url: str) -> None:
    async def migrate() -> None:
        opened = databases.connect(url)
        await databases.upgrade(opened)
        await opened.close()

    asyncio.run(migrate())


# An empty database that is up to date, to be copied: to migrate anew for each test takes most of its time.
@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "test.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_template(postgresql_server: Server) -> str:
    postgresql_server.execute("CREATE DATABASE migrated")
    _migrate(postgresql_server.url("migrated"))
    return "migrated"


@pytest.fixture
def migrated_sqlite_url(sqlite_url: str, tmp_path: Path, migrated_file: Path) -> str:
    shutil.copy(migrated_file, tmp_path / "test.db")
    return sqlite_url


@pytest.fixture(scope="session")
def migrated_schema(postgresql_server: Server, migrated_template: str) -> list[str]:
    """The version of the template and its tables, in which a migration leaves no rows."""
    return postgresql_server.empty(migrated_template)


@pytest.fixture(scope="session")
def emptied() -> list[str]:
    """Names of databases that are as the template, and that a test is done with."""
    return []


@pytest.fixture
def migrated_postgresql_url(
    postgresql_server: Server, migrated_template: str, migrated_schema: list[str], emptied: list[str]
) -> Iterator[str]:
    if not emptied:
        emptied.append(f"test_{secrets.token_hex(6)}")
        postgresql_server.copy(migrated_template, emptied[0])
    name = emptied.pop()
    yield postgresql_server.url(name)
    if postgresql_server.empty(name) == migrated_schema:
        emptied.append(name)
    else:  # the test was about another schema
        postgresql_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=EITHER)
def either_migrated_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"migrated_{request.param}_url")
    return url


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play a journey that is marked so on both databases."""
    if metafunc.definition.get_closest_marker("on_either_database"):
        metafunc.parametrize("database_url", EITHER, indirect=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database that is up to date."""
    url: str = request.getfixturevalue(f"migrated_{getattr(request, 'param', 'sqlite')}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = databases.connect(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def either_database(either_migrated_url: str) -> AsyncIterator[Database]:
    """For what concurrency or dialects could break."""
    opened = databases.connect(either_migrated_url)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY - timedelta(days=3), speed=0)


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock) as running:
        yield running
        assert running.refusals == []


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[telegram.Bot]:
    """The Bot API as our edge calls it, without the bot around it; an answer is waited for a fifth of a second."""
    async with _calling(sandbox, read_seconds=0.2) as calling:
        yield calling


def _calling(sandbox: Sandbox, *, read_seconds: float = 30) -> telegram.Bot:
    calls, polls = AiohttpRequest(read_seconds), AiohttpRequest()
    return telegram.Bot(sandbox.token, base_url=f"{sandbox.url}/bot", request=calls, get_updates_request=polls)


async def _introduce(url: str) -> list[dict[str, str]]:
    database = databases.connect(url)
    async with Sandbox(clock=Clock(MONDAY, speed=0)) as sandbox, _calling(sandbox) as calling:
        await menu.introduce(calling, database)
    async with database.readers() as session:
        rows = [dict(row) for row in (await session.execute(select(Published.__table__))).mappings()]
    await database.close()
    return rows


@pytest.fixture(scope="session")
def introduced(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """What a bot remembers that has told Telegram its commands and descriptions, as it does when it first runs."""
    file = tmp_path_factory.mktemp("introduced") / "test.db"
    shutil.copy(migrated_file, file)
    return asyncio.run(_introduce(f"sqlite:///{file}"))


@pytest.fixture
def model() -> Model:
    """A language model that proposes; it is asked where `host_settings` has `model_settings`."""
    return Model()


@pytest.fixture
async def model_settings(model: Model) -> AsyncIterator[dict[str, object]]:
    async with model.serving() as settings:
        yield settings


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Another system, which is told of a dialogue."""
    async with Receiver().serving() as running:
        yield running


@pytest.fixture
async def told(either_database: Database) -> Told:
    """A dialogue with two members, whose first question is open, and what tells others of it."""
    await planting.plant(either_database, "UTC", "UTC")
    return Told(either_database, Clock(MONDAY + timedelta(hours=1), speed=0), [])


@pytest.fixture
def host_settings() -> dict[str, object]:
    """What the host of the world has set besides what is needed; a module of tests may define its own."""
    return {}


@pytest.fixture
async def world(
    sandbox: Sandbox,
    database: Database,
    database_url: str,
    clock: Clock,
    *,
    introduced: list[dict[str, str]],
    host_settings: dict[str, object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[World]:
    # The journeys are not about Telegram's pace, but that a group is left in peace for a while may change their order.
    for name, seconds in {"PRIVATE_SECONDS": 0.0, "GROUP_SECONDS": 0.0, "GROUP_REST_SECONDS": 0.1}.items():
        monkeypatch.setattr(chats, name, seconds)
    async with database.sessions.begin() as session:
        await session.execute(insert(Published), introduced)
    settings = settings_for(sandbox, database_url, **{"erasures_dir": tmp_path / "erasures"} | host_settings)
    bot = Bot(settings, database, clock=clock.now, tick_seconds=1.0)
    async with bot.running():
        yield World(sandbox, bot, database, clock)


@pytest.fixture
async def dialogue(world: World) -> str:
    """A three-week dialogue that waits for its members; its slug."""
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue())
    await world.bot.prepare()
    return "training"


@pytest.fixture
def ada(world: World) -> Phone:
    return world.sandbox.phone(user_id=ADA, first_name="Ada", language_code="en")


@pytest.fixture
def bea(world: World) -> Phone:
    return world.sandbox.phone(user_id=BEA, first_name="Bea", language_code="es")


@pytest.fixture
def chloe(world: World) -> Phone:
    return world.sandbox.phone(user_id=CHLOE, first_name="Chloé", language_code="fr")


@pytest.fixture
def dalia(world: World) -> Phone:
    return world.sandbox.phone(user_id=DALIA, first_name="Dalia", language_code="ar")


@pytest.fixture
def egor(world: World) -> Phone:
    return world.sandbox.phone(user_id=EGOR, first_name="Egor", language_code="ru")


@pytest.fixture
def fang(world: World) -> Phone:
    return world.sandbox.phone(user_id=FANG, first_name="Fang", language_code="zh-hans")


@pytest.fixture
def gus(world: World) -> Phone:
    return world.sandbox.phone(user_id=GUS, first_name="Gus", language_code="en")
