"""The desk inside Telegram: a Mini App lets in whom Telegram names, once, within minutes, and in Telegram's web client too."""

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import planting
import pytest
from browser import chromium
from desk import Browser, visiting
from playwright.async_api import FrameLocator, Page, expect
from scenes import scene
from sqlalchemy import func, select
from steps import join, last, say
from world import World

from bot.features.desk.actions import openings
from bot.features.desk.actions.openings import AHEAD, FRESH
from bot.features.desk.actions.sessions import IDLE
from bot.models import DeskOpening, DeskSession, Member, Person, Role
from bot.sandbox import Phone, apps

HOST = "https://desk.example.org"  # WEB_URL; what Telegram's browser would ask there is asked of the server itself
FRAME = "<iframe src='%s' sandbox='allow-scripts allow-same-origin allow-popups allow-forms allow-modals'></iframe>"
LOCAL = ["local-network-access"]  # our server is on this machine, which a page of the internet may else not ask
HEARD = "<script>window.heard = []; onmessage = (event) => heard.push(JSON.parse(event.data).eventType)</script>"


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": HOST}


@pytest.fixture
@scene
async def begun(world: World, ada: Phone, bea: Phone) -> None:
    """Ada moderates; Bea takes part."""
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue())
    await world.bot.prepare()
    await say(world, ada, "/start")
    await join(world, bea)


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with visiting(world) as browser:
        yield browser


async def opened(world: World, phone: Phone, *, dark: bool = False) -> str:
    """Where Telegram's browser goes when the desk is opened in the chat."""
    await say(world, phone, "/desk")
    return await phone.opens_app("Open the desk", dark=dark)


async def count(world: World, table: type[DeskSession] | type[DeskOpening]) -> int:
    async with world.database.readers() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.usefixtures("begun")
async def test_the_desk_opens_inside_telegram_once_and_again_for_who_is_inside(
    world: World, ada: Phone, browser: Browser
) -> None:
    address = await opened(world, ada)

    entered, page = await browser.opens(address, theme="dark")
    reloaded, _ = await browser.opens(address)
    async with visiting(world) as elsewhere:
        stolen, told = await elsewhere.opens(address)
        outside, _ = await elsewhere.get("/desk/training")

    assert address.startswith(f"{HOST}/desk/-/in#")
    assert (entered, reloaded, stolen, outside) == (200, 200, 401, 401)
    assert 'data-theme="dark"' in page
    assert "What needs a person" in page
    assert "send \u2068/desk\u2069 to \u2068@sandbox_bot\u2069" in told
    assert await count(world, DeskOpening) == 1


@pytest.mark.usefixtures("begun")
async def test_what_telegram_signed_lapses_within_minutes(world: World, ada: Phone, browser: Browser) -> None:
    address = await opened(world, ada)
    world.clock.advance(FRESH)
    late, _ = await browser.opens(address)
    of_tomorrow = apps.address(
        *(HOST, ada.user), token=world.sandbox.token, query_id="1",
        date=int((world.clock.now() + AHEAD).timestamp()) + 2,
    )  # fmt: skip
    early, _ = await browser.opens(of_tomorrow)
    entered, _ = await browser.opens(await opened(world, ada))
    world.clock.advance(IDLE + timedelta(seconds=1))
    async with world.database.sessions.begin() as session:
        await openings.forget(session, now=world.clock.now())

    assert (late, early, entered) == (401, 401, 200)
    assert await count(world, DeskOpening) == 0


@pytest.mark.usefixtures("begun")
async def test_who_has_no_role_or_is_unknown_is_not_let_in(
    world: World, ada: Phone, bea: Phone, gus: Phone, browser: Browser
) -> None:
    await opened(world, ada)

    at, token = world.sandbox, world.sandbox.token
    refused = [
        await browser.opens(apps.address(HOST, user, token=token, query_id="7", date=int(at.clock.now().timestamp())))
        for user in (bea.user, gus.user)
    ]

    assert [status for status, _ in refused] == [403, 403]
    assert "nothing here for you" in refused[0][1]
    assert await count(world, DeskSession) == 1  # the link that Ada got


@pytest.mark.usefixtures("begun")
async def test_an_account_does_not_find_itself_in_the_session_of_another(
    world: World, ada: Phone, bea: Phone, browser: Browser
) -> None:
    async with world.database.sessions.begin() as session:
        member = await session.scalar(select(Member).join(Member.person).where(Person.telegram_id == bea.user_id))
        assert member is not None
        member.role = Role.OBSERVER
    await browser.opens(await opened(world, ada))

    await say(world, bea, "/desk")
    _, page = await browser.opens(await bea.opens_app("mesa de trabajo"))

    assert "Formación" in page
    assert await count(world, DeskSession) == 4


