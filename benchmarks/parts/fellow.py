"""One of several processes that serve a bot on PostgreSQL, with a webhook of its own; prints where that is."""

import argparse
import asyncio
import gc

import uvloop
from parts import processes
from parts.blast import PATH, SECRET
from parts.sample import SAID

from bot import database, logs
from bot.app.application import Bot
from bot.settings import load

TOKEN = "42:bench"  # noqa: S105 - opens nothing


async def serve(url: str, stub: str) -> None:
    """Receive, work and send, until ended."""
    opened = database.connect(url)
    address = f"127.0.0.1:{processes.free_port()}"
    settings = load(
        None,
        telegram_bot_token=TOKEN,
        telegram_api_url=stub,
        database_url=url,
        messages_per_second=1000,
        web_listen=address,
        webhook_url=f"https://example.org{PATH}",
        webhook_secret=SECRET,
    )
    async with Bot(settings, opened, clock=lambda: SAID).running():
        print(f"http://{address}", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Serve until ended."""
    gc.freeze()  # as our command does once it has imported what it needs
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="of a database that is up to date")
    parser.add_argument("stub", help="the URL of a Bot API")
    told = parser.parse_args()
    uvloop.run(serve(told.url, told.stub))


if __name__ == "__main__":
    main()
