"""Some flood the bot: how long others wait meanwhile for thanks, how fast a question goes on going out, whether a backlog is worked off.

The limits bind as in `rush.py`.
"""

import argparse
import asyncio
import itertools
import math
import time
from collections.abc import Awaitable, Callable

from parts import processes
from parts.crowd import Crowd
from parts.table import Row, at_least, at_most, show
from rush import LOOK_SECONDS, AskedPhones, ours, standing, tell
from sqlalchemy import ColumnElement, func, select

from bot import database, logs
from bot.models import InboxState, InboxUpdate, Reply, State
from bot.sandbox import Phone, Sandbox

MEMBERS = 50
REPLIES_A_SECOND = 2.0
REFUSED_SECONDS = 3
PATIENCE_SECONDS = 120.0
TAPPERS, BETWEEN_TAPS_SECONDS = 5, 0.05
START_SECONDS = 60.0

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
        async with ours(sandbox, url, rate):
            await _is_there(flooding)
            await FLOODS[name](sandbox, flooding, count)
            async with crowd.replying(itertools.cycle(others), REPLIES_A_SECOND):
                await asyncio.sleep(seconds)
    return [
        Row(f"{count:,} {name}: replies of others thanked", len(crowd.thanked_after)),
        Row("the longest wait, ms", 1000 * max(crowd.thanked_after, default=math.inf), goal=at_most(1000)),
    ]


async def tappers(seconds: float, rate: int) -> list[Row]:
    """A question goes out for so many seconds while a few tap without pause."""
    members = TAPPERS + round(rate * seconds)
    async with standing(rate, members, State.PLANNED) as (sandbox, limits, url, phones):
        tapping, asked = phones[-TAPPERS:], AskedPhones(phones[:-TAPPERS])
        async with ours(sandbox, url, rate), asyncio.TaskGroup() as tasks:
            for phone in tapping:
                await _is_there(phone)
            works = [tasks.create_task(_tap(phone)) for phone in tapping]
            begun, before = time.monotonic(), asked.look()
            while time.monotonic() < begun + seconds:
                await asyncio.sleep(LOOK_SECONDS)
                asked.look()
            sent = asked.count - before
            for work in works:
                work.cancel()
    return [
        Row(f"{TAPPERS} who tap without pause: questions sent a second", sent / seconds, goal=at_least(10)),
        Row("requests during a wait", limits.during_waits, goal=at_most(0)),
    ]


async def _tap(phone: Phone) -> None:
    while True:
        await phone.forges_a_tap("me")
        await asyncio.sleep(BETWEEN_TAPS_SECONDS)


async def backlog(members: int, rate: int) -> list[Row]:
    """So many replies, each of another member, wait at Telegram when the bot starts."""
    async with standing(rate, members, State.SENT) as (sandbox, limits, url, phones):
        said = [(phone, (await phone.sends("What I learned"))["message_id"]) for phone in phones]
        begun = time.monotonic()
        async with ours(sandbox, url, rate):
            thanked, ends = 0, begun + 2 * members / rate + PATIENCE_SECONDS
            while thanked < members and time.monotonic() < ends:
                await asyncio.sleep(1)
                thanked = sum(bool(phone.received or phone.reactions(message_id)) for phone, message_id in said)
            seconds = time.monotonic() - begun
        kept = await _count(url, Reply)
        left = await _count(url, InboxUpdate, InboxUpdate.state != InboxState.DONE)
    return [
        Row(f"{members:,} wait at the start: replies kept", kept, goal=at_least(members)),
        Row("members thanked", thanked, goal=at_least(members)),
        Row("the last one : what the limit allows", seconds / (members / rate)),
        Row("updates left over", left, goal=at_most(0)),
        Row("requests during a wait", limits.during_waits, goal=at_most(0)),
    ]


async def _count(url: str, model: type[Reply] | type[InboxUpdate], *conditions: ColumnElement[bool]) -> int:
    opened = database.connect(url)
    async with opened.readers() as session:
        found = await session.scalar(select(func.count()).select_from(model).where(*conditions))
    await opened.close()
    return found or 0


async def _is_there(phone: Phone) -> None:
    """Wait until the bot answers."""
    await phone.sends("/help")
    await phone.receives("", timeout=START_SECONDS)


async def measure(arguments: argparse.Namespace) -> list[Row]:
    """All of it, one after the other."""
    rows: list[Row] = []
    for name in FLOODS:
        tell(f"one member: {arguments.count:,} {name}")
        rows += await flood(name, arguments.count, arguments.seconds, arguments.rate)
    tell(f"{TAPPERS} tap without pause")
    rows += await tappers(arguments.seconds, arguments.rate)
    tell(f"{arguments.waiting:,} updates wait at the start")
    return rows + await backlog(arguments.waiting, arguments.rate)


def main() -> None:
    """Measure, and print."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=30, help="messages a second that Telegram lets through")
    parser.add_argument("--count", type=int, default=600, help="what one member sends at once")
    parser.add_argument("--seconds", type=float, default=30.0, help="for which others reply, or a few tap")
    parser.add_argument("--waiting", type=int, default=5_000, help="updates that wait at the start")
    processes.pin(processes.THEIRS)
    show("A flood", asyncio.run(measure(parser.parse_args())))


if __name__ == "__main__":
    main()
