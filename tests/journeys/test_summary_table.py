"""The Summary goes out as a table, and comes back: what it would change is seen before anything does."""

from collections.abc import AsyncIterator, Callable
from io import BytesIO
from typing import Any, Literal

import condensed
import pytest
from axe_playwright_python.async_playwright import Axe
from browser import chromium
from desk import ADDRESS, Browser, link, signed_in
from openpyxl import load_workbook
from openpyxl.styles import Font
from playwright.async_api import FilePayload
from scenes import scene
from sqlalchemy import delete, select, update
from steps import about, buttons, last, newest, press, say
from world import BEA, World

from bot.features.summary.actions import contents
from bot.models import Delivery, KeyPoint, Person, Reply
from bot.sandbox import Phone

PAGE = f"/desk/{condensed.SLUG}/loom/table"
LOOKS: tuple[tuple[Literal["light", "dark"], str], ...] = (("light", "en"), ("dark", "ar"))
EN, AR, ES, FR, RU, ZH, PT, REMOVE = range(4, 12)  # columns, from 1


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
@scene
async def drafted(world: World, ada: Phone) -> None:
    """Ada's Summary in seven languages, with two key points and a question for further discussion."""
    await say(world, ada, "/start")
    async with world.database.sessions.begin() as session:
        await condensed.plant(session, members=2, first_id=BEA)
        await session.execute(delete(Delivery))
    await world.bot.prepare()


async def get(world: World, ada: Phone) -> bytes:
    """The table as the bot sends it."""
    await say(world, ada, "/summary")
    await press(world, ada, "summarytable:1")
    return ada.opens(ada.received[-1]["document"]["file_id"])


def edited(content: bytes, edit: Callable[[Any], None]) -> bytes:
    """The table as a person saves it."""
    book = load_workbook(BytesIO(content))
    edit(book.active)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def row_of(sheet: Any, key: str) -> int:
    return next(int(cell.row) for cell in sheet["A"] if cell.value == key)


async def give(world: World, phone: Phone, content: bytes, name: str = "my table.xlsx") -> None:
    await phone.sends_file("document", content=content, file_name=name)
    await world.settle()


async def texts(world: World) -> list[tuple[int | None, dict[str, str]]]:
    """The key points question by question, in their order."""
    async with world.database.readers() as session:
        found = await session.scalars(
            select(KeyPoint).order_by(KeyPoint.question_id.is_(None), KeyPoint.question_id, KeyPoint.position)
        )
        return [(each.question_id, each.text) for each in found]


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def work(sheet: Any) -> None:
    """A wording changed, a link made, a point added above the other, one to go, a label, and an empty cell."""
    sheet.insert_rows(row_of(sheet, "point:1"))
    point = row_of(sheet, "point:1")
    new = point - 1
    sheet.cell(point, ES).value = "Otra frase."
    sheet.cell(point, FR).value = "Encore une phrase."
    sheet.cell(point, RU).value = None
    sheet.cell(point, PT).value = "Mais uma frase."
    sheet.cell(point, PT).hyperlink = "https://example.org/onibus"
    sheet.cell(new, EN).value = "=not a formula"
    sheet.cell(new, EN).data_type = "s"
    sheet.cell(new, ES).value = "Un punto nuevo."
    sheet.cell(row_of(sheet, "point:2"), REMOVE).value = "x"
    sheet.cell(row_of(sheet, "label:key_points"), FR).value = "Idées clés"


@pytest.mark.on_either_database
@pytest.mark.usefixtures("drafted")
async def test_a_table_comes_back_and_what_it_would_change_is_seen_and_then_taken(world: World, ada: Phone) -> None:
    table = await get(world, ada)
    sheet = load_workbook(BytesIO(table)).active
    assert sheet["A"][0].value == f"vdialogue-summary {condensed.SLUG}"
    assert sheet.column_dimensions["A"].hidden
    assert sheet.cell(row_of(sheet, "point:1"), AR).value == condensed.POINTS[0]["ar"]
    async with world.database.sessions.begin() as session:  # another moderator changes the French wording meanwhile
        point = await session.get_one(KeyPoint, 1)
        point.text = {**point.text, "fr": "Une autre phrase."}

    await give(world, ada, edited(table, work))

    shown = plain(last(ada))
    assert "The table would change 5 things:" in shown
    assert "Key point 1 of question 1, Spanish" in shown
    assert "Otra frase." in shown
    assert "Key point 1 of question 2: to be deleted in all languages" in shown
    assert "French, Key point 1 of question 1: it was changed here since the table was made" in shown
    assert "Russian, Key point 1 of question 1: an empty cell leaves the text as it is." in shown
    assert (await texts(world))[0][1]["es"] == condensed.POINTS[0]["es"]
    await press(world, ada, newest(ada, "taketable:"))

    assert "5 changes were made." in plain(last(ada))
    first = condensed.POINTS[0]
    assert await texts(world) == [
        (1, {"en": "=not a formula", "es": "Un punto nuevo."}),
        (
            1,
            {
                **first,
                "es": "Otra frase.",
                "fr": "Une autre phrase.",
                "pt": "[Mais uma frase.](<https://example.org/onibus>)",
            },
        ),
        (None, condensed.FURTHER[0]),
    ]
    async with world.database.readers() as session:
        material = await contents.gather(session, condensed.SLUG)
        assert material.dialogue.labels["key_points"]["fr"] == "Idées clés"
        assert list(await session.scalars(select(Reply.text).where(Reply.kind == "document"))) == []


