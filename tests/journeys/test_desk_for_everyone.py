"""Every page of the desk, for everyone: WCAG by axe-core, no scrolling sideways on the narrowest phone, and all by the keyboard alone."""

from typing import Literal

import full_desk
import pytest
from axe_playwright_python.async_playwright import Axe
from browser import chromium
from desk import note
from desk_routes import ROUTES
from full_desk import SLUG
from planting import MONDAY
from playwright.async_api import Page, ViewportSize
from sqlalchemy import update

from bot.database import Database
from bot.features.desk.pages.frame import COOKIE
from bot.models import Person
from bot.sandbox import Clock

NARROW, WIDE = ViewportSize(width=320, height=640), ViewportSize(width=1280, height=800)
LOOKS: list[tuple[str, Literal["light", "dark"], ViewportSize]] = [("en", "light", WIDE), ("ar", "dark", NARROW)]
STRICT = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = [
    f"{path}?{needs.query}".format_map({"slug": SLUG, **needs.names}).rstrip("?")
    for (method, path), rows in ROUTES.items()
    for needs in rows
    if method == "GET" and not needs.part
]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What can be reached by Tab; of the choices of one group Tab reaches one.
REACHABLE = """() => {
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  const shown = [...all].filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility());
  const group = (one) => one.type === "radio" ? one.name : one;
  window.reached = new Set();
  document.addEventListener("focusin", ({ target }) => reached.add(group(target)));
  window.missed = () => [...new Set(shown.map(group))].filter((one) => !reached.has(one)).map((one) => one.outerHTML ?? one);
  const parts = (one) => one.type === "datetime-local" ? 7 : 1; // a day has a stop at each of its figures
  return shown.reduce((sum, one) => sum + parts(one), 0);
}"""


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY, speed=0)


async def test_each_page_is_for_everyone(database: Database, clock: Clock) -> None:
    inside, faults = await full_desk.plant(database), list[str]()

    async with full_desk.served(database, clock) as url, chromium() as browser:
        for language, scheme, viewport in LOOKS:
            await _reads(database, language)
            context = await browser.new_context(color_scheme=scheme, viewport=viewport, locale=language)
            await context.add_cookies([{"name": COOKIE, "value": inside.organiser, "url": url}])
            page = await context.new_page()
            note(page, faults)
            for path in PAGES:
                await page.goto(f"{url}{path}", wait_until="networkidle")  # what a page asks for itself is on it then
                faults += [f"{path} in {language}: {each}" for each in await _lacking(page)]

    assert faults == [], "\n".join(faults)


async def _reads(database: Database, language: str) -> None:
    async with database.sessions.begin() as session:
        await session.execute(update(Person).values(language=language))


async def _lacking(page: Page) -> list[str]:
    """What keeps somebody from using the page as it stands."""
    found = [
        f"{each['id']}: {node['html'][:200]}"
        for each in (await Axe().run(page, options=STRICT)).response["violations"]
        for node in each["nodes"]
    ]
    reachable = await page.evaluate(REACHABLE)
    for _ in range(2):  # what takes the focus for itself while the page settles may be jumped over the first time
        for _ in range(reachable + 1):
            await page.keyboard.press("Tab")
        if not await page.evaluate("missed()"):
            break
    found += [f"Tab misses {each[:200]}" for each in await page.evaluate("missed()")]
    await page.set_viewport_size(NARROW)
    if wider := await page.evaluate(WIDER):
        found.append(f"{wider} px wider than the screen")
    return found
