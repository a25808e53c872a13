"""The loom without JavaScript: what may not be lost, overwritten or done by others, and what is to be done when it can't be kept."""

import html
import re
from collections.abc import AsyncIterator

import condensed
import planting
import pytest
from desk import ADDRESS, Browser, signed_in
from scenes import scene
from sqlalchemy import select, update
from steps import say, texts
from world import ADA, BEA, CHLOE, World

from bot.core.messages import Content
from bot.features.summary.actions import consultation
from bot.models import (
    Act,
    Basis,
    Dialogue,
    Event,
    KeyPoint,
    LogEntry,
    Member,
    Objection,
    Person,
    Reply,
    Role,
    Support,
    Waiver,
)
from bot.sandbox import Phone

LOOM = f"/desk/{condensed.SLUG}/loom"


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.fixture
@scene
async def woven(world: World, ada: Phone, bea: Phone, chloe: Phone, dalia: Phone) -> None:
    """Key points in seven languages, of which the first rests on the words of Bea, Chloé and Dalia."""
    for phone in (ada, bea, chloe, dalia):
        await say(world, phone, "/start")
    async with world.database.sessions.begin() as session:
        await condensed.plant(session, members=3, first_id=BEA)
    await world.bot.prepare()


@pytest.fixture
async def desk(world: World, ada: Phone) -> AsyncIterator[tuple[Browser, str]]:
    async with signed_in(world, ada) as (browser, key):
        yield browser, key


async def point(world: World, key_point_id: int = 1) -> KeyPoint | None:
    async with world.database.readers() as session:
        return await session.get(KeyPoint, key_point_id)


async def wording(world: World, language: str) -> str:
    found = await point(world)
    assert found is not None
    return found.text[language]


def fields(page: str) -> dict[str, str]:
    """What the first form of a wording carries."""
    form = page[page.index('<form class="writing"') :]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))


async def opened(browser: Browser, cell: str) -> dict[str, str]:
    _, page = await browser.get(f"{LOOM}/cells/{cell}")
    return fields(page)


async def differences(browser: Browser) -> list[str]:
    _, page = await browser.get(f"{LOOM}/publish")
    return re.findall(r"<li><a [^>]*>([^<]*)</a></li>", page.replace("\u2068", "").replace("\u2069", ""))


@pytest.mark.on_either_database
@pytest.mark.usefixtures("woven")
async def test_what_another_wrote_meanwhile_is_shown_and_not_overwritten(
    world: World, ada: Phone, desk: tuple[Browser, str]
) -> None:
    async with signed_in(world, ada) as (second, _):
        mine, theirs = await opened(desk[0], "point-1/es"), await opened(second, "point-1/es")
        kept, _ = await second.post(f"{LOOM}/cells/point-1/es", **theirs, text="Lo que vino antes.")
        late, page = await desk[0].post(f"{LOOM}/cells/point-1/es", **mine, text="Lo que vino después.")
        between = await wording(world, "es")
        knowing, _ = await desk[0].post(f"{LOOM}/cells/point-1/es", **fields(page), text="Lo que vino después.")

    assert (kept, late, knowing) == (200, 409, 200)
    assert "Nothing is overwritten" in page
    assert "Lo que vino antes." in page
    assert "Lo que vino después.</textarea>" in page
    assert between == "Lo que vino antes."
    assert await wording(world, "es") == "Lo que vino después."


@pytest.mark.usefixtures("woven")
async def test_two_who_write_different_languages_both_keep_theirs(world: World, desk: tuple[Browser, str]) -> None:
    browser, _ = desk
    spanish, french = await opened(browser, "point-1/es"), await opened(browser, "point-1/fr")

    await browser.post(f"{LOOM}/cells/point-1/es", **spanish, text="Uno.")
    await browser.post(f"{LOOM}/cells/point-1/fr", **french, text="Un.")

    assert [await wording(world, tag) for tag in ("es", "fr")] == ["Uno.", "Un."]


