from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.features.health import jobs as health_jobs
from bot.features.health.actions.findings import Finding, Level, Matter
from bot.sandbox import Sandbox

HOOK = "http://127.0.0.1:9/telegram"  # where nobody listens


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the sandbox's server dates its answers by the real clock


async def examine(sandbox: Sandbox, *, clock: Callable[[], datetime] = now, **changes: Any) -> dict[Matter, Finding]:
    wanted = {"token": sandbox.token, "api_url": sandbox.url, "webhook_url": None, "clock": clock} | changes
    return {one.matter: one for one in await health_jobs.examine(**wanted)}


async def call(sandbox: Sandbox, method: str, **parameters: Any) -> None:
    url = f"{sandbox.url}/bot{sandbox.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=parameters) as answer:
        assert answer.status == 200


async def test_a_bot_that_is_well_is_told_so(sandbox: Sandbox) -> None:
    found = await examine(sandbox)

    assert {one.level for one in found.values()} == {Level.FINE}
    assert found[Matter.TOKEN_VALID].detail == sandbox.username
    assert {Matter.CLOCK_RIGHT, Matter.POLLING, Matter.PRIVACY_ON} <= set(found)


@pytest.mark.parametrize("token", ["43:wrong", "wrong", "", "4 2"])
async def test_a_wrong_token_is_refused_and_not_repeated(sandbox: Sandbox, token: str) -> None:
    found = await examine(sandbox, token=token)

    assert found == {Matter.TOKEN_REFUSED: Finding(Matter.TOKEN_REFUSED, Level.FAULT)}


async def test_a_telegram_that_can_t_be_reached_is_told_without_the_token(sandbox: Sandbox) -> None:
    found = await examine(sandbox, api_url="http://127.0.0.1:9")

    assert set(found) == {Matter.TELEGRAM_AWAY}
    assert "127.0.0.1:9" in found[Matter.TELEGRAM_AWAY].detail
    assert sandbox.token not in found[Matter.TELEGRAM_AWAY].detail


@pytest.mark.parametrize(
    ("seconds", "matter"),
    [(60, Matter.CLOCK_AHEAD), (-3600, Matter.CLOCK_BEHIND), (3, Matter.CLOCK_RIGHT), (-3, Matter.CLOCK_RIGHT)],
)
async def test_a_clock_that_goes_wrong_is_found(sandbox: Sandbox, seconds: int, matter: Matter) -> None:
    found = await examine(sandbox, clock=lambda: now() + timedelta(seconds=seconds))

    assert matter in found
    if matter is not Matter.CLOCK_RIGHT:
        assert found[matter].level is Level.FAULT
        assert abs(found[matter].count - abs(seconds)) <= 2


async def test_a_server_that_dates_no_answers_is_no_fault(sandbox: Sandbox) -> None:
    async def relay(request: web.Request) -> web.Response:
        headers = {"Content-Type": request.headers["Content-Type"]}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{sandbox.url}{request.path}", data=await request.read(), headers=headers) as answer,
        ):
            return web.json_response(await answer.json(), status=answer.status)

    async def undated(_request: web.Request) -> web.Response:
        return web.Response(headers={"Date": "unknown"})

    application = web.Application()
    application.add_routes([web.get("/", undated), web.post("/{path:.*}", relay)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]

    found = await examine(sandbox, api_url=f"http://{host}:{port}")

    await runner.cleanup()
    assert found[Matter.CLOCK_NOT_COMPARED].level is Level.NOTE


@pytest.mark.parametrize(
    ("told", "wanted", "matter", "level"),
    [
        (None, None, Matter.POLLING, Level.FINE),
        (HOOK, HOOK, Matter.WEBHOOK, Level.FINE),
        (HOOK, None, Matter.WEBHOOK_UNWANTED, Level.FAULT),
        (None, HOOK, Matter.WEBHOOK_MISSING, Level.FAULT),
        (HOOK, "https://example.org/telegram", Matter.WEBHOOK_ELSEWHERE, Level.FAULT),
    ],
)
async def test_the_webhook_is_held_against_the_settings(
    sandbox: Sandbox, told: str | None, wanted: str | None, matter: Matter, level: Level
) -> None:
    if told:
        await call(sandbox, "setWebhook", url=told)

    found = await examine(sandbox, webhook_url=wanted)

    assert found[matter].level is level


@pytest.mark.parametrize(("pending", "level"), [(1, Level.NOTE), (99, Level.NOTE), (100, Level.FAULT)])
async def test_many_updates_that_nobody_fetches_are_a_fault(sandbox: Sandbox, pending: int, level: Level) -> None:
    ada = sandbox.phone(1001, "Ada")
    for _ in range(pending):
        await ada.sends("Hello")

    found = await examine(sandbox)

    assert found[Matter.PENDING] == Finding(Matter.PENDING, level, pending)


async def test_a_webhook_that_failed_lately_is_found_with_telegram_s_words(sandbox: Sandbox) -> None:
    await call(sandbox, "setWebhook", url=HOOK)
    await sandbox.phone(1001, "Ada").sends("Hello")
    found = await examine(
        sandbox, webhook_url=HOOK, clock=sandbox.clock.now
    )  # failures are dated by the sandbox's clock
    while Matter.WEBHOOK_FAILED not in found:
        found = await examine(sandbox, webhook_url=HOOK, clock=sandbox.clock.now)

    sandbox.confirm_updates()
    since = await examine(sandbox, webhook_url=HOOK, clock=sandbox.clock.now)
    sandbox.clock.advance(timedelta(hours=1))
    later = await examine(sandbox, webhook_url=HOOK, clock=sandbox.clock.now)

    failed = found[Matter.WEBHOOK_FAILED]
    assert (failed.level, failed.count, failed.detail) == (Level.FAULT, 1, "Connection refused")
    assert since[Matter.WEBHOOK_FAILED].level is Level.NOTE
    assert Matter.WEBHOOK_FAILED not in later
