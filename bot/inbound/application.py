"""python-telegram-bot as this house uses it: handlers, types and calls, without its ways of receiving and its queue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes

from bot.inbound.routes import HANDLERS, REFUSALS
from bot.settings import Settings
from bot.telegram.absence import Absence
from bot.telegram.context import App, Context, House, current_work
from bot.telegram.gate import GatedRequest
from bot.telegram.refusals import refusal_of, refuse
from bot.telegram.request import AiohttpRequest, Observer


def build(settings: Settings, house: House, observe: Observer) -> App:
    """The application, with all handlers; `observe` hears of each call to Telegram. Settings must have a token."""
    assert settings.telegram_bot_token is not None, "the command line asks for the token first"
    application = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(GatedRequest(AiohttpRequest(observe=observe), house.gate))
        .get_updates_request(AiohttpRequest(observe=observe))
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    application.bot_data["house"] = house
    application.add_handlers(HANDLERS)
    application.add_error_handler(_on_error)
    return cast("App", application)


async def _on_error(update: object, context: Context) -> None:
    """Say in words what a handler refuses; python-telegram-bot swallows all that is raised: the worker must know of the rest."""
    error, refusal = context.error, refusal_of(REFUSALS, context.error)
    if error is None or refusal is None or not isinstance(update, Update):
        current_work.get().error = error
        return
    try:
        await refuse(update, context, refusal, error)
    except Exception as failed:  # noqa: BLE001 - the same
        current_work.get().error = failed


@asynccontextmanager
async def connected(application: App, absence: Absence) -> AsyncIterator[None]:
    """Ask Telegram who the bot is until it answers; raises InvalidToken, since no waiting would help."""
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
        raise
    except TelegramError as error:
        await asyncio.sleep(absence.noticed(error))
        return False
    absence.over()
    return True