@pytest.mark.usefixtures("drafted")
async def test_what_was_shown_is_shown_anew_where_the_summary_has_changed_since(world: World, ada: Phone) -> None:
    table = await get(world, ada)
    await give(world, ada, edited(table, work))
    async with world.database.sessions.begin() as session:
        point = await session.get_one(KeyPoint, 1)
        point.text = {**point.text, "es": "Ya es otra."}

    await press(world, ada, newest(ada, "taketable:"))

    assert "Nothing was taken; this is what would change now:" in plain(last(ada))
    assert "Spanish, Key point 1 of question 1: it was changed here" in plain(last(ada))
    assert (await texts(world))[0][1]["es"] == "Ya es otra."
    await press(world, ada, newest(ada, "leaveout:"))
    assert last(ada) == "All right, nothing was changed."


@pytest.mark.usefixtures("drafted")
async def test_what_can_not_be_told_is_refused_with_its_cell_and_nothing_becomes_a_reply(
    world: World, ada: Phone
) -> None:
    table = await get(world, ada)

    def spoil(sheet: Any) -> None:
        sheet.cell(row_of(sheet, "point:1"), ES).value = '=CONCATENATE("a","b")'
        sheet.merge_cells(start_row=4, end_row=5, start_column=FR, end_column=FR)
        sheet.cell(4, FR).value = "Deux lignes"
        sheet.cell(row_of(sheet, "point:1"), EN).font = Font(strike=True)

    await give(world, ada, edited(table, spoil))
    assert "Nothing was taken from this table." in last(ada)
    assert "There is a formula here without a result." in last(ada)
    assert "These cells are merged" in last(ada)
    assert "struck out" in last(ada)
    other = edited(table, lambda sheet: sheet.__setitem__("A1", "vdialogue-summary elsewhere"))
    await give(world, ada, other)
    assert "This table is of a dialogue whose Summary you don’t write." in last(ada)
    await give(world, ada, edited(table, lambda sheet: sheet.delete_cols(ES)))
    assert "The table would change nothing." in last(ada)
    assert "Spanish: there is no column for it; its texts stay as they are." in plain(last(ada))
    assert [data for data in buttons(ada) if data.startswith("taketable")] == []

    async with world.database.readers() as session:
        assert list(await session.scalars(select(Reply.text).where(Reply.kind == "document"))) == []


@pytest.fixture
async def browser(world: World, ada: Phone, drafted: None) -> AsyncIterator[tuple[Browser, str]]:  # noqa: ARG001 - the scene comes first
    async with signed_in(world, ada) as found:
        yield found


async def test_at_the_desk_a_table_of_another_dialogue_or_none_at_all_is_told(browser: tuple[Browser, str]) -> None:
    visitor, key = browser

    _, page = await visitor.get(PAGE)
    _, nothing = await visitor.post(PAGE, key=key)
    forged = await visitor.post(f"{PAGE}/take", key=key, table='{"slug": "elsewhere"}', seen="x")
    foreign = await visitor.post(f"{PAGE}/take", key="0" * 64, table="{}")

    assert "Get the table (.xlsx)" in page
    assert "Please choose the file first." in nothing
    assert "This is not a table of a Summary that was got here." in forged[1]
    assert foreign[0] == 403


@pytest.mark.usefixtures("drafted")
async def test_in_a_browser_a_table_goes_out_and_comes_back_for_everybody_to_read(world: World, ada: Phone) -> None:
    """By keyboard and eye, in a language from right to left too: axe has nothing to say."""
    given_link = (await link(world, ada)).removeprefix(ADDRESS)
    url = world.bot.server.url
    async with chromium() as browser:
        page = await browser.new_page()
        await page.goto(f"{url}{given_link}")
        await page.get_by_role("button", name="Come in").click()
        await page.goto(f"{url}{PAGE}")
        async with page.expect_download() as begun:
            await page.get_by_role("link", name="Get the table").click()
        table = await (await begun.value).path()
        content = edited(table.read_bytes(), work)
        given = FilePayload(name="t.xlsx", mimeType="application/octet-stream", buffer=content)
        for scheme, language in LOOKS:
            async with world.database.sessions.begin() as session:
                await session.execute(update(Person).where(Person.id == 1).values(language=language))
            await page.emulate_media(color_scheme=scheme)
            await page.goto(f"{url}{PAGE}")
            await page.locator("input[type=file]").set_input_files(given)
            await page.locator(".steps button").click()
            await page.locator("ins").first.wait_for()
            found = await Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        await page.locator(".changes form button").click()
        await page.locator(".card[role=status]").wait_for()

    assert (await texts(world))[0][1] == {"en": "=not a formula", "es": "Un punto nuevo."}
    assert about(ada, "5 changes") == []