@pytest.mark.usefixtures("woven")
async def test_a_translation_of_what_the_source_said_before_is_marked_older(desk: tuple[Browser, str]) -> None:
    browser, _ = desk
    spanish, english = await opened(browser, "point-1/es"), await opened(browser, "point-1/en")
    await browser.post(f"{LOOM}/cells/point-1/en", **english, text="After 8, nobody gets home.")

    await browser.post(
        f"{LOOM}/cells/point-1/es", **spanish, text="Quienes participan planean según el autobús de las 8."
    )

    found = [each for each in await differences(browser) if each.startswith("Spanish")]
    assert found == [
        "Spanish, key point 1 of question 1: it is older than the source language, which was changed since."
    ]


@pytest.mark.usefixtures("woven")
async def test_what_is_written_on_a_point_that_was_deleted_can_still_be_copied(
    world: World, desk: tuple[Browser, str]
) -> None:
    browser, key = desk
    form = await opened(browser, "point-2/es")
    _, row = await browser.get(f"{LOOM}/rows/point-2")
    state = re.search(r'name="state" value="(\w+)"', row)
    assert state is not None
    await browser.post(f"{LOOM}/rows/point-2/remove", key=key, state=state[1])

    status, page = await browser.post(f"{LOOM}/cells/point-2/es", **form, text="Palabras que no se pierden.")

    assert status == 409
    assert "Palabras que no se pierden.</textarea>" in page
    assert await point(world, 2) is None


@pytest.mark.usefixtures("woven")
async def test_a_point_that_was_reworded_meanwhile_is_not_deleted(world: World, desk: tuple[Browser, str]) -> None:
    browser, key = desk
    _, row = await browser.get(f"{LOOM}/rows/point-1")
    state = re.search(r'name="state" value="(\w+)"', row)
    assert state is not None
    await browser.post(f"{LOOM}/cells/point-1/es", **await opened(browser, "point-1/es"), text="Otra cosa.")

    status, page = await browser.post(f"{LOOM}/rows/point-1/remove", key=key, state=state[1])

    assert status == 409
    assert "Nothing was deleted" in page
    assert await point(world) is not None


@pytest.mark.usefixtures("woven")
async def test_what_is_too_long_or_empties_a_point_stays_in_its_box(world: World, desk: tuple[Browser, str]) -> None:
    browser, key = desk
    before = await wording(world, "es")

    long, page = await browser.post(
        f"{LOOM}/cells/point-1/es", **await opened(browser, "point-1/es"), text="largo " * 300
    )
    await browser.post(f"{LOOM}/rows", key=key, number="1", language="en", text="Alone.")
    empty, told = await browser.post(f"{LOOM}/cells/point-4/en", **await opened(browser, "point-4/en"), text=" ")

    assert (long, empty) == (409, 409)
    assert "That is too long for one point: at most 1,000 characters." in page
    assert "largo largo" in page
    assert "A point needs words in one language at least." in told
    assert await wording(world, "es") == before


@pytest.mark.usefixtures("woven")
async def test_a_point_that_is_sent_twice_stands_there_once(world: World, desk: tuple[Browser, str]) -> None:
    browser, key = desk
    said = "en: Ask first.\nes: Preguntar primero."

    statuses = [(await browser.post(f"{LOOM}/rows", key=key, number="2", text=said))[0] for _ in range(2)]

    async with world.database.readers() as session:
        found = (await session.scalars(select(KeyPoint.text).where(KeyPoint.question_id == 2))).all()
    assert statuses == [200, 200]
    assert found[1:] == [{"en": "Ask first.", "es": "Preguntar primero."}]


@pytest.mark.usefixtures("woven")
async def test_a_language_that_the_dialogue_lacks_is_asked_about(desk: tuple[Browser, str]) -> None:
    browser, key = desk
    german = "Wer sich um andere kümmert, kommt nur, wenn die Stunde passt."

    status, page = await browser.post(f"{LOOM}/rows", key=key, number="1", text=german)

    assert status == 409
    assert "This seems to be German" in page.replace("\u2068", "").replace("\u2069", "")
    assert f"{german}</textarea>" in page


