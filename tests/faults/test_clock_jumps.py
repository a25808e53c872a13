"""The clock of the machine is set forward and back by an hour while a dialogue is going on."""

from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import func, select
from steps import about, join, say
from world import World, settings_for

from bot.app.application import Bot
from bot.database import Database
from bot.models import Reply
from bot.sandbox import Clock, Phone, Sandbox

HOUR = timedelta(hours=1)


class SetClock:
    """A clock that is off by so much."""

    def __init__(self, true: Clock) -> None:
        self._true = true
        self.off_by = timedelta(0)

    def now(self) -> datetime:
        return self._true.now() + self.off_by


@pytest.mark.parametrize("jumps", [[HOUR, timedelta(0)], [-HOUR, timedelta(0)], [HOUR, -HOUR, HOUR]])
async def test_each_question_comes_once_and_each_reply_is_kept_whatever_the_clock_does(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock, jumps: list[timedelta]
) -> None:
    async with database.sessions.begin() as session:
        session.add(planting.dialogue(every=2 * HOUR, questions=3))
    machine = SetClock(clock)
    bot = Bot(settings_for(sandbox, sqlite_url), database, clock=machine.now, tick_seconds=0.05)
    phone = sandbox.phone(user_id=1002, first_name="Bea", language_code="en")
    async with bot.running():
        world = World(sandbox, bot, database, clock)
        await join(world, phone)
        await world.until(MONDAY)

        for number, off_by in enumerate(jumps):
            machine.off_by = off_by
            await world.pass_time(minutes=1)
            await say(world, phone, f"Jump {number}")
        machine.off_by = timedelta(0)
        await world.pass_time(hours=2)

    await _holds(phone, database, replies=len(jumps))


async def _holds(phone: Phone, database: Database, *, replies: int) -> None:
    assert len(about(phone, "Question 1 of 3")) == 1
    async with database.readers() as session:
        assert await session.scalar(select(func.count()).select_from(Reply)) == replies
