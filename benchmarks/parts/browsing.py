"""The moderators' pages as they are served, and a browser that a moderator has come in with; without Telegram."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import aiohttp
from aiohttp import web

from bot.child import Child
from bot.core.plays import NoStage
from bot.database import Database
from bot.features.desk.actions import sessions
from bot.features.desk.pages import site
from bot.features.desk.pages.frame import COOKIE, Desk
from bot.models import Person
from bot.settings import load


@asynccontextmanager
async def browser(opened: Database, person_id: int, now: datetime) -> AsyncIterator[aiohttp.ClientSession]:
    """A browser in which this person is let in at `now`; its paths begin with /desk."""
    async with (
        served(opened, person_id, now) as (url, secret),
        aiohttp.ClientSession(url, headers={"Cookie": f"{COOKIE}={secret}"}) as found,
    ):
        yield found


@asynccontextmanager
async def served(opened: Database, person_id: int, now: datetime) -> AsyncIterator[tuple[str, str]]:
    """Where the pages are, and the secret of this person, who is let in at `now`."""
    settings = load(None, telegram_bot_token="42:bench", web_url="http://localhost")  # noqa: S106 - opens nothing
    desk = Desk(
        opened,
        settings,
        lambda: now,
        lambda: None,
        lambda _task, _error: None,
        lambda: "bench",
        _show_no_menu,
        Child(),
        NoStage(),
    )
    application = web.Application()
    application.add_routes(site.routes(desk))
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with opened.sessions.begin() as session:
        person = await session.get_one(Person, person_id)
        secret = await sessions.enter(session, await sessions.give_link(session, person, now=now), now=now)
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", secret
    await runner.cleanup()


async def _show_no_menu(_person: Person) -> None:
    pass