@pytest.mark.usefixtures("woven")
async def test_background_and_headings_are_worded_in_their_cells_and_given_back(
    world: World, desk: tuple[Browser, str]
) -> None:
    browser, _ = desk
    _, before = await browser.get(f"{LOOM}/files/es/md")

    for text in ("Ideas clave", ""):
        await browser.post(
            f"{LOOM}/cells/label-key_points/es", **await opened(browser, "label-key_points/es"), text=text
        )
        if text:
            _, named = await browser.get(f"{LOOM}/files/es/md")
    await browser.post(
        f"{LOOM}/cells/background/es", **await opened(browser, "background/es"), text="Por qué.\n\nCómo."
    )
    _, worded = await browser.get(f"{LOOM}/files/es/md")
    await browser.post(f"{LOOM}/cells/background/es", **await opened(browser, "background/es"), text="")
    long, _ = await browser.post(
        f"{LOOM}/cells/label-key_points/es", **await opened(browser, "label-key_points/es"), text="x" * 101
    )

    assert "**Puntos clave**" in before
    assert "**Ideas clave**" in named
    assert "Por qué.\n\nCómo." in worded
    assert "**Puntos clave**" in worded
    assert long == 409
    async with world.database.readers() as session:
        assert (await session.get_one(Dialogue, 1)).labels == {}


@pytest.mark.usefixtures("woven")
async def test_a_difference_is_let_stand_by_name_and_only_as_it_was_seen(
    world: World, desk: tuple[Browser, str]
) -> None:
    browser, key = desk
    await browser.post(f"{LOOM}/cells/point-1/es", **await opened(browser, "point-1/es"), text="A las 9.")
    _, page = await browser.get(f"{LOOM}/rows/point-1")
    found = re.findall(r"/differences/(\w+)", page)

    said = [
        await browser.post(f"{LOOM}/differences/{difference}", key=key) for difference in (found[0], found[0], "0" * 16)
    ]
    _, after = await browser.get(f"{LOOM}/rows/point-1")

    async with world.database.readers() as session:
        assert (await session.scalars(select(Waiver.difference))).all() == [found[0]]
    assert "let stand by" in after
    assert [status for status, _ in said] == [200, 200, 409]
    assert "someone else changed the words meanwhile" in said[-1][1]


@pytest.mark.usefixtures("woven")
async def test_a_difference_is_the_same_wherever_its_row_is_moved(desk: tuple[Browser, str]) -> None:
    browser, key = desk
    await browser.post(f"{LOOM}/cells/point-1/es", **await opened(browser, "point-1/es"), text="A las 9.")
    await browser.post(f"{LOOM}/rows", key=key, number="1", text="en: Ask first.\nes: Preguntar primero.")
    _, page = await browser.get(f"{LOOM}/rows/point-1")
    (number,) = re.findall(r"/differences/(\w+)", page)[:1]

    await browser.post(f"{LOOM}/rows/point-1/place", key=key, before="")
    await browser.post(f"{LOOM}/differences/{number}", key=key)
    _, moved = await browser.get(f"{LOOM}/rows/point-1")
    await browser.post(f"{LOOM}/rows/point-1/place", key=key, before="3")
    _, back = await browser.get(f"{LOOM}/rows/point-1")

    assert "let stand by" in moved
    assert "let stand by" in back


