"""A Summary gets a public page: members are told first, words stand there as long as their authors allow it, and it can be taken back."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Literal

import aiohttp
import condensed
import pytest
from axe_playwright_python.async_playwright import Axe
from browser import chromium
from desk import ADDRESS
from scenes import scene
from sqlalchemy import delete, select, update
from steps import about, buttons, last, newest, press, say
from world import BEA, World

from bot.models import Act, Delivery, Dialogue, KeyPoint, LogEntry, Member, Notice, NoticeKind, Reply
from bot.sandbox import Phone

PAGE = f"/s/{condensed.SLUG}"
WINDOW = {"hours": 73}
LOOKED_AT: tuple[tuple[str, Literal["light", "dark"], int], ...] = (
    ("en", "light", 1440),
    ("en", "dark", 320),
    ("ar", "light", 390),
)
SAID = condensed.SAID["es"].split(". ", maxsplit=1)[0]


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
@scene
async def consulted(world: World, ada: Phone, bea: Phone, chloe: Phone, dalia: Phone) -> None:
    """Ada's Summary quotes Bea (es), Chloé (fr) and Dalia (ar), and nothing stands in the way of its publication."""
    for phone in (ada, bea, chloe, dalia):
        await say(world, phone, "/start")
    async with world.database.sessions.begin() as session:
        await condensed.plant(session, members=3, first_id=BEA)
        await session.execute(delete(KeyPoint).where(KeyPoint.id == 2))  # nobody has replied to question 2
        await session.execute(update(Dialogue).values(with_quotes=True))
        await session.execute(delete(Delivery))
    await world.bot.prepare()
    await say(world, ada, "/summary")
    await press(world, ada, "consult:1")
    await world.pass_time(**WINDOW)


@pytest.fixture
@scene
async def published(world: World, ada: Phone, consulted: None) -> None:
    """The Summary went out, and has no public page."""
    del consulted
    await publish(world, ada)


@pytest.fixture
async def browser(world: World) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(world.bot.server.url) as session:
        yield session


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


async def publish(world: World, ada: Phone) -> None:
    await say(world, ada, "/summary")
    await press(world, ada, "publish:1")
    await press(world, ada, newest(ada, "release:1:"))


async def choose(world: World, ada: Phone, openness: str) -> None:
    await say(world, ada, "/summary")
    await press(world, ada, "publicpage:1")
    await press(world, ada, f"openpage:1:{openness}" if openness else "openpage:1")


async def read(browser: aiohttp.ClientSession, path: str = PAGE, **headers: str) -> tuple[int, str, Mapping[str, str]]:
    async with browser.get(path, headers=headers) as answer:
        return answer.status, await answer.text(), answer.headers


@pytest.mark.on_either_database
@pytest.mark.usefixtures("published")
async def test_members_are_told_of_the_page_first_and_their_words_stand_there_until_they_say_no(
    world: World, ada: Phone, bea: Phone, chloe: Phone, browser: aiohttp.ClientSession
) -> None:
    before, _, _ = await read(browser)
    await say(world, ada, "/summary")
    await press(world, ada, "publicpage:1")
    assert "There is none: members get the Summary in their chat" in plain(last(ada))
    assert [data for data in buttons(ada) if data.startswith("openpage")] == ["openpage:1:link"]

    await press(world, ada, "openpage:1:link")
    at_once = (await read(browser, **{"Accept-Language": "es-MX,en;q=0.5"}))[1]
    await world.pass_time(**WINDOW)
    status, page, headers = await read(browser, f"{PAGE}/es")
    etag = headers["ETag"]
    unchanged, _, _ = await read(browser, f"{PAGE}/es", **{"If-None-Match": etag})
    await press(world, bea, newest(bea, "quote:"))
    after, without, _ = await read(browser, f"{PAGE}/es", **{"If-None-Match": etag})

    assert (before, status, unchanged, after) == (404, 200, 304, 200)
    assert f"It is at {ADDRESS}{PAGE}" in plain(last(ada))
    (told,) = about(bea, f"{ADDRESS}{PAGE}")
    assert SAID in told
    assert condensed.POINTS[0]["es"] in at_once
    assert SAID not in at_once
    assert SAID in page
    assert SAID not in without
    assert "Le chauffeur attend" in without
    assert (headers["X-Robots-Tag"], headers["Cache-Control"]) == ("noindex, noarchive", "no-cache")
    assert "Set-Cookie" not in headers
    assert f'hreflang="ar" href="{ADDRESS}{PAGE}/ar"' in page
    assert len(about(chloe, f"{ADDRESS}{PAGE}")) == 1


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("gone", ["withdrawn", "hidden", "for moderators"])
async def test_words_that_members_may_no_longer_read_are_gone_from_the_page_at_once(
    world: World, ada: Phone, browser: aiohttp.ClientSession, gone: str
) -> None:
    await choose(world, ada, "link")
    await world.pass_time(**WINDOW)
    shown = (await read(browser, f"{PAGE}/es"))[1]
    changes: dict[str, dict[str, object]] = {
        "withdrawn": {"withdrawn_at": world.clock.now()},
        "hidden": {"visibility": "hidden"},
        "for moderators": {"audience": "moderators"},
    }

    async with world.database.sessions.begin() as session:
        await session.execute(update(Reply).where(Reply.text.startswith(SAID)).values(changes[gone]))

    assert SAID in shown
    assert SAID not in (await read(browser, f"{PAGE}/es"))[1]


