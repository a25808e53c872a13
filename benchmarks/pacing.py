"""How near the sending comes to Telegram's limit without ever being refused, and how fast one core can send when paid for.

A stub in a process of its own takes so many messages within any second and refuses more; 20 ms on the way in and back, and a
random delay of 10 ms in the mean. That the window slides is our model: Telegram publishes the rate alone.
"""

import argparse
import asyncio
import gc
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
import uvloop
from parts import processes
from parts.filling import FIRST_TELEGRAM_ID, OPENS, plant, plant_deliveries
from parts.table import Row, at_least, at_most, show
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ApplicationBuilder, ExtBot

from bot import database, logs
from bot.database import Database
from bot.database.lease import Lease, lease
from bot.ledger.outcomes import Sent
from bot.models import State
from bot.outbound.dispatcher import Dispatcher
from bot.outbound.letters import Letters
from bot.telegram.gate import Gate, GatedRequest, unasked
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import send

TOKEN = "42:bench"  # noqa: S105 - opens nothing
TEXT = "<b>Question 2 of 3</b>\n\nWhat have you learned? " * 5
RATE, PAID = 30, 1000
IN_FLIGHT = 256
PATIENCE = 120.0  # seconds for one sender; what it has not sent by then isn't counted
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Not this week", callback_data="abstain:1")]])
DELAYS = ("--delay", 0.02, "--jitter", 0.01)


@dataclass(frozen=True)
class Sending:
    """Messages accepted and refused by the stub, the share of what the limit lets through, and messages per CPU second."""

    accepted: int
    refused: int
    efficiency: float
    per_cpu: float


Sender = Callable[[str, int, int], Awaitable[None]]


async def ledger(url: str, messages: int, rate: int) -> None:
    """Ours as it runs: from the ledger in an SQLite file, each outcome written down."""
    with tempfile.TemporaryDirectory() as folder:
        opened = database.connect(f"sqlite:///{folder}/bench.db")
        await database.upgrade(opened)
        await plant(opened, members=messages, questions=1)
        async with opened.sessions.begin() as session:
            await plant_deliveries(session, members=messages, question_id=1, state=State.PLANNED)
        gate = Gate(rate)
        async with _bot(url, gate) as bot:
            letters = Letters(opened, "en", _noon)
            dispatcher = Dispatcher(bot, opened, await _held(opened), letters=letters, gate=gate, clock=_noon)
            await _start(url)
            await dispatcher.deliver_due()
        await opened.close()


async def _held(opened: Database) -> Lease:
    async def nothing(_session: AsyncSession) -> None:
        pass

    held = lease(opened, "bench", nothing)
    await held.take()
    return held


def _noon() -> datetime:
    return OPENS + timedelta(hours=6)


async def gated(url: str, messages: int, rate: int) -> None:
    """Ours without the ledger: gate, sender and transport."""

    async def one(bot: Bot, chat_id: int) -> None:
        with unasked():
            outcome = await send(bot, chat_id, [TEXT], BUTTONS)
        assert isinstance(outcome, Sent), outcome

    async with _bot(url, Gate(rate)) as bot:
        await _all(url, messages, lambda chat_id: one(bot, chat_id))


async def limiter(url: str, messages: int, rate: int) -> None:
    """python-telegram-bot with its AIORateLimiter, on our transport: its own would not come to 1,000 a second."""
    rate_limiter = AIORateLimiter(overall_max_rate=rate, overall_time_period=1, max_retries=9)
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").rate_limiter(rate_limiter)
    application = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest()).updater(None).build()

    async def one(chat_id: int) -> None:
        bot = application.bot
        assert isinstance(bot, ExtBot)
        while True:
            try:
                await bot.send_message(chat_id, TEXT, parse_mode="HTML", reply_markup=BUTTONS)
            except RetryAfter:
                continue  # its ten attempts were in vain: the message still has to go out
            return

    async with application:
        await _all(url, messages, one)


def _bot(url: str, gate: Gate) -> Bot:
    request = GatedRequest(AiohttpRequest(), gate)
    return Bot(TOKEN, f"{url}/bot", request=request, get_updates_request=AiohttpRequest())


async def _all(url: str, messages: int, one: Callable[[int], Awaitable[None]]) -> None:
    """Send one message to each of so many chats, a bounded number at a time."""
    numbers = iter(range(messages))

    async def work() -> None:
        for number in numbers:
            await one(FIRST_TELEGRAM_ID + number)

    await _start(url)
    async with asyncio.TaskGroup() as tasks:
        for _ in range(min(messages, IN_FLIGHT)):
            tasks.create_task(work())


async def _start(url: str) -> None:
    async with aiohttp.ClientSession() as session, session.post(f"{url}/start"):
        pass


async def measure(sender: Sender, messages: int, rate: int) -> Sending:
    """What one sender does against a stub of its own."""
    with processes.running("stub", "--rate", rate, *DELAYS) as stub:
        cpu = time.process_time()
        try:
            async with asyncio.timeout(PATIENCE):
                await sender(stub.url, messages, rate)
        except TimeoutError:
            pass
        ended, cpu = time.monotonic(), time.process_time() - cpu
        async with aiohttp.ClientSession() as session, session.get(f"{stub.url}/figures") as response:
            figures = await response.json()
    seconds = (figures["last_at"] if figures["accepted"] >= messages else ended) - figures["started_at"]
    return Sending(
        figures["accepted"], figures["refused"], figures["accepted"] / seconds / rate, figures["accepted"] / cpu
    )


async def at_the_free_rate(messages: int) -> list[Row]:
    """Ours and the peer side by side: at this rate neither needs a twentieth of a core."""
    ours, peer = await asyncio.gather(measure(ledger, messages, RATE), measure(limiter, messages, RATE))
    return [
        Row(f"{messages:,} messages: share of {RATE}/s", ours.efficiency, peer.efficiency, at_least(0.95)),
        Row("refused with 429", ours.refused, peer.refused, at_most(0)),
    ]


async def at_the_paid_rate(messages: int) -> list[Row]:
    """One after the other, each with a core for itself."""
    whole = await measure(ledger, messages, PAID)
    peer = await measure(limiter, messages, PAID)
    bare = await measure(gated, messages, PAID)
    return [
        Row(f"{messages:,} from the ledger: share of {PAID:,}/s", whole.efficiency, peer.efficiency, at_least(0.8)),
        Row("messages per CPU second", whole.per_cpu, peer.per_cpu),
        Row("refused with 429", whole.refused, peer.refused, at_most(0)),
        Row(f"{messages:,} without the ledger: the same share", bare.efficiency, peer.efficiency),
        Row("messages per CPU second", bare.per_cpu, peer.per_cpu),
        Row("refused with 429", bare.refused, peer.refused),
    ]


def main() -> None:
    """Measure, and print."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_800, help="at 30 a second")
    parser.add_argument("--paid", type=int, default=10_000, help="messages at 1,000 a second")
    arguments = parser.parse_args()
    processes.pin(processes.OURS)
    gc.freeze()  # as our command does once it has imported what it needs; it runs with uvloop, too
    rows = uvloop.run(at_the_free_rate(arguments.messages))
    rows += uvloop.run(at_the_paid_rate(arguments.paid))
    show("Sending; the peer is python-telegram-bot with AIORateLimiter", rows)


if __name__ == "__main__":
    main()