@pytest.mark.usefixtures("woven")
async def test_an_objection_is_answered_beside_the_words_it_is_about(
    world: World, bea: Phone, desk: tuple[Browser, str]
) -> None:
    browser, key = desk
    async with world.database.sessions.begin() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == BEA))
        assert person is not None
        await consultation.object_to(session, person, 1, text="No dije eso.", now=world.clock.now())
    _, row = await browser.get(f"{LOOM}/rows/point-1")
    _, overview = await browser.get(LOOM.removesuffix("/loom"))
    await browser.post(
        f"{LOOM}/cells/point-1/en", **await opened(browser, "point-1/en"), text="After 8, nobody gets home."
    )

    early, told = await browser.post(f"{LOOM}/rows/point-1/settle", key=key, objection="1")
    for tag in condensed.LANGUAGES[1:]:
        await browser.post(f"{LOOM}/cells/point-1/{tag}", **await opened(browser, f"point-1/{tag}"), text=f"8 {tag}")
    done, _ = await browser.post(f"{LOOM}/rows/point-1/settle", key=key, objection="1")
    await world.settle()

    assert "No dije eso." in row
    assert f'id="to-objections" href="{LOOM}"' in overview
    assert "Bea" not in row
    assert (early, done) == (409, 200)
    assert "The wordings of this key point differ in age" in told
    assert any("ha revisado su objeción" in text for text in texts(bea))
    async with world.database.readers() as session:
        assert (await session.get_one(Objection, 1)).answered_at is not None


@pytest.mark.usefixtures("woven")
async def test_what_was_published_at_the_desk_is_published_once(
    world: World, ada: Phone, bea: Phone, desk: tuple[Browser, str]
) -> None:
    browser, key = desk
    async with world.database.sessions.begin() as session:
        await session.delete(await session.get_one(KeyPoint, 2))
    asked, page = await browser.post(f"{LOOM}/consult", key=key)
    waiting, _ = await browser.post(f"{LOOM}/publish", key=key, release="0")
    await world.pass_time(hours=73)
    async with signed_in(world, ada) as (browser, key):
        _, ready = await browser.get(f"{LOOM}/publish")
        release = re.search(r'name="release" value="(\w+)"', ready)
        assert release is not None
        other, seen = await browser.post(f"{LOOM}/publish", key=key, release="0" * 12)
        twice = [(await browser.post(f"{LOOM}/publish", key=key, release=release[1]))[1] for _ in range(2)]
        public_pages = [
            (await browser.post(f"{LOOM}/page", key=key, openness=to)) for to in ("link", "search", "", "all")
        ]
    await world.settle()

    assert (asked, waiting, other) == (200, 200, 200)
    assert "3 members are shown the key points" in page.replace("\u2068", "").replace("\u2069", "")
    assert "The Summary was changed since you saw it." in seen
    assert "Published, issue 1." in twice[0]
    assert "members are told now" in twice[0]
    assert f'href="{ADDRESS}/s/{condensed.SLUG}"' in public_pages[0][1]
    assert "search engines may list it" in public_pages[1][1]
    assert f'href="{ADDRESS}/s/{condensed.SLUG}"' not in public_pages[2][1]
    assert [status for status, _ in public_pages] == [200, 200, 200, 404]
    assert "Nothing has changed since issue 1" in twice[1]
    assert sum("document" in message for message in bea.received) == 1
    async with world.database.readers() as session:
        acts = (await session.scalars(select(LogEntry.act))).all()
    assert [list(acts).count(act) for act in (Act.PUBLISHED, Act.PAGE_OPENED, Act.PAGE_CLOSED)] == [1, 1, 1]


ROUTES = [
    ("GET", ""), ("GET", "/aside"), ("GET", "/here"), ("GET", "/rows/point-1"), ("GET", "/cells/point-1/es"), ("GET", "/files/es/md"),
    ("GET", "/publish"), ("POST", "/cells/point-1/es"), ("POST", "/cells/background/es"), ("POST", "/cells/label-summary/es"),
    ("POST", "/rows"), ("POST", "/rows/point-1/place"), ("POST", "/rows/point-1/remove"), ("POST", "/rows/point-1/label"),
    ("GET", "/sources/point-1"), ("POST", "/sources/point-1"), ("POST", "/rows/point-1/found"),
    ("POST", "/rows/point-1/look"), ("POST", "/rows/point-1/letgo"), ("POST", "/rows/point-1/settle"), ("POST", "/rows/point-1/despite"),
    ("POST", "/differences/0"), ("POST", "/publish"), ("POST", "/consult"), ("POST", "/page"),
]  # fmt: skip