@pytest.mark.usefixtures("published")
async def test_a_page_that_was_taken_back_is_gone_and_who_has_not_been_told_yet_never_is(
    world: World, ada: Phone, browser: aiohttp.ClientSession
) -> None:
    await choose(world, ada, "link")
    await choose(world, ada, "search")
    listed = (await read(browser))[2]["X-Robots-Tag"]

    await choose(world, ada, "")
    status, text, headers = await read(browser)

    assert listed == "noarchive"
    assert (status, text) == (404, "There is no page here.")
    assert "noindex" in headers["X-Robots-Tag"]
    async with world.database.readers() as session:
        told = (await session.scalars(select(Notice).where(Notice.kind == NoticeKind.PUBLIC_PAGE))).all()
        acts = (await session.scalars(select(LogEntry.act).order_by(LogEntry.id))).all()
    assert len(told) == 1  # who finds it was changed without telling everybody again
    assert acts[-2:] == [Act.PAGE_OPENED, Act.PAGE_CLOSED]


@pytest.mark.usefixtures("consulted")
async def test_a_page_that_was_chosen_before_is_named_in_the_message_in_which_the_summary_goes_out(
    world: World, ada: Phone, bea: Phone, browser: aiohttp.ClientSession
) -> None:
    await choose(world, ada, "link")
    draft, _, _ = await read(browser)

    await publish(world, ada)

    assert draft == 404
    assert (await read(browser))[0] == 200
    assert "página pública" in last(bea)
    assert (await read(browser, "/s/nothing"))[0] == 404
    assert (await read(browser, f"{PAGE}/de"))[0] == 404


@pytest.mark.usefixtures("published")
async def test_what_is_written_since_is_not_on_the_page(
    world: World, ada: Phone, browser: aiohttp.ClientSession
) -> None:
    await choose(world, ada, "link")
    async with world.database.sessions.begin() as session:
        point = await session.get_one(KeyPoint, 1)
        point.text = {**point.text, "en": "Nobody has read this."}

    _, page, _ = await read(browser, f"{PAGE}/en")

    assert "Nobody has read this." not in page
    assert condensed.POINTS[0]["en"] in page


@pytest.mark.usefixtures("published")
async def test_in_a_browser_anybody_can_read_the_page(world: World, ada: Phone, tmp_path: Path) -> None:
    await choose(world, ada, "link")
    await world.pass_time(**WINDOW)
    url, faults = world.bot.server.url, list[str]()
    async with chromium() as browser:
        for language, scheme, width in LOOKED_AT:
            page = await browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
            page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
            await page.goto(f"{url}{PAGE}/{language}")
            await page.locator("summary").first.click()
            await page.locator("blockquote").first.wait_for()
            found = await Axe().run(page)
            wide = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            await page.screenshot(path=tmp_path / f"{language}-{scheme}.png", full_page=True)

            assert found.response["violations"] == []
            assert not wide
            assert await page.context.cookies() == []
        assert await page.locator("html").get_attribute("dir") == "rtl"
        await page.goto(f"{url}{PAGE}/en")
        await page.emulate_media(media="print")
        assert await page.locator("blockquote").first.is_visible()  # nothing stays closed on paper
    assert faults == []
    async with world.database.readers() as session:
        assert len((await session.scalars(select(Member))).all()) == 4  # readers are nobody
