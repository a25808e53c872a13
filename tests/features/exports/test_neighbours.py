import csv
import re
from pathlib import Path

import pytest
from planting import MONDAY, plant, reply
from sqlalchemy import update

from bot.core.messages import Content, File
from bot.database import Database
from bot.features.exports import jobs
from bot.features.exports.actions.neighbours import Hitch, Neighbour, NeighbourWanted, Preflight
from bot.i18n import translator
from bot.models import Member, Naming, Origin, Reply, Role, Translation

TABLES = [Neighbour.T3C, Neighbour.SENSEMAKER, Neighbour.POLIS]

# What Talk to the City refuses a file for (common/csv-security/index.ts), told anew.
REFUSED = [
    *(
        r"^=",
        r"^[+\-@][a-z]+\(",
        r"dde\s*\(",
        r"cmd\s*\|",
        "powershell",
        "javascript:",
        "data:",
        "<script",
        "vbscript:",
    ),
    *(",{100,}", '"{100,}', "\ufffd"),
]
HOSTILE = [
    *("=1+1", "+SUM(A1)", "-sum(A1)", "@SUM(A1)", "=cmd|' /C calc'!A0", "a CMD | b", "Hidde (Utrecht)", "PowerShell"),
    *("Our data: 40 women", "javascript:x", "vbscript:x", "<script>", "," * 300, '"' * 300, "\ufffd", "Yes; =1+1;-2"),
]
LETTERS = re.compile(r"\w")


@pytest.fixture
async def talking(database: Database) -> Database:
    """Ada is named, Bea has a pseudonym, Chloé is anonymous twice and not to be quoted, Dalia moderates."""
    await plant(database, *["UTC"] * 4)
    async with database.sessions.begin() as session:
        ada, chloe, dalia = [await session.get_one(Member, number) for number in (1, 3, 4)]
        ada.naming, ada.display_name = Naming.NAME, "Ada"
        chloe.naming, chloe.quotable = Naming.ANONYMOUS, False
        dalia.role = Role.MODERATOR
        await reply(session, 1, message_id=1, content=Content("text", "One\nand more"))
        await reply(session, 2, message_id=2, content=Content("voice", "", File("voice", "f", "u")))
        await reply(session, 3, message_id=3, content=Content("text", "Nobody knows"))
        await reply(session, 3, message_id=4, content=Content("text", "Nor here"))
        await reply(session, 1, message_id=5, content=Content("text", "Again"), question_id=2)
        await reply(session, 2, message_id=6, content=Content("text", "Two"))
        await reply(session, 4, message_id=7, content=Content("text", "Thank you"))
        await session.execute(update(Reply).where(Reply.member_id == 4).values(as_moderator=True))
        await session.execute(update(Reply).values(language="es"))
        await session.execute(update(Member).where(Member.id != 3).values(quotable=True))
        session.add(
            Translation(reply_id=1, language="fr", text="Un", origin=Origin.PERSON, member_id=2, translated_at=MONDAY)
        )
    return database


async def made(database: Database, path: Path, wanted: NeighbourWanted) -> tuple[list[dict[str, str]], Preflight]:
    found = await jobs.write_for(database, "training", wanted, path / "out", translator("en"))
    with (path / "out").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), found


async def test_talk_to_the_city_gets_who_said_what(talking: Database, tmp_path: Path) -> None:
    rows, found = await made(talking, tmp_path, NeighbourWanted(Neighbour.T3C))

    assert list(rows[0]) == ["id", "interview", "comment"]
    assert [(row["id"], row["comment"]) for row in rows] == [
        *(("1", "One and more"), ("3", "Nobody knows"), ("4", "Nor here"), ("5", "Again"), ("6", "Two")),
    ]
    assert [row["interview"] for row in rows[:4]] == ["Ada", "Anonymous 3", "Anonymous 4", "Ada"]
    assert (found.replies, found.rows) == (5, 5)
    assert {hitch: list(numbers) for hitch, numbers in found.hitches.items()} == {
        Hitch.WORDLESS: [2],
        Hitch.OF_TEAM: [7],
    }


async def test_sensemaker_gets_one_row_for_each_participant_who_can_be_told(talking: Database, tmp_path: Path) -> None:
    rows, found = await made(talking, tmp_path, NeighbourWanted(Neighbour.SENSEMAKER))

    assert [row["survey_text"] for row in rows] == ["One and more\n\nAgain", "Nobody knows", "Nor here", "Two"]
    assert len({row["participant_id"] for row in rows}) == 4
    assert (found.replies, found.rows) == (5, 4)


