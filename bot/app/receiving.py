"""What brings updates in, and the server of the pages, as the settings want them: one that polls, or one that is called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from telegram import Bot

from bot.app import desk
from bot.hosting.registry import host_of
from bot.inbound.keeper import Keeper
from bot.inbound.polling import Poller, raw_update
from bot.inbound.webhook import Webhook
from bot.settings import ProcessRole, Settings
from bot.telegram.absence import Absence
from bot.telegram.context import House
from bot.web.hosts import Hosts, VirtualHost
from bot.web.others import Others
from bot.web.pages import Pages
from bot.web.receiver import Receiver
from bot.web.server import Server
from bot.web.vitals import Vitals


@dataclass(frozen=True)
class SharedServer:
    """What the bots of one process share: the hosts at their one server, and what its pages tell of those besides the first."""

    hosts: Hosts
    others: Others

    @classmethod
    def empty(cls) -> "SharedServer":
        """Where there is nobody yet."""
        return cls(Hosts(), Others())


@dataclass(frozen=True)
class Frontage:
    """What receives, what serves, and what tells how the bot is."""

    receiving: Poller | Webhook
    server: Server | VirtualHost
    pages: Pages


def build(
    house: House,
    bot: Bot,
    keeper: Keeper,
    vitals: Vitals,
    *,
    absence: Absence,
    next_runs: Callable[[], Mapping[str, float]],
    polls: Callable[[], bool],
    shared: SharedServer,
    is_first: bool,
) -> Frontage:
    """All of it; a process that has no part in receiving serves nothing but what tells how it is. Only while it `polls` it asks Telegram.

    The first bot has the server; the pages of others are there, too.
    """
    settings = house.settings
    receives = ProcessRole.WEB in settings.roles
    receiving, called = _receiving(settings, bot, keeper, vitals, absence=absence, polls=polls)
    pages = Pages(
        house.database,
        house.clock,
        vitals,
        next_runs,
        receives_by="polling" if isinstance(receiving, Poller) else "webhook",
        receives=polls if isinstance(receiving, Poller) else lambda: receives,
        others=shared.others if is_first else None,
    )
    routes = [*desk.pages(house, bot), *called] if receives else []
    server = (
        Server(settings.web_listen, [*pages.routes(), *routes], needed=bool(routes), hosts=shared.hosts)
        if is_first
        else VirtualHost(shared.hosts, host_of(settings.web_url), routes)
    )
    return Frontage(receiving, server, pages)


def _receiving(
    settings: Settings, bot: Bot, keeper: Keeper, vitals: Vitals, *, absence: Absence, polls: Callable[[], bool]
) -> tuple[Poller | Webhook, list[web.RouteDef]]:
    """What asks Telegram, or tells it where to bring updates, and where they then come."""
    url, secret = settings.webhook_url, settings.webhook_secret
    if url is None or secret is None:
        return Poller(bot, keeper.keep, absence, is_ours=polls), []

    async def keep(update: dict[str, Any]) -> None:
        await keeper.keep([raw_update(update)])

    receiver = Receiver(secret.get_secret_value(), keep, vitals)
    trouble = vitals.webhook_troubled
    webhook = Webhook(bot, url, secret.get_secret_value(), absence, on_trouble=trouble)
    return webhook, receiver.routes(url)
