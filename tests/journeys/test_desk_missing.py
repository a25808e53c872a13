"""A facilitator finds out who is not in the Summary, at the desk and in the chat, and puts words under a key point."""

import json
from pathlib import Path

import planting
import pytest
from axe_playwright_python.async_playwright import Axe
from browser import chromium
from desk import ADDRESS, come_in, signed_in
from planting import MONDAY
from playwright.async_api import Page
from scenes import scene
from sqlalchemy import select
from steps import buttons, last, press, say, texts
from world import World

from bot.core.messages import Content
from bot.features.replies.actions import languages
from bot.models import KeyPoint, Moderation, Person, Reply, Support, Waiver
from bot.sandbox import Phone

TEXTS = json.loads((Path(__file__).parents[2] / "benchmarks/themes/texts.json").read_text(encoding="utf-8"))
PATIENCE = 120_000  # milliseconds, on a machine that does much else
FIRST = 5000  # Telegram ids of those who said it


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
@scene
async def woven(world: World, ada: Phone) -> None:
    """Ada moderates. Twelve people spoke of time, in English and Spanish, and a key point says so; six of safety, in Arabic."""
    said = [("en" if number % 2 else "es", "time", number % 3) for number in range(12)]
    said += [("ar", "safety", number % 3) for number in range(6)]
    async with world.database.sessions.begin() as session:
        planted = planting.dialogue(moderation=Moderation.AFTER)
        session.add(planted)
        await session.flush()
        for number, (tag, theme, which) in enumerate(said):
            member = await planting.join(session, planted, FIRST + number, language=tag)
            person = await session.get_one(Person, member.person_id)
            person.unreachable_since = MONDAY - planting.WEEK  # none of them has a phone here
            content = Content("text", TEXTS[theme][tag][which])
            await planting.reply(session, member.id, message_id=number + 1, at=MONDAY, content=content)
        point = KeyPoint(
            dialogue_id=1, question_id=1, position=0, text={"en": TEXTS["time"]["en"][0]}, created_at=MONDAY
        )
        session.add(point)
        await session.flush()
        for reply in (await session.scalars(select(Reply).where(Reply.id <= 6))).all():
            end = len(reply.text)
            session.add(Support(key_point_id=1, reply_id=reply.id, start=0, end=end, span=reply.text, chosen_at=MONDAY))
    await world.bot.prepare()
    await world.until(MONDAY)
    async with world.database.sessions.begin() as session:
        await languages.detect_languages(session)
    await world.bot.sorter.sort()
    await say(world, ada, "/start")


async def cited(world: World, text: str) -> list[int]:
    async with world.database.readers() as session:
        query = select(Support.key_point_id).join(Support.reply).where(Reply.text == text)
        return list(await session.scalars(query))


async def waivers(world: World) -> list[str]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Waiver.difference)))


@pytest.mark.usefixtures("woven")
async def test_in_the_chat_a_reply_far_from_every_key_point_is_put_under_one(world: World, ada: Phone) -> None:
    await say(world, ada, "/summary")
    await press(world, ada, "publish:1")
    assert "none of them has words under a key point: \N{FIRST STRONG ISOLATE}Arabic" in last(ada)

    await press(world, ada, "missing:1")
    numbers = last(ada)
    await press(world, ada, "farthest:1")
    listed = last(ada)
    opened = next(data for data in buttons(ada) if data.startswith("overlooked:"))
    await press(world, ada, opened)
    assert "Under which key point of question 1?" in last(ada)
    reply_id = int(opened.rpartition(":")[2])
    await press(world, ada, f"rest:1:{reply_id}:0")
    await say(world, ada, "/summary")
    await press(world, ada, "missing:1")

    assert "All: about 5 of about 20" in numbers
    assert "Arabic\N{POP DIRECTIONAL ISOLATE}: none of about 5\n" in numbers
    assert "Publication waits for that." in numbers
    assert any(text in listed for text in TEXTS["safety"]["ar"])
    assert not any(text in listed for text in TEXTS["time"]["en"])
    assert "Arabic\N{POP DIRECTIONAL ISOLATE}: some of about 5" in last(ada)


