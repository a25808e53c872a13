"""How long a facilitator takes from thirty replies in three languages to a published Summary in these, at the desk in Chromium.

All of it is done by the pages alone, as by a careful person: the bot's link, reading, words under key points, order, translations, Background,
further questions, differences, the right of reply, publication; the members get it. Counted are clicks, keys and the seconds waited for the
tool; the person's minutes are an estimate (parts/hands.py). Then many replies to one question are read in full, by scrolling alone.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from parts import browsing, repair
from parts.hands import Effort, Hands
from parts.table import Row, at_least, at_most, show
from parts.talk import PATIENCE, Talk, talked
from playwright.async_api import BrowserContext, Locator, Page, ViewportSize
from reading import NOW, READER, fill

from bot import database
from bot.features.desk.pages.frame import COOKIE
from bot.models import Member, Role

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from browser import chromium

SCREEN = ViewportSize(width=1440, height=900)
IN_THE_LOOM = ((0, 3), (1, 3), (2, 2))
"""The key points (question, place) that are written in English in the reading room, and in the other languages in the loom."""
DIFFERING = (0, 2)
"""The key point that is written with a number in words in Spanish, and without its link in French: the loom marks both."""
FURTHER = "[hx-trigger=revealed]"
LOOM = "header nav a[href$='/loom']"
COUNTED = (
    *("clicks", "keys", "words selected", "turns of the wheel", "characters typed", "characters pasted"),
    *("pages loaded", "parts loaded"),
)
LOOK_SECONDS = 0.5
OF_THE_TOOL, OF_THE_PERSON = 10, 45  # minutes


async def come_in(talk: Talk, hands: Hands) -> None:
    """By the bot's link, into the reading room."""
    page, room = hands.page, hands.page.get_by_role("link", name="Reading room")
    hands.effort.did["characters typed"] += len("/desk\n")
    async with hands.waiting(page.locator("button.primary")):
        await page.goto(await talk.link())
    await hands.follow(page.locator("button.primary"), room)
    await hands.follow(room, page.locator("article.reply"))


async def read_all(hands: Hands, questions: int) -> int:
    """Every question's replies, from the first letter to the last; how many."""
    total, page = 0, hands.page
    for question in range(questions):
        await hands.follow(_question(page, question), page.locator("article.reply"))
        total += await hands.read(page.locator("[data-original]"), more=FURTHER)
    return total


def _question(page: Page, question: int) -> Locator:
    return page.locator(".side nav").first.locator("a").nth(question)


async def cite_all(hands: Hands, questions: int) -> None:
    """Select words in each reply and put them under a key point, a new one or one there is."""
    page = hands.page
    for question in range(questions):
        await hands.follow(_question(page, question), page.locator("article.reply"))
        there: list[int] = []  # the key points, in the order in which the list has them
        for said in reversed(repair.replies(question)):  # the newest stands first
            text = page.locator("[data-original]").filter(has_text=said.words)
            await hands.select(text, said.words)
            await hands.press("p")
            if said.point in there:
                await hands.press("ArrowDown", times=there.index(said.point) + 1)
            else:
                if there:
                    await hands.press("Tab", thinks=False)
                await _write_point(hands, question, said.point)
                there.append(said.point)
            await hands.press("Control+Enter", page.locator("article.reply", has=text).locator("mark"))


async def _write_point(hands: Hands, question: int, point: int) -> None:
    texts = dict(repair.points(question)[point])
    if (question, point) in IN_THE_LOOM:
        await hands.write({"en": texts["en"]})
        return
    if (question, point) == DIFFERING:
        texts["es"] = texts["es"].replace("2 de cada 3", "dos de cada tres")
        texts["fr"] = texts["fr"].replace("[", "").replace("](https://example.org/list)", "")
    await hands.write(texts, labelled=True)


async def weave(hands: Hands, questions: int) -> None:
    """The loom: order, what lacks in other languages, Background, further questions, and what differs."""
    page = hands.page
    await hands.follow(page.locator(LOOM), page.locator(".thread"))
    moved = page.locator("#rows-1 > li", has_text=repair.points(0)[0]["en"]).locator(".grip")
    await hands.click(moved)
    for place in (2, 1):
        await hands.press("ArrowUp", page.locator(f"#said:has-text('Key point {place}')"))
    for question, point in (each for each in IN_THE_LOOM if each[0] < questions):
        texts = repair.points(question)[point]
        row = await page.locator(f"#rows-{question + 1} > li", has_text=texts["en"]).get_attribute("id")
        for tag in ("es", "fr"):
            await _reword(hands, f"{row}-{tag}", tag, texts)
    for tag in repair.LANGUAGES:
        await _reword(hands, f"background-{tag}", tag, repair.BACKGROUND, pasted=True)
    await hands.click(page.locator("#text-0"))
    for number, texts in enumerate(repair.FURTHER, start=1):
        await hands.write(texts, labelled=True)
        await hands.press("Control+Enter", page.locator(f"#rows-0 > li:nth-child({number})"))
    await _settle(hands)


async def _reword(hands: Hands, cell: str, tag: str, texts: Mapping[str, str], *, pasted: bool = False) -> None:
    place = hands.page.locator(f"#words-{cell}")
    await hands.click(place.locator(".change"), place.locator("textarea"))
    if pasted:
        await hands.paste(texts[tag], tag)
    else:
        await hands.write({tag: texts[tag]})
    await hands.press("Control+Enter", place.locator(".wording"))


