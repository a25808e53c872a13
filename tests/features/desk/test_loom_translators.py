"""Translators at the loom, without JavaScript: what they see and may change, who is asked for what, and how often they are told."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import condensed
import pytest
from desk import ADDRESS, Browser, signed_in
from planting import MONDAY
from scenes import scene
from sqlalchemy import select
from steps import about, last, press, say
from world import ADA, BEA, CHLOE, World

from bot.features.desk.actions import arrangement
from bot.features.desk.actions.arrangement import Rearranged
from bot.features.summary.actions import translators
from bot.models import Dialogue, KeyPoint, Member, Notice, NoticeKind, Person, Role, Summary, Support
from bot.sandbox import Phone

LOOM = f"/desk/{condensed.SLUG}/loom"


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
@scene
async def woven(world: World, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Key points in seven languages, which Ada writes in English; Bea translates into Spanish, Chloé into French."""
    for phone in (ada, bea, chloe):
        await say(world, phone, "/start")
    async with world.database.sessions.begin() as session:
        await condensed.plant(session, members=2, first_id=BEA)
        for member in await session.scalars(select(Member).join(Person).where(Person.telegram_id.in_([BEA, CHLOE]))):
            member.role, member.appointed_at = Role.TRANSLATOR, MONDAY
    await world.bot.prepare()


@asynccontextmanager
async def reworded(
    world: World, ada: Phone, text: str = "After 8, nobody gets home."
) -> AsyncIterator[tuple[Browser, str]]:
    """The desk of Ada, who has just changed the first key point in English."""
    async with signed_in(world, ada) as (browser, key):
        await browser.post(f"{LOOM}/cells/point-1/en", **await opened(browser, "point-1/en"), text=text)
        yield browser, key


async def opened(browser: Browser, cell: str) -> dict[str, str]:
    """What the form of a wording carries."""
    _, page = await browser.get(f"{LOOM}/cells/{cell}")
    form = page[page.index('<form class="writing"') :]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))


async def point(world: World, key_point_id: int = 1) -> KeyPoint:
    async with world.database.readers() as session:
        return await session.get_one(KeyPoint, key_point_id)


def row_of(page: str, name: str) -> str:
    """What stands in a row."""
    return page[page.index(f'id="{name}"') :].partition("</li>")[0]


@pytest.mark.on_either_database
@pytest.mark.usefixtures("woven")
async def test_a_translator_is_asked_once_told_soon_and_has_it_done(world: World, ada: Phone, bea: Phone) -> None:
    async with reworded(world, ada) as (browser, key):
        asked = [await browser.post(f"{LOOM}/asks", key=key, row="point-1", language="es") for _ in range(2)]
        for row in ("background", "point-2"):
            await browser.post(f"{LOOM}/asks", key=key, row=row, language="es")  # nothing is behind there
        _, seen = await browser.get(LOOM)
    at_once = about(bea, "del resumen")
    await world.pass_time(minutes=11)
    told = about(bea, "del resumen")
    await press(world, bea, "desk")
    ways_in = last(bea)
    async with signed_in(world, bea) as (browser, key):
        _, page = await browser.get("/desk")
        form = await opened(browser, "point-1/es")
        _, writing = await browser.get(f"{LOOM}/cells/point-1/es")
        saved, after = await browser.post(
            f"{LOOM}/cells/point-1/es", **form, text="Después de las 8 nadie llega a casa."
        )

    assert [status for status, _ in asked] == [200, 200]
    assert "translators asked, " in row_of(seen, "point-1")
    assert (at_once, len(told)) == ([], 1)
    assert "1 texto del resumen" in told[0].replace("\u2068", "").replace("\u2069", "")
    assert "/desk/-/enter/" in ways_in
    assert "Se le pide 1 traducción" in page
    assert f'href="{LOOM}/cells/point-1/es"' in page
    assert "<ins>" in writing
    assert saved == 200
    assert "Se le pide" not in after
    assert (await point(world)).asked == {}
    async with world.database.readers() as session:
        assert len((await session.scalars(select(Notice).where(Notice.kind == NoticeKind.WORDINGS_ASKED))).all()) == 1


@pytest.mark.usefixtures("woven")
async def test_what_is_done_before_it_is_told_is_not_asked_for(world: World, ada: Phone, bea: Phone) -> None:
    async with reworded(world, ada) as (browser, key):
        await browser.post(f"{LOOM}/asks", key=key, row="point-1", language="es")
        await browser.post(f"{LOOM}/cells/point-1/es", **await opened(browser, "point-1/es"), text="A las 8.")
    await world.pass_time(minutes=11)

    assert about(bea, "del resumen") == []


