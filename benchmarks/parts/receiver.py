"""A webhook in a process of its own: ours, which answers once an update is safe, or a peer's as it comes.

With `--handling N` the updates are handled as well, to the thanks: by our whole bot, with N members, or by a peer's handler.
"""

import argparse
import asyncio
import gc
import tempfile
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop
from aiogram import Bot as AiogramBot
from aiogram import Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from parts import processes
from parts.blast import PATH, SECRET
from parts.filling import plant
from parts.sample import SAID
from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from bot import database, logs
from bot.app.application import Bot, wall_clock
from bot.database import Database
from bot.inbound.keeper import Keeper
from bot.inbound.polling import raw_update
from bot.settings import Address, load
from bot.web.receiver import Receiver
from bot.web.server import Server
from bot.web.vitals import Vitals

TOKEN = "42:bench"  # noqa: S105 - opens nothing
THANKS = "Thank you: your reply is kept."


async def ours() -> None:
    """Our route, or our whole bot."""
    members = parsed().handling
    with tempfile.TemporaryDirectory() as folder:
        opened = database.connect(f"sqlite:///{folder}/bench.db")
        await database.upgrade(opened)
        await (_handle(opened, members) if members else _keep(opened))


async def _handle(opened: Database, members: int) -> None:
    await plant(opened, members=members, questions=1)
    address = f"127.0.0.1:{processes.free_port()}"
    settings = load(
        None,
        telegram_bot_token=TOKEN,
        telegram_api_url=parsed().stub,
        messages_per_second=1000,
        web_listen=address,
        webhook_url=f"https://example.org{PATH}",
        webhook_secret=SECRET,
    )
    async with Bot(settings, opened, clock=lambda: SAID).running():
        print(f"http://{address}", flush=True)
        await asyncio.Event().wait()


async def _keep(opened: Database) -> None:
    """Our route, with what keeps updates, on an SQLite file; nothing works on them here."""
    keeper = Keeper(opened, wall_clock, lambda _count: None)

    async def keep(update: dict[str, Any]) -> None:
        await keeper.keep([raw_update(update)])

    routes = Receiver(SECRET, keep, Vitals()).routes(f"https://example.org{PATH}")
    async with Server(Address("127.0.0.1", 0), routes, needed=True) as server:
        print(server.url, flush=True)
        await keeper.run()


async def python_telegram_bot() -> None:
    """python-telegram-bot's own webhook server, and a handler that does nothing, or only thanks."""
    application = ApplicationBuilder().token(TOKEN).base_url(f"{parsed().stub}/bot").build()

    async def thank(update: Update, _context: object) -> None:
        if parsed().handling and update.message:
            await update.message.reply_text(THANKS)

    application.add_handler(MessageHandler(filters.TEXT, thank))
    async with application:
        await application.start()
        assert application.updater is not None
        port = processes.free_port()
        await application.updater.start_webhook(
            "127.0.0.1", port, PATH.strip("/"), webhook_url=f"https://example.org{PATH}", secret_token=SECRET
        )
        print(f"http://127.0.0.1:{port}", flush=True)
        await asyncio.Event().wait()


async def aiogram() -> None:
    """Aiogram's own webhook handler, which works in the background as it does by default; the work is nothing, or thanks."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def thank(message: Message) -> None:
        if parsed().handling:
            await message.answer(THANKS)

    application = web.Application()
    bot = AiogramBot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(parsed().stub)))
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(application, path=PATH)
    await processes.serve_until_ended(application)


RECEIVERS: dict[str, Callable[[], Awaitable[None]]] = {
    "ours": ours,
    "python-telegram-bot": python_telegram_bot,
    "aiogram": aiogram,
}


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("receiver", choices=RECEIVERS)
    parser.add_argument("stub", help="the URL of a Bot API")
    parser.add_argument("--handling", type=int, default=0, help="members whose replies are handled")
    return parser.parse_args()


def main() -> None:
    """Serve until ended."""
    gc.freeze()  # as our command does once it has imported what it needs; for the peers too
    logs.configure("console", "ERROR")

    async def run() -> None:
        await RECEIVERS[parsed().receiver]()

    uvloop.run(run())


if __name__ == "__main__":
    main()
