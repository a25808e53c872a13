import json
import re
from html.parser import HTMLParser

import planting
import pytest
import traces
from planting import MONDAY, plant
from sqlalchemy import select
from steps import join, press, say
from world import World

from bot.database import Database
from bot.features.privacy import reports
from bot.features.privacy.actions import personal_data
from bot.features.privacy.texts import portrait
from bot.i18n import LANGUAGES, translator
from bot.models import Member
from bot.sandbox import Phone


class Page(HTMLParser):
    """A page as its reader sees it, and all that it would load or run."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.opened: list[str] = []
        self.loads: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "meta":
            self.opened.append(tag)
        self.loads += [name for name, _ in attrs if name in {"src", "href", "onload", "onerror"}]

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub("[\u2066-\u2069]", "", "".join(self.words))


async def received(world: World, phone: Phone) -> dict[str, bytes]:
    """The documents that came last, by their names."""
    documents = [message["document"] for message in phone.received[-3:] if "document" in message]
    files = {one["file_name"]: await world.bot.application.bot.get_file(one["file_id"]) for one in documents}
    return {name: bytes(await file.download_as_bytearray()) for name, file in files.items()}


@pytest.mark.usefixtures("dialogue")
async def test_what_is_kept_of_one_comes_as_a_page_to_read_beside_every_detail(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    await say(world, ada, "/start")
    for phone in (bea, chloe):
        await join(world, phone)
    await world.until(MONDAY)
    await say(world, chloe, "J’ai appris à douter.")
    said = await say(world, bea, "Antes hablaba <script>alert(1)</script>.")
    await bea.edits(said["message_id"], "Ahora pregunto.")
    await world.settle()
    await bea.sends_file("voice")
    await world.settle()
    await say(world, bea, "/ask")
    await say(world, bea, "¿Quién lee esto?")
    await say(world, bea, "/me")
    await press(world, bea, "export")

    files = await received(world, bea)
    page = Page(files["my-data.html"].decode())
    assert set(files) == {"my-data.html", "my-data.json"}
    assert json.loads(files["my-data.json"])["telegram_id"] == 1002
    for words in (
        *("Lo que se conserva sobre usted", "1002", "Formación", "Ahora pregunto.", "¿Quién lee esto?"),
        *("Antes hablaba <script>alert(1)</script>.", "mensaje de voz", "lunes 30 de noviembre de 2026"),
    ):
        assert words in page.text
    assert "douter" not in page.text
    assert (page.tags & {"script", "img", "link", "iframe"}, page.loads, page.opened) == (set(), [], [])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_tells_of_every_kind_of_trace_in_every_language_and_nobody_else_s_words(
    database: Database, language: str
) -> None:
    await plant(database)
    shared = {"dialogue": 1, "question": 1}
    async with database.sessions.begin() as session:
        hers = await traces.leave(session, 2, among=shared)
        await traces.leave(session, 1, among=shared, other=hers)
        for number, member in enumerate(await session.scalars(select(Member).order_by(Member.id))):
            member.pseudonym, member.group_pseudonym = f"cedar-{2 * number + 2}", f"fig-{2 * number + 1}"
        person = await planting.person(session, 1)
        person.language = language
        await session.flush()
        told = await personal_data.portrait(session, person, now=MONDAY)
        titles = await personal_data.titles(session, person)

    t = translator(language)
    page = Page(reports.page(portrait.portrait(t, told, titles), t).decode())

    for column in ("reply.text", "revision.text", "objection.text", "afterword.text", "translation.text"):
        assert f"{column} of 1" in page.text
    assert not re.search(r"of 2(?!\d)", page.text)
    assert page.opened == []
