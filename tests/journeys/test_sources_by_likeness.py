"""The replies that a key point may rest on are offered by their likeness to it, and by what isn't used yet."""

import planting
import pytest
from planting import MONDAY
from scenes import scene
from steps import buttons, last, press, say
from world import BEA, World

from bot import insight
from bot.core.messages import Content
from bot.features.key_points.actions import key_points
from bot.insight.vectors import LetterEncoder
from bot.models import Embedding, Reply, Theme, ThemeReply, Visibility
from bot.sandbox import Phone

SAID = (
    "We moved the meetings to the morning.",
    "The bus is late every day, and the stop is dark.",
    "Nobody asked us when the training was planned.",
    "A dark stop and a late bus keep women at home.",
    "Paper forms are easier than the website.",
    "My village has no bus at all in the evening.",
    "The stop is dark in winter.",
)


@pytest.fixture(autouse=True)
def by_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is without the sentence encoder."""
    monkeypatch.setattr(insight.vectors, "best", LetterEncoder)


@pytest.fixture
@scene
async def said(world: World, ada: Phone, bea: Phone) -> None:
    """Seven replies to question 1, as vectors; the fourth is merged into the second; and a key point of buses and stops."""
    async with world.database.sessions.begin() as session:
        dialogue = planting.dialogue()
        session.add(dialogue)
        await session.flush()
        member = await planting.join(session, dialogue, BEA)
        for number, text in enumerate(SAID, start=1):
            await planting.reply(session, member.id, message_id=number, content=Content("text", text))
        vectors = LetterEncoder().encode(SAID)
        session.add_all(
            Embedding(reply_id=number, model="letters-4", vector=insight.vectors.pack(row[None]), read_at=MONDAY)
            for number, row in enumerate(vectors, start=1)
        )
        merged = await session.get_one(Reply, 4)
        merged.visibility, merged.merged_into_id = Visibility.MERGED, 2
        question = dialogue.questions[0]
        text = "The late bus and the dark stop decide."
        await key_points.add(session, dialogue, question, text=text, language="en", now=MONDAY)
    await world.bot.prepare()
    for phone in (ada, bea):
        await say(world, phone, "/start")


def offered(phone: Phone) -> list[int]:
    """The replies on the page, in their order."""
    return [int(data.split(":")[2]) for data in buttons(phone) if data.startswith("rest:")]


async def look(world: World, ada: Phone) -> None:
    await say(world, ada, "/keypoints")
    for data in ("chapter:1:1", "point:1", "rests:1:0"):
        await press(world, ada, data)


@pytest.mark.on_either_database
@pytest.mark.usefixtures("said")
async def test_what_is_most_like_the_sentence_comes_first_and_what_is_merged_not_at_all(
    world: World, ada: Phone
) -> None:
    await look(world, ada)
    first = offered(ada)
    assert "share most words with this point come first" in last(ada)
    async with world.database.sessions.begin() as session:  # someone replies while she reads
        content = Content("text", "The late bus and the dark stop decide.")
        await planting.reply(session, 1, message_id=50, content=content)

    await press(world, ada, next(data for data in buttons(ada) if data.startswith("rests:1:1")))

    assert first[:2] == [2, 7]
    assert len(first) == 5
    assert sorted([*first, *offered(ada)]) == [1, 2, 3, 5, 6, 7, 8]  # each once, what came last


@pytest.mark.usefixtures("said")
async def test_only_what_is_under_no_key_point_or_in_a_theme_is_shown_on_request(world: World, ada: Phone) -> None:
    async with world.database.sessions.begin() as session:
        theme = {"dialogue_id": 1, "question_id": 1, "method": "letters-4", "made_from": 7, "created_at": MONDAY}
        session.add_all(
            [
                Theme(id=1, name={"en": "Buses"}, members=5, replies=2, **theme),
                Theme(id=2, name={"en": "Few"}, members=1, replies=1, **theme),
            ]
        )
        await session.flush()
        session.add_all(
            ThemeReply(reply_id=reply, theme_id=theme, placed_at=MONDAY) for reply, theme in ((2, 1), (6, 1), (5, 2))
        )
    await look(world, ada)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("rest:1:2:")))
    assert "Rests on the words of 1 member" in last(ada)

    await look(world, ada)
    await press(world, ada, "rests:1:0..u")
    unused = offered(ada)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("sourcethemes:1:0.")))
    themes = [data for data in buttons(ada) if ".t" in data]
    of_theme = []
    for number in (1, 2):
        await ada.forges_a_tap(f"rests:1:0..t{number}")
        await world.settle()
        of_theme.append(offered(ada))

    assert unused[0] == 7
    assert 2 not in unused
    assert themes == []  # where few are in a theme, nobody is told who
    assert of_theme == [[2, 6], []]
