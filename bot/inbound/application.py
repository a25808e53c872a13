"""python-telegram-bot as this house uses it: handlers, types and calls, without its ways of receiving and its queue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes
from telegram.request import BaseRequest

from bot.inbound.routes import HANDLERS
from bot.settings import Settings
from bot.telegram.absence import Absence
from bot.telegram.context import App, Context, House, current_work
from bot.telegram.gate import GatedRequest
from bot.telegram.request import AiohttpRequest, Observer


class TokenRefused(Exception):
    """Telegram doesn't know the token; no waiting would help. The words of the library's own error repeat the token."""


def build(settings: Settings, house: House, observe: Observer, wire: BaseRequest | None = None) -> App:
    """The application, with all handlers; `observe` hears of each call to Telegram, or to what stands in its place.

    Settings must have a token.
    """
    assert settings.telegram_bot_token is not None, "the command line asks for the token first"
    application = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(wire or GatedRequest(AiohttpRequest(observe=observe), house.gate))
        .get_updates_request(wire or AiohttpRequest(observe=observe))
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    application.bot_data["house"] = house
    application.add_handlers(HANDLERS)
    application.add_error_handler(_on_error)
    return cast("App", application)


async def _on_error(_update: object, context: Context) -> None:
    # python-telegram-bot swallows what a handler raises; the worker must know of it.
    current_work.get().error = context.error


@asynccontextmanager
async def connected(application: App, absence: Absence) -> AsyncIterator[None]:
    """Ask Telegram who the bot is until it answers; raises TokenRefused."""
    try:
        while not await _greet(application, absence):
            pass
        yield
    finally:
        await application.shutdown()
        await application.bot.shutdown()


async def _greet(application: App, absence: Absence) -> bool:
    try:
        await application.initialize()
    except InvalidToken:
        raise TokenRefused from None
    except TelegramError as error:
        await asyncio.sleep(absence.noticed(error))
        return False
    absence.over()
    return True
