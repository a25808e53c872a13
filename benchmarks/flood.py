"""One member floods the bot: how long others wait meanwhile until they are thanked for what they say.

The flood is messages, forged taps, or messages whose every answer Telegram refuses; the limits bind as in `rush.py`.
"""

import argparse
import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable

from parts import processes
from parts.crowd import Crowd
from parts.table import Row, at_most, show
from rush import LOOK_SECONDS, ours, standing

from bot import logs
from bot.models import State
from bot.sandbox import Phone, Sandbox

MEMBERS = 50
REPLIES_A_SECOND = 2.0
REFUSED_SECONDS = 3
PATIENCE_SECONDS = 120.0

Flooding = Callable[[Sandbox, Phone, int], Awaitable[None]]


async def _messages(_: Sandbox, phone: Phone, count: int) -> None:
    for number in range(count):
        await phone.sends(f"Message {number}")


async def _taps(_: Sandbox, phone: Phone, count: int) -> None:
    for _number in range(count):
        await phone.forges_a_tap("rule:999999999")


async def _refused(sandbox: Sandbox, phone: Phone, count: int) -> None:
    sandbox.faults.add(chat_id=phone.user_id, times=None, status=429, retry_after=REFUSED_SECONDS)
    await _messages(sandbox, phone, count)


FLOODS: dict[str, Flooding] = {"messages": _messages, "forged taps": _taps, "refused by 429": _refused}


async def flood(name: str, count: int, seconds: float, rate: int) -> list[Row]:
    """Others reply for so many seconds from the moment on when so much of one member comes at once."""
    async with standing(rate, MEMBERS, State.SENT) as (sandbox, limits, url, phones):
        crowd, (flooding, *others) = Crowd(sandbox, limits), phones
        with ours(sandbox, url, rate):
            await flooding.sends("/help")
            await flooding.receives("", timeout=60)
            async with asyncio.TaskGroup() as tasks:
                await FLOODS[name](sandbox, flooding, count)
                begun = time.monotonic()
                works = [
                    tasks.create_task(crowd.look()),
                    tasks.create_task(crowd.reply(itertools.cycle(others), REPLIES_A_SECOND)),
                ]
                while len(crowd.thanked_after) < seconds * REPLIES_A_SECOND and _lasts(begun, seconds):  # noqa: ASYNC110 - as people look
                    await asyncio.sleep(LOOK_SECONDS)
                for work in works:
                    work.cancel()
    crowd.give_up()
    waited = sorted(crowd.thanked_after)
    worst = waited[-1] if waited else float("inf")
    return [
        Row(f"{count:,} {name}: replies of others thanked", len(waited)),
        Row("the longest wait, ms", 1000 * worst, goal=at_most(1000)),
    ]


def _lasts(begun: float, seconds: float) -> bool:
    return time.monotonic() < begun + seconds + PATIENCE_SECONDS


def main() -> None:
    """Measure, and print."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=30, help="messages a second that Telegram lets through")
    parser.add_argument("--count", type=int, default=600, help="what one member sends at once")
    parser.add_argument("--seconds", type=float, default=30.0, help="for which others reply")
    arguments = parser.parse_args()
    processes.pin(processes.THEIRS)
    rows: list[Row] = []
    for name in FLOODS:
        rows += asyncio.run(flood(name, arguments.count, arguments.seconds, arguments.rate))
    show("A flood of one member", rows)


if __name__ == "__main__":
    main()
