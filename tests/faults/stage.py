"""A bot as a process, its Telegram, its memory and the people, for tests that let something go wrong."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import truth
from crowd import Crowd
from gathering import MODERATOR, OPEN_FOR, SLUG, Rhythm, hold, settings_of
from process import BotProcess

from bot import database as databases
from bot.app.application import wall_clock
from bot.database import Database
from bot.sandbox import Clock, Phone, Sandbox

LOOK_SECONDS = 0.1
LONGEST_LIFE_SECONDS = 2.5
JOINING_SECONDS = 60.0
BEFORE_THE_START = timedelta(minutes=30)
A_MOMENT = timedelta(seconds=1)  # nothing is put into the past


@dataclass
class Stage:
    """All of it."""

    bot: BotProcess
    sandbox: Sandbox
    database: Database
    crowd: Crowd
    moderator: Phone

    async def kill(self, times: int, chance: random.Random) -> set[int]:
        """Start and kill the bot so many times; returns the deliveries that were on their way at some kill."""
        struck: set[int] = set()
        for _ in range(times):
            await self.bot.start()
            if chance.random() < 0.9:  # a few die before they run
                await self.bot.runs()
            await asyncio.sleep(chance.uniform(0.1, LONGEST_LIFE_SECONDS))
            await self.bot.kill()
            struck |= await truth.sending(self.database)
        return struck

    async def run(self) -> None:
        """Start the bot, and wait until it runs."""
        await self.bot.start()
        await self.bot.runs()

    async def gather_people(self, *, share: float = 1.0, questions: int, every: timedelta) -> Rhythm:
        """Run the bot until so many people have joined, and end it with a dialogue that begins in a moment."""
        await hold(self.database, Rhythm(wall_clock() + BEFORE_THE_START, questions, every))
        await self.run()
        await self.crowd.join(share, seconds=JOINING_SECONDS)
        await self.quiet(seconds=JOINING_SECONDS)
        await self.bot.stop()
        rhythm = Rhythm(wall_clock() + A_MOMENT, questions, every)
        await hold(self.database, rhythm)
        return rhythm

    async def quiet(self, *, seconds: float) -> None:
        """Wait until the bot has done all that there is to do."""
        try:
            async with asyncio.timeout(seconds):
                while self.sandbox.pending_updates or await truth.owed(self.database):  # noqa: ASYNC110 - in two processes
                    await asyncio.sleep(LOOK_SECONDS)
        except TimeoutError:
            pending, owed = self.sandbox.pending_updates, await truth.owed(self.database)
            raise AssertionError(f"after {seconds} s Telegram holds {pending} updates, the bot owes {owed}") from None

    async def remind(self, rhythm: Rhythm) -> None:
        """Change the dialogue so that reminders are due now, and have the bot see it."""
        await self.bot.stop()
        await hold(self.database, rhythm, reminder=rhythm.starts + OPEN_FOR - wall_clock())
        await self.run()


@asynccontextmanager
async def stage(
    folder: Path, url: str, *, people: int, seed: int = 1, api: str | None = None, webhook: bool = False
) -> AsyncIterator[Stage]:
    """A stage on which the bot is not started yet; at its end the bot is killed if it still runs."""
    async with Sandbox(clock=Clock(wall_clock()), webhook_pause=0.2) as sandbox:
        database = databases.connect(url)
        await databases.upgrade(database)
        bot = BotProcess(folder, settings_of(sandbox, url, api=api, webhook=webhook))
        moderator = sandbox.phone(MODERATOR, "Ada", language_code="en")
        await moderator.sends("/start")
        try:
            yield Stage(bot, sandbox, database, Crowd(sandbox, SLUG, people, seed=seed), moderator)
        finally:
            if bot.alive:
                await bot.kill()
            await database.close()
