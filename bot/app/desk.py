"""What the bot serves besides Telegram's updates: the moderators' pages, what anybody may read, and what other systems read and do."""

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from bot.core.messages import TooLong
from bot.features.announcements import handlers as announcements
from bot.features.api.pages.site import Api
from bot.features.desk.pages import site
from bot.features.desk.pages.frame import Desk
from bot.features.drafts.handlers import starting
from bot.features.menu import handlers as menu
from bot.features.moderation.handlers import queue
from bot.features.summary.pages import PublicSite
from bot.i18n import Translator
from bot.inbound import routes
from bot.models import Person
from bot.telegram.context import House
from bot.telegram.refusals import said

log = structlog.get_logger()

REFUSALS = {
    **routes.COMMON,
    **queue.REFUSALS,
    **starting.REFUSALS,
    TooLong: announcements.REFUSALS[TooLong],
}


def pages(house: House, bot: Bot) -> list[web.RouteDef]:
    """The pages, where the host wants them; the bot's name is known once it runs."""
    if house.settings.web_url is None:
        return []

    async def show_menu(person: Person) -> None:
        try:
            await menu.show_menu_by(bot, house.database, house.settings, person)
        except TelegramError as error:  # the role is theirs all the same
            log.info("a menu could not be changed", error=error.message)

    def refuse(t: Translator, error: Exception) -> str | None:
        return said(t, error, REFUSALS)

    api = Api(house.database, house.clock, house.wake)
    public = PublicSite(house.database, house.settings, house.clock)
    desk = Desk(
        house.database,
        house.settings,
        house.clock,
        house.wake,
        refuse,
        lambda: bot.username,
        show_menu,
        house.child,
        house.stage,
    )
    return [*site.routes(desk), *public.routes(), *api.routes()]
