"""Of people who chose every way to be named all that leaves the bot is gathered: in none of it stands an account they didn't show."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import planting
import pytest
from circle import SUPERGROUP, in_circle, link
from click.testing import CliRunner
from outputs import Output, sent
from planting import MONDAY, WEEK
from proposer import Model
from sqlalchemy import select, update
from steps import join, newest, press, say
from world import World

from bot.cli import main
from bot.features.exports.actions.replies import Format
from bot.models import Afterword, KeyPoint, Member, Objection, Person, Reply, Strength, Support
from bot.paper.pictures import Drawing
from bot.sandbox import Phone, Sandbox
from bot.sandbox.groups import Group

ADA, BEA, CHLOE, EGOR, FANG, GUS = range(7_310_480_001, 7_310_480_007)
PAPER = "training.zip/summary-training-en"
SHOWS_NAMES = {
    *("training.csv", "training.jsonl", "training.xlsx/xl/worksheets/sheet1.xml", "training.zip/proceedings.html"),
    *(f"{PAPER}.pdf", f"{PAPER}.docx/word/document.xml", f"{PAPER}.html", f"{PAPER}.md"),
}
SUMMARY = "The bus decides who may learn"


def account(phone: Phone) -> set[str]:
    """What tells who someone is on Telegram."""
    user = phone.user
    return {str(user["id"]), user["username"], user["first_name"], user["last_name"]}


def betrayals(found: list[Output], phones: dict[str, Phone], shown: dict[str, set[str]]) -> list[str]:
    """Where an account is told to another than its owner, save what is `shown` of it by their own choice."""
    return [
        f"{mark} of {name} in {output.source}"
        for name, phone in phones.items()
        for mark in account(phone) - shown.get(name, set())
        for output in found
        if output.reader != phone.user_id and mark.casefold() in output.words.casefold()
    ]


def known(sandbox: Sandbox, user_id: int, name: str, language: str) -> Phone:
    """Someone whose account has a name that stands nowhere else."""
    names = {"first_name": f"{name}given", "last_name": f"{name}family", "username": f"{name}_account"}
    return sandbox.phone(user_id, language_code=language, **names)


@pytest.fixture
def phones(world: World) -> dict[str, Phone]:
    """Ada organises; the others go by a pseudonym, by no name, by one they typed, by their account's, and Gus by none in a group."""
    cast = {"Ada": (ADA, "en"), "Bea": (BEA, "es"), "Chloe": (CHLOE, "fr"), "Egor": (EGOR, "en"), "Fang": (FANG, "ar")}
    return {name: known(world.sandbox, number, f"zq{name}", tag) for name, (number, tag) in cast.items()} | {
        "Gus": known(world.sandbox, GUS, "zqGus", "en")
    }


@pytest.fixture
async def _dialogue(world: World) -> None:
    """One in two languages, for each of which its archive holds four papers and a picture."""
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue(languages=["en", "ar"]))
    await world.bot.prepare()


