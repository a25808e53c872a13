"""A bot that polls a stub until it has answered so many replies; prints the replies per second and per CPU second as JSON.

Ours keeps each reply before it is confirmed, ties it to its question and thanks; a peer only thanks.
"""

import argparse
import asyncio
import gc
import json
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
import uvloop
from aiogram import Bot as AiogramBot
from aiogram import Dispatcher as AiogramDispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from parts.filling import plant, plant_deliveries
from parts.sample import SAID
from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot import database, logs
from bot.app.application import Bot
from bot.models import State
from bot.settings import load

TOKEN = "42:bench"  # noqa: S105 - opens nothing
THANKS = "Thank you: your reply is kept."
LOOK_SECONDS = 0.02


@dataclass(frozen=True)
class Moment:
    """Seconds by the system's monotonic clock, and on a core."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> "Moment":
        """The moment."""
        return cls(time.monotonic(), time.process_time())


async def ours(url: str, replies: int) -> Moment:
    """Our bot, with an SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        opened = database.connect(f"sqlite:///{folder}/bench.db")
        await database.upgrade(opened)
        await plant(opened, members=replies, questions=1)
        async with opened.sessions.begin() as session:
            await plant_deliveries(session, members=replies, question_id=1, state=State.SENT)
        settings = load(
            None, telegram_bot_token=TOKEN, telegram_api_url=url, web_listen="127.0.0.1:0", messages_per_second=1000
        )
        bot = Bot(settings, opened, clock=lambda: SAID)
        begun = Moment.now()
        async with bot.running():
            took = await _answered(url, replies, begun)
        await opened.close()
    return took


async def python_telegram_bot(url: str, replies: int) -> Moment:
    """python-telegram-bot as it comes."""
    application = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").build()

    async def thank(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(THANKS)

    application.add_handler(MessageHandler(filters.TEXT, thank))
    begun = Moment.now()
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        took = await _answered(url, replies, begun)
        await application.updater.stop()
        await application.stop()
    return took


async def aiogram(url: str, replies: int) -> Moment:
    """Aiogram as it comes."""
    dispatcher = AiogramDispatcher()
    bot = AiogramBot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))

    @dispatcher.message()
    async def thank(message: Message) -> None:
        await message.answer(THANKS)

    begun = Moment.now()
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(dispatcher.start_polling(bot, handle_signals=False))
        took = await _answered(url, replies, begun)
        await dispatcher.stop_polling()
        await polling
    return took


async def _answered(url: str, replies: int, begun: Moment) -> Moment:
    """Wait until the stub has counted an answer to each reply; the seconds from `begun` until then."""
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{url}/figures") as response:
                figures = await response.json()
            if figures["accepted"] >= replies:
                return Moment(figures["last_at"] - begun.wall, time.process_time() - begun.cpu)
            await asyncio.sleep(LOOK_SECONDS)


BOTS: dict[str, Callable[[str, int], Awaitable[Moment]]] = {
    "ours": ours,
    "python-telegram-bot": python_telegram_bot,
    "aiogram": aiogram,
}


def main() -> None:
    """Run one bot, and print."""
    gc.freeze()  # as our command does once it has imported what it needs; for the peers too
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bot", choices=BOTS)
    parser.add_argument("url")
    parser.add_argument("replies", type=int)
    arguments = parser.parse_args()

    async def run() -> Moment:
        return await BOTS[arguments.bot](arguments.url, arguments.replies)

    took = uvloop.run(run())
    print(json.dumps({"handled": arguments.replies / took.wall, "handled per CPU": arguments.replies / took.cpu}))


if __name__ == "__main__":
    main()
