"""A facilitator makes a dialogue at a computer, on one form, alone or with others who write in the chat."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time, timedelta
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from browser import chromium
from desk import ADDRESS, Browser, come_in, signed_in
from playwright.async_api import Page
from sqlalchemy import select
from steps import last, newest, press, say
from world import World

from bot.authoring import Content, DialogueFile, DigestRhythm
from bot.features.dialogues.actions import files
from bot.models import Dialogue, DialogueDraft
from bot.sandbox import Phone

QUESTIONS = [
    {"en": "What has changed in your work?", "es": "¿Qué ha cambiado en su trabajo?", "ar": "ما الذي تغيّر في عملك؟"},
    {"en": "What stood in the way?", "es": "¿Qué lo impidió?", "ar": "ما الذي أعاق ذلك؟"},
    {"en": "What should come next?", "es": "¿Qué debería venir después?", "ar": "ما الخطوة التالية؟"},
]
TITLE = {"en": "Training when time is short", "es": "Formarse cuando falta el tiempo", "ar": "التدريب حين يضيق الوقت"}


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@asynccontextmanager
async def at_the_desk(world: World, phone: Phone, faults: list[str]) -> AsyncIterator[Page]:
    """Chromium, where the link of /desk has led in; what goes wrong there is among the faults."""
    async with chromium() as browser:
        page = await come_in(world, phone, browser, faults, viewport={"width": 1440, "height": 900})
        yield page


async def write(page: Page, label: str, text: str) -> None:
    """Write in a field, leave it, and wait until it is kept."""
    field = page.get_by_label(label, exact=True)
    await field.fill(text)
    await field.press("Tab")
    await page.locator(".field").filter(has=field).get_by_text("Saved").wait_for()


async def violations(page: Page) -> list[str]:
    """What is amiss for those who don't see, or don't use a mouse; in light and in dark."""
    found = []
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme)
        results = await Axe().run(page)
        found += [f"{scheme}: {each['id']}: {each['nodes'][0]['html']}" for each in results.response["violations"]]
    return found


def plain(text: str) -> str:
    """Without the marks around what stands in a sentence."""
    return html.unescape(text).replace("\u2068", "").replace("\u2069", "")


async def draft(world: World) -> Content:
    async with world.database.readers() as session:
        return dict((await session.scalars(select(DialogueDraft.content))).one())


async def exported(world: World) -> DialogueFile:
    async with world.database.readers() as session:
        return await files.export_file(session, await session.scalar(select(Dialogue.slug)) or "")


async def test_a_trilingual_dialogue_is_made_from_nothing_on_one_form(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")
    faults = list[str]()
    async with at_the_desk(world, ada, faults) as page:
        await page.get_by_role("link", name="A new dialogue").click()
        found = await violations(page)
        await page.get_by_role("button", name="Three weeks").click()
        for tag in ("Español", "العربية"):
            await page.get_by_role("button", name=f"+ {tag}").click()
            await page.locator(".chip", has_text=tag).wait_for()
        await page.get_by_role("textbox", name="Another city").fill("London")
        await page.get_by_role("button", name="Another city: Choose").click()
        await page.get_by_role("button", name="London").first.click()
        await page.get_by_text("2026 at 09:00").first.wait_for()
        for tag, name in (("en", "English"), ("es", "Spanish"), ("ar", "Arabic")):
            await write(page, f"Title, {name}", TITLE[tag])
            for number, question in enumerate(QUESTIONS, 1):
                await write(page, f"Question {number}, Question, {name}", question[tag])
        await page.get_by_text("Nothing is wrong with it.").wait_for()
        found += await violations(page)
        await page.get_by_label("In which language?").select_option("es")
        await page.get_by_role("button", name="See it as a member").click()
        await page.locator(".leaf").first.wait_for()
        seen = await page.locator("#preview").inner_text()
        await page.get_by_role("link", name="Ready").click()
        told = await page.locator("main").inner_text()
        found += await violations(page)
        await page.get_by_role("button", name="Ready").click()
        made = await page.locator("main").inner_text()
    await world.settle()

    file = await exported(world)
    assert (found, faults) == ([], [])
    assert "Formarse cuando falta el tiempo" in seen
    assert "Question 1: from Monday 7 December 2026 at 09:00" in plain(told)
    assert "is ready" in made
    assert file.languages == ("en", "es", "ar")
    assert file.title == TITLE
    assert [dict(each.text) for each in file.questions] == QUESTIONS
    assert f"{file.starts:%d.%m.%Y %H:%M} {file.timezone}" == "07.12.2026 09:00 Europe/London"


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of all sections of the form, as it came."""
    found = dict(re.findall(r'<input type="hidden"[^>]* ?name="([^"]+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<input type="(?:text|datetime-local)"[^>]*? name="([^"]+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL))
    return {html.unescape(name): html.unescape(value) for name, value in found.items()}


async def make_draft(browser: Browser, key: str, *languages: str, zone: str = "Europe/London") -> str:
    """Begin an empty draft without scripts; returns its form."""
    await browser.post("/desk/-/new", key=key, **{"from": "empty"}, template="week")
    for tag in languages:
        await browser.post("/desk/-/drafts/1", key=key, section="languages", do=f"language:{tag}")
    _, page = await browser.post("/desk/-/drafts/1", key=key, section="days", do=f"zone:{zone}")
    return page


async def test_without_scripts_a_section_is_saved_at_once_and_a_dialogue_is_made(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")
    async with signed_in(world, ada) as (browser, key):
        _, chosen = await browser.get("/desk")
        form = form_of(await make_draft(browser, key, "es")) | {"key": key}
        form |= {"put|title|en": "Care <at> work", "put|title|es": "Cuidados", "section": "title"}
        form |= {f"put|questions[{number}].text|en": f"What was step {number}?" for number in range(3)}
        form |= {"put|questions[0].prompts|en": "- One\r\n- Two", "put|questions[2].opens|": "2026-12-20T18:00"}
        _, saved = await browser.post("/desk/-/drafts/1", **form)
        _, changes = await browser.get("/desk/-/drafts/1/changes")
        seen = form_of(changes)["seen"]
        _, made = await browser.post("/desk/-/drafts/1/ready", key=key, seen=seen)
        again, gone = await browser.post("/desk/-/drafts/1/ready", key=key, seen=seen)

    file = await exported(world)
    assert "A new dialogue" in chosen
    assert "Care &lt;at&gt; work" in saved
    assert "Sunday 20 December 2026 at 18:00" in saved
    assert "is ready" in made
    assert (again, "it became a dialogue" in gone) == (404, True)
    assert (file.slug, file.title) == ("care-at-work", {"en": "Care <at> work", "es": "Cuidados"})
    assert file.questions[0].prompts == {"en": ("One", "Two")}
    assert f"{file.question_opens(2)}" == "2026-12-20 18:00:00"


async def test_questions_are_added_moved_and_taken_away_with_what_is_written_meanwhile(
    world: World, ada: Phone
) -> None:
    await say(world, ada, "/start")
    async with signed_in(world, ada) as (browser, key):
        form = form_of(await make_draft(browser, key)) | {"key": key, "section": "questions"}
        form |= {f"put|questions[{number}].text|en": f"{number}?" for number in range(3)}
        _, page = await browser.post("/desk/-/drafts/1", **form, do="add")
        form = form_of(page) | {"key": key, "section": "questions", "put|questions[3].text|en": "3?"}
        _, page = await browser.post("/desk/-/drafts/1", **form, do="up:3")
        form = form_of(page) | {"key": key, "section": "questions"}
        _, page = await browser.post("/desk/-/drafts/1", **form, do="drop:0")
        stale = await browser.post("/desk/-/drafts/1", **form, do="drop:0")

    assert [each["text"]["en"] for each in (await draft(world))["questions"]] == ["1?", "3?", "2?"]
    assert "Nothing was moved or taken away" in stale[1]


async def test_a_language_with_texts_goes_once_that_is_meant_and_another_is_typed(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")
    async with signed_in(world, ada) as (browser, key):
        form = form_of(await make_draft(browser, key, "es")) | {"key": key, "put|title|es": "Cuidados"}
        await browser.post("/desk/-/drafts/1", **form)
        about = {"key": key, "section": "languages"}
        _, asked = await browser.post("/desk/-/drafts/1", **about, do="language:es")
        kept = (await draft(world))["languages"]
        await browser.post("/desk/-/drafts/1", **about, do="without:es")
        _, unknown = await browser.post("/desk/-/drafts/1", **about, do="languages", language="Klingonish")
        await browser.post("/desk/-/drafts/1", **about, do="languages", language="Swahili, pt-BR")
        forged = [
            (await browser.post("/desk/-/drafts/1", **about, do=deed))[0]
            for deed in ("language:no such", "drop:x", "zone:Mars", "no_event:7", "nothing")
        ]

    assert "1 text in Spanish would be lost." in plain(asked)
    assert kept == ["en", "es"]
    assert "know a language of this name" in plain(unknown)
    assert (await draft(world))["languages"] == ["en", "sw", "pt-BR"]
    assert forged == [200] * 5


async def written_in_chat(world: World, bea: Phone, browser: Browser, key: str) -> None:
    """Bea has taken up the draft by a link from the desk, and is at the page of its title in the chat."""
    _, shared = await browser.post("/desk/-/drafts/1/share", key=key, name="Ada", language="")
    word = re.search(r"start=(\w+[\w-]*)", shared)
    assert word is not None
    await bea.opens_link(word[1])
    await world.settle()
    await press(world, bea, newest(bea, "drafthand:"))
    await press(world, bea, newest(bea, "draft:2:title"))


async def test_one_writes_on_the_form_and_another_in_the_chat_and_nothing_is_written_over(
    world: World, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    async with signed_in(world, ada) as (browser, key):
        await make_draft(browser, key, "es")
        await written_in_chat(world, bea, browser, key)
        _, page = await browser.get("/desk/-/drafts/1")
        form = form_of(page)
        field = {"key": key, "put|title|en": "Work", "seen|title|en": form["seen|title|en"]}
        await say(world, bea, "en: Care")
        _, met = await browser.post("/desk/-/drafts/1/field", **field)
        stood = (await draft(world))["title"]
        _, other = await browser.post(
            "/desk/-/drafts/1/field", key=key, **{"put|title|es": "Trabajo", "seen|title|es": form["seen|title|es"]}
        )
        field |= {"seen|title|en": form_of(met)["seen|title|en"]}
        await browser.post("/desk/-/drafts/1/field", **field)
        await press(world, bea, newest(bea, "draft:2:more"))
        told = last(bea)
        _, reloaded = await browser.get("/desk/-/drafts/1")

    assert "“Bea” has changed this meanwhile. It says now:" in plain(met)
    assert "Care" in met
    assert stood == {"en": "Care"}
    assert "Saved" in other
    assert "is changing this draft, too" in other
    assert (await draft(world))["title"] == {"en": "Work", "es": "Trabajo"}
    assert "«Ada» ha cambiado entretanto: Título" in plain(told)
    assert "has changed meanwhile: Title" in plain(reloaded)


async def test_who_translates_writes_one_language_and_sees_nothing_else(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/start")
    async with signed_in(world, ada) as (browser, key):
        form = form_of(await make_draft(browser, key, "es", "fr")) | {"key": key, "section": "title"}
        await browser.post("/desk/-/drafts/1", **{**form, "put|title|en": "Care"})
        _, shared = await browser.post("/desk/-/drafts/1/share", key=key, language="es")
    word = re.search(r"start=([\w-]+)", shared)
    assert word is not None
    await bea.opens_link(word[1])
    await world.settle()
    await press(world, bea, newest(bea, "drafthand:"))

    async with signed_in(world, bea) as (browser, key):
        _, chosen = await browser.get("/desk")
        _, page = await browser.get("/desk/-/drafts/2")
        sent = {name: value for name, value in form_of(page).items() if name.startswith("seen")}
        refused = [
            (await browser.post("/desk/-/drafts/2/field", key=key, **{"put|title|fr": "Soins", "seen|title|fr": ""}))[
                0
            ],
            (await browser.post("/desk/-/drafts/2/field", key=key, **{"put|names|": "real", "seen|names|": ""}))[0],
            (await browser.post("/desk/-/drafts/2", key=key, section="questions", do="add"))[0],
            (await browser.post("/desk/-/drafts/2/ready", key=key, seen=""))[0],
            (await browser.post("/desk/-/drafts/2/share", key=key))[0],
            (await browser.post("/desk/-/drafts/2/discard", key=key))[0],
            *[(await browser.get(f"/desk/-/drafts/2/{page}"))[0] for page in ("preview", "changes", "file.yaml")],
            (await browser.get("/desk/-/drafts/1"))[0],
            (await browser.get("/desk/-/new"))[0],
        ]
        _, saved = await browser.post("/desk/-/drafts/2/field", key=key, **{**sent, "put|title|es": "Cuidados"})

    assert "Traducir: Care" in chosen
    assert list(sent) == ["seen|title|es"]
    assert refused == [409] * 9 + [404, 200]
    assert (await draft(world))["title"] == {"en": "Care", "es": "Cuidados"}
    assert "Guardado" in saved


VALUES = {
    "ends": "2027-01-15T18:00",
    "send_at": "dialogue",
    "quiet_hours": "none",
    "reminder": "3 days",
    "digest.every": "2 weeks",
    "digest.at": "08:30",
    "digest.day": "mon",
    "retention.identities": "6 months",
    "retention.files": "3 months",
    "retention.dialogue": "2 years",
    "events[0].starts": "2026-12-16T15:00",
    "events[0].lasts": "90 minutes",
    "events[0].link": "https://example.org/call",
    "events[0].languages": "English, Spanish",
    "events[0].speakers": "Ann\r\nBob",
    "events[0].recording": "https://example.org/seen",
    "sources[0].url": "https://example.org/book",
}
TEXTS = {"events[0].title": "A call", "events[0].notes": "What came of it.", "sources[0].title": "A book"}


async def test_what_a_dialogue_file_can_say_can_be_said_on_the_form(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")
    async with signed_in(world, ada) as (browser, key):
        form = form_of(await make_draft(browser, key)) | {"key": key, "put|title|en": "Care", "section": "title"}
        form |= {f"put|questions[{number}].text|en": f"{number}?" for number in range(3)}
        await browser.post("/desk/-/drafts/1", **form, do="event")
        _, page = await browser.post("/desk/-/drafts/1", key=key, section="sources", do="source")
        form = form_of(page) | {"key": key, "section": "events"}
        form |= {f"put|{place}|": value for place, value in VALUES.items()}
        form |= {f"put|{place}|en": text for place, text in TEXTS.items()}
        lacking = [place for place in VALUES if f'name="put|{place}|"' not in page]
        _, saved = await browser.post("/desk/-/drafts/1", **form)
        refused = {"key": key, "put|reminder|": "soon", "seen|reminder|": form_of(saved)["seen|reminder|"]}
        _, odd = await browser.post("/desk/-/drafts/1/field", **refused)
        rhythm = {"key": key, "put|every|": "2 weeks", "seen|every|": form_of(saved)["seen|every|"]}
        _, moved = await browser.post("/desk/-/drafts/1/field", **rhythm)
        _, changes = await browser.get("/desk/-/drafts/1/changes")
        await browser.post("/desk/-/drafts/1/ready", key=key, seen=form_of(changes)["seen"])

    file = await exported(world)
    assert lacking == []
    assert "soon" in odd
    assert 'id="ends" hx-swap-oob="true"' in moved
    assert (file.ends, file.send_at, file.quiet_hours) == (None, "dialogue", None)
    assert (file.reminder, file.digest) == (
        timedelta(days=3),
        DigestRhythm(every=timedelta(days=14), at=time(8, 30), day="mon"),
    )
    kept = {key: length.days if length else None for key, length in file.retention}
    assert kept == {"identities": 180, "files": 90, "dialogue": 730}
    (event,), (source,) = file.events, file.sources
    assert (event.lasts, event.languages, event.speakers) == (timedelta(minutes=90), ("en", "es"), ("Ann", "Bob"))
    assert (event.recording, event.notes) == ("https://example.org/seen", {"en": "What came of it."})
    assert (source.title, source.url) == ({"en": "A book"}, "https://example.org/book")
