"""A Summary in three languages is woven in the chat: counted are the taps and the messages of whoever does it."""

from dataclasses import dataclass

import condensed
import planting
import pytest
from planting import MONDAY
from sqlalchemy import func, select
from steps import newest, press, say
from world import BEA, World

from bot.core.messages import Content
from bot.features.summary.actions import backgrounds
from bot.models import KeyPoint, Support
from bot.sandbox import Phone

POINTS, FURTHER = 11, 3
LANGUAGES = ("en", "es", "fr")


@dataclass
class Hand:
    """A moderator's, that counts."""

    world: World
    phone: Phone
    taps: int = 0
    typed: int = 0

    async def tap(self, start: str) -> None:
        self.taps += 1
        await press(self.world, self.phone, newest(self.phone, start))

    async def type(self, text: str) -> None:
        self.typed += 1
        await say(self.world, self.phone, text)


def in_three(texts: dict[str, str], number: int) -> str:
    return "\n".join(f"{tag}: {number} {texts[tag]}" for tag in LANGUAGES)


@pytest.fixture
async def talked(world: World, ada: Phone, bea: Phone) -> None:
    """One question, with eleven replies of one sentence each."""
    async with world.database.sessions.begin() as session:
        dialogue = planting.dialogue(questions=1, languages=list(LANGUAGES))
        session.add(dialogue)
        await session.flush()
        member = await planting.join(session, dialogue, BEA)
        for number in range(1, POINTS + 1):
            text = f"{number} {condensed.POINTS[number % 2]['es'][:90]}"
            await planting.reply(session, member.id, message_id=number, content=Content("text", text))
    await world.bot.prepare()
    for phone in (ada, bea):
        await say(world, phone, "/start")
    await world.until(MONDAY)


@pytest.mark.usefixtures("talked")
async def test_eleven_points_in_three_languages_with_their_sources_take_a_quarter_of_an_hour_not_an_hour(
    world: World, ada: Phone
) -> None:
    hand = Hand(world, ada)
    await hand.type("/summary")
    await hand.tap("background:")
    await hand.type("\n\n".join(f"{tag}: {condensed.POINTS[0][tag]}" for tag in LANGUAGES))
    await hand.tap("summary:")
    await hand.tap("points:1")
    await hand.tap("chapter:1:1")
    for number in range(1, POINTS + 1):
        await hand.tap("addpoint:1:1")
        await hand.type(in_three(condensed.POINTS[number % 2], number))
        await hand.tap(f"rests:{number}:0")
        await hand.tap(f"rest:{number}:")
    await hand.tap("chapter:1:1")
    await hand.tap("points:1")
    await hand.tap("chapter:1:0")
    for number in range(1, FURTHER + 1):
        await hand.tap("addpoint:1:0")
        await hand.type(in_three(condensed.FURTHER[0], number))

    async with world.database.readers() as session:
        texts = (await session.scalars(select(KeyPoint.text))).all()
        supports = await session.scalar(select(func.count()).select_from(Support))
        kept = await backgrounds.of_dialogue(session, 1)
    assert [set(text) for text in texts] == [set(LANGUAGES)] * (POINTS + FURTHER)
    assert set(kept.background) == set(LANGUAGES)
    assert supports == POINTS
    assert (hand.taps, hand.typed) == (43, 16)  # with a message for each wording there were 215, and 60
