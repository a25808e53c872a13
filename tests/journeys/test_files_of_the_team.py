"""Files that people with a role work with: none becomes a reply before they say so."""

from io import BytesIO

import pytest
from openpyxl import Workbook
from planting import MONDAY
from sqlalchemy import func, select, update
from steps import join, last, newest, press, say
from world import BEA, World

from bot.models import HeldMessage, Member, Person, Reply, Role
from bot.sandbox import Phone


def workbook() -> bytes:
    """A spreadsheet of somebody's."""
    book, stream = Workbook(), BytesIO()
    assert book.active is not None
    book.active.append(["Name", "Opinion"])
    book.save(stream)
    return stream.getvalue()


FILES: dict[str, bytes] = {
    "dialogue.yaml": b"slug: x\ncolour: red\n",
    "dialogue.txt": b"title: a word\nquestions:\n  - text: another\n",
    "dialogue.docx": b"PK, and broken",
    "budget.xlsx": workbook(),
    "summary.xlsx": b"PK, and broken",
    "old.xls": b"\xd0\xcf\x11\xe0",
    "report.json": b'{"topics": [\n{"title":',
    "comments.csv": b"name;opinion\nBea;yes\n",
    "latin.csv": "Straße".encode("latin-1"),
    "training.zip": b"PK",
    "training.qdpx": b"PK",
    "replies.jsonl": b'{"record": "dialogue"}\n',
    "summary.pdf": b"%PDF-1.7",
    "summary.html": b"<!doctype html>",
    "no-suffix": b"\x00\x01",
}

SENT: dict[Role, list[str]] = {
    Role.MODERATOR: list(FILES),
    Role.FACILITATOR: ["dialogue.yaml", "budget.xlsx", "comments.csv"],
    Role.OBSERVER: ["training.zip"],
    Role.TRANSLATOR: ["dialogue.docx"],
    Role.ORGANISER: ["dialogue.docx", "latin.csv"],
}


async def send(world: World, phone: Phone, name: str) -> None:
    await phone.sends_file("document", content=FILES[name], file_name=name)
    await world.settle()


async def give(world: World, role: Role) -> None:
    """Bea has this role."""
    async with world.database.sessions.begin() as session:
        bea = select(Person.id).where(Person.telegram_id == BEA).scalar_subquery()
        await session.execute(update(Member).where(Member.person_id == bea).values(role=role))


async def counted(world: World) -> tuple[int, int]:
    """How many replies there are, and held messages."""
    async with world.database.readers() as session:
        counts = [await session.scalar(select(func.count()).select_from(model)) for model in (Reply, HeldMessage)]
        return counts[0] or 0, counts[1] or 0


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.fixture
async def bea_takes_part(world: World, dialogue: str, ada: Phone, bea: Phone) -> None:  # noqa: ARG001 - planted before
    await say(world, ada, "/start")
    await join(world, bea, language="en")
    await world.until(MONDAY)


@pytest.mark.usefixtures("bea_takes_part")
async def test_a_file_of_somebody_with_a_role_becomes_no_reply_and_they_are_told_what_is_amiss_with_it(
    world: World, bea: Phone
) -> None:
    told: dict[tuple[Role, str], str] = {}

    for role, names in SENT.items():
        await give(world, role)
        for name in names:
            await send(world, bea, name)
            told[role, name] = plain(last(bea))

    assert (await counted(world))[0] == 0
    others = {each: words for each, words in told.items() if each[0] is not Role.ORGANISER}
    assert all("For whom is this?" in words for words in others.values())
    for name in ("dialogue.yaml", "dialogue.txt", "dialogue.docx", "old.xls"):
        assert "Only organisers can make or change a dialogue" in told[Role.MODERATOR, name]
    assert "This is not a table of a Summary" in told[Role.MODERATOR, "budget.xlsx"]
    assert "damaged" in told[Role.MODERATOR, "summary.xlsx"]
    assert "damaged or incomplete in line 2" in told[Role.MODERATOR, "report.json"]
    assert "Its columns are: name, opinion." in told[Role.MODERATOR, "comments.csv"]
    assert "no text in UTF-8" in told[Role.ORGANISER, "latin.csv"]
    assert "taken from those who write the Summary" in told[Role.FACILITATOR, "comments.csv"]
    assert "I can’t do anything with this file" in told[Role.OBSERVER, "training.zip"]
    assert "Is this a dialogue that I am to make or change?" in told[Role.ORGANISER, "dialogue.docx"]


@pytest.mark.usefixtures("bea_takes_part")
async def test_a_file_of_somebody_with_a_role_is_a_reply_once_they_say_so_and_nothing_once_they_say_that(
    world: World, bea: Phone
) -> None:
    await give(world, Role.FACILITATOR)
    await bea.forges_a_tap("answer:1")  # even then: they may have meant to answer later
    await world.settle()

    await send(world, bea, "summary.pdf")
    first = await counted(world)
    await press(world, bea, newest(bea, "reply:"))
    second = await counted(world)
    await send(world, bea, "comments.csv")
    await press(world, bea, newest(bea, "forget:"))

    assert (first, second, await counted(world)) == ((0, 1), (1, 0), (1, 0))


@pytest.mark.usefixtures("bea_takes_part")
async def test_pictures_recordings_and_plain_text_of_somebody_with_a_role_are_replies_as_before(
    world: World, bea: Phone
) -> None:
    await give(world, Role.MODERATOR)

    await bea.sends_file("document", file_name="bus.png", mime_type="image/png")
    await bea.sends_file("document", file_name="notes.txt", content=b"Just my notes.")
    await bea.sends_file("voice", duration=3)
    await world.settle()

    assert await counted(world) == (3, 0)


@pytest.mark.usefixtures("bea_takes_part")
async def test_files_of_members_are_replies_as_before(world: World, bea: Phone) -> None:
    for name in ("dialogue.yaml", "budget.xlsx", "comments.csv", "training.zip"):
        await send(world, bea, name)

    assert await counted(world) == (4, 0)
