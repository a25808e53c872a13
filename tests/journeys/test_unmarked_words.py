"""All that is said in a pseudo-locale: whatever stands outside its brackets was not marked for translation."""

from collections.abc import AsyncIterator, Iterator, Mapping

import pytest
from moderated import appoint, plant, tap
from planting import MONDAY, WEEK
from pseudo import Pseudo, unmarked
from sqlalchemy import select
from steps import join, say
from touring import TYPED, Tour
from world import World

from bot import i18n
from bot.features.drafts.actions.pages import PAGES
from bot.features.exports.texts.neighbours import NAMES as NAMES_OF_TOOLS
from bot.models import Dialogue, Event, KeyPoint, Notice, Question, Reply, Role
from bot.sandbox import Clock, Phone, Sandbox
from bot.sandbox.requests import Upload

SHOWN = {"text", "caption", "description", "short_description", "title", "input_field_placeholder"}
AUTHORED = (Dialogue.title, Dialogue.summary, Dialogue.concept_note, Question.title, Question.text, Question.prompts,
            Event.title, KeyPoint.text, Notice.texts, Reply.text)  # fmt: skip
MEMBERS = ("me", "question", "replies", "help", "privacy", "terms", "nothing")


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    """On a tour the same is shown in the same message again, which Telegram passes over."""
    async with Sandbox(clock=clock) as running:
        yield running


@pytest.fixture
def host_settings(model_settings: dict[str, object]) -> dict[str, object]:
    return model_settings | {"paid_broadcast": "announcements"}


@pytest.fixture(autouse=True)
def _pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_catalogue", lambda _tag: Pseudo())


async def _authored(world: World) -> set[str]:
    async with world.database.readers() as session:
        return {text for column in AUTHORED for held in await session.scalars(select(column)) for text in _texts(held)}


def _texts(value: object) -> Iterator[str]:
    match value:
        case Mapping():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
        case str() if value.strip():
            yield value.strip()


def _shown(value: object, name: str = "") -> Iterator[str]:
    """What people see of a request to Telegram: texts, labels of buttons, and pages that go with it."""
    match value:
        case Mapping():
            for key, each in value.items():
                yield from _shown(each, str(key))
        case list():
            for each in value:
                yield from _shown(each, name)
        case Upload() if value.file_name.endswith((".html", ".md")):
            yield value.content.decode()
        case str() if name in SHOWN:
            yield value


async def test_no_word_of_the_bot_s_own_is_without_a_translation(
    world: World, dialogue: str, ada: Phone, chloe: Phone, dalia: Phone
) -> None:
    bea = world.sandbox.phone(user_id=1002, first_name="Bea", language_code="en")
    await say(world, ada, "/start")
    for one in (bea, chloe, dalia):
        await join(world, one, dialogue)
    await appoint(world, bea, Role.ORGANISER)
    await plant(world, bea, chloe, dalia)
    said = await _authored(world)
    for command in MEMBERS:
        await say(world, dalia, f"/{command}")
    await Tour(world, bea).everywhere()
    await say(world, bea, "/new")
    for page in ("draftnew:weeks", *(f"draft:1:{each.word}" for each in PAGES), "draft:1:0.text", "draft:1:check"):
        await tap(world, bea, page)
    for form in ("html", "md"):
        await tap(world, bea, f"paper:1:en:{form}")
    for moment in (MONDAY + WEEK, MONDAY + 3 * WEEK + WEEK / 4):
        await world.until(moment)
    said |= await _authored(world) | set(TYPED.values()) | set(NAMES_OF_TOOLS.values())

    found = {
        text: words
        for _, values in world.sandbox.requests
        for text in _shown(values)
        if (words := unmarked(text, said))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ("⟦Hello, \u2068⟦Cedar⟧ 28\u2069⟧: <b>⟦this⟧</b>", []),
        ("⟦Question⟧ one", ["one"]),
        ("<b>Closed</b> ⟦since⟧ \u2068Friday the 13th\u2069", ["Closed"]),
        ("⟦cut in the mid…", []),
        ("the second half⟧ and more", ["and", "more"]),
        ("/help https://example.org PDF Français 3 December", []),
        ("As Bea said: It was long. Really.", ["As", "Bea", "said", "Really"]),
    ],
)
def test_a_word_outside_brackets_is_found(shown: str, words: list[str]) -> None:
    assert unmarked(shown, ["It was long."]) == words
