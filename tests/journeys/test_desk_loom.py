"""The loom in a browser: a Summary is woven in three languages side by side, from nothing to its publication."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import planting
import pytest
from axe_playwright_python.async_playwright import Axe
from browser import chromium
from desk import ADDRESS, come_in
from planting import MONDAY
from playwright.async_api import Browser, Page
from sqlalchemy import select, update
from steps import join, last, say
from world import World

from bot.features.key_points.actions import support
from bot.models import KeyPoint, Member, Moderation, Person, Reply, Role
from bot.sandbox import Phone

LOOM = "/desk/training/loom"
AT_ONCE = "en: Ask for the hour before you fix it.\nes: Preguntar la hora antes de fijarla.\nfr: Demander l’heure avant de la fixer."
PASTE = """([box, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  box.focus();
  box.select();
  box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
FROM_WORD = (
    "<html><head><style>p {}</style></head><body><p class=MsoNormal>Preguntar la <span style='font-weight:700'>hora</span>, como pide la "
    '<a href="https://example.org/plan(2)">Plataforma</a> y <a href="javascript:alert(1)">otra*</a>.<script>0</script></p></body></html>'
)
PASTED = "Preguntar la **hora**, como pide la [Plataforma](<https://example.org/plan(2)>) y otra\\*."


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
async def talked(world: World, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Bea and Chloé have replied to question 1 of a dialogue in three languages, which Ada moderates."""
    dialogue = planting.dialogue(moderation=Moderation.AFTER, questions=1, languages=["en", "es", "fr"])
    dialogue.questions[0].title = {"en": "Step", "es": "Paso", "fr": "Étape"}
    async with world.database.sessions.begin() as session:
        session.add(dialogue)
    await world.bot.prepare()
    await say(world, ada, "/start")
    await join(world, bea)
    await join(world, chloe)
    await world.until(MONDAY)
    await say(world, bea, "Nadie preguntó a qué hora podíamos.")
    await say(world, chloe, "Nous avons changé l’heure, et elles sont venues.")


@asynccontextmanager
async def at_the_loom(world: World, ada: Phone, browser: Browser, faults: list[str]) -> AsyncIterator[Page]:
    """A page on which the loom is open; what goes wrong in it is kept."""
    page = await come_in(world, ada, browser, faults, LOOM, viewport={"width": 1440, "height": 1000})
    yield page
    await page.context.close()


async def points(world: World) -> list[dict[str, str]]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(KeyPoint.text).order_by(KeyPoint.position)))


async def write(page: Page, cell: str, text: str) -> None:
    """Open a cell, write in it, and save."""
    await page.locator(f"#words-{cell} .change").click()
    await page.locator(f"#words-{cell} textarea").fill(text)
    await page.locator(f"#words-{cell} button.primary").click()
    await page.locator(f"#words-{cell} .wording").wait_for()


async def rest(world: World) -> None:
    """The first key point rests on all that was replied."""
    async with world.database.sessions.begin() as session:
        point = await session.get_one(KeyPoint, 1)
        for reply in await session.scalars(select(Reply)):
            await support.rest_on(session, point, reply_id=reply.id, start=0, end=len(reply.text), now=MONDAY)


async def violations(page: Page, faults: list[str]) -> list[str]:
    """What axe finds wrong, in the light and in the dark; what it does to the page itself is no fault."""
    found, before = list[str](), len(faults)
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        results = await Axe().run(page)
        found += [
            f"{scheme}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in results.response["violations"]
        ]
    del faults[before:]
    return found


async def weave(page: Page) -> tuple[str, str]:
    """A key point in three languages at once, the Background that lacks, and a link that is pasted: what came of it, and its mark."""
    await page.locator("#text-1").fill(AT_ONCE)
    await page.locator("#new-1 button.primary").click()
    await page.locator("#point-1").wait_for()
    await write(page, "background-fr", "Trois semaines, trois questions, et ce que peut la formation.")
    await page.locator("#words-point-1-es .change").click()
    await page.evaluate(PASTE, [await page.locator("#words-point-1-es textarea").element_handle(), FROM_WORD])
    pasted = await page.locator("#words-point-1-es textarea").input_value()
    await page.keyboard.press("Control+Enter")
    await page.locator("#words-point-1-es a[href='https://example.org/plan(2)']").wait_for()
    await page.wait_for_function("document.activeElement?.closest('[id]')?.id === 'words-point-1-es'")
    marks = await page.locator("#marks-point-1-es").inner_text()
    while left := await page.locator(".marks button").count():
        await page.locator(".marks button").first.click()
        await page.wait_for_function("n => document.querySelectorAll('.marks button').length < n", arg=left)
    return pasted, marks.replace("\u2068", "").replace("\u2069", "")


async def arrange(world: World, page: Page) -> list[list[str]]:
    """A second key point is dragged to the first place, moved back by a key, and deleted: their order after each, by first words."""
    orders = []
    await page.locator("#text-1").fill("Care at the venue changes who comes to a training.")
    await page.locator("#new-1 button.primary").click()
    await page.locator("#marks-point-2-fr button").wait_for()
    await page.wait_for_function("document.activeElement?.id === 'text-1'")
    await page.locator("#point-2 .grip").drag_to(page.locator("#words-point-1-en"), target_position={"x": 5, "y": 1})
    await page.locator("#said:has-text('Key point 1')").wait_for(state="attached")
    orders.append(await points(world))
    await page.locator("#point-2 .grip").press("ArrowDown")
    await page.locator("#said:has-text('Key point 2')").wait_for(state="attached")
    orders.append(await points(world))
    await page.locator("#point-2 .foot a").click()
    await page.locator("#more-point-2 details summary").click()
    await page.locator("#more-point-2 details button").click()
    await page.locator("#point-2").wait_for(state="detached")
    orders.append(await points(world))
    return [[text["en"][:3] for text in order] for order in orders]


async def find_sources(page: Page) -> None:
    """Put one of the replies that are offered beside the row under the key point: the count and the words are there at once."""
    await page.locator("#point-1 .foot a").click()
    await page.locator("#like-point-1 a").click()
    await page.locator("#more-point-1 .offer").nth(1).wait_for()
    await page.locator("#more-point-1 .offer form > button").first.click()
    await page.locator("#rests-point-1 .resting").wait_for()
    await page.locator("#sum-point-1:has-text('1 member')").wait_for()
    await page.locator("#voices .missing").wait_for()
    await page.locator("#point-1 .foot a").click()  # folds it again
    await page.locator("#more-point-1 .more").wait_for(state="detached")


async def consult(world: World, page: Page) -> str:
    """Look at the words that the key point rests on, and ask those who said them."""
    await page.reload()
    await page.locator("#point-1 .foot a").click()
    await page.locator(".resting").nth(1).wait_for()
    await page.locator("#more-point-1 select[name=footing]").select_option("moderators")
    await page.locator("#more-point-1 form[action$=found] button").click()
    await page.locator("#sum-point-1:has-text('from the moderators')").wait_for()
    quoted = await page.locator("#more-point-1").inner_text()
    await page.goto(f"{world.bot.server.url}{LOOM}/publish")
    await page.get_by_role("button", name="Ask contributors").click()
    await page.get_by_text("2 members are shown the key points").wait_for()
    return quoted


@pytest.mark.usefixtures("talked")
async def test_a_summary_is_woven_in_three_languages_and_published(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    faults = list[str]()
    async with chromium() as browser:
        async with at_the_loom(world, ada, browser, faults) as page:
            pasted, marks = await weave(page)
            orders = await arrange(world, page)
            document = await page.locator(".paper").inner_text()
            await find_sources(page)
            await rest(world)
            quoted = await consult(world, page)
        await world.pass_time(hours=73)
        async with at_the_loom(world, ada, browser, faults) as page:
            wrong = await violations(page, faults)
            await page.get_by_role("link", name="Publish…").click()
            asked = await page.locator("main").inner_text()
            wrong += await violations(page, faults)
            await page.get_by_role("button", name="Publish to 2 members").click()
            await page.get_by_text("Published, issue 1.").wait_for()
    await world.settle()

    assert pasted == PASTED
    assert "links here: 1, in the source language: 0" in marks
    assert orders == [["Car", "Ask"], ["Ask", "Car"], ["Ask"]]
    assert [list(text) for text in await points(world)] == [["en", "es", "fr"]]
    assert "Ask for the hour before you fix it." in document
    assert "Nadie preguntó a qué hora podíamos." in quoted
    assert "Spanish" in asked
    for phone, tag in ((bea, "es"), (chloe, "fr")):
        assert phone.received[-1]["document"]["file_name"].startswith(f"summary-training-{tag}.")
    assert [faults, wrong] == [[], []]


@pytest.mark.usefixtures("talked")
async def test_from_right_to_left_and_on_a_phone_nothing_is_out_of_reach(world: World, ada: Phone) -> None:
    faults, wide = list[str](), list[int]()
    async with world.database.sessions.begin() as session:
        await session.execute(update(Person).values(language="ar").where(Person.telegram_id == ada.user_id))
    async with chromium() as browser, at_the_loom(world, ada, browser, faults) as page:
        await page.locator("#text-1").fill(AT_ONCE)
        await page.locator("#new-1 button.primary").click()
        await page.locator("#point-1").wait_for()
        await write(page, "point-1-en", "Ask for the hour, and the way, before you fix it.")
        await page.locator("#changes-point-1-es a").click()
        await page.locator("#changes-point-1-es ins").wait_for()
        await page.locator("#words-point-1-fr .change").click()
        await page.locator("#words-point-1-fr textarea").wait_for()
        for width in (1440, 320):
            await page.set_viewport_size({"width": width, "height": 800})
            wide.append(
                await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            )
        direction = await page.evaluate("document.documentElement.dir")
        wrong = await violations(page, faults)

    assert direction == "rtl"
    assert wide == [0, 0]
    assert [faults, wrong] == [[], []]


async def appoint_translator(world: World, phone: Phone) -> None:
    """Have a member translate."""
    async with world.database.sessions.begin() as session:
        member = await session.scalar(select(Member).join(Person).where(Person.telegram_id == phone.user_id))
        assert member is not None
        member.role, member.appointed_at = Role.TRANSLATOR, MONDAY


async def ask_for_french(page: Page) -> str:
    """Say it otherwise in English, see what that changes for the French, and ask for a translation: the words that were put in."""
    await page.locator("#text-1").fill(AT_ONCE)
    await page.locator("#new-1 button.primary").click()
    await page.locator("#point-1").wait_for()
    await write(page, "point-1-en", "Ask for the hour, and for the way home, before you fix it.")
    await page.locator("#changes-point-1-fr a").click()
    put_in = await page.locator("#changes-point-1-fr ins").inner_text()
    await page.locator("#marks-point-1-fr .ask button").click()
    await page.locator("#marks-point-1-fr .chip").wait_for()
    return put_in


async def add_while_another_writes(page: Page, other: Page) -> tuple[str, str]:
    """Put a key point first, while the other one writes, who has it shown: what that one was told, and has in the box then."""
    await other.locator("#words-point-1-fr .change").click()
    await other.locator("#words-point-1-fr ins").wait_for()
    await other.locator("#words-point-1-fr textarea").fill("Demander l’heure et le trajet")
    await page.locator("#text-1").fill("Care at the venue changes who comes to a training.")
    await page.locator("#new-1 button.primary").click()
    await page.locator("#point-2 .grip").press("ArrowUp")
    await page.locator("#said:has-text('Key point 1')").wait_for(state="attached")
    await other.evaluate("htmx.trigger(document.body, 'woven')")  # as after 25 seconds
    await other.locator("#news button").wait_for()
    told = await other.locator("#news").inner_text()
    await other.locator("#news button").click()
    await other.locator("#point-2").wait_for()
    await other.wait_for_function("document.querySelector('[data-point]').id === 'point-2'")
    return told, await other.locator("#words-point-1-fr textarea").input_value()


@pytest.mark.usefixtures("talked")
async def test_a_translator_is_asked_sees_what_changed_and_writes_on_while_another_adds_a_row(
    world: World, ada: Phone, chloe: Phone
) -> None:
    faults = list[str]()
    await appoint_translator(world, chloe)
    async with chromium() as browser, at_the_loom(world, ada, browser, faults) as page:
        put_in = await ask_for_french(page)
        wrong = await violations(page, faults)
        await world.pass_time(minutes=11)
        asked = last(chloe)
        async with at_the_loom(world, chloe, browser, faults) as other:
            yours = await other.locator("#asks").inner_text()
            columns = await other.evaluate("[...document.querySelectorAll('#point-1 .change')].map((a) => a.pathname)")
            others = await other.locator(".grip, .new, .foot form, #voices, a[href$=publish]").count()
            told, written = await add_while_another_writes(page, other)
            wrong += await violations(other, faults)
            await other.locator("#words-point-1-fr textarea").press("Control+Enter")
            await other.locator("#words-point-1-fr .wording").wait_for()
            done = await other.locator("#asks").inner_text()

    assert "and for the way home" in put_in
    assert "1 texte de la synthèse" in asked.replace("\u2068", "").replace("\u2069", "")
    assert "1 traduction vous est demandée" in yours
    assert columns == [f"{LOOM}/cells/point-1/fr"]
    assert others == 0
    assert "1 est nouveau" in told
    assert written == "Demander l’heure et le trajet"
    assert "demandée" not in done
    assert [text["fr"] for text in await points(world) if "fr" in text] == [written]
    assert [faults, wrong] == [[], []]