async def test_polis_gets_statements_of_those_alone_who_may_be_quoted(talking: Database, tmp_path: Path) -> None:
    rows, found = await made(talking, tmp_path, NeighbourWanted(Neighbour.POLIS))

    assert [row["comment-body"] for row in rows] == ["One and more", "Again", "Two"]
    assert all(row["comment_text"] == row["comment-body"] for row in rows)
    assert [row["author-id"] for row in rows] == ["1", "1", "2"]
    assert rows[0]["timestamp"] == str(int(MONDAY.timestamp()))
    assert rows[0]["datetime"].endswith(" GMT+0000 (Coordinated Universal Time)")
    assert len(found.numbers(Hitch.NOT_TO_QUOTE)) == 2


async def test_one_question_is_taken_alone(talking: Database, tmp_path: Path) -> None:
    rows, _ = await made(talking, tmp_path, NeighbourWanted(Neighbour.T3C, question=2))

    assert [row["comment"] for row in rows] == ["Again"]


async def test_a_translation_is_marked_as_one_and_what_has_none_is_told(talking: Database, tmp_path: Path) -> None:
    rows, found = await made(talking, tmp_path, NeighbourWanted(Neighbour.T3C, language="fr"))

    assert rows[0]["comment"] == "Un [traduit : espagnol]"
    assert rows[1]["comment"] == "Nobody knows"
    assert len(found.numbers(Hitch.UNTRANSLATED)) == 4


@pytest.mark.parametrize("neighbour", TABLES)
async def test_no_reply_makes_a_tool_refuse_the_file_or_is_a_formula_and_each_can_still_be_read(
    talking: Database, tmp_path: Path, neighbour: Neighbour
) -> None:
    async with talking.sessions.begin() as session:
        for number, words in enumerate(HOSTILE, start=20):
            await reply(session, 2, message_id=number, content=Content("text", words), question_id=2)
            await session.execute(update(Reply).where(Reply.message_id == number).values(text=words))

    rows, found = await made(talking, tmp_path, NeighbourWanted(neighbour, question=2))

    texts = [text for row in rows for text in list(row.values())[-1].split("\n\n")]
    assert ["".join(LETTERS.findall(text)) for text in texts[1:]] == [
        "".join(LETTERS.findall(text)) for text in HOSTILE
    ]
    assert not [text for text in texts if text[0] in "=+-@" or re.search(r"; ?[=+\-@]", text)]
    if neighbour is Neighbour.T3C:
        raw = (tmp_path / "out").read_text(encoding="utf-8")
        cells = [cell for row in rows for cell in row.values()]
        assert not [sign for sign in REFUSED[-3:] if re.search(sign, raw)]
        assert not [sign for sign in REFUSED[:-3] for cell in cells if re.search(sign, cell, re.IGNORECASE)]
        assert len(found.numbers(Hitch.REWORDED)) == len(HOSTILE)


async def test_words_that_pandas_takes_for_nothing_are_words(talking: Database, tmp_path: Path) -> None:
    async with talking.sessions.begin() as session:
        await session.execute(update(Reply).where(Reply.id == 6).values(text="N/A"))

    rows, _ = await made(talking, tmp_path, NeighbourWanted(Neighbour.SENSEMAKER))

    assert rows[-1]["survey_text"] == "“N/A”"


async def test_what_is_too_long_is_left_out_and_named(talking: Database, tmp_path: Path) -> None:
    async with talking.sessions.begin() as session:
        await session.execute(update(Reply).where(Reply.id == 6).values(text="😀" * 499))

    rows, found = await made(talking, tmp_path, NeighbourWanted(Neighbour.POLIS))

    assert [row["comment-body"] for row in rows] == ["One and more", "Again"]
    assert list(found.numbers(Hitch.TOO_LONG)) == [6]


async def test_a_file_larger_than_is_taken_from_everyone_is_told(talking: Database, tmp_path: Path) -> None:
    async with talking.sessions.begin() as session:
        for number in range(10, 60):
            await reply(session, 2, message_id=number, content=Content("text", "word " * 800))

    _, of_city = await made(talking, tmp_path, NeighbourWanted(Neighbour.T3C))
    _, of_polis = await made(talking, tmp_path, NeighbourWanted(Neighbour.POLIS))

    assert (of_city.has_too_many_bytes, of_city.has_too_many_rows) == (True, False)
    assert (of_polis.has_too_many_bytes, of_polis.has_too_many_rows) == (False, False)
