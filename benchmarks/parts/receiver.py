"""A webhook in a process of its own: ours, which answers once an update is safe, or a peer's as it comes."""

import argparse
import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop
from aiogram import Bot as AiogramBot
from aiogram import Dispatcher
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from parts import processes
from parts.blast import PATH, SECRET
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from bot import database, logs
from bot.app import wall_clock
from bot.settings import Address
from bot.telegram.ingest import raw_update
from bot.telegram.keeping import Keeper
from bot.web.receiver import Receiver
from bot.web.server import Server
from bot.web.vitals import Vitals

TOKEN = "42:bench"  # noqa: S105 - opens nothing


async def ours() -> None:
    """Our route, with what keeps updates, on an SQLite file; nothing works on them here."""
    with tempfile.TemporaryDirectory() as folder:
        opened = database.connect(f"sqlite:///{folder}/bench.db")
        await database.upgrade(opened)
        keeper = Keeper(opened, wall_clock, lambda _count: None)

        async def keep(update: dict[str, Any]) -> None:
            await keeper.keep([raw_update(update)])

        routes = Receiver(SECRET, keep, Vitals()).routes(f"https://example.org{PATH}")
        async with Server(Address("127.0.0.1", 0), routes, needed=True) as server:
            print(server.url, flush=True)
            await keeper.run()


async def python_telegram_bot() -> None:
    """python-telegram-bot's own webhook server, and a handler that does nothing."""
    application = ApplicationBuilder().token(TOKEN).base_url(f"{parsed().stub}/bot").build()

    async def ignore(_update: object, _context: object) -> None:
        pass

    application.add_handler(MessageHandler(filters.TEXT, ignore))
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
    """Aiogram's own webhook handler, which works in the background as it does by default; the work is nothing."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def ignore(_message: Message) -> None:
        pass

    application = web.Application()
    SimpleRequestHandler(dispatcher, AiogramBot(TOKEN), secret_token=SECRET).register(application, path=PATH)
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
    parser.add_argument("stub", help="the URL of a Bot API, which python-telegram-bot tells of its webhook")
    return parser.parse_args()


def main() -> None:
    """Serve until ended."""
    logs.configure("console", "ERROR")

    async def run() -> None:
        await RECEIVERS[parsed().receiver]()

    uvloop.run(run())


if __name__ == "__main__":
    main()