async def asked(browser: Browser, root: str, **form: str) -> set[int]:
    """The statuses of all that can be asked of the loom at an address."""
    found = set()
    for method, path in ROUTES:
        if method == "GET":
            found.add((await browser.get(root + path))[0])
        else:
            found.add((await browser.post(root + path, number="1", text="Mine.", reply="1", **form))[0])
    return found


async def everything(world: World) -> list[object]:
    """What a form could change."""
    async with world.database.readers() as session:
        rows = await session.execute(
            select(KeyPoint.id, KeyPoint.text, KeyPoint.position, KeyPoint.strength, KeyPoint.consulted_at)
        )
        supports = await session.scalars(select(Support.id))
        return [*rows.all(), *supports, await session.scalar(select(Dialogue.labels))]


@pytest.mark.usefixtures("woven")
async def test_nobody_but_who_writes_the_summary_gets_at_the_loom_or_changes_a_word(
    world: World, desk: tuple[Browser, str]
) -> None:
    browser, key = desk
    before, found = await everything(world), []
    for role in (Role.MEMBER, Role.OBSERVER, Role.FACILITATOR):
        async with world.database.sessions.begin() as session:
            ids = select(Member.id).join(Person, Person.id == Member.person_id).where(Person.telegram_id == ADA)
            await session.execute(update(Member).values(role=role).where(Member.id.in_(ids)))
        found.append(await asked(browser, LOOM, key=key))

    assert all(statuses <= {403, 404, 409} for statuses in found)
    assert await everything(world) == before


@pytest.mark.usefixtures("woven")
async def test_a_form_of_another_page_or_for_another_dialogue_changes_no_word(
    world: World, desk: tuple[Browser, str]
) -> None:
    browser, key = desk
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue("training"))
    await world.bot.prepare()
    before = await everything(world)

    foreign = {
        (await browser.post(LOOM + path, key="0" * 64, text="x"))[0] for method, path in ROUTES if method == "POST"
    }
    elsewhere = {
        (await browser.post(f"/desk/training/loom{path}", key=key, text="x", language="en", mark="", newest="1"))[0]
        for path in (
            "/cells/point-1/es",
            "/rows/point-1/remove",
            "/rows/point-1/letgo",
            "/rows/point-99/place",
            "/cells/x/es",
        )
    }

    assert foreign == {403}
    assert elsewhere == {404, 409}
    assert await everything(world) == before


@pytest.mark.usefixtures("woven")
@pytest.mark.parametrize(
    "path",
    [
        "/cells/point-1/xx",
        "/cells/label-nothing/es",
        "/rows/point-0",
        "/rows/point-9999999999999999999",
        "/files/xx/md",
        "/files/es/exe",
    ],
)
async def test_what_is_not_there_is_said_not_to_be(desk: tuple[Browser, str], path: str) -> None:
    status, _ = await desk[0].get(LOOM + path)

    assert status == 404


async def came_from(world: World) -> list[tuple[Basis | None, int | None]]:
    async with world.database.readers() as session:
        rows = await session.execute(select(KeyPoint.basis, KeyPoint.event_id).order_by(KeyPoint.id))
        return [(row[0], row[1]) for row in rows]


