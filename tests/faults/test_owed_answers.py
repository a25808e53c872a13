"""The bot is killed after it has written down what someone did, and before it could answer: the answer comes once, after the restart."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import truth
from gathering import Rhythm, hold
from sqlalchemy import func, select
from stage import stage

from bot.app.application import wall_clock
from bot.database import Database
from bot.models import InboxUpdate, Reply
from bot.sandbox import Phone

SECONDS = 60.0
WAIT_SECONDS = 2


async def owed_answers(database: Database) -> int:
    async with database.readers() as session:
        return await session.scalar(select(func.count()).select_from(InboxUpdate).where(InboxUpdate.owed)) or 0


async def replies(database: Database) -> list[str]:
    async with database.readers() as session:
        return list(await session.scalars(select(Reply.text)))


def beginnings(phone: Phone, *words: str) -> dict[str, int]:
    """How many messages from the bot begin with each of these words."""
    told = Counter(word for message in phone.received for word in words if message.get("text", "").startswith(word))
    return {word: told[word] for word in words}


async def test_what_was_owed_when_the_bot_was_killed_is_brought_once_after_the_restart(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with stage(tmp_path, sqlite_url, people=2) as scene:
        member, newcomer = (attendee.phone for attendee in scene.crowd.people)
        await hold(scene.database, Rhythm(wall_clock(), questions=1, every=timedelta(seconds=1)))
        await scene.run()
        await scene.crowd.join(0.5, seconds=SECONDS)
        await member.receives("Question 1 of 1", timeout=SECONDS)
        await scene.quiet(seconds=SECONDS)
        for method in ("sendMessage", "setMessageReaction"):
            scene.sandbox.faults.add(method, times=None, status=429, retry_after=WAIT_SECONDS)

        await member.sends("What I have seen")
        await newcomer.opens_link("gathering")
        async with asyncio.timeout(SECONDS):
            while await owed_answers(scene.database) < 2:  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.02)
        await scene.bot.kill()
        at_the_kill = await owed_answers(scene.database), await replies(scene.database), len(newcomer.received)
        scene.sandbox.faults.clear()
        await scene.run()
        await scene.quiet(seconds=SECONDS)
        await scene.bot.stop()

        assert at_the_kill == (2, ["What I have seen"], 0)
        assert await owed_answers(scene.database) == 0
        assert await replies(scene.database) == ["What I have seen"]
        assert beginnings(member, "Thank you") == {"Thank you": 1}
        assert len(newcomer.received) == 1
        assert await truth.parked(scene.database) == []
