"""The reading room: replies are found by words, narrowed and ordered, and responded to; what is written there counts as in the chat."""

import asyncio
import re
from datetime import timedelta

import planting
import pytest
from axe_playwright_python.async_playwright import Axe
from browser import chromium
from desk import ADDRESS, Browser, begin, come_in, signed_in
from planting import MONDAY
from playwright.async_api import Page, expect
from scenes import scene
from sqlalchemy import select
from steps import last, press, say, texts
from world import World

from bot.core.messages import Content
from bot.models import KeyPoint, Reply, Support, Theme, ThemeReply
from bot.sandbox import Phone

ROOM = "/desk/training/replies"
LONG = "Aprendí a escuchar a quienes no hablan. " * 20


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
@scene
async def talking(world: World, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Ada moderates; Bea replied at length, and Chloé 41 times in short."""
    await begin(world, ada, bea, chloe)
    await say(world, bea, LONG)
    async with world.database.sessions.begin() as session:
        for number in range(2, 43):
            content = Content("text", f"L’école n° {number} a changé l’heure.")
            await planting.reply(session, 3, message_id=1000 + number, content=content)
        theme = Theme(
            dialogue_id=1, question_id=1, name={"en": "Listening"}, method="letters-4", made_from=42, created_at=MONDAY
        )
        theme.accepted_at, theme.members, theme.replies = MONDAY, 5, 1
        session.add(theme)
        await session.flush()
        session.add(ThemeReply(reply_id=1, theme_id=theme.id, placed_at=MONDAY))
    await world.bot.tick()


def shown(page: str) -> list[int]:
    """The replies on a page, in their order."""
    return [int(each) for each in re.findall(r'id="reply-(\d+)"', page)]


async def read(browser: Browser, query: str) -> list[int]:
    status, page = await browser.get(f"{ROOM}?{query}")
    assert status == 200
    return shown(page)


@pytest.mark.usefixtures("talking")
async def test_what_is_read_is_found_narrowed_and_ordered(world: World, ada: Phone) -> None:
    async with signed_in(world, ada) as (browser, _):
        unread = (
            await read(browser, "order=unread"),
            await read(browser, "order=unread"),
            await read(browser, "order=unread"),
        )
        _status, page = await browser.get(ROOM)
        further = re.search(r'href="[^"?]*\?([^"]*beyond=[^"]*)"', page)
        assert further is not None
        narrowed = {
            query: await read(browser, query)
            for query in (
                "words=ESCUCHAR", "words=escuchar+ecole", "words=%22", "words=%E2%80%A6", "length=long", "theme=1",
                "words=all&theme=77", "words=%E2%80%9Cn+5+a%E2%80%9D&language=fr&length=short", "beyond=x&order=x&length=x",
            )
        }  # fmt: skip
        oldest = await read(browser, "order=oldest"), await read(browser, "order=oldest&beyond=40")
        next_page = await read(browser, further[1].replace("&amp;", "&"))

    assert (unread[0], unread[1], unread[2]) == ([*range(42, 2, -1)], [2, 1], [*range(42, 2, -1)])
    assert next_page == [2, 1]
    assert oldest == ([*range(1, 41)], [41, 42])
    assert narrowed == {
        "words=ESCUCHAR": [1],
        "words=escuchar+ecole": [],
        "words=%22": [],
        "words=%E2%80%A6": [],
        "length=long": [1],
        "theme=1": [1],
        "words=all&theme=77": [],
        "words=%E2%80%9Cn+5+a%E2%80%9D&language=fr&length=short": [5],
        "beyond=x&order=x&length=x": [*range(42, 2, -1)],
    }
    assert "<small>42</small>" in page


async def responses(world: World) -> list[tuple[str, bool]]:
    async with world.database.readers() as session:
        found = await session.scalars(select(Reply).where(Reply.parent_id == 1).order_by(Reply.id))
        return [(one.text, one.as_moderator) for one in found]


@pytest.mark.usefixtures("talking")
async def test_a_response_is_kept_once_told_and_taken_back_in_the_chat(world: World, ada: Phone, bea: Phone) -> None:
    async with signed_in(world, ada) as (browser, key):
        form = {"key": key, "form": "1f", "words": "¿Con quiénes?\r\n¿Dónde? "}
        first, second = await asyncio.gather(*(browser.post(f"{ROOM}/1/respond", **form) for _ in range(2)))
        other = await browser.post(f"{ROOM}/1/respond", **form | {"words": "¿Cuándo?"})
        empty = await browser.post(f"{ROOM}/1/respond", **form | {"words": " "})
        long = await browser.post(f"{ROOM}/1/respond", **form | {"words": "a" * 4097})
        foreign = await browser.post(f"{ROOM}/1/respond", **form | {"key": "0" * 64, "words": "No."})
    kept = await responses(world)
    await world.until(MONDAY + timedelta(days=2))
    told = "\n".join(texts(bea))
    await say(world, ada, "/me")
    await press(world, ada, "replies:0")
    own = last(ada)
    async with world.database.readers() as session:
        newest = await session.scalar(select(Reply.id).order_by(Reply.id.desc()).limit(1))
    await press(world, ada, f"withdraw:{newest}:0")

    assert [status for status, _ in (first, second, other, empty, long, foreign)] == [200] * 5 + [403]
    assert kept == [("¿Con quiénes?\n¿Dónde?", True), ("¿Cuándo?", True)]
    assert "as a moderator’s" in first[1]
    assert "2 responses" in other[1]
    assert "Please write your response" in empty[1]
    assert "4,096" in long[1]
    assert "a" * 4097 in long[1]
    assert "¿Dónde?" in told
    assert "¿Cuándo?" in own
    async with world.database.readers() as session:
        assert (await session.get_one(Reply, newest)).withdrawn_at is not None


@pytest.mark.usefixtures("talking")
async def test_in_a_browser_it_is_done_by_keys_and_for_everyone(world: World, ada: Phone) -> None:
    await plant_long_point(world)
    url, faults = world.bot.server.url, list[str]()
    async with chromium() as browser:
        page = await come_in(world, ada, browser, faults, ROOM)
        await page.keyboard.press("/")
        await page.keyboard.type("escuchar")
        await page.keyboard.press("Enter")
        await page.get_by_text("Show all again").wait_for()
        await page.keyboard.press("j")
        await page.keyboard.press("r")
        await page.keyboard.type("With whom? Where: h, j, / ?")
        await page.locator("details.respond button").click()
        await page.get_by_text("In the chat you can take it back").wait_for()
        await page.keyboard.press("h")
        await page.get_by_text("Why? The author is told.").wait_for()
        await page.keyboard.press("Escape")
        light = await look(page)
        await page.emulate_media(color_scheme="dark")
        await say(world, ada, "/language")
        await press(world, ada, "language:ar")
        await page.goto(f"{url}{ROOM}?words=escuchar")
        dark = await look(page)

    assert await responses(world) == [("With whom? Where: h, j, / ?", True)]
    assert (faults, light, dark) == ([], [], [])


@pytest.mark.usefixtures("talking")
async def test_all_is_read_by_scrolling_and_put_under_key_points_by_keys(world: World, ada: Phone) -> None:
    faults = list[str]()
    async with chromium() as browser:
        page = await come_in(world, ada, browser, faults, ROOM)
        await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        await expect(page.locator("article.reply")).to_have_count(42)
        await page.locator("#reply-2").click()
        await page.evaluate(SELECT, ["#reply-2", "a changé"])
        await page.locator("button.near").click()
        await page.keyboard.type("en: Change the hour.\nfr: Changer l’heure.")
        await page.keyboard.press("Control+Enter")
        await page.locator("#reply-2 mark").wait_for()
        focused = await page.evaluate("document.activeElement.id")
        await page.keyboard.press("k")
        await page.keyboard.press("p")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Control+Enter")
        await page.locator("#reply-3 .chip.mark").wait_for()
        current = await page.locator("[aria-current=true].reply").get_attribute("id")

    async with world.database.readers() as session:
        (point,) = await session.scalars(select(KeyPoint))
        spans = await session.scalars(select(Support.span).order_by(Support.id))
        assert point.text == {"en": "Change the hour.", "fr": "Changer l’heure."}
        assert spans.all() == ["a changé", "L’école n° 3 a changé l’heure."]
    assert (focused, current, faults) == ("reply-2", "reply-3", [])


SELECT = """([within, words]) => {
  const text = document.querySelector(within + " [data-original]").firstChild, from = text.data.indexOf(words);
  document.getSelection().setBaseAndExtent(text, from, text, from + words.length);
}"""


async def plant_long_point(world: World) -> None:
    """A key point that is wider than a phone."""
    async with world.database.sessions.begin() as session:
        said = {"en": "Change the hour. " * 6}
        session.add(KeyPoint(dialogue_id=1, question_id=1, position=0, text=said, versions={}, created_at=MONDAY))


async def look(page: Page) -> list[str]:
    """What is wrong with a page for some, or on some screens, with all that it unfolds."""
    found = []
    await page.evaluate("document.querySelectorAll('article details').forEach((each) => { each.open = true; })")
    for width in (1440, 390, 320):
        await page.set_viewport_size({"width": width, "height": 800})
        if await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"scrolls sideways at {width}")
        violations = (await Axe().run(page)).response["violations"]
        found += [f"{each['id']}: {each['nodes'][0]['html']}" for each in violations]
    return found
