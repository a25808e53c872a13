"""A running bot, the sandbox it talks to, the clock they share, and the ids of the cast."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from bot.app.application import Bot
from bot.database import Database
from bot.sandbox import Clock, Sandbox
from bot.settings import Settings, load

ADA, BEA, CHLOE, DALIA, EGOR, FANG, GUS = range(1001, 1008)


@dataclass
class World:
    """All of it, and how to let things happen."""

    sandbox: Sandbox
    bot: Bot
    database: Database
    clock: Clock

    async def settle(self) -> None:
        """Wait until the bot has handled everything that was sent to it, and sent everything that is due."""
        await self.handled()
        await self.bot.tick()

    async def handled(self) -> None:
        """Wait until the bot has handled everything that was sent to it."""
        while self.sandbox.pending_updates:  # noqa: ASYNC110 - the sandbox has no event for it
            await asyncio.sleep(0.002)
        await self.bot.worker.settled()

    async def pass_time(self, **distance: float) -> None:
        """Let time pass, and everything happen that falls due at its end."""
        self.clock.advance(timedelta(**distance))
        await self.settle()

    async def until(self, moment: datetime) -> None:
        """Let time pass until a moment."""
        self.clock.advance_to(moment)
        await self.settle()

    async def deliveries(self) -> list[tuple[str, str, str | None]]:
        async with self.database.readers() as session:
            rows = await session.execute(text("SELECT kind, state, reason FROM delivery ORDER BY id"))
            return [tuple(row) for row in rows]


def settings_for(sandbox: Sandbox, url: str, **others: object) -> Settings:
    """Settings for a bot in the sandbox; `others` win."""
    usual = {
        "telegram_bot_token": sandbox.token,
        "telegram_api_url": sandbox.url,
        "database_url": url,
        "organiser_ids": (ADA,),
        "web_listen": "127.0.0.1:0",
        "messages_per_second": 1000,  # most tests are not about the pace
    }
    return load(None, **usual | others)
