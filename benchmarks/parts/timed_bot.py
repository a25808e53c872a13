"""The bot with its desk, by a clock that jumps to each moment told on standard input; prints where the desk is, and ends with its input."""

import argparse
import asyncio
import sys
from datetime import datetime

import uvloop
from parts.processes import free_port

from bot import database, logs
from bot.app.application import Bot
from bot.sandbox import Clock
from bot.settings import load

TICK_SECONDS = 0.2


async def run(url: str, token: str, store: str, organiser: int, begins: datetime) -> None:
    """Serve until the input ends."""
    clock, opened, port = Clock(begins, speed=0), database.connect(store), free_port()
    settings = load(
        None,
        telegram_bot_token=token,
        telegram_api_url=url,
        database_url=store,
        organiser_ids=(organiser,),
        web_listen=f"127.0.0.1:{port}",
        web_url=f"http://127.0.0.1:{port}",
        messages_per_second=1000,
    )
    bot = Bot(settings, opened, clock=clock.now, tick_seconds=TICK_SECONDS)
    async with bot.running():
        print(settings.web_url, flush=True)
        told = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(told), sys.stdin)
        async for line in told:
            clock.advance_to(datetime.fromisoformat(line.decode().strip()))
    await opened.close()


def main() -> None:
    """Run it."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("token")
    parser.add_argument("store")
    parser.add_argument("organiser", type=int)
    parser.add_argument("begins", type=datetime.fromisoformat)
    told = parser.parse_args()
    uvloop.run(run(told.url, told.token, told.store, told.organiser, told.begins))


if __name__ == "__main__":
    main()