@pytest.mark.usefixtures("woven")
async def test_a_point_is_said_to_come_from_elsewhere_and_no_longer(world: World, desk: tuple[Browser, str]) -> None:
    browser, key = desk
    async with world.database.sessions.begin() as session:
        session.add_all([planting.event(11), planting.event(12, title={"en": "Gone"})])
    found, pages = [], []

    for footing in ("moderators", "event:11", "event:99", "event:12", ""):
        status, _ = await browser.post(f"{LOOM}/rows/point-2/found", key=key, footing=footing)
        pages.append((await browser.get(f"{LOOM}/rows/point-2"))[1])
        found.append((status, (await came_from(world))[1]))
        if footing == "event:12":
            async with world.database.sessions.begin() as session:
                await session.execute(update(Event).where(Event.id == 12).values(cancelled_at=world.clock.now()))
            _, cancelled = await browser.get(f"{LOOM}/rows/point-2")
    further, _ = await browser.post(f"{LOOM}/rows/point-3/found", key=key, footing="moderators")
    _, all_rows = await browser.get(LOOM)

    talk = (Basis.EVENT, 11)
    assert found == [
        (200, (Basis.MODERATORS, None)), (200, talk), (409, talk), (200, (Basis.EVENT, 12)), (200, (None, None)),
    ]  # fmt: skip
    assert '<option value="moderators" selected>' in pages[0]
    assert '<option value="event:11" selected>Live event: A talk' in pages[1]
    assert '<option value="event:12" selected>Live event: Gone' in cancelled
    assert '<option value="event:12"' not in pages[4]
    assert further == 404
    assert (await came_from(world))[2] == (None, None)
    assert "from the moderators" not in all_rows


@pytest.mark.usefixtures("woven")
async def test_replies_like_a_point_are_offered_a_few_at_a_time_and_go_under_it_to_the_letter(
    world: World, desk: tuple[Browser, str]
) -> None:
    browser, key = desk
    said = [f"🚌 Bus {number} & more.\nIt came late." for number in range(7)]
    async with world.database.sessions.begin() as session:
        members = (await session.scalars(select(Member).order_by(Member.id))).all()
        for number, text in enumerate(said):
            await planting.reply(
                session, members[-1].id, message_id=900 + number, question_id=1, content=Content("text", text)
            )
    like = f"{LOOM}/sources/point-1"

    _, first = await browser.get(like)
    further = re.search(r'href="[^"]*(\?from=\d+&amp;newest=\d+)"', first)
    assert further is not None
    _, second = await browser.get(like + further[1].replace("&amp;", "&"))
    offered = [re.findall(r'id="offer-point-1-(\d+)"', page) for page in (first, second)]
    chosen = [html.unescape(each) for each in re.findall(r'name="chosen" value="([^"]*)"', first)[:3]]
    reply = offered[0][0]
    statuses = [
        (await browser.post(like, key=key, reply=reply, chosen=each))[0]
        for each in ("0 It came late.", f"{len(chosen[0])} x", chosen[2])
    ]
    _, after = await browser.get(like)

    assert [len(each) for each in offered] == [5, 2]
    assert len({*offered[0], *offered[1]}) == 7
    assert chosen[0][2:] == "\n".join(each.partition(" ")[2] for each in chosen[1:])
    assert statuses == [409, 409, 200]
    assert f"offer-point-1-{reply}" not in after
    async with world.database.readers() as session:
        rested = await session.scalar(select(Support).where(Support.reply_id == int(reply)))
        assert rested is not None
        assert (rested.key_point_id, rested.span) == (1, "It came late.")
        assert (await session.get_one(Reply, int(reply))).text[rested.start : rested.end] == rested.span


@pytest.mark.usefixtures("woven")
async def test_nothing_is_learnt_of_words_of_another_dialogue_by_guessing_at_them(
    world: World, desk: tuple[Browser, str]
) -> None:
    browser, key = desk
    async with world.database.sessions.begin() as session:
        other = planting.dialogue("training")
        session.add(other)
        await session.flush()
        member = await planting.join(session, other, CHLOE)
        question_id = other.questions[0].id
        said = await planting.reply(
            session, member.id, message_id=900, question_id=question_id, content=Content("text", "Candid words.")
        )
    before = await everything(world)

    statuses = [
        await browser.post(f"{LOOM}/sources/point-1", key=key, reply=str(said.reply_id), chosen=guess)
        for guess in ("0 Candid", "0 Guarded")
    ]

    assert statuses[0] == statuses[1]
    assert statuses[0][0] in {403, 404}
    assert await everything(world) == before
