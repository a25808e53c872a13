"""At the desk a file goes to another tool, seen before it is made, and what the tool found comes back as proposals."""

import csv
import io
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from axe_playwright_python.async_playwright import Axe
from browser import chromium
from desk import ADDRESS, Browser, begin, come_in, signed_in
from playwright.async_api import FilePayload
from scenes import scene
from sqlalchemy import func, select
from steps import say
from world import World

from bot.features.desk.pages import neighbours
from bot.models import Act, LogEntry, Proposal, Reply
from bot.sandbox import Phone

PAGE = "/desk/training/files"
REPORT = {"topics": [{"subtopics": [{"claims": [{"title": "They listen.", "quotes": [{"text": "a escuchar"}]}]}]}]}


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
@scene
async def said(world: World, ada: Phone, bea: Phone) -> None:
    """Bea has replied, in words and by voice, to the dialogue that Ada organises."""
    await begin(world, ada, bea)
    await say(world, bea, "Our data: aprendí a escuchar.")
    await bea.sends_file("voice", duration=3)
    await world.settle()


@pytest.fixture
async def desk(world: World, ada: Phone, said: None) -> AsyncIterator[tuple[Browser, str]]:  # noqa: ARG001 - the scene comes first
    async with signed_in(world, ada) as entered:
        yield entered


async def upload(browser: Browser, key: str, content: bytes, name: str = "report.json") -> str:
    """What the page says once it was given a file."""
    form = aiohttp.FormData({"key": key})
    form.add_field("file", io.BytesIO(content), filename=name)
    return (await browser.send(f"{PAGE}/claims", form))[1]


async def test_what_a_tool_takes_is_seen_and_its_file_is_made_and_written_down(
    world: World, desk: tuple[Browser, str]
) -> None:
    browser, key = desk

    _, page = await browser.get(f"{PAGE}?tool=t3c&question=1&language=fr")
    _, none_such = await browser.get(f"{PAGE}?tool=t3c&question=9")
    _, empty = await browser.get(f"{PAGE}?tool=t3c&question=2")
    made = await browser.download(f"{PAGE}/tools", key=key, tool="t3c", question="1", language="")
    refused = [
        (await browser.post(f"{PAGE}/tools", key=key, tool=tool, question=question, language=language))[0]
        for tool, question, language in (("x", "", ""), ("t3c", "9", ""), ("t3c", "one", ""), ("t3c", "", "xx"))
    ]

    assert "Talk to the City: 1 reply fits." in page
    assert "1 reply without words, such as a voice message, is left out" in page
    assert "1 reply has no translation and stays as it was written." in page
    assert 'name="language" value="fr"' in page
    assert "Talk to the City" in none_such
    assert "Make the file" not in none_such + empty
    assert [row["comment"] for row in csv.DictReader(io.StringIO(made.decode()))] == ["Our data : aprendí a escuchar."]
    assert refused == [404] * 4
    async with world.database.readers() as session:
        assert list(await session.scalars(select(LogEntry.act))) == [Act.EXPORTED]


async def test_what_a_tool_found_is_proposed_once_and_never_a_reply(
    world: World, desk: tuple[Browser, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, key = desk
    report = json.dumps(REPORT).encode()

    first, again = [await upload(browser, key, report) for _ in range(2)]
    broken = await upload(browser, key, report[:20])
    other = await upload(browser, key, b"<b>name</b>,age\nBea,40\n", "people.csv")
    nothing = await upload(browser, key, b'{"topics": []}')
    _, no_file = await browser.post(f"{PAGE}/claims", key=key)
    monkeypatch.setattr(neighbours, "MOST", 1000)
    large = await upload(browser, key, b" " * 1000)

    assert "1 key point is proposed." in first
    assert "send /keypoints" in first
    assert "1 was proposed before." in again
    assert "It is damaged or incomplete in line 1." in broken
    assert "&lt;b&gt;name&lt;/b&gt;" in other
    assert "there is no claim with a quote in it" in nothing
    assert "Please choose the file first." in no_file
    assert "larger than 20 megabytes" in large
    async with world.database.readers() as session:
        assert list(await session.scalars(select(Proposal.text))) == ["They listen."]
        assert await session.scalar(select(func.count()).select_from(Reply)) == 2


@pytest.mark.usefixtures("said")
async def test_in_a_browser_a_file_goes_to_a_tool_and_what_it_found_comes_back(world: World, ada: Phone) -> None:
    report = FilePayload(name="report.json", mimeType="application/json", buffer=json.dumps(REPORT).encode())
    async with chromium() as browser:
        page = await come_in(world, ada, browser, [], PAGE)
        await page.get_by_role("combobox", name="Tool").select_option("sensemaker")
        await page.get_by_role("button", name="See what it takes").click()
        await page.get_by_text("Sensemaker: 1 reply fits.").wait_for()
        found = await Axe().run(page)
        async with page.expect_download() as begun:
            await page.get_by_role("button", name="Make the file").click()
        made = (await (await begun.value).path()).read_text()
        await page.locator("input[type=file]").set_input_files(report)
        await page.get_by_role("button", name="Propose what it found").click()
        await page.get_by_text("1 key point is proposed.").wait_for()

    assert found.violations_count == 0, found.generate_report()
    assert "aprendí a escuchar" in made
