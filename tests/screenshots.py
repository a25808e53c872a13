"""The pictures of the documentation: the sandbox's page on a phone-wide screen, and the desk, while a dialogue is played (make docs).

`python tests/screenshots.py README` makes the one picture that is committed, since forges show it: that of the demo.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import story
from browser import chromium
from PIL import Image
from playwright.async_api import Browser, Page

from bot import authoring, demo
from bot.sandbox import Phone

DOCS = Path(__file__).parents[1] / "docs"
PICTURES = DOCS / "pictures"
WIDTH, TALLEST = 390, 1040  # of a phone, in CSS pixels
DESK, DESK_HEIGHT = 1100, 780  # of a browser on a small computer
SCALE = 1.5
COLOURS = 48  # a chat has few; so a picture is a third as large
# One phone alone, as tall as what it shows: its newest messages, without what the page says in English or by UTC.
ALONE = """
.bar, #hint, .phone:not(#phone-PERSON), .pill, .language, .note, .block, .latest, .details { display: none !important }
.tools { visibility: hidden !important }
.message:has(~ :nth-last-child(NEWEST of .message)) { display: none !important }
html, body, #phones { display: block !important; height: auto !important; overflow: visible !important; padding: 0 !important }
.phone { border: 0 !important; border-radius: 0 !important; box-shadow: none !important }
.screen { max-height: TALLESTpx; overflow: hidden }
.message { animation: none !important }
.composer textarea::placeholder { color: transparent !important }
"""


def names(languages: Collection[str] = story.CAST) -> list[str]:
    """All pictures of a story in these languages."""
    of_members = [f"{picture}-{language}" for language in languages for picture in story.FOR_MEMBERS]
    return [*of_members, *story.FOR_MODERATORS, *story.AT_THE_DESK]


class Camera:
    """Takes pictures of phones on the sandbox's page, and of the desk, those that are wanted, into a folder."""

    def __init__(self, browser: Browser, page: Page, folder: Path, wanted: Collection[str]) -> None:
        self._browser, self._page, self._folder, self._wanted = browser, page, folder, wanted

    async def take(self, name: str, phone: Phone, newest: int) -> None:
        """The phone with so many of its newest messages."""
        if name not in self._wanted:
            return
        await self._page.reload()  # all as it stands now
        shown = self._page.locator(f"#phone-{phone.user_id}")
        await shown.locator(".message").first.wait_for()
        style = ALONE.replace("PERSON", str(phone.user_id)).replace("NEWEST", str(newest))
        await self._page.add_style_tag(content=style.replace("TALLEST", str(TALLEST)))
        await self._page.wait_for_function("Array.from(document.images).every(each => each.complete)")
        self._keep(name, await shown.screenshot())

    async def visit(self, name: str, entrance: str, address: str) -> None:
        """A page of the desk, into which a link lets."""
        if name not in self._wanted:
            return
        desk = await _opened(self._browser, entrance, width=DESK, height=DESK_HEIGHT)
        await desk.locator("button.primary").click()
        await desk.goto(address)
        await desk.wait_for_load_state("networkidle")
        self._keep(name, await desk.screenshot())
        await desk.close()

    def _keep(self, name: str, png: bytes) -> None:
        self._folder.joinpath(f"{name}.webp").write_bytes(_small(png))


def _small(png: bytes) -> bytes:
    """A picture for slow lines: in few colours, without loss."""
    picture, small = Image.open(BytesIO(png)).convert("RGB"), BytesIO()
    picture.quantize(COLOURS).convert("RGB").save(small, "WEBP", lossless=True, method=6)
    return small.getvalue()


@asynccontextmanager
async def camera(url: str, folder: Path, wanted: Collection[str]) -> AsyncIterator[Camera]:
    """A browser at the sandbox's page, as wide as a phone."""
    async with chromium() as browser:
        yield Camera(browser, await _opened(browser, url, width=WIDTH), folder, wanted)


async def _opened(browser: Browser, url: str, *, width: int, height: int = TALLEST) -> Page:
    page = await browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=SCALE if width == WIDTH else 1,
        color_scheme="light",
        locale="en-GB",
        timezone_id="Africa/Nairobi",  # of the dialogues
        bypass_csp=True,
        reduced_motion="reduce",
    )
    await page.goto(url)
    return page


async def take_demo() -> None:
    """The demo's page as it stands when the first reminder has come."""
    dialogue = authoring.read(authoring.EXAMPLE.read_bytes()).dialogue
    assert dialogue is not None
    with tempfile.TemporaryDirectory() as scratch:
        async with (
            demo.playing(dialogue, demo.CAST, Path(scratch) / "demo.db", port=0) as playing,
            chromium() as browser,
        ):
            playing.clock.set_speed(0)
            until, following = playing.clock.now() + timedelta(days=7), asyncio.ensure_future(playing.follow_script())
            while (moment := await playing.next_event()) is not None and moment < until:
                playing.clock.advance_to(max(moment, playing.clock.now()))
                await asyncio.sleep(2 * demo.TICK_SECONDS)
                assert playing.bot is not None
                await playing.bot.tick()
            following.cancel()
            page = await _opened(browser, playing.sandbox.url, width=330 * len(demo.CAST))
            await page.add_style_tag(content="#phones { scroll-behavior: auto } .phone.group, #hint { display: none }")
            await page.wait_for_timeout(500)  # charts are loaded, and the page keeps to their beginning
            await page.evaluate(
                "document.querySelectorAll('.log').forEach(log => { log.scrollTop = log.scrollHeight })"
            )
            await page.wait_for_timeout(500)
            picture = Image.open(BytesIO(await page.screenshot())).convert("RGB")
            picture.quantize(256).save(DOCS / "demo.png", optimize=True)


async def take(wanted: Collection[str]) -> None:
    """Play the dialogue, and take these pictures of it for the pages."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        async with story.told(Path(scratch)) as world, camera(world.sandbox.url, PICTURES, wanted) as taking:
            await story.play(world, taking.take, taking.visit)


if __name__ == "__main__":
    asyncio.run(take_demo() if sys.argv[1:] == ["README"] else take(sys.argv[1:] or names()))
