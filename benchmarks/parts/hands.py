"""Someone's hands and eyes at a page in Chromium: what they do is done for real, and counted (keystroke-level model).

Seconds of a person are an estimate: Card, Moran and Newell's model with its averages (a key 0.28 s, pointing 1.1, moving between
mouse and keyboard 0.4, thinking before an act 1.2), 200 words a minute read, and 19 words a minute composed at the keyboard, the
typing included (Karat, Halverson, Horn and Karat, CHI 1999). A click, and a turn of the wheel, count as pointing and a key.
"""

import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Locator, Page, Request, expect

KEY, POINT, HOME, THINK = 0.28, 1.1, 0.4, 1.2  # seconds
READ, COMPOSE = 200 / 60, 19 / 60  # words a second
TURN = 0.8  # of the screen's height
PATIENCE = 60_000  # milliseconds

# Where the words stand on the screen, the first and the last letter: what a mouse is drawn over.
ENDS = """(element, words) => {
  const all = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const from = element.textContent.indexOf(words);
  const place = (offset) => {
    all.currentNode = element;
    for (let node = all.nextNode(); node; node = all.nextNode()) {
      if (offset < node.length) {
        const letter = new Range();
        letter.setStart(node, offset);
        letter.setEnd(node, offset + 1);
        return letter.getClientRects()[0];
      }
      offset -= node.length;
    }
  };
  const first = place(from), last = place(from + words.length - 1);
  return [first.left, (first.top + first.bottom) / 2, last.right, (last.top + last.bottom) / 2];
}"""

# Whether the page can't be scrolled on, and where what comes next is.
AT_END = """(more) => [
  innerHeight + scrollY >= document.documentElement.scrollHeight - 2, document.querySelector(more)?.getAttribute("hx-get") ?? null,
]"""


@dataclass
class Effort:
    """What was done: acts by kind, words read, words composed and pasted by language, seconds waited for the tool."""

    did: Counter[str] = field(default_factory=Counter)
    composed: Counter[str] = field(default_factory=Counter)
    pasted: Counter[str] = field(default_factory=Counter)
    read: int = 0
    waits: list[float] = field(default_factory=list)

    @property
    def handling(self) -> float:
        """The seconds of hands and of thinking before each act, without words composed or read."""
        did = self.did
        points = did["clicks"] + did["turns of the wheel"] + 2 * did["words selected"]
        presses = did["clicks"] + did["turns of the wheel"] + 2 * did["words selected"] + did["keys"]
        return presses * KEY + points * POINT + did["hand moved"] * HOME + did["acts"] * THINK

    @property
    def reading(self) -> float:
        """The seconds of reading."""
        return self.read / READ

    @property
    def waited(self) -> float:
        """The seconds waited for the tool."""
        return sum(self.waits)

    @property
    def pasting(self) -> float:
        """The seconds of reading over what is pasted."""
        return self.pasted.total() / READ

    def composing(self, *languages: str) -> float:
        """The seconds of composing in some languages."""
        return sum(self.composed[each] for each in languages) / COMPOSE

    def reading_over(self, *languages: str) -> float:
        """The seconds of reading over what a colleague or a service has composed in these."""
        return sum(self.composed[each] for each in languages) / READ