async def _settle(hands: Hands) -> None:
    """A forgotten link is put in, and all that then still differs is let stand."""
    page, open_marks = hands.page, hands.page.locator(".marks form")
    cell = await page.locator(".marks", has_text="links").first.get_attribute("id") or ""
    question, point = DIFFERING
    await _reword(hands, cell.removeprefix("marks-"), "fr", repair.points(question)[point], pasted=True)
    while left := await open_marks.count():
        await hands.click(open_marks.first.locator("button"))
        async with hands.waiting(None):
            await page.wait_for_function("n => document.querySelectorAll('.marks form').length < n", arg=left)


async def consult(hands: Hands) -> None:
    """Show contributors what rests on their words."""
    page, button = hands.page, hands.page.get_by_role("button", name="Ask contributors")
    await hands.follow(page.locator("a.primary[href$=publish]").first, button)
    await hands.follow(button, page.locator("p.card[role=status]"))


async def publish(hands: Hands) -> None:
    """When the three days are over, publish."""
    page, button = hands.page, hands.page.get_by_role("button", name="Publish to")
    await hands.follow(page.locator(LOOM), page.locator(".thread"))
    await hands.follow(page.locator("a.primary[href$=publish]").first, button)
    await hands.follow(button, page.get_by_text("Published, issue 1."))


async def in_their_language(talk: Talk) -> int:
    """How many members get the Summary in their language, within some time."""
    ends = time.monotonic() + PATIENCE
    while (got := _got(talk)) < len(talk.members) and time.monotonic() < ends:  # noqa: ASYNC110 - as people look
        await asyncio.sleep(LOOK_SECONDS)
    return got


def _got(talk: Talk) -> int:
    files = [
        [message["document"]["file_name"] for message in phone.received if "document" in message]
        for phone in talk.members
    ]
    named = [f"summary-{repair.SLUG}-{tag}." for tag in repair.SPEAKERS]
    return sum(any(each.startswith(name) for each in got) for got, name in zip(files, named, strict=True))


async def play(questions: int) -> list[Row]:
    """From the bot's link to the published Summary."""
    with tempfile.TemporaryDirectory() as folder:
        async with talked(Path(folder)) as talk, chromium() as browser:
            hands = Hands(await _page(await browser.new_context(viewport=SCREEN)))
            await come_in(talk, hands)
            read = await read_all(hands, questions)
            await cite_all(hands, questions)
            await weave(hands, questions)
            await consult(hands)
            await talk.until(talk.clock.now() + timedelta(hours=73))
            await come_in(talk, hands)
            await publish(hands)
            got = await in_their_language(talk)
            return [
                *figures(hands.effort),
                Row("replies read in full", read, goal=at_least(questions * len(repair.SPEAKERS))),
                Row("members who got it in their language", got, goal=at_least(len(talk.members))),
            ]


async def _page(context: BrowserContext) -> Page:
    page = await context.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    return page


def figures(effort: Effort) -> list[Row]:
    """The table of what was done."""
    first, *others = repair.LANGUAGES
    rest = effort.handling + effort.reading + effort.pasting
    composed = rest + effort.composing(first, *others)
    aided = rest + effort.composing(first) + effort.reading_over(*others)
    return [
        *[Row(what, effort.did[what]) for what in COUNTED],
        Row("waited for the tool, minutes", effort.waited / 60, goal=at_most(OF_THE_TOOL)),
        Row("the longest wait, seconds", max(effort.waits)),
        Row("estimate: hands, minutes", effort.handling / 60),
        Row("estimate: reading, minutes", effort.reading / 60),
        Row("estimate: who composes all languages, minutes", composed / 60, goal=at_most(OF_THE_PERSON)),
        Row("estimate: who reads translations over, minutes", aided / 60, goal=at_most(OF_THE_PERSON)),
    ]


async def read_many(replies: int) -> list[Row]:
    """One question with so many replies, read in full."""
    with tempfile.TemporaryDirectory() as folder:
        opened = database.connect(f"sqlite:///{folder}/bench.db")
        await database.upgrade(opened)
        await fill(opened, replies)
        async with opened.sessions.begin() as session:
            reader = await session.get_one(Member, READER)
            reader.role, person_id = Role.MODERATOR, reader.person_id
        async with browsing.served(opened, person_id, NOW) as (url, secret), chromium() as browser:
            context = await browser.new_context(viewport=SCREEN)
            await context.add_cookies([{"name": COOKIE, "value": secret, "url": url}])
            hands = Hands(await _page(context))
            async with hands.waiting(hands.page.locator("article.reply")):
                await hands.page.goto(f"{url}/desk/care-and-training/replies")
            read = await hands.read(hands.page.locator("[data-original]"), more=FURTHER)
        await opened.close()
    effort = hands.effort
    return [
        Row("replies read in full", read, goal=at_least(replies)),
        Row("clicks and keys", effort.did["clicks"] + effort.did["keys"], goal=at_most(0)),
        Row("turns of the wheel", effort.did["turns of the wheel"]),
        Row("waited for the tool, seconds", effort.waited),
        Row("the longest wait, seconds", max(effort.waits)),
        Row("estimate: hands and reading, minutes", (effort.handling + effort.reading) / 60),
    ]


def main() -> None:
    """Play, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=3, choices=(0, 1, 2, 3), help="with ten replies each; 0: none")
    parser.add_argument("--many", type=int, default=300, help="replies to one question that are read; 0: none")
    told = parser.parse_args()
    if told.questions:
        title = f"From {10 * told.questions} replies in three languages to a published Summary"
        show(title, asyncio.run(play(told.questions)))
    if told.many:
        show(f"{told.many:,} replies to one question, read by scrolling", asyncio.run(read_many(told.many)))


if __name__ == "__main__":
    main()