@pytest.fixture
def host_settings(model_settings: dict[str, object]) -> dict[str, object]:
    return model_settings | {"organiser_ids": (ADA,)}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pictures that were drawn, as they were before they became pixels."""
    pictures: list[str] = []
    svg = Drawing.svg

    def noted(drawing: Drawing, height: float, background: str) -> str:
        pictures.append(svg(drawing, height, background))
        return pictures[-1]

    monkeypatch.setattr(Drawing, "svg", noted)
    return pictures


async def tap(world: World, phone: Phone, *pressed: str) -> None:
    """Press buttons that are somewhere above, or that others have."""
    for data in pressed:
        await phone.forges_a_tap(data)
        await world.settle()


async def _name_themselves(world: World, phones: dict[str, Phone]) -> None:
    async with world.database.readers() as session:
        rows = await session.execute(select(Person.telegram_id, Member.id).join(Member.person))
    members = {row[0]: row[1] for row in rows}
    await tap(world, phones["Chloe"], f"name:{members[CHLOE]}:anonymous")
    await tap(world, phones["Fang"], f"name:{members[FANG]}:name")
    await tap(world, phones["Egor"], f"rename:{members[EGOR]}", "mayhelp:on")
    await say(world, phones["Egor"], "Zoe")
    await press(world, phones["Egor"], newest(phones["Egor"], "named:"))


async def _speak(world: World, phones: dict[str, Phone], circle: Group) -> None:
    """Everyone speaks, in private and in the group; they respond, report, take back and write to the moderators."""
    for name in ("Bea", "Chloe", "Egor", "Fang"):
        await say(world, phones[name], f"What {len(name)} buses taught me. We wait, and we talk.")
    await phones["Chloe"].sends_file("document", caption="La carte.", file_name="carte.pdf")
    await _send_what_carries_accounts(phones)
    await world.settle()
    before = in_circle(circle, "What have you learned in step 1?")[-1]
    for name in ("Gus", "Bea", "Fang"):
        before = await say(world, phones[name], "Said among us.", chat=circle, reply_to=before["message_id"])
    await tap(world, phones["Bea"], "browse", "deck:1", "card:3:", "respond:3")
    await say(world, phones["Bea"], "So it is here.")
    await tap(world, phones["Egor"], "report:2:", "reported:2:", "card:1:", "chime:example:1:0:")
    taken_back = await say(world, phones["Bea"], "Better not.")
    await phones["Bea"].edits(taken_back["message_id"], "Better not, now.")
    await say(world, phones["Chloe"], "/ask")
    await say(world, phones["Chloe"], "Who reads this?")
    await world.bot.sorter.sort()


async def _send_what_carries_accounts(phones: dict[str, Phone]) -> None:
    """Messages in which Telegram tells of an account though no word of theirs does: a story, what was forwarded, a mention."""
    user, chat = phones["Gus"].user, {**phones["Bea"].user, "type": "private"}
    mention = [{"type": "text_mention", "offset": 3, "length": 4, "user": phones["Chloe"].user}]
    await phones["Bea"].sends_raw({"story": {"chat": chat, "id": 3}})
    await phones["Bea"].sends_raw(
        {"text": "Heard elsewhere.", "forward_origin": {"type": "user", "date": 1, "sender_user": user}}
    )
    await phones["Egor"].sends_raw({"text": "As said before.", "entities": mention})


async def _condense(world: World) -> None:
    """What moderators made of it, with all allowing to be quoted, and what members said to that."""
    written = {"dialogue_id": 1, "strength": Strength.MAJORITY, "position": 0, "created_at": MONDAY}
    async with world.database.sessions.begin() as session:
        said = list(await session.scalars(select(Reply).where(Reply.room_id.is_(None)).order_by(Reply.id).limit(4)))
        await session.execute(update(Member).values(quotable=True))
        session.add(KeyPoint(id=1, question_id=1, text={"en": SUMMARY}, consulted_at=MONDAY - WEEK, **written))
        await session.flush()
        session.add_all(
            Support(key_point_id=1, reply_id=one.id, start=0, end=4, span=one.text[:4], chosen_at=MONDAY)
            for one in said
        )
        session.add(Objection(key_point_id=1, member_id=said[1].member_id, text="I never said so", raised_at=MONDAY))
        session.add(Afterword(dialogue_id=1, member_id=said[2].member_id, text="We meet now", said_at=MONDAY))


async def _moderate(world: World, ada: Phone) -> None:
    """Ada looks wherever there is something of members, and decides."""
    for command in ("digest", "queue", "themes", "keypoints", "summary", "moderators", "invite", "dialogue"):
        await say(world, ada, f"/{command}")
    for reply_id in (1, 2, 3, 4):
        await tap(world, ada, f"author:{reply_id}:0:s:0")
    await tap(
        world,
        ada,
        "because:2:0:s:0:0",
        "feature:3:0:s:0",
        "restrain:4:muted",
        "quotes:1",
        "proposepoints:1",
        "restrained:1",
        "queue:1:s:0",
    )
    await tap(
        world, ada, "themesof:1", "theme:1", "inquiries:1:0", "chapter:1:1", "point:1", "rests:1:0", "objections:1"
    )
    await tap(world, ada, "log:1")


async def _read_on(world: World, phones: dict[str, Phone]) -> None:
    """A day, a week and the end of it all: what members are told, what they read, and what is kept of one of them."""
    await phones["Egor"].blocks()
    await world.pass_time(days=1)
    world.sandbox.faults.add("sendMessage", status=400)
    await say(world, phones["Bea"], "/me")
    for moment in (MONDAY + WEEK, MONDAY + 2 * WEEK, MONDAY + 3 * WEEK + timedelta(days=2)):
        await world.until(moment)
    for name in ("Bea", "Chloe", "Fang"):
        reader = phones[name]
        for command in ("/me", "/replies", "/question", "/help"):
            await say(world, reader, command)
        await tap(world, reader, "readon", "mywords", *(f"card:{number}:" for number in range(1, 12)), "thread:3:0")
        await tap(world, reader, "file:5", "file:6", "export")


async def _host(url: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> list[Output]:
    """What whoever hosts the bot reads, of all but its log."""
    for name, value in {
        "DATABASE_URL": url,
        "TELEGRAM_BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "WEB_LISTEN": "127.0.0.1:1",
    }.items():
        monkeypatch.setenv(name, value)
    asked = [
        *(["digest", "training", "--period", "whole", "--format", form] for form in ("text", "html", "json")),
        *(["doctor", "--format", form] for form in ("text", "json")),
        ["inbox", "list"],
    ]
    told = [(words, await asyncio.to_thread(CliRunner().invoke, main, words)) for words in asked]
    assert [words for words, result in told if result.exception] == []
    return [Output(" ".join(words), None, result.output) for words, result in told]


async def _watched(world: World) -> AsyncIterator[Output]:
    """What whatever watches over the bot reads."""
    async with aiohttp.ClientSession() as session:
        for path in ("metrics", "health/live", "health/ready"):
            async with session.get(f"{world.bot.server.url}/{path}") as response:
                yield Output(path, None, await response.text())


@pytest.mark.usefixtures("_dialogue")
async def test_no_account_stands_in_anything_that_leaves_the_bot_but_what_its_owner_chose_to_show(
    world: World,
    phones: dict[str, Phone],
    database_url: str,
    *,
    model: Model,
    drawn: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ada = phones["Ada"]
    await say(world, ada, "/start")
    for name in ("Bea", "Chloe", "Egor", "Fang"):
        await join(world, phones[name])
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada, phones["Bea"], phones["Fang"], phones["Gus"]])
    await link(world, ada, circle)
    await _name_themselves(world, phones)
    await world.until(MONDAY)
    await _speak(world, phones, circle)
    await _condense(world)
    await _moderate(world, ada)
    await _read_on(world, phones)
    for form in Format:
        await say(world, ada, "/export")
        await press(world, ada, f"exported:1:{form}")

    logged = capsys.readouterr()
    found = [
        *sent(world.sandbox.requests),
        Output("the log", None, logged.out + logged.err),
        *(Output("a chart", None, picture) for picture in drawn),
        *(Output("the proposing service", None, heard) for heard in model.heard),
        *await _host(database_url, world.sandbox, monkeypatch),
        *[output async for output in _watched(world)],
    ]
    assert betrayals(found, phones, {"Fang": {"zqFanggiven", "zqFangfamily"}}) == []
    named = {output.source for output in found if "Zoe" in output.words}
    assert named >= SHOWS_NAMES, "a name that was chosen is found where names stand"
    spoke = {output.source for output in found if output.words.strip()}
    assert spoke >= {"the log", "a chart", "the proposing service", "metrics"}
