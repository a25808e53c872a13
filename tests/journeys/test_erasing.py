"""Marked words of every kind, left by the product's own ways and then erased: no byte of them stays, in no table and no file."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from circle import SUPERGROUP, in_circle, link
from planting import MONDAY
from proposer import Model
from sqlalchemy import select
from sqlalchemy.engine import make_url
from steps import buttons, join, newest, press, say
from world import ADA, BEA, CHLOE, World, settings_for

from bot import backups
from bot import database as databases
from bot.app.application import Bot
from bot.backups import erasures
from bot.database import Database
from bot.features.privacy import jobs as privacy_jobs
from bot.inbox import retention
from bot.models import (
    Afterword,
    Base,
    InboxState,
    InboxUpdate,
    KeyPoint,
    Objection,
    OptOut,
    Person,
    Reply,
    Support,
    Theme,
    ThemeReply,
)
from bot.sandbox import Phone

MARK = "zq"
OTHERS_OWN = {
    "reason",
    "translation",
    "spoken",
    "told",
}  # what others typed stands in their own raw updates for a while


def mark(kind: str) -> str:
    """A word that says where it was left, and stands nowhere else."""
    return f"{MARK}{kind}qz"


def marks(text: str) -> set[str]:
    """The kinds of which a mark stands in a text."""
    return {piece.split("qz")[0] for piece in text.split(MARK)[1:] if "qz" in piece}


async def tables(database: Database) -> dict[str, set[str]]:
    """The tables in which something marked stands, and what."""
    async with database.readers() as session:
        found = {
            table.name: marks("\n".join(str(tuple(row)) for row in await session.execute(select(table))))
            for table in Base.metadata.sorted_tables
        }
    return {name: kinds for name, kinds in found.items() if kinds}


def files(url: str) -> set[str]:
    """What marked stands in the files of an SQLite database, byte by byte; nothing for another."""
    path = make_url(url).database if url.startswith("sqlite") else None
    return (
        set()
        if path is None
        else marks("".join(f.read_bytes().decode("latin-1") for f in Path(path).parent.glob("*.db*")))
    )


@pytest.fixture
def host_settings(model_settings: dict[str, object]) -> dict[str, object]:
    return model_settings


async def _speak(world: World, bea: Phone, circle: Any) -> None:
    """Bea says, in private and in a group, whatever a member can."""
    await say(world, bea, "/me")
    await press(world, bea, newest(bea, "names:"))
    await press(world, bea, newest(bea, "rename:"))
    await say(world, bea, mark("name"))
    await press(world, bea, newest(bea, "named:"))
    await say(world, bea, "/me")
    await press(world, bea, "mayhelp:on")
    said = await say(world, bea, f"Antes {mark('revision')}.")
    await bea.edits(said["message_id"], f"Hablaba yo {mark('edit')}. Ahora pregunto.")
    await world.settle()
    await bea.sends_file("document", caption=mark("caption"), file_name=f"{mark('filename')}.pdf")
    await bea.sends_raw(
        {"venue": {"location": {"latitude": 1.0, "longitude": 2.0}, "title": mark("venue"), "address": mark("address")}}
    )
    await bea.sends_raw({"rich_message": {"blocks": [{"type": "paragraph", "text": mark("rich")}]}})
    await bea.sends_contact("+1 809 555 0100", mark("contact"))
    await world.settle()
    await say(world, bea, f"¿{mark('held')}?")
    await bea.sends_file("photo", caption=mark("album"), album="7")
    await world.settle()
    await bea.forges_a_tap("respond:1")
    await world.settle()
    await say(world, bea, mark("response"))
    await say(world, bea, "/ask")
    await say(world, bea, mark("inquiry"))
    await say(world, bea, "/me")
    await press(world, bea, "zones")
    await press(world, bea, newest(bea, "city"))
    await say(world, bea, mark("city"))
    await bea.forges_a_tap(f"{mark('tap')}:1")
    await world.settle()
    [question] = in_circle(circle, "What have you learned in step 1?")
    await say(world, bea, mark("group"), chat=circle, reply_to=question["message_id"])


async def _repeat(world: World, ada: Phone, chloe: Phone, model: Model) -> None:
    """The others read what Bea said, and put it into words of their own."""
    hers = await reply_with(world, "edit")
    for tap in ("browse", "deck:1", f"card:{hers}:", f"thread:{hers}:0"):
        await chloe.forges_a_tap(tap)
        await world.settle()
    await say(world, chloe, "/me")
    await press(world, chloe, "offers")
    await press(
        world, chloe, next(data for data in buttons(chloe) if data.startswith("source:") and data.endswith("es"))
    )
    await press(world, chloe, newest(chloe, "deal:"))
    await say(world, chloe, mark("translation"))
    await say(world, ada, "/digest")
    await ada.forges_a_tap(f"reason:{await reply_with(world, 'caption')}")
    await world.settle()
    await say(world, ada, mark("reason"))
    await press(world, ada, newest(ada, "hidefor:"))
    await ada.forges_a_tap(f"speak:{hers}:0:s:0")
    await world.settle()
    await say(world, ada, mark("spoken"))
    await press(world, ada, newest(ada, "spoken:"))
    await press(world, ada, "inquiries:1:0") if "inquiries:1:0" in buttons(ada) else await ada.forges_a_tap(
        "inquiries:1:0"
    )
    await world.settle()
    await press(world, ada, newest(ada, "inquirysay:"))
    await say(world, ada, mark("told"))
    await press(world, ada, newest(ada, "inquirysaid:"))
    quotes = [{"contribution": number, "words": "Ahora pregunto."} for number in range(1, 9)]
    model.answer = {"key_points": [{"text": mark("proposal"), "quotes": quotes}]}
    await say(world, ada, "/keypoints")
    await press(world, ada, "chapter:1:1")
    await press(world, ada, "proposepoints:1")


async def reply_with(world: World, kind: str) -> int:
    async with world.database.readers() as session:
        return (await session.scalars(select(Reply.id).where(Reply.text.contains(mark(kind))))).one()


async def _leave_besides(world: World) -> None:
    """What would take weeks, or a fault of ours."""
    hers = await reply_with(world, "edit")
    group = {"id": SUPERGROUP, "type": "supergroup", "title": "Water"}
    sender = {"id": BEA, "is_bot": False, "first_name": "Bea"}
    message = {"message_id": 1, "date": 1, "chat": group, "from": sender, "text": mark("parked")}
    raw = json.dumps({"update_id": 1, "message": message})
    async with world.database.sessions.begin() as session:
        author = (await session.get_one(Reply, hers)).member_id
        point = KeyPoint(dialogue_id=1, question_id=1, position=1, text={"en": "Asking"}, created_at=MONDAY)
        names = {"en": mark("theme")}, {"en": mark("proposedtheme")}
        theme = Theme(
            dialogue_id=1,
            question_id=1,
            name=names[0],
            proposed_name=names[1],
            proposed_by="small",
            method="letters-4",
            made_from=1,
            created_at=MONDAY,
        )
        session.add_all([point, theme])
        await session.flush()
        session.add_all(
            [
                Support(key_point_id=point.id, reply_id=hers, start=0, end=4, span=mark("span"), chosen_at=MONDAY),
                ThemeReply(reply_id=hers, theme_id=theme.id, placed_at=MONDAY),
                Objection(key_point_id=point.id, member_id=author, text=mark("objection"), raised_at=MONDAY),
                Afterword(dialogue_id=1, member_id=author, text=mark("afterword"), said_at=MONDAY),
                InboxUpdate(
                    update_id=1,
                    fingerprint="1",
                    lane=SUPERGROUP,
                    raw=raw,
                    received_at=MONDAY,
                    state=InboxState.PARKED,
                    error=mark("traceback"),
                ),
            ]
        )


@pytest.fixture
def cast(ada: Phone, bea: Phone, chloe: Phone) -> tuple[Phone, Phone, Phone]:
    return ada, bea, chloe


@pytest.mark.on_either_database
@pytest.mark.usefixtures("dialogue")
async def test_of_who_is_erased_no_marked_word_is_left_but_what_others_typed_and_that_not_for_long(
    world: World,
    database_url: str,
    cast: tuple[Phone, Phone, Phone],
    model: Model,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ada, bea, chloe = cast
    await say(world, ada, "/start")
    for phone in (bea, chloe):
        await join(world, phone)
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea], bot="administrator")
    await link(world, ada, circle)
    await world.until(MONDAY)
    await say(world, chloe, "J’ai appris à douter.")
    await _speak(world, bea, circle)
    await _repeat(world, ada, chloe, model)
    await _leave_besides(world)
    before = await tables(world.database)
    left = set().union(*before.values())
    assert len(left) >= 25, sorted(left)

    await say(world, bea, "/me")
    await press(world, bea, "erase")
    await press(world, bea, "erase:yes")

    after = await tables(world.database)
    assert {table: kinds - OTHERS_OWN for table, kinds in after.items()} == {"inbox": set()}
    assert files(database_url) <= OTHERS_OWN
    logged = capsys.readouterr()
    assert marks(logged.out + logged.err) == set()

    async with world.database.sessions.begin() as session:
        while (await retention.prune(session, now=MONDAY + timedelta(days=9))).count:
            pass
    assert await world.database.scrub()
    assert await tables(world.database) == {}
    assert files(database_url) == set()


@pytest.mark.usefixtures("dialogue")
async def test_who_was_erased_since_a_backup_is_erased_again_once_it_is_put_back(
    world: World, database_url: str, cast: tuple[Phone, Phone, Phone], tmp_path: Path
) -> None:
    ada, bea, chloe = cast
    await say(world, ada, "/start")
    for phone in (bea, chloe):
        await join(world, phone)
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea, chloe], bot="administrator")
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "What have you learned in step 1?")
    await say(world, bea, f"Aprendí {mark('reply')}.")
    await say(world, chloe, "J’ai appris à douter.")
    await say(world, chloe, mark("group"), chat=circle, reply_to=question["message_id"])
    backup = tmp_path / "backup"
    await asyncio.to_thread(backups.back_up, database_url, backup)
    await say(world, bea, "/me")
    await press(world, bea, "erase")
    await press(world, bea, "erase:yes")
    await say(world, chloe, "/forget", chat=circle)

    url = f"sqlite:///{tmp_path}/restored/test.db"
    await asyncio.to_thread(backups.restore, url, backup, replace=False)
    brought_back = databases.connect(url)
    again = await privacy_jobs.erase_again(brought_back, erasures.of(url, tmp_path / "nowhere"), now=MONDAY)
    left = await tables(brought_back)
    settings = settings_for(world.sandbox, url, erasures_dir=tmp_path / "erasures")
    await Bot(settings, brought_back, clock=world.clock.now).prepare()

    listed = "".join(file.read_text() for file in (tmp_path / "erasures").iterdir())
    assert (again, left["reply"]) == (0, {"reply", "group"})
    assert str(BEA) not in listed
    assert await tables(brought_back) == {}
    assert files(url) == set()
    async with brought_back.readers() as session:
        assert list(await session.scalars(select(Person.telegram_id).order_by(Person.id))) == [ADA, CHLOE]
        assert [reply.text for reply in await session.scalars(select(Reply))] == ["J’ai appris à douter."]
        assert await session.get(OptOut, CHLOE) is not None
    await brought_back.close()


@pytest.mark.usefixtures("dialogue")
async def test_who_comes_back_after_an_erasure_is_not_erased_at_the_next_start(
    world: World, cast: tuple[Phone, Phone, Phone]
) -> None:
    _, bea, _ = cast
    await join(world, bea)
    await say(world, bea, "/me")
    await press(world, bea, "erase")
    await press(world, bea, "erase:yes")
    await world.pass_time(hours=1)
    await join(world, bea)

    await world.bot.prepare()

    async with world.database.readers() as session:
        assert list(await session.scalars(select(Person.telegram_id).where(Person.telegram_id == BEA))) == [BEA]
