"""A person is told that their message is safe although we failed."""

import structlog
from telegram import Bot

from bot.core import members
from bot.features.menu import texts
from bot.i18n import translator
from bot.inbox.updates import Waiting
from bot.telegram.context import House

log = structlog.get_logger()


async def apologise(house: House, bot: Bot, waiting: Waiting) -> None:
    """Say so in their language; a lane is a private chat's id."""
    try:
        async with house.database.readers() as session:
            language = await members.language_of(session, waiting.lane)
        if language is not None:
            await bot.send_message(
                waiting.lane, texts.something_failed(translator(language, house.settings.default_language))
            )
    except Exception as error:  # noqa: BLE001 - whatever it is, the other chats in hand go on
        log.warning("the person could not be told", error=str(error))