@dataclass
class Hands:
    """Hands at a page; `ready` is always what is there once the page has done what was asked of it."""

    page: Page
    effort: Effort = field(default_factory=Effort)
    _at_mouse: bool = True

    def __post_init__(self) -> None:
        self.page.on("load", lambda _: self._count("pages loaded"))
        self.page.on("request", self._loads)

    def _loads(self, request: Request) -> None:
        if request.resource_type in {"xhr", "fetch"}:
            self._count("parts loaded")

    def _count(self, what: str, times: int = 1) -> None:
        self.effort.did[what] += times

    def _act(self, *, mouse: bool, thinks: bool = True) -> None:
        self._count("acts", int(thinks))
        self._count("hand moved", int(mouse != self._at_mouse))
        self._at_mouse = mouse

    @asynccontextmanager
    async def waiting(self, ready: Locator | None) -> AsyncIterator[None]:
        """What is asked within, until the page is `ready`."""
        begun = time.perf_counter()
        yield
        if ready is not None:
            await ready.first.wait_for(state="attached", timeout=PATIENCE)
        self.effort.waits.append(time.perf_counter() - begun)

    async def click(self, what: Locator, ready: Locator | None = None) -> None:
        """Click, once it was scrolled to."""
        await self.scroll_to(what)
        self._act(mouse=True)
        self._count("clicks")
        async with self.waiting(ready):
            await what.click(timeout=PATIENCE)

    async def follow(self, what: Locator, ready: Locator) -> None:
        """Click what leads to another page, and wait until that is there."""
        await self.scroll_to(what)
        self._act(mouse=True)
        self._count("clicks")
        async with self.waiting(ready), self.page.expect_navigation(timeout=PATIENCE):
            await what.click(timeout=PATIENCE)

    async def press(self, key: str, ready: Locator | None = None, *, times: int = 1, thinks: bool = True) -> None:
        """Press a key, or several together."""
        self._act(mouse=False, thinks=thinks)
        self._count("keys", times * len(key.split("+")))
        async with self.waiting(ready):
            for _ in range(times):
                await self.page.keyboard.press(key)

    async def write(self, texts: Mapping[str, str], *, labelled: bool = False) -> None:
        """Type texts where the cursor is, a line for each language."""
        self._act(mouse=False)
        lines = [f"{tag}: {text}" if labelled else text for tag, text in texts.items()]
        self._count("characters typed", len("\n".join(lines)))
        for tag, text in texts.items():
            self.effort.composed[tag] += len(text.split())
        # At once: the page gets what typing would leave, without a minute for each sentence.
        await self.page.keyboard.insert_text("\n".join(lines))

    async def paste(self, text: str, language: str) -> None:
        """Fetch a text from another window, and put it in the place of what stands where the cursor is."""
        self._act(mouse=True)
        self._count("clicks", 2)
        self._count("words selected")
        self._count("characters pasted", len(text))
        self.effort.pasted[language] += len(text.split())
        self._count("keys", 4)  # copy there, and paste here
        await self.press("Control+a")
        await self.page.keyboard.insert_text(text)

    async def turn(self, *, down: bool = True) -> None:
        """Turn the wheel."""
        self._act(mouse=True, thinks=False)
        self._count("turns of the wheel")
        height = self.page.viewport_size["height"] if self.page.viewport_size else 1000
        await self.page.mouse.wheel(0, height * (TURN if down else -TURN))
        await self.page.wait_for_timeout(40)  # a frame or two until it has moved; no wait for the tool

    async def scroll_to(self, what: Locator) -> None:
        """Turn the wheel until all of it, or its beginning, is on the screen."""
        for _ in range(100):
            box = await what.bounding_box()
            height = await self.page.evaluate("innerHeight")
            if box is None or (box["y"] >= 0 and box["y"] + min(box["height"], height / 2) <= height):
                break
            before = await self.page.evaluate("scrollY")
            await self.turn(down=box["y"] > 0)
            if await self.page.evaluate("scrollY") == before:
                break

    async def select(self, element: Locator, words: str) -> None:
        """Draw the mouse over words."""
        await self.scroll_to(element)
        await element.scroll_into_view_if_needed()
        self._act(mouse=True)
        self._count("words selected")
        left, top, right, bottom = await element.evaluate(ENDS, words)
        mouse = self.page.mouse
        await mouse.move(left + 0.5, top)
        await mouse.down()
        await mouse.move(right - 0.5, bottom, steps=4)
        await mouse.up()
        chosen = await self.page.evaluate("getSelection().toString()")
        assert chosen == words, f"{chosen!r} was selected, not {words!r}"

    async def read(self, texts: Locator, *, more: str) -> int:
        """Read all that stands in the texts of a page by scrolling alone, as long as there is `more` (a selector); how many texts."""
        while True:
            await self.turn()
            is_end, place = await self.page.evaluate(AT_END, more)
            if is_end and place is None:
                break
            if is_end:
                async with self.waiting(None):
                    await expect(self.page.locator(f"[hx-get='{place}']")).to_have_count(0, timeout=PATIENCE)
        said = await texts.all_inner_texts()
        self.effort.read += sum(len(re.findall(r"\S+", each)) for each in said)
        return len(said)
