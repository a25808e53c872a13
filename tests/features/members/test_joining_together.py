"""Many people tap "Join" in the same moment."""

import asyncio
from collections.abc import Sequence

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import func, select

from bot.core import members, pseudonyms
from bot.database import Database
from bot.features.members.actions import joining
from bot.models import Delivery, Kind


class SameForAll:
    """A chance that has the first dozen draw the same."""

    def __init__(self) -> None:
        self._drawn = 0

    def choice(self, words: Sequence[str]) -> str:
        return words[0]

    def randint(self, lowest: int, _highest: int) -> int:
        self._drawn += 1
        return lowest + max(0, self._drawn - 12)


async def test_who_draws_the_pseudonym_of_another_in_the_same_moment_draws_again(
    either_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pseudonyms, "_CHANCE", SameForAll())

    await test_all_who_join_at_once_become_members_at_the_first_try(either_database)


async def test_all_who_join_at_once_become_members_at_the_first_try(either_database: Database) -> None:
    planted = planting.dialogue()
    async with either_database.sessions.begin() as session:
        session.add(planted)

    async def join(telegram_id: int) -> None:
        async with either_database.sessions.begin() as session:
            person = await members.meet(session, telegram_id=telegram_id, language="en")
            await joining.join(
                session,
                person,
                dialogue_id=planted.id,
                telegram_name="Someone",
                reserved=planting.NOTHING,
                now=MONDAY - WEEK,
            )

    async with asyncio.TaskGroup() as tasks:
        for telegram_id in range(2000, 2012):
            tasks.create_task(join(telegram_id))

    async with either_database.readers() as session:
        notes = select(func.count()).select_from(Delivery).where(Delivery.kind == Kind.CONCEPT_NOTE)
        assert await session.scalar(notes) == 12
