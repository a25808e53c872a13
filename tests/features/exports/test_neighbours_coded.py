import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from planting import MONDAY, plant, reply

from bot.core.messages import Content
from bot.database import Database
from bot.features.exports import jobs
from bot.features.exports.actions.neighbours import Neighbour, NeighbourWanted
from bot.features.exports.reports.coded import NAMESPACE
from bot.i18n import translator
from bot.models import KeyPoint, Member, Naming, Support, Theme, ThemeReply

Q = f"{{{NAMESPACE}}}"
WORDS = "I 😀 listen\nnow, & <ask>."


@pytest.fixture
async def woven(either_database: Database) -> Database:
    """Ada's reply is in a theme and under a key point; Bea's is anonymous."""
    await plant(either_database, *["UTC"] * 2)
    async with either_database.sessions.begin() as session:
        ada, bea = [await session.get_one(Member, number) for number in (1, 2)]
        ada.naming, ada.display_name, bea.naming = Naming.NAME, 'Ada "A"', Naming.ANONYMOUS
        await reply(session, 1, message_id=1, content=Content("text", WORDS))
        await reply(session, 2, message_id=2, content=Content("text", "Nobody knows"))
        theme = Theme(
            dialogue_id=1, question_id=1, name={"en": "Asking"}, method="letters-4", made_from=1, created_at=MONDAY
        )
        point = KeyPoint(
            dialogue_id=1, question_id=1, position=0, text={"en": "Asking **replaces** telling."}, created_at=MONDAY
        )
        session.add_all([theme, point])
        await session.flush()
        session.add(ThemeReply(reply_id=1, theme_id=theme.id, placed_at=MONDAY))
        start = WORDS.index("listen")
        for reply_id, begin, end, span in ((1, start, start + 10, "listen\nnow"), (2, 0, 4, "Gone")):
            session.add(
                Support(key_point_id=point.id, reply_id=reply_id, start=begin, end=end, span=span, chosen_at=MONDAY)
            )
    return either_database


async def test_every_selection_is_the_words_between_its_positions_and_every_reference_leads_somewhere(
    woven: Database, tmp_path: Path
) -> None:
    path = tmp_path / "out.qdpx"

    found = await jobs.write_for(woven, "training", NeighbourWanted(Neighbour.QDA), path, translator("en"))

    with zipfile.ZipFile(path) as archive:
        project = ET.fromstring(archive.read("project.qde"))  # noqa: S314 - our own file
        files = {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("sources/")}
    assert project.tag == f"{Q}Project"
    assert [part.tag.removeprefix(Q) for part in project] == ["Users", "CodeBook", "Cases", "Sources", "Sets"]
    guids = [each.get("guid") for each in project.iter() if each.get("guid")]
    assert len(set(guids)) == len(guids)
    assert {each.get("targetGUID") for each in project.iter() if each.get("targetGUID")} <= set(guids)
    codes = {code.get("guid"): code for code in project.iter(f"{Q}Code")}
    selected = {}
    for source in project.iter(f"{Q}TextSource"):
        text = files[str(source.get("plainTextPath")).replace("internal://", "sources/")]
        for selection in source.iter(f"{Q}PlainTextSelection"):
            words = text[int(selection.get("startPosition", "")) : int(selection.get("endPosition", ""))]
            for reference in selection.iter(f"{Q}CodeRef"):
                selected[codes[reference.get("targetGUID")].get("name")] = words
    assert selected == {"Asking": WORDS, "1.1 Asking replaces telling.": "listen\nnow"}
    assert [case.get("name") for case in project.iter(f"{Q}Case")] == ['Ada "A"']
    assert found.replies == found.rows == 2
