import asyncio
from collections.abc import Sequence

import aiohttp
import pytest
import telegram
from structlog.testing import capture_logs
from telegram.error import Conflict, NetworkError, RetryAfter
from world import settings_for

from bot.app.application import Bot
from bot.database import Database
from bot.inbound.application import TokenRefused
from bot.inbound.polling import Poller
from bot.inbox.updates import RawUpdate
from bot.sandbox import Clock, Phone, Sandbox
from bot.settings import Settings
from bot.telegram.absence import LONGEST_PAUSE_SECONDS, Absence
from bot.telegram.request import NO_ANSWER, NOT_SENT


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is soon asked again."""
    monkeypatch.setattr("bot.telegram.absence.FIRST_PAUSE_SECONDS", 0.01)


@pytest.fixture
def settings(sandbox: Sandbox, sqlite_url: str) -> Settings:
    return settings_for(sandbox, sqlite_url)


@pytest.fixture
async def phone(sandbox: Sandbox) -> Phone:
    phone = sandbox.phone(user_id=1003, first_name="Chloé")
    await phone.sends("Première")
    return phone


def events(logs: Sequence[object], level: str) -> list[object]:
    return [line["event"] for line in logs if isinstance(line, dict) and line["log_level"] == level]


def test_each_failure_is_waited_for_twice_as_long_as_the_one_before_up_to_a_limit() -> None:
    absence = Absence()

    pauses = [absence.noticed(NetworkError("no connection")) for _ in range(8)]

    assert pauses[:4] == [1, 2, 4, 8]
    assert pauses[-1] == LONGEST_PAUSE_SECONDS


def test_after_an_answer_it_is_soon_asked_again() -> None:
    absence = Absence()
    absence.noticed(NetworkError("no connection"))
    absence.noticed(NetworkError("no connection"))

    absence.over()

    assert absence.noticed(NetworkError("no connection")) == 1


def test_where_telegram_says_how_long_to_wait_that_counts() -> None:
    assert Absence().noticed(RetryAfter(17)) == 17


def test_what_is_told_once_is_told_anew_when_it_is_something_else() -> None:
    absence = Absence()

    with capture_logs() as logs:
        for error in (NetworkError("a"), NetworkError("b"), Conflict("c"), Conflict("d")):
            absence.noticed(error)
        absence.over()
        absence.over()

    assert events(logs, "warning") == ["Telegram is away", "another process polls with this token"]
    assert events(logs, "info") == ["Telegram is back"]


def test_where_no_connection_comes_about_it_is_told_once_whoever_calls_and_is_over_with_any_answer() -> None:
    absence = Absence()

    with capture_logs() as logs:
        for outcome in (NOT_SENT, NOT_SENT, NO_ANSWER):
            absence.called(outcome)
        was_cut_off = absence.cut_off
        absence.called("403")
        absence.called("ok")

    assert was_cut_off
    assert not absence.cut_off
    assert [line["event"] for line in logs] == ["Telegram is away", "Telegram is back"]


def test_while_polls_fail_what_is_answered_to_others_ends_nothing() -> None:
    absence = Absence()

    with capture_logs() as logs:
        for _ in range(3):
            absence.noticed(Conflict("another getUpdates"))
            absence.called("409")
            absence.called("ok")

    assert absence.lasts
    assert [line["event"] for line in logs] == ["another process polls with this token"]


@pytest.mark.usefixtures("_impatient", "phone")
async def test_a_poll_that_fails_is_told_once_and_polling_goes_on(api: telegram.Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add("getUpdates", status=502, times=5)
    came = asyncio.get_running_loop().create_future()

    async def keep(updates: Sequence[RawUpdate]) -> None:
        if not came.done():
            came.set_result(len(updates))

    with capture_logs() as logs:
        async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
            polling = tasks.create_task(Poller(api, keep, Absence()).run())
            kept = await came
            polling.cancel()

    assert kept == 1
    assert events(logs, "warning") == ["Telegram is away"]
    assert events(logs, "info") == ["Telegram is back"]


@pytest.mark.usefixtures("_impatient")
async def test_a_bot_that_starts_while_telegram_is_away_waits_for_it_and_is_not_ready_meanwhile(
    sandbox: Sandbox, database: Database, settings: Settings, clock: Clock
) -> None:
    sandbox.faults.add("getMe", status=502, times=None)
    bot = Bot(settings, database, clock=clock.now)

    async def readiness() -> int:
        while bot.server.url is None:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.005)
        async with aiohttp.ClientSession() as session, session.get(f"{bot.server.url}/health/ready") as response:
            return response.status

    async def come_back() -> int:
        status = await readiness()
        sandbox.faults.clear()
        return status

    with capture_logs() as logs:
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            meanwhile = tasks.create_task(come_back())
            async with bot.running():
                name = bot.application.bot.username

    assert meanwhile.result() == 503
    assert name
    assert events(logs, "warning") == ["Telegram is away"]
    assert events(logs, "info")[:2] == ["Telegram is back", "running"]


async def test_a_token_that_telegram_refuses_ends_the_start(
    sandbox: Sandbox, database: Database, settings: Settings, clock: Clock
) -> None:
    sandbox.faults.add("getMe", status=401, description="Unauthorized")
    bot = Bot(settings, database, clock=clock.now)

    with pytest.raises(TokenRefused):
        async with bot.running():
            pass
