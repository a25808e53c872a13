"""The moderators' pages are put together: with the database, and the words by which the chat refuses."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web
from telegram import Bot

from bot.child import Child
from bot.database import Database
from bot.features.desk.pages import site
from bot.features.desk.pages.frame import Desk
from bot.features.moderation.handlers import queue
from bot.inbound import routes
from bot.settings import Settings
from bot.telegram.refusals import said

REFUSALS = {**routes.COMMON, **queue.REFUSALS}


def pages(
    settings: Settings,
    database: Database,
    bot: Bot,
    *,
    clock: Callable[[], datetime],
    wake: Callable[[], None],
    child: Child,
) -> list[web.RouteDef]:
    """The pages, where the host wants them; the bot's name is known once it runs."""
    if settings.web_url is None:
        return []
    desk = Desk(
        database, settings, clock, wake, lambda t, error: said(t, error, REFUSALS), lambda: bot.username, child=child
    )
    return site.routes(desk)
