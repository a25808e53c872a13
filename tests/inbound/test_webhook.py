import asyncio

import pytest
from telegram import Bot

from bot.inbound.polling import ALLOWED_UPDATES
from bot.inbound.webhook import Webhook
from bot.sandbox import Phone, Sandbox
from bot.telegram.absence import Absence
from bot.web.vitals import Vitals

NOBODY = "http://127.0.0.1:9/telegram"  # the port for what is thrown away


@pytest.fixture
def vitals() -> Vitals:
    return Vitals()


@pytest.fixture
def webhook(api: Bot, vitals: Vitals) -> Webhook:
    return Webhook(api, NOBODY, "s3cret", Absence(), on_trouble=vitals.webhook_troubled)


async def test_it_is_set_with_the_kinds_that_are_wanted_and_drops_nothing(
    webhook: Webhook, api: Bot, sandbox: Sandbox
) -> None:
    await sandbox.phone(user_id=1003, first_name="Chloé").sends("Avant")

    await webhook.set()

    info = await api.get_webhook_info()
    assert (info.url, info.pending_update_count) == (NOBODY, 1)
    assert tuple(info.allowed_updates) == ALLOWED_UPDATES


async def test_it_is_tried_until_telegram_takes_it(webhook: Webhook, api: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add("setWebhook", times=3, status=429, retry_after=0)

    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(webhook.run())
        while not (await api.get_webhook_info()).url:  # noqa: ASYNC110 - Telegram has no event for it
            await asyncio.sleep(0.005)
        running.cancel()

    assert (await api.get_webhook_info()).url == NOBODY


async def test_telegram_s_trouble_is_logged_and_counted_once_in_its_own_words(
    webhook: Webhook, api: Bot, sandbox: Sandbox, *, vitals: Vitals, capsys: pytest.CaptureFixture[str]
) -> None:
    phone: Phone = sandbox.phone(user_id=1003, first_name="Chloé")
    await webhook.set()
    await phone.sends("Perdu ?")
    while not (await api.get_webhook_info()).last_error_message:  # noqa: ASYNC110 - Telegram has no event for it
        await asyncio.sleep(0.005)

    await webhook.look()
    await webhook.look()

    assert capsys.readouterr().out.count("Connection refused") == 1
    assert vitals.registry.get_sample_value("vdialogue_webhook_troubles_total") == 1


async def test_one_that_stands_is_left_alone(webhook: Webhook, sandbox: Sandbox) -> None:
    await webhook.set()

    await webhook.look()

    assert [request.method for request in sandbox.requests].count("setWebhook") == 1
