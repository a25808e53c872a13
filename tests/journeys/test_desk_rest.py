"""The pages of the desk beside reading and weaving: what they show is what the chat tells, and what is decided there counts as in the chat."""

import io
import re
import zipfile
from collections.abc import AsyncIterator
from typing import Literal

import outside
import planting
import pytest
from axe_playwright_python.async_playwright import Axe
from browser import chromium
from desk import ADDRESS, Browser, come_in, signed_in, visiting
from planting import MONDAY
from playwright.async_api import Page
from scenes import scene
from sqlalchemy import select
from steps import about, join, last, newest, press, say
from world import World

from bot.features.desk.actions.sessions import IDLE
from bot.models import Act, Inquiry, LogEntry, Member, Moderation, Person, Reply, Role, Visibility
from bot.sandbox import Phone

pytestmark = pytest.mark.usefixtures("waiting")


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
@scene
async def waiting(world: World, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Ada organises; what Bea, Chloé and Bea again said waits for her, and so does what Chloé wrote to the moderators."""
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue(moderation=Moderation.BEFORE))
    await world.bot.prepare()
    await say(world, ada, "/start")
    await join(world, bea)
    await join(world, chloe)
    await world.until(MONDAY)
    await say(world, bea, "Primero escuchar.")
    await say(world, chloe, "<b>Écouter</b> d’abord & toujours.")
    await say(world, chloe, "/ask")
    await say(world, chloe, "Puis-je répondre plus tard ?")
    await world.settle()


@pytest.fixture
async def desk(world: World, ada: Phone) -> AsyncIterator[tuple[Browser, str]]:
    async with signed_in(world, ada) as entered:
        yield entered


async def replies(world: World) -> list[Reply]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Reply).order_by(Reply.id)))


def version_of(page: str, reply_id: int) -> str:
    found = re.search(rf'replies/{reply_id}/hide.*?name="version" value="(\d+)"', page, re.DOTALL)
    assert found is not None
    return found[1]


async def test_the_overview_leads_to_where_each_thing_is_done(desk: tuple[Browser, str]) -> None:
    browser, _ = desk

    _, page = await browser.get("/desk/training")

    assert "2 replies wait for a moderator" in page
    assert "1 message to the moderators waits" in page
    assert 'href="/desk/training/queue"' in page
    assert "<dt>languages</dt><dd>4</dd>" in page


async def test_a_page_that_keeps_itself_up_to_date_keeps_nobody_signed_in(
    world: World, desk: tuple[Browser, str]
) -> None:
    browser, _ = desk

    for _ in range(4):
        world.clock.advance(IDLE / 3)
        live = (await browser.get("/desk/training?live"))[0]

    assert live == 401


async def test_what_waits_is_decided_where_it_stands(world: World, desk: tuple[Browser, str]) -> None:
    browser, key = desk
    _, page = await browser.get("/desk/training/queue")

    shown = await browser.post("/desk/training/queue/replies/1/approve", key=key, version=version_of(page, 1))
    again = await browser.post("/desk/training/queue/replies/1/approve", key=key, version=version_of(page, 1))
    hidden = await browser.post(
        "/desk/training/queue/replies/2/hide", key=key, version=version_of(page, 2), own="Trop court.", reason=""
    )
    await world.settle()

    assert "&lt;b&gt;Écouter&lt;/b&gt;" in page
    assert [each.visibility for each in await replies(world)] == [Visibility.SHOWN, Visibility.HIDDEN]
    assert "Approved: members see it." in shown[1]
    assert "was first" in again[1]
    assert "All has been looked at" in hidden[1]


async def test_a_member_is_answered_from_the_queue_once(world: World, chloe: Phone, desk: tuple[Browser, str]) -> None:
    browser, key = desk
    answer = "/desk/training/queue/messages/1/answer"

    empty = await browser.post(answer, key=key, answer=" \r\n")
    first = await browser.post(answer, key=key, answer="Oui,\r\nbien sûr.")
    second = await browser.post(answer, key=key, answer="Non.")
    await world.settle()

    assert "there is no text yet" in empty[1]
    assert "on its way" in first[1]
    assert "Another moderator has answered it" in second[1]
    assert about(chloe, "Oui,\nbien sûr.") or about(chloe, "bien sûr.")
    assert not about(chloe, "Non.")
    async with world.database.readers() as session:
        assert (await session.get_one(Inquiry, 1)).answer == "Oui,\nbien sûr."


WRONG = ("ru/md", "fr/exe", "/")


async def test_another_system_is_let_in_by_a_secret_that_is_shown_once_until_that_is_revoked(
    world: World, desk: tuple[Browser, str]
) -> None:
    browser, key = desk
    tokens = "/desk/training/files/tokens"
    scopes = {"read:replies": "yes", "write:moderation": "yes"}

    _, nameless = await browser.post(tokens, key=key, name=" ", days="30", **scopes)
    _, endless = await browser.post(tokens, key=key, name="Our <site>", days="3000", **scopes)
    _, given = await browser.post(tokens, key=key, name="Our <site>", days="30", **scopes)
    secrets = re.findall(r"vd_[\w-]+", nameless + endless + given)
    _, page = await browser.get("/desk/training/files")
    async with outside.asking(str(world.bot.server.url), secrets[0]) as system:
        let_in = await system.ask("/dialogue")
        _, revoked = await browser.post(f"{tokens}/1", key=key)
        again = await browser.post(f"{tokens}/1", key=key)
        turned_away = await system.ask("/dialogue")

    assert "A token needs a name" in nameless
    assert "A token needs a name" in endless
    assert len(secrets) == 1
    assert "vd_" not in page
    assert page.count("Our &lt;site&gt;") == 1
    assert let_in.body["token"] == {"name": "Our <site>", "scopes": ["read:replies", "write:moderation"]}
    assert "lets nobody in any more" in revoked
    assert "revoked already" in again[1]
    assert (let_in.status, turned_away.status) == (200, 401)


async def test_an_export_is_streamed_and_written_down(world: World, desk: tuple[Browser, str]) -> None:
    browser, key = desk

    made = await browser.download("/desk/training/files/export", key=key, form="zip")
    summary = await browser.get("/desk/training/loom/files/fr/md")
    nothing = [(await browser.get(f"/desk/training/loom/files/{path}"))[0] for path in WRONG]

    async with world.database.readers() as session:
        acts = list(await session.scalars(select(LogEntry.act)))
    assert acts == [Act.EXPORTED]
    assert "replies.csv" in zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert summary[0] == 200
    assert nothing == [404] * 3


async def test_a_role_is_offered_changed_and_taken_back(world: World, egor: Phone, desk: tuple[Browser, str]) -> None:
    browser, key = desk

    _, offered = await browser.post("/desk/training/members/invite", key=key, role="facilitator")
    found = re.search(r"start=([\w-]{32})", offered)
    assert found is not None
    await egor.opens_link(found[1])
    await world.handled()
    await press(world, egor, newest(egor, "accept:"))
    _, page = await browser.get("/desk/training/members")
    colleague = re.search(r"members/roles/(\d+)", page)
    assert colleague is not None
    path = f"/desk/training/members/roles/{colleague[1]}"
    changed = await browser.post(path, key=key, role="moderator")
    await world.settle()
    told = last(egor)
    taken = await browser.post(path, key=key, role="member")
    gone = await browser.post(path, key=key, role="organiser")
    forged = await browser.post(path, key=key, role="host")
    await world.settle()

    assert "https://t.me/sandbox_bot?start=" in page
    assert "from now on moderator" in changed[1]
    assert "изменил" in told
    assert "from now on member" in taken[1]
    assert "They have no role any more." in gone[1]
    assert forged[0] == 404
    async with world.database.readers() as session:
        assert (await session.get_one(Member, int(colleague[1]))).role is Role.MEMBER


async def test_who_was_muted_from_the_queue_is_brought_back_from_the_page_of_members(
    world: World, bea: Phone, desk: tuple[Browser, str]
) -> None:
    browser, key = desk

    _, muted = await browser.post("/desk/training/queue/replies/1/restrain", key=key, restraint="muted")
    _, page = await browser.get("/desk/training/members")
    _, back = await browser.post("/desk/training/members/restraints/1", key=key)
    await world.settle()

    assert "Its author is muted from now on" in muted
    assert "Muted on" in page
    assert "They are heard again" in back
    assert "de nuevo" in last(bea)


async def begun(browser: Browser, key: str) -> str:
    """Where a new announcement is written."""
    _, page = await browser.post("/desk/training/announcements", key=key, kind="announcement")
    found = re.search(r'action="(/desk/training/announcements/\d+)"', page)
    assert found is not None
    return found[1]


async def test_an_announcement_is_seen_in_each_language_sent_once_and_not_as_it_was_not_seen(
    world: World, bea: Phone, chloe: Phone, desk: tuple[Browser, str]
) -> None:
    browser, key = desk
    announcement = await begun(browser, key)
    words = {"text-en": "A **new** hour.", "text-es": "Otra <hora>.\r\nGracias.", "text-fr": " ", "text-ru": "Нет."}

    nothing = await browser.post(f"{announcement}/send", key=key, seen="")
    long = await browser.post(announcement, key=key, **{"text-en": "x" * 3001})
    _, look = await browser.post(announcement, key=key, **words)
    seen = re.search(r'name="seen" value="(\w+)"', look)
    assert seen is not None
    await browser.post(announcement, key=key, **words | {"text-es": "Otra hora."})
    unseen = await browser.post(f"{announcement}/send", key=key, seen=seen[1])
    _, look = await browser.get(f"{announcement}/look")
    again = re.search(r'name="seen" value="(\w+)"', look)
    assert again is not None
    sent = await browser.post(f"{announcement}/send", key=key, seen=again[1])
    twice = await browser.post(f"{announcement}/send", key=key, seen=again[1])
    await world.settle()

    assert "There is no text yet" in nothing[1]
    assert "3,001 characters" in long[1]
    assert "x" * 3001 in long[1]
    assert "A <b>new</b> hour." in look
    assert "It was changed after you saw it" in unseen[1]
    assert "On its way to 2 members" in sent[1]
    assert "This has been sent already" in twice[1]
    assert len(about(bea, "Otra hora.")) == 1
    assert len(about(chloe, "A new hour.")) == 1


async def test_what_is_going_out_is_stopped_and_a_draft_is_thrown_away(world: World, ada: Phone, bea: Phone) -> None:
    await world.pass_time(hours=14)  # it is night: all wait for the morning
    async with signed_in(world, ada) as (browser, key):
        stopped, thrown = await sent_and_stopped(browser, key)
    await world.pass_time(hours=12)

    assert "does not get it" in stopped or "do not get it" in stopped
    assert "stopped before all had it" in thrown
    assert "Your drafts" not in thrown
    assert not about(bea, "Too late.")


async def sent_and_stopped(browser: Browser, key: str) -> tuple[str, str]:
    """What is said of an announcement that is stopped, and of another that is thrown away."""
    first, second = await begun(browser, key), await begun(browser, key)
    _, look = await browser.post(first, key=key, **{"text-en": "Too late."})
    seen = re.search(r'name="seen" value="(\w+)"', look)
    assert seen is not None

    await browser.post(f"{first}/send", key=key, seen=seen[1])
    _, stopped = await browser.post(f"{first}/stop", key=key)
    _, thrown = await browser.post(f"{second}/discard", key=key)
    return stopped, thrown


async def test_the_log_is_filtered_and_taken_along(world: World, desk: tuple[Browser, str]) -> None:
    browser, key = desk
    _, page = await browser.get("/desk/training/queue")
    await browser.post("/desk/training/queue/replies/1/approve", key=key, version=version_of(page, 1))
    await browser.post("/desk/training/members/invite", key=key, role="observer")
    await world.settle()

    _, everything = await browser.get("/desk/training/log")
    _, approved = await browser.get("/desk/training/log?act=approved&who=&before=x")
    _, nobody = await browser.get("/desk/training/log?who=999999999999999999")
    _, table = await browser.get("/desk/training/log.csv")

    rows = "<tr><td>"
    assert (everything.count(rows), approved.count(rows), nobody.count(rows)) == (2, 1, 0)
    assert "Nothing of the kind was done." in nobody
    assert len(table.strip().splitlines()) == 3


PAGES = (
    "",
    "/queue",
    "/queue/replies/1/merge",
    "/members",
    "/members/door.png",
    "/announcements",
    "/log",
    "/log.csv",
    "/files",
)
DEEDS = (
    *("/again", "/queue/replies/1/approve", "/queue/messages/1/answer", "/queue/people/1/admit", "/members/door"),
    *("/members/invite", "/members/withdraw", "/members/roles/1", "/members/restraints/1", "/announcements"),
    *(
        "/announcements/1",
        "/announcements/1/send",
        "/announcements/1/discard",
        "/announcements/1/stop",
        "/files/export",
    ),
)
FORM = {"role": "moderator", "kind": "announcement", "form": "csv", "answer": "Yes.", "text-en": "x", "seen": ""}


async def test_each_role_finds_what_it_may_and_nobody_else_anything(
    world: World, bea: Phone, desk: tuple[Browser, str]
) -> None:
    await desk[0].post("/desk/training/announcements", key=desk[1], kind="announcement")
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue("other"))
        member = await session.scalar(select(Member).join(Member.person).where(Person.telegram_id == bea.user_id))
        assert member is not None
        member.role = Role.OBSERVER

    async with signed_in(world, bea) as (browser, key):
        seen = [path for path in PAGES if (await browser.get(f"/desk/training{path}"))[0] == 200]
        done = [path for path in DEEDS if (await browser.post(f"/desk/training{path}", key=key, **FORM))[0] == 200]
        elsewhere = [path for path in PAGES if (await browser.get(f"/desk/other{path}"))[0] != 404]
    without_key = [path for path in DEEDS if (await desk[0].post(f"/desk/training{path}", **FORM))[0] != 403]
    async with visiting(world) as stranger:
        let_in = [path for path in PAGES if (await stranger.get(f"/desk/training{path}"))[0] != 401]

    assert seen == ["", "/members"]
    assert (done, elsewhere, without_key, let_in) == ([], [], [], [])
    assert [each.visibility for each in await replies(world)] == [Visibility.WAITING] * 2


async def test_in_a_browser_all_pages_serve_everybody_and_what_is_half_typed_stays(world: World, ada: Phone) -> None:
    url, faults = str(world.bot.server.url), list[str]()
    async with chromium() as browser:
        page = await come_in(
            world, ada, browser, faults, "/desk/training/queue", viewport={"width": 390, "height": 800}
        )
        await page.get_by_label("What is your answer?").fill("Bien sûr")
        await page.get_by_role("button", name="Approve").first.click()
        await page.get_by_role("status").get_by_text("Approved").wait_for()
        half_typed = await page.get_by_label("What is your answer?").input_value()
        await page.goto(f"{url}/desk/training/announcements")
        await page.get_by_role("button", name="Write to all").click()
        await page.get_by_label("Text in English").fill("A new **hour**.")
        await page.get_by_role("button", name="Keep it").click()
        await page.get_by_role("heading", name="As seen in French").wait_for()
        written = page.url.removeprefix(f"{url}/desk/training")
        await page.goto(f"{url}/desk/training")
        await page.locator("#days-table summary").click()
        await page.evaluate(
            "htmx.trigger('#overview', 'htmx:abort'), htmx.ajax('GET', '/desk/training?live', '#overview')"
        )
        await page.get_by_text("1 reply waits").wait_for()
        unfolded = await page.locator("#days-table[open]").count()
        found = await complaints(page, url, [*BARE, written, written.removesuffix("/look")])

    assert half_typed == "Bien sûr"
    assert unfolded == 1
    assert (found, faults) == ([], [])


WIDE = '[...document.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth).map((e) => e.outerHTML.slice(0, 90))'
BARE = ("", "/queue", "/queue/replies/2/merge", "/members", "/announcements", "/log", "/files")
LOOKS: tuple[tuple[Literal["light", "dark"], int], ...] = (("light", 1440), ("dark", 320))


async def complaints(page: Page, url: str, paths: list[str]) -> list[str]:
    """What a page keeps from someone, by axe's rules, in the light, in the dark, and on the narrowest of phones."""
    found = []
    for path in paths:
        for colours, width in LOOKS:
            await page.emulate_media(color_scheme=colours)
            await page.set_viewport_size({"width": width, "height": 800})
            await page.goto(f"{url}/desk/training{path}")
            answer = await Axe().run(page)
            found += [f"{path} {colours}: {each['id']}, {each['nodes']}" for each in answer.response["violations"]]
            if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{path} {colours}: it scrolls sideways {await page.evaluate(WIDE)}")
    return found
