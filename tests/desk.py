"""The moderators' pages, visited as a browser without JavaScript does."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import planting
from planting import MONDAY
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page
from steps import join, last, say
from world import World
from yarl import URL

from bot.models import Moderation
from bot.sandbox import Phone

ADDRESS = "http://127.0.0.1:1"  # WEB_URL, where the proxy would be; the tests ask the server itself


async def begin(world: World, moderator: Phone, *members: Phone) -> None:
    """A dialogue in which replies are looked at once they are shown, joined by these, at its first question."""
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue(moderation=Moderation.AFTER))
    await world.bot.prepare()
    await say(world, moderator, "/start")
    for member in members:
        await join(world, member)
    await world.until(MONDAY)


class Browser:
    """A browser without JavaScript."""

    def __init__(self, world: World, session: aiohttp.ClientSession) -> None:
        self.url, self._session = world.bot.server.url, session

    async def get(self, path: str) -> tuple[int, str]:
        async with self._session.get(f"{self.url}{path}") as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, headers: Mapping[str, str] | None = None, /, **form: Any) -> tuple[int, str]:
        async with self._session.post(f"{self.url}{path}", data=form, headers=headers) as answer:
            return answer.status, await answer.text()

    async def send(self, path: str, form: aiohttp.FormData) -> tuple[int, str]:
        """A form with a file in it."""
        async with self._session.post(f"{self.url}{path}", data=form) as answer:
            return answer.status, await answer.text()

    async def opens(self, address: str, theme: str = "", **headers: str) -> tuple[int, str]:
        """As the script does on the page that Telegram opens."""
        (signed,) = parse_qs(urlsplit(address).fragment)["tgWebAppData"]
        return await self.post("/desk/-/in", headers, signed=signed, theme=theme)

    async def download(self, path: str, **form: Any) -> bytes:
        """What a form has sent as a file."""
        async with self._session.post(f"{self.url}{path}", data=form) as answer:
            assert answer.headers["Content-Disposition"].startswith("attachment")
            return await answer.read()

    async def enters(self, link: str) -> tuple[int, str]:
        return await self.post("/desk/-/enter", secret=link.rpartition("/")[2])


@asynccontextmanager
async def visiting(world: World) -> AsyncIterator[Browser]:
    """A browser that nobody has let in yet."""
    jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=URL(str(world.bot.server.url)))
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        yield Browser(world, session)


@asynccontextmanager
async def signed_in(world: World, phone: Phone) -> AsyncIterator[tuple[Browser, str]]:
    """A browser that the link of /desk has let in, and the key of its forms."""
    given = await link(world, phone)
    async with visiting(world) as browser:
        _, page = await browser.enters(given)
        yield browser, key_on(page)


async def link(world: World, phone: Phone) -> str:
    """What /desk answers."""
    await say(world, phone, "/desk")
    found = re.search(r"http://\S+", last(phone))
    assert found is not None
    return found[0]


def key_on(page: str) -> str:
    """What a form of this page carries."""
    found = re.search(r'name="key" value="(\w+)"', page)
    assert found is not None
    return found[1]


async def come_in(world: World, phone: Phone, browser: Chromium, faults: list[str], path: str = "", **how: Any) -> Page:
    """A page of Chromium, where the link of /desk has led in, at a path of the server; what goes wrong there is among the faults."""
    given = (await link(world, phone)).removeprefix(ADDRESS)
    page = await browser.new_page(**how)
    note(page, faults)
    await page.goto(f"{world.bot.server.url}{given}")
    await page.locator("button.primary").click()
    if path:
        await page.goto(f"{world.bot.server.url}{path}")
    return page


def note(page: Page, faults: list[str]) -> None:
    """Keep what goes wrong on a page."""
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
