"""The moderators' pages: a link lets in once, replies are read in full, and what is decided there counts as in the chat."""

import hashlib
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import planting
import pytest
from planting import MONDAY
from scenes import scene
from steps import join, last, say
from world import World

from bot.features import desk
from bot.features.desk.actions.sessions import IDLE, LINK
from bot.models import Moderation, Reply, Visibility
from bot.sandbox import Phone

LONG = "Aprendí a escuchar a quienes no hablan. " * 90


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": "http://127.0.0.1:1"}  # where the proxy would be; the tests ask the server itself


@pytest.fixture
@scene
async def talking(world: World, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Ada moderates; Bea replied at length, and Chloé in short."""
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue(moderation=Moderation.AFTER))
    await world.bot.prepare()
    await say(world, ada, "/start")
    await join(world, bea)
    await join(world, chloe)
    await world.until(MONDAY)
    await say(world, bea, LONG)
    await say(world, chloe, "<b>Nous</b> avons changé l’heure & le lieu.")


class Browser:
    """A browser without JavaScript."""

    def __init__(self, world: World, session: aiohttp.ClientSession) -> None:
        self.url, self._session = world.bot.server.url, session

    async def get(self, path: str) -> tuple[int, str]:
        async with self._session.get(f"{self.url}{path}") as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, **form: Any) -> tuple[int, str]:
        async with self._session.post(f"{self.url}{path}", data=form) as answer:
            return answer.status, await answer.text()

    async def enters(self, link: str) -> tuple[int, str]:
        return await self.post("/desk/enter", secret=link.rpartition("/")[2])


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield Browser(world, session)


async def link(world: World, phone: Phone) -> str:
    """What /desk answers."""
    await say(world, phone, "/desk")
    found = re.search(r"http://\S+", last(phone))
    assert found is not None
    return found[0]


def key_on(page: str) -> str:
    found = re.search(r'name="key" value="(\w+)"', page)
    assert found is not None
    return found[1]


async def reply(world: World, reply_id: int) -> Reply:
    async with world.database.readers() as session:
        return await session.get_one(Reply, reply_id)


@pytest.mark.usefixtures("talking")
async def test_all_is_read_in_full_in_a_browser_that_the_link_lets_in(
    world: World, ada: Phone, browser: Browser
) -> None:
    given = await link(world, ada)

    looked_at, entrance = await browser.get(given.removeprefix("http://127.0.0.1:1"))
    entered, overview = await browser.enters(given)
    status, room = await browser.get("/desk/training/replies?question=1")

    assert (looked_at, entered, status) == (200, 200, 200)
    assert "Come in" in entrance
    assert "What needs a person" in overview
    assert LONG.strip() in room
    assert "&lt;b&gt;Nous&lt;/b&gt; avons" in room


@pytest.mark.usefixtures("talking")
async def test_a_link_works_once_and_not_for_long(world: World, ada: Phone, browser: Browser) -> None:
    first, second = await link(world, ada), await link(world, ada)

    entered = [(await browser.enters(first))[0] for _ in range(2)]
    world.clock.advance(LINK + timedelta(seconds=1))
    late, told = await browser.enters(second)

    assert entered == [200, 401]
    assert late == 401
    assert "send /desk to @sandbox_bot" in told


@pytest.mark.usefixtures("talking")
async def test_who_is_away_for_long_or_signs_out_is_out(world: World, ada: Phone, browser: Browser) -> None:
    _, page = await browser.enters(await link(world, ada))
    world.clock.advance(IDLE + timedelta(seconds=1))
    idle, _ = await browser.get("/desk")
    _, page = await browser.enters(await link(world, ada))
    unused = await link(world, ada)
    _, told = await browser.post("/desk/leave", key=key_on(page), where="everywhere")

    after = [(await browser.get("/desk/training"))[0], (await browser.enters(unused))[0]]

    assert idle == 401
    assert "You are signed out." in told
    assert after == [401, 401]


@pytest.mark.usefixtures("talking")
async def test_what_is_decided_at_the_desk_counts_as_in_the_chat(
    world: World, ada: Phone, bea: Phone, browser: Browser
) -> None:
    _, page = await browser.enters(await link(world, ada))
    key = key_on(page)

    featured = await browser.post("/desk/training/replies/2/feature", key=key, featured="yes")
    again = await browser.post("/desk/training/replies/2/feature", key=key, featured="yes")
    _, shown = await browser.get("/desk/training/replies")
    version = re.search(r'replies/1/hide.*?name="version" value="(\d+)"', shown, re.DOTALL)
    assert version is not None
    hidden = await browser.post("/desk/training/replies/1/hide", key=key, version=version[1], reason="names_others")
    await world.settle()

    assert (featured[0], again[0], hidden[0]) == (200, 200, 200)
    assert "was first" in again[1]
    assert (await reply(world, 2)).featured_at is not None
    assert (await reply(world, 1)).visibility is Visibility.HIDDEN
    assert "no se muestra a las demás personas" in last(bea)


@pytest.mark.usefixtures("talking")
async def test_a_form_of_another_page_changes_nothing(world: World, ada: Phone, browser: Browser) -> None:
    await browser.enters(await link(world, ada))

    status, _ = await browser.post("/desk/training/replies/1/hide", key="0" * 64, version="0", reason="hurts")

    assert status == 403
    assert (await reply(world, 1)).visibility is Visibility.SHOWN


@pytest.mark.usefixtures("talking")
async def test_a_member_gets_no_link_and_finds_nothing(world: World, ada: Phone, bea: Phone, browser: Browser) -> None:
    await say(world, bea, "/desk")
    refused = last(bea)
    await browser.enters(await link(world, ada))

    elsewhere = [
        (await browser.get(path))[0] for path in ("/desk/other", "/desk/training/replies?question=9", "/desk/a/b")
    ]

    assert "http" not in refused
    assert elsewhere == [404, 404, 404]


@pytest.mark.usefixtures("talking")
@pytest.mark.parametrize("host_settings", [{}])
async def test_without_an_address_there_are_no_pages(world: World, ada: Phone, browser: Browser) -> None:
    await say(world, ada, "/desk")

    assert "WEB_URL" in last(ada)
    assert (await browser.get("/desk"))[0] == 404


def test_the_script_from_elsewhere_is_as_it_came() -> None:
    script = Path(desk.__file__).parent / "static" / "htmx.min.js"
    notice = (Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8")

    assert f"SHA-256 {hashlib.sha256(script.read_bytes()).hexdigest()}" in notice
