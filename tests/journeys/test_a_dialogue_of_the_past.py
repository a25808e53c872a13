"""A dialogue that took place elsewhere is entered as finished, and its Summary published: from nothing to a file in three languages."""

from collections import Counter
from dataclasses import dataclass, field

import past
import pytest
from pdfs import attached, outline, spoken
from scenes import scene
from sqlalchemy import select
from steps import last, newest, press, say
from world import World

from bot.models import Dialogue, Digest, Member
from bot.sandbox import Phone

MOST_TAPS, MOST_TYPED = 9, 4
"""What it takes from the file to the Summary in three languages, with one key point of eleven."""


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


@dataclass
class Hands:
    """Someone at their phone, whose taps and messages are counted."""

    world: World
    phone: Phone
    did: Counter[str] = field(default_factory=Counter)

    async def taps(self, data: str) -> None:
        self.did["taps"] += 1
        await press(self.world, self.phone, newest(self.phone, data))

    async def types(self, text: str) -> None:
        self.did["typed"] += 1
        await say(self.world, self.phone, text)

    async def sends_file(self, text: str) -> None:
        self.did["files"] += 1
        await self.phone.sends_file("document", content=text.encode(), file_name="dialogue.yaml")
        await self.world.settle()

    async def writes(self, chapter: str, wordings: dict[str, str]) -> None:
        """Write a bullet in all languages, in one message."""
        await self.taps(chapter.replace("chapter", "addpoint"))
        await self.types("\n".join(f"{language}: {text}" for language, text in wordings.items()))


async def plant(world: World, note: str) -> None:
    async with world.database.sessions.begin() as session:
        await past.write(session, now=world.clock.now(), left_out=1)
        dialogue = (await session.scalars(select(Dialogue))).one()
        dialogue.note_files, dialogue.refused_files = {"es": note, "fr": "gone"}, ["gone"]


async def note_of(ada: Phone) -> str:
    """The concept note as a file that Telegram has."""
    message = await ada.sends_file("document", content=b"%PDF-1.7 la nota", file_name="nota.pdf")
    return str(message["document"]["file_id"])


@pytest.fixture
@scene
async def entered(world: World, ada: Phone) -> None:
    """Ada has entered the dialogue of 2014."""
    await say(world, ada, "/start")
    await ada.sends_file("document", content=past.FILE.encode(), file_name="dialogue.yaml")
    await world.settle()
    await press(world, ada, newest(ada, "bringin:"))


async def test_a_dialogue_of_the_past_comes_from_its_file_to_a_summary_in_three_languages(
    world: World, ada: Phone
) -> None:
    hands = Hands(world, ada)

    await hands.types("/start")
    await hands.sends_file(past.FILE)
    assert "Is the year right?" in plain(last(ada))
    assert "I can enter it as finished" in plain(last(ada))
    await hands.taps("bringin:")
    assert "is entered as finished. Nobody joins it." in plain(last(ada))
    await hands.taps("points:")
    await hands.taps("chapter:1:1")
    await hands.writes("chapter:1:1", past.POINTS[0][0])
    await plant(world, await note_of(ada))  # the others are written in the same way
    await hands.types("/summary")
    await hands.taps("publish:")
    await hands.taps("release:")
    assert "Published, issue 1. There is nobody to send it to" in plain(last(ada))
    await hands.types("/summary")
    for step in ("papers:", "paper:1:all", "paper:1:all:pdf"):
        await hands.taps(step)

    assert hands.did == Counter(taps=MOST_TAPS, typed=MOST_TYPED, files=1)
    document = ada.received[-1]["document"]
    assert document["file_name"] == "summary-repair-2014-all.pdf"
    made = ada.opens(document["file_id"])
    assert attached(made) == ["concept-note-es.pdf"]  # that in French was refused
    assert [spoken(made, "/LI", language) for language in past.LANGUAGES] == [14, 14, 14]
    assert [
        title for title in outline(made) if title in {"English", "Background", "Español", "Français", "Introduction"}
    ] == [
        *("English", "Background", "Español", "Français", "Introduction"),
    ]


@pytest.mark.usefixtures("entered")
async def test_nobody_joins_a_dialogue_of_the_past_and_nothing_goes_out(world: World, bea: Phone) -> None:
    await bea.opens_link(past.SLUG)
    await world.settle()
    await world.pass_time(weeks=3)

    async with world.database.readers() as session:
        dialogue = (await session.scalars(select(Dialogue))).one()
        members = (await session.scalars(select(Member))).all()
        digests = (await session.scalars(select(Digest))).all()
    assert dialogue.entered_at is not None
    assert len(members) == 1  # Ada, who organises it
    assert digests == []
    assert await world.deliveries() == []


@pytest.mark.usefixtures("entered")
async def test_a_dialogue_of_the_past_is_kept_from_when_it_was_entered(world: World) -> None:
    await world.pass_time(days=300)

    async with world.database.readers() as session:
        found = (await session.scalars(select(Dialogue))).one()
    assert found.expiry_told_at is None


@pytest.mark.usefixtures("entered")
async def test_its_summary_says_that_it_was_entered_and_counts_nobody(world: World, ada: Phone) -> None:
    await say(world, ada, "/summary")

    assert "This dialogue took place before its Summary was entered here" in plain(last(ada))
    assert "Members who joined" not in plain(last(ada))
    assert "72 hours" not in plain(last(ada))


@pytest.mark.usefixtures("entered")
async def test_a_mistyped_year_is_mended_by_its_file(world: World, ada: Phone) -> None:
    ahead = past.FILE.replace("2014-10", "2027-10")
    await ada.sends_file("document", content=ahead.encode(), file_name="dialogue.yaml")
    await world.settle()

    await press(world, ada, newest(ada, "bringin:"))

    async with world.database.readers() as session:
        dialogue = (await session.scalars(select(Dialogue))).one()
    assert dialogue.entered_at is None
    assert (dialogue.starts.year, dialogue.slug) == (2027, past.SLUG)
    assert "The link for joining remains" in plain(last(ada))
