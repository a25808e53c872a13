"""The moderators' pages: a link lets in once, replies are read in full, and what is decided there counts as in the chat."""

import hashlib
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from browser import chromium
from desk import ADDRESS, Browser, begin, come_in, key_on, link, visiting
from scenes import scene
from sqlalchemy import func, select
from steps import last, say
from world import World

from bot import features
from bot.features.desk.actions.sessions import IDLE, LINK
from bot.models import KeyPoint, Reply, Support, Visibility
from bot.sandbox import Phone

LONG = "Aprendí a escuchar a quienes no hablan. " * 90


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
@scene
async def talking(world: World, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Ada moderates; Bea replied at length, and Chloé in short."""
    await begin(world, ada, bea, chloe)
    await say(world, bea, LONG)
    await say(world, chloe, "<b>Nous</b> avons changé l’heure & le lieu.")


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with visiting(world) as browser:
        yield browser


async def reply(world: World, reply_id: int) -> Reply:
    async with world.database.readers() as session:
        return await session.get_one(Reply, reply_id)


@pytest.mark.usefixtures("talking")
async def test_all_is_read_in_full_in_a_browser_that_the_link_lets_in(
    world: World, ada: Phone, browser: Browser
) -> None:
    given = await link(world, ada)

    looked_at, entrance = await browser.get(given.removeprefix(ADDRESS))
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
    assert "send \u2068/desk\u2069 to \u2068@sandbox_bot\u2069" in told


@pytest.mark.usefixtures("talking")
async def test_who_is_away_for_long_or_signs_out_is_out(world: World, ada: Phone, browser: Browser) -> None:
    _, page = await browser.enters(await link(world, ada))
    world.clock.advance(IDLE + timedelta(seconds=1))
    idle, _ = await browser.get("/desk")
    _, page = await browser.enters(await link(world, ada))
    unused = await link(world, ada)
    _, told = await browser.post("/desk/-/leave", key=key_on(page), where="everywhere")

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


async def points(world: World) -> list[tuple[dict[str, str], list[str]]]:
    async with world.database.readers() as session:
        found = (await session.scalars(select(KeyPoint).order_by(KeyPoint.id))).all()
        spans = select(Support.span).order_by(Support.id)
        return [(one.text, list(await session.scalars(spans.where(Support.key_point_id == one.id)))) for one in found]


@pytest.mark.usefixtures("talking")
async def test_selected_words_go_under_a_key_point_to_the_letter(world: World, ada: Phone, browser: Browser) -> None:
    _, page = await browser.enters(await link(world, ada))
    key, cite = key_on(page), "/desk/training/replies/2/cite"

    new = {"text": "Ask for the hour first.", "language": "en", "point": ""}
    written = await browser.post(cite, key=key, start="11", span=" avons changé", **new)
    added = await browser.post("/desk/training/replies/1/cite", key=key, start="0", span="Aprendí", point="1")
    moved = await browser.post(cite, key=key, start="12", span=" avons changé", **new)
    empty = await browser.post(cite, key=key, start="0", span="<b>Nous</b>", text=" ", language="en", point="")

    assert [status for status, _ in (written, added, moved, empty)] == [200] * 4
    assert await points(world) == [({"en": "Ask for the hour first."}, [" avons changé", "Aprendí"])]
    assert "select them again" in moved[1]
    assert "Please write the key point" in empty[1]
    assert "under a key point" in written[1]


@pytest.mark.usefixtures("talking")
async def test_a_key_point_is_written_from_the_reading_room_in_several_languages_and_once(
    world: World, ada: Phone, browser: Browser
) -> None:
    _, page = await browser.enters(await link(world, ada))
    form = {"key": key_on(page), "start": "11", "span": " avons changé", "point": "", "language": ""}
    texts = "en: Ask for the hour first.\r\nes: Preguntar primero la hora."

    for _ in range(2):  # a second tap, or a lost answer
        _, written = await browser.post("/desk/training/replies/2/cite", **form, text=texts)
    _, whole = await browser.post(
        "/desk/training/replies/1/cite", **form | {"start": "0", "span": LONG.strip()}, text="Listen."
    )

    assert await points(world) == [
        ({"en": "Ask for the hour first.", "es": "Preguntar primero la hora."}, [" avons changé"]),
        ({"en": "Listen."}, [LONG.strip()]),
    ]
    assert "&lt;b&gt;Nous&lt;/b&gt;<mark> avons changé</mark> l’heure" in written
    assert "The words are under the key point now." in written
    assert "<mark>" not in whole  # all of it is


@pytest.mark.usefixtures("talking")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pt: Perguntar primeiro pela hora.", "Which language is it?"),
        ("en: Ask first.\npt: Perguntar primeiro pela hora.", "Which language is it?"),
        ("Ask first. " * 200, "1,000"),
    ],
)
async def test_a_key_point_that_cannot_be_taken_still_stands_in_its_form(
    world: World, ada: Phone, browser: Browser, text: str, said: str
) -> None:
    _, page = await browser.enters(await link(world, ada))
    form = {"key": key_on(page), "start": "11", "span": " avons changé", "point": "", "language": ""}

    _, refused = await browser.post("/desk/training/replies/2/cite", **form, text=text)

    assert await points(world) == []
    assert said in refused
    assert f"{text}</textarea>" in refused
    assert 'name="span" value=" avons changé"' in refused


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


@pytest.mark.usefixtures("talking")
async def test_in_a_browser_keys_and_selected_words_do_it(world: World, ada: Phone, bea: Phone) -> None:
    """Across lines, and behind a letter of two UTF-16 units."""
    await say(world, bea, "😀 Uno.\nDos & tres.")
    reply_id, faults = 3, list[str]()
    async with chromium() as browser:
        page = await come_in(world, ada, browser, faults, "/desk/training/replies")
        await page.keyboard.press("j")
        await page.evaluate(SELECT, ["#reply-" + str(reply_id), "Uno.\nDos"])
        await page.keyboard.press("p")
        await page.keyboard.type("One, two.")
        await page.locator(f"#reply-{reply_id} .cite button").click()
        await page.get_by_text("under a key point", exact=True).wait_for()
        await page.keyboard.press("f")
        await page.get_by_text("featured", exact=True).wait_for()

    assert await points(world) == [({"en": "One, two."}, ["Uno.\nDos"])]
    assert (await reply(world, reply_id)).featured_at is not None
    assert faults == []


@pytest.mark.usefixtures("talking")
async def test_what_was_written_is_still_there_when_the_session_has_lapsed_meanwhile(world: World, ada: Phone) -> None:
    async with chromium() as browser:
        page = await come_in(world, ada, browser, [], "/desk/training/replies")
        answering = page.locator("#reply-2 .respond")
        await answering.locator("summary").click()
        await answering.locator("textarea").fill("How did you find the hour?")
        world.clock.advance(IDLE + timedelta(seconds=1))
        await answering.locator("form button").click()
        await page.get_by_text("Please come in by a new link").wait_for()

        assert await answering.locator("textarea").input_value() == "How did you find the hour?"
    async with world.database.readers() as session:
        assert await session.scalar(select(func.count()).where(Reply.parent_id.is_not(None))) == 0


SELECT = """([within, words]) => {
  const text = document.querySelector(within + " [data-original]").firstChild, from = text.data.indexOf(words);
  document.getSelection().setBaseAndExtent(text, from, text, from + words.length);
}"""


def test_the_script_from_elsewhere_is_as_it_came() -> None:
    script = Path(features.__file__).parent / "desk" / "static" / "htmx.min.js"
    notice = (Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8")

    assert f"SHA-256 {hashlib.sha256(script.read_bytes()).hexdigest()}" in notice