@pytest.mark.usefixtures("woven")
async def test_an_unheard_language_is_let_stand_by_name_in_the_chat_and_at_the_desk(world: World, ada: Phone) -> None:
    await say(world, ada, "/summary")
    await press(world, ada, "missing:1")
    stand = next(data for data in buttons(ada) if data.startswith("letunheard:"))
    async with signed_in(world, ada) as (browser, key):
        asked, page = await browser.get("/desk/training/missing")
        ways = [await browser.get(f"/desk/training/{path}") for path in ("loom", "loom/publish")]
        strange, _ = await browser.post("/desk/training/missing/stand", key=key, language="ar", members="x")
        stale, _ = await browser.post("/desk/training/missing/stand", key=key, language="ar", members="50")
        unchanged = await waivers(world)
        status, stands = await browser.post("/desk/training/missing/stand", key=key, language="ar", members="5")
    await press(world, ada, stand)

    assert (asked, strange, stale, status) == (200, 404, 200, 200)
    assert ['href="/desk/training/missing"' in led for _, led in ways] == [True, True]
    assert unchanged == []
    assert await waivers(world) == ["unheard ar 5"]
    assert "Let it stand: Arabic" in page
    assert "Let it stand: Arabic" not in stands
    assert "Let stand by" in stands
    assert any("Let stand by" in text for text in texts(ada))
    await press(world, ada, "publish:1")
    assert "Arabic" not in last(ada)


@pytest.mark.usefixtures("woven")
async def test_members_see_nothing_of_it(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, bea, "/start")
    for data in ("missing:1", "letunheard:1:ar:5", "farthest:1", "overlooked:13"):
        await bea.forges_a_tap(data)
    await world.settle()
    async with signed_in(world, ada) as (browser, _):
        refused, _ = await browser.get("/desk/elsewhere/missing")
        foreign, _ = await browser.post("/desk/training/missing/stand", key="0" * 64, language="ar", members="5")

    assert not any("key point" in text for text in texts(bea))
    assert (refused, foreign) == (404, 403)
    assert await waivers(world) == []


async def violations(page: Page) -> list[str]:
    """What axe finds against the page, by rule and place."""
    found = await Axe().run(page)
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found.response["violations"]]


@pytest.mark.usefixtures("woven")
async def test_in_a_browser_words_go_under_a_key_point_and_the_page_is_for_everyone(world: World, ada: Phone) -> None:
    url, faults = world.bot.server.url, list[str]()
    async with chromium() as browser:
        page = await come_in(world, ada, browser, faults, "/desk/training/missing")
        found = []
        for scheme, language in (("light", "en"), ("dark", "en"), ("dark", "ar")):
            async with world.database.sessions.begin() as session:
                person = (await session.scalars(select(Person).where(Person.telegram_id == ada.user_id))).one()
                person.language = language
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            for width in (1440, 320):
                await page.set_viewport_size({"width": width, "height": 900})
                await page.reload()
                await page.locator("article.reply").first.wait_for(timeout=PATIENCE)
                found += await violations(page)
                assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await page.goto(f"{url}/desk/training/loom")
        await page.locator(".missing .meter").first.wait_for(timeout=PATIENCE)
        found += await violations(page)
        await page.goto(f"{url}/desk/training/missing")
        reply = page.locator("article.reply").first
        text = await reply.locator("[data-original]").inner_text()
        await reply.locator("details.cite summary").click()
        await reply.locator("select[name=point]").select_option("1")
        await reply.locator("details.cite button").click()
        await page.locator("article.reply .chip.mark").first.wait_for()

    assert await cited(world, text) == [1]
    assert found == []
    assert faults == []