@pytest.mark.usefixtures("woven")
async def test_all_that_a_language_lacks_is_asked_for_at_once(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    async with reworded(world, ada) as (browser, key):
        await browser.post(f"{LOOM}/cells/background/en", **await opened(browser, "background/en"), text="Why now.")
        await browser.post(f"{LOOM}/rows", key=key, number="2", language="en", text="Ask first.")
        _, before = await browser.get(LOOM)
        await browser.post(f"{LOOM}/asks", key=key, language="es")
        _, after = await browser.get(LOOM)
        nobody, told = await browser.post(f"{LOOM}/asks", key=key, language="ru")
        unknown, _ = await browser.post(f"{LOOM}/asks", key=key, language="xx")
    await world.pass_time(minutes=11)

    assert "Ask for 3 translations" in before
    assert "Translators are asked for all of it." in after
    assert (nobody, unknown) == (409, 404)
    assert "Nobody on the team translates into it yet." in told
    assert "3 textos del resumen" in last(bea).replace("\u2068", "").replace("\u2069", "")
    assert about(chloe, "du Résumé") == []
    async with world.database.readers() as session:
        kept = await session.scalar(select(Summary))
        assert kept is not None
        assert kept.background_asked.keys() == {"es"}


ALLOWED = [
    ("GET", ""), ("GET", "/aside"), ("GET", "/here"), ("GET", "/cells/point-1/es"), ("GET", "/cells/background/es"), ("GET", "/changes/point-1/es"),
    ("GET", "/changes/point-1/fr"), ("GET", "/files/es/md"), ("GET", "/news"), ("GET", "/list"), ("POST", "/cells/label-summary/es"),
]  # fmt: skip
REFUSED = [
    ("GET", "/cells/point-1/en"), ("GET", "/cells/point-1/fr"), ("GET", "/rows/point-1"), ("GET", "/sources/point-1"), ("GET", "/publish"),
    ("GET", "/table"), ("GET", "/table/file"), ("POST", "/cells/point-1/en"), ("POST", "/cells/background/fr"), ("POST", "/cells/label-summary/en"),
    ("POST", "/rows"), ("POST", "/rows/point-1/place"), ("POST", "/rows/point-1/remove"), ("POST", "/rows/point-1/found"), ("POST", "/asks"),
    ("POST", "/differences/0"), ("POST", "/publish"), ("POST", "/consult"), ("POST", "/page"),
]  # fmt: skip


@pytest.mark.usefixtures("woven")
async def test_who_only_translates_writes_one_column_and_sees_neither_whose_words_nor_what_is_held_against_them(
    world: World, bea: Phone
) -> None:
    async with world.database.readers() as session:
        said = (await session.scalars(select(Support.span))).all()
    async with signed_in(world, bea) as (browser, key):

        async def status(method: str, path: str) -> int:
            if method == "GET":
                return (await browser.get(LOOM + path))[0]
            form = {"key": key, "text": "Mío.", "mark": "", "newest": "1", "language": "es", "number": "1"}
            return (await browser.post(LOOM + path, **form))[0]

        allowed = {path: await status(method, path) for method, path in ALLOWED}
        refused = {path: await status(method, path) for method, path in REFUSED}
        _, page = await browser.get(f"{LOOM}?document=none")
        elsewhere = [
            (await browser.get(f"/desk/{condensed.SLUG}{path}"))[0] for path in ("", "/replies", "/queue", "/missing")
        ]

    assert set(allowed.values()) <= {200, 204}, allowed
    assert set(refused.values()) <= {403, 404, 409}, refused
    assert set(elsewhere) == {403}
    assert re.findall(r'class="change" href="[^"]*/cells/point-1/([\w-]+)"', page) == ["es"]
    assert said
    assert [words for words in said if words in page] == []
    assert (await point(world)).text == condensed.POINTS[0]


@pytest.mark.usefixtures("woven")
async def test_moderators_are_asked_where_nobody_only_translates(world: World) -> None:
    async with world.database.sessions.begin() as session:
        for telegram_id, role in ((BEA, Role.MODERATOR), (CHLOE, Role.FACILITATOR)):
            member = await session.scalar(select(Member).join(Person).where(Person.telegram_id == telegram_id))
            assert member is not None
            member.role = role
        asker = await session.scalar(select(Member).join(Person).where(Person.telegram_id == ADA))
        assert asker is not None
        asked = await translators.to_be_asked(session, asker, await session.get_one(Dialogue, 1))

    assert {tag: len(whom) for tag, whom in asked.items()} == {"es": 1}


def test_what_others_did_to_a_list_is_told_apart() -> None:
    told = [arrangement.rearranged(seen, [1, 2, 3]) for seen in ([1, 2, 3], [1, 2], [1, 2, 3, 9], [2, 1, 3], [9, 2, 1])]

    assert told[0] == Rearranged()
    assert [(each.added, each.gone, each.is_moved) for each in told[1:]] == [
        ((3,), (), False),
        ((), (9,), False),
        ((), (), True),
        ((3,), (9,), True),
    ]
    assert len({each.key for each in told}) == 5


@pytest.mark.usefixtures("woven")
async def test_what_another_added_is_told_until_it_is_shown(world: World, ada: Phone, bea: Phone) -> None:
    async with signed_in(world, ada) as (ada_s, key), signed_in(world, bea) as (browser, _):
        await ada_s.post(f"{LOOM}/rows", key=key, number="1", language="en", text="Ask first.")
        _, news = await browser.get(f"{LOOM}/news?live&seen=1,2,3&told=")
        told = re.search(r'data-told="(\w+)"', news)
        assert told is not None
        again, _ = await browser.get(f"{LOOM}/news?live&seen=1,2,3&told={told[1]}")
        same, _ = await browser.get(f"{LOOM}/news?live&seen=1,4,2,3&told=")
        gone, nothing = await browser.get(f"{LOOM}/news?live&seen=1,4,2,3&told={told[1]}")
        of_other, _ = await browser.get(f"{LOOM}/news?live&only=2&seen=2&told=")
        _, rows = await browser.get(f"{LOOM}/list?seen=1,2,3")

    assert "1 es nuevo" in news
    assert (again, same, gone, of_other) == (204, 204, 200, 204)
    assert "data-told" not in nothing
    assert 'hx-swap-oob="beforeend:#rows-1"' in rows
    assert "Ask first." in rows
    assert 'id="point-2"' not in rows
