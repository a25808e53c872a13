"""The pages of the desk beside reading and weaving: what they show is what the chat tells, and what is decided there counts as in the chat."""

import io
import re
import zipfile
from collections.abc import AsyncIterator

import planting
import pytest
from axe_playwright_python.async_playwright import Axe
from browser import chromium
from desk import ADDRESS, Browser, link, signed_in
from planting import MONDAY
from playwright.async_api import Page
from scenes import scene
from sqlalchemy import select
from steps import about, join, say
from world import World

from bot.features.desk.actions.sessions import IDLE
from bot.models import Act, Inquiry, LogEntry, Moderation, Reply, Visibility
from bot.sandbox import Phone

pytestmark = pytest.mark.usefixtures("waiting")


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
@scene
async def waiting(world: World, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Ada organises; what Bea, Chloé and Bea again said waits for her, and so does what Chloé wrote to the moderators."""
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue(moderation=Moderation.BEFORE))
    await world.bot.prepare()
    await say(world, ada, "/start")
    await join(world, bea)
    await join(world, chloe)
    await world.until(MONDAY)
    await say(world, bea, "Primero escuchar.")
    await say(world, chloe, "<b>Écouter</b> d’abord & toujours.")
    await say(world, chloe, "/ask")
    await say(world, chloe, "Puis-je répondre plus tard ?")
    await world.settle()


@pytest.fixture
async def desk(world: World, ada: Phone) -> AsyncIterator[tuple[Browser, str]]:
    async with signed_in(world, ada) as entered:
        yield entered


async def replies(world: World) -> list[Reply]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Reply).order_by(Reply.id)))


def version_of(page: str, reply_id: int) -> str:
    found = re.search(rf'replies/{reply_id}/hide.*?name="version" value="(\d+)"', page, re.DOTALL)
    assert found is not None
    return found[1]


async def test_the_overview_leads_to_where_each_thing_is_done(desk: tuple[Browser, str]) -> None:
    browser, _ = desk

    _, page = await browser.get("/desk/training")

    assert "2 replies wait for a moderator" in page
    assert "1 message to the moderators waits" in page
    assert 'href="/desk/training/queue"' in page


async def test_a_page_that_keeps_itself_up_to_date_keeps_nobody_signed_in(
    world: World, desk: tuple[Browser, str]
) -> None:
    browser, _ = desk

    for _ in range(4):
        world.clock.advance(IDLE / 3)
        live = (await browser.get("/desk/training?live"))[0]

    assert live == 401


async def test_what_waits_is_decided_where_it_stands(world: World, desk: tuple[Browser, str]) -> None:
    browser, key = desk
    _, page = await browser.get("/desk/training/queue")

    shown = await browser.post("/desk/training/queue/replies/1/approve", key=key, version=version_of(page, 1))
    again = await browser.post("/desk/training/queue/replies/1/approve", key=key, version=version_of(page, 1))
    hidden = await browser.post(
        "/desk/training/queue/replies/2/hide", key=key, version=version_of(page, 2), own="Trop court.", reason=""
    )
    await world.settle()

    assert "&lt;b&gt;Écouter&lt;/b&gt;" in page
    assert [each.visibility for each in await replies(world)] == [Visibility.SHOWN, Visibility.HIDDEN]
    assert "Approved: members see it." in shown[1]
    assert "was first" in again[1]
    assert "All has been looked at" in hidden[1]


async def test_a_member_is_answered_from_the_queue_once(world: World, chloe: Phone, desk: tuple[Browser, str]) -> None:
    browser, key = desk
    answer = "/desk/training/queue/messages/1/answer"

    empty = await browser.post(answer, key=key, answer=" \r\n")
    first = await browser.post(answer, key=key, answer="Oui,\r\nbien sûr.")
    second = await browser.post(answer, key=key, answer="Non.")
    await world.settle()

    assert "there is no text yet" in empty[1]
    assert "on its way" in first[1]
    assert "Another moderator has answered it" in second[1]
    assert about(chloe, "Oui,\nbien sûr.") or about(chloe, "bien sûr.")
    assert not about(chloe, "Non.")
    async with world.database.readers() as session:
        assert (await session.get_one(Inquiry, 1)).answer == "Oui,\nbien sûr."


async def test_an_export_is_streamed_and_written_down(world: World, desk: tuple[Browser, str]) -> None:
    browser, key = desk

    made = await browser.download("/desk/training/files/export", key=key, form="zip")
    summary = await browser.get("/desk/training/files/summary/fr/md")
    nothing = [(await browser.get(f"/desk/training/files/summary/{path}"))[0] for path in ("ru/md", "fr/exe")]

    async with world.database.readers() as session:
        acts = list(await session.scalars(select(LogEntry.act)))
    assert acts == [Act.EXPORTED]
    assert "replies.csv" in zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert summary[0] == 200
    assert nothing == [404, 404]


async def test_in_a_browser_all_pages_serve_everybody_and_what_is_half_typed_stays(world: World, ada: Phone) -> None:
    url, faults = world.bot.server.url, list[str]()
    given = (await link(world, ada)).removeprefix(ADDRESS)
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 390, "height": 800})
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        await page.goto(f"{url}{given}")
        await page.get_by_role("button", name="Come in").click()
        await page.goto(f"{url}/desk/training/queue")
        await page.get_by_label("What is your answer?").fill("Bien sûr")
        await page.get_by_role("button", name="Approve").first.click()
        await page.get_by_role("status").get_by_text("Approved").wait_for()
        half_typed = await page.get_by_label("What is your answer?").input_value()
        await page.goto(f"{url}/desk/training")
        await page.locator("#days-table summary").click()
        await page.evaluate(
            "htmx.trigger('#overview', 'htmx:abort'), htmx.ajax('GET', '/desk/training?live', '#overview')"
        )
        await page.get_by_text("1 reply waits").wait_for()
        unfolded = await page.locator("#days-table[open]").count()
        found = await complaints(page, url)

    assert half_typed == "Bien sûr"
    assert unfolded == 1
    assert (found, faults) == ([], [])


async def complaints(page: Page, url: str) -> list[str]:
    """What a page keeps from someone, by axe's rules, in the light, in the dark, and on the narrowest of phones."""
    found = []
    for path in ("", "/queue", "/queue/replies/2/merge", "/files"):
        for colours, width in (("light", 1440), ("dark", 320)):
            await page.emulate_media(color_scheme=colours)
            await page.set_viewport_size({"width": width, "height": 800})
            await page.goto(f"{url}/desk/training{path}")
            answer = await Axe().run(page)
            found += [f"{path} {colours}: {each['id']}, {each['nodes']}" for each in answer.response["violations"]]
            if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{path} {colours}: it scrolls sideways")
    return found
