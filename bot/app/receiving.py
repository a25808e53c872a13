"""What brings updates in, and the server of the pages, as the settings want them: one that polls, or one that is called."""

from collections.abc import Callable, Mapping
from typing import Any

from telegram import Bot

from bot.app import desk
from bot.inbound.keeper import Keeper
from bot.inbound.polling import Poller, raw_update
from bot.inbound.webhook import Webhook
from bot.settings import ProcessRole
from bot.telegram.absence import Absence
from bot.telegram.context import House
from bot.web.pages import Pages
from bot.web.receiver import Receiver
from bot.web.server import Server
from bot.web.vitals import Vitals


def build(
    house: House,
    bot: Bot,
    keeper: Keeper,
    vitals: Vitals,
    *,
    absence: Absence,
    next_runs: Callable[[], Mapping[str, float]],
    polls: Callable[[], bool],
) -> tuple[Poller | Webhook, Server]:
    """Both; a process that has no part in receiving serves nothing but what tells how it is. Only while it `polls` it asks Telegram."""
    settings = house.settings
    url, secret, listen = settings.webhook_url, settings.webhook_secret, settings.web_listen
    receives = ProcessRole.WEB in settings.roles
    at_desk = desk.pages(house, bot) if receives else []
    if url is None or secret is None:
        pages = Pages(house.database, house.clock, vitals, next_runs, receives_by="polling", receives=polls)
        server = Server(listen, [*pages.routes(), *at_desk], needed=bool(at_desk))
        return Poller(bot, keeper.keep, absence, is_ours=polls), server
    pages = Pages(house.database, house.clock, vitals, next_runs, receives_by="webhook", receives=lambda: receives)

    async def keep(update: dict[str, Any]) -> None:
        await keeper.keep([raw_update(update)])

    receiver = Receiver(secret.get_secret_value(), keep, vitals)
    called = receiver.routes(url) if receives else []
    server = Server(listen, [*pages.routes(), *at_desk, *called], needed=receives)
    trouble = vitals.webhook_troubled
    return Webhook(bot, url, secret.get_secret_value(), absence, on_trouble=trouble), server