@pytest.mark.usefixtures("begun")
async def test_nobody_comes_in_by_what_telegram_did_not_sign(world: World, ada: Phone, browser: Browser) -> None:
    (signed,) = parse_qs(urlsplit(await opened(world, ada)).fragment)["tgWebAppData"]
    fields = {name: values[0] for name, values in parse_qs(signed).items()}
    another = fields | {"user": fields["user"].replace("1001", "1002")}
    now = int(world.clock.now().timestamp())
    by_another = apps.address(HOST, ada.user, token="42:other", query_id="1", date=now)
    forged = [
        "", "hash", "%00", signed + "&auth_date=1", signed.replace("auth_date=", "auth_date=9"), signed[:-1],
        urlencode(another), urlencode(fields | {"user": "[" * 90_000}), urlencode(fields | {"hash": "0" * 64}),
        urlencode({name: value for name, value in fields.items() if name != "user"}),
        *parse_qs(urlsplit(by_another).fragment)["tgWebAppData"],
    ]  # fmt: skip

    answers = [(await browser.post("/desk/-/in", signed=each))[0] for each in forged]
    strange = [
        (await browser.post("/desk/-/in", {"Content-Type": kind}))[0]
        for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=none")
    ]

    assert answers == [401] * len(forged)
    assert all(400 <= status < 500 for status in strange)
    assert await count(world, DeskSession) == 1


@pytest.mark.usefixtures("begun")
async def test_nobody_else_s_page_signs_a_visitor_in(world: World, ada: Phone, browser: Browser) -> None:
    address = await opened(world, ada)

    foreign, _ = await browser.opens(address, **{"Sec-Fetch-Site": "cross-site"})
    own, _ = await browser.opens(address, **{"Sec-Fetch-Site": "same-origin"})

    assert (foreign, own) == (403, 200)


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("host_settings", [{"web_url": "http://127.0.0.1:1"}])
async def test_where_telegram_takes_no_button_the_address_stands_in_the_text(world: World, ada: Phone) -> None:
    await say(world, ada, "/desk")

    assert "http://127.0.0.1:1/desk/-/enter/" in last(ada)
    assert "reply_markup" not in ada.received[-1]
    assert world.sandbox.refusals == []


@pytest.mark.usefixtures("begun")
async def test_in_a_browser_it_opens_as_telegram_s_apps_and_its_web_client_show_it(world: World, ada: Phone) -> None:
    server, faults = world.bot.server.url, list[str]()
    light, dark = await opened(world, ada), await ada.opens_app("Open the desk", dark=True)
    async with chromium() as browser:
        app = await browser.new_page()
        app.on("pageerror", lambda fault: faults.append(str(fault)))
        await app.goto(light.replace(HOST, str(server)))
        await expect(app.get_by_role("heading", name="Training")).to_be_visible()
        steps = await app.evaluate("history.length")
        assert (await app.locator("html").get_attribute("data-theme"), steps) == ("light", 2)

        client = await (await browser.new_context(permissions=LOCAL)).new_page()
        framed = await _framed(client, "https://web.telegram.org/k/", dark.replace(HOST, str(server)))
        await expect(framed.get_by_role("heading", name="Training")).to_be_visible()
        await framed.get_by_role("link", name="Reading room").click()
        await expect(framed.get_by_text("There are no such replies.")).to_be_visible()
        assert await framed.locator("html").get_attribute("data-theme") == "dark"
        await expect(framed.locator("body")).to_have_css("color-scheme", "dark")
        await expect(framed.locator("body")).to_have_css("background-color", "rgb(11, 17, 16)")
        assert await client.evaluate("heard") == ["web_app_ready", "web_app_expand"]
        await framed.get_by_role("button", name="Sign out", exact=True).click()
        await expect(framed.get_by_text("You are signed out.")).to_be_visible()

        other = await (await browser.new_context(permissions=LOCAL)).new_page()
        async with other.expect_console_message(lambda line: "frame-ancestors" in line.text):
            await _framed(other, "https://evil.example/", f"{server}/desk/-/in")

    assert faults == []


async def _framed(page: Page, around: str, address: str) -> FrameLocator:
    """A page of somebody's around one of ours."""
    body = HEARD + FRAME % address.replace("'", "%27")
    await page.route(f"{around}**", lambda route: route.fulfill(body=body, content_type="text/html"))
    await page.goto(around)
    return page.frame_locator("iframe")
