from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app.stage import theatre
from bot.authoring import DialogueFile
from bot.core.plays import Cause, Deed, Scene, Script, Side
from bot.models import Kind, NoticeKind

EAST = "Pacific/Auckland"


def script(**changes: Any) -> Script:
    """One week with one question, in German, which the bot doesn't speak, and English."""
    usual = {
        "slug": "training",
        "languages": ("de", "en"),
        "timezone": "Europe/Berlin",
        "starts": datetime(2026, 12, 7, 9),
        "title": {"de": "Fortbildung", "en": "Training"},
        "concept_note": {"de": "Worum es geht."},
        "questions": ({"text": {"de": "Was fehlt?", "en": "What is missing?"}},),
    }
    file = DialogueFile.model_validate(usual | changes)
    return Script(file, "de", "en", (EAST,), "a_bot", "en")


def causes(scenes: list[Scene]) -> list[tuple[Side, Cause]]:
    return [(scene.side, scene.cause) for scene in scenes]


async def test_who_must_be_let_in_is_and_the_team_hears_of_it(tmp_path: Path) -> None:
    scenes = list(await theatre.make(script(admission="approval", names="real", moderation="before"), tmp_path))

    told = causes(scenes)
    order: list[tuple[Side, Cause]] = [
        (Side.MEMBER, Deed.OPENS_LINK),
        (Side.MEMBER, Deed.JOINS),
        (Side.TEAM, NoticeKind.ASKING),
        (Side.MEMBER, NoticeKind.LET_IN),
        (Side.MEMBER, Kind.QUESTION),
        (Side.MEMBER, Kind.REMINDER),
        (Side.SAID, Deed.REPLIES),
        (Side.MEMBER, NoticeKind.CLOSING),
    ]
    assert [told.index(each) for each in order] == sorted(told.index(each) for each in order)
    assert any("Was fehlt?" in scene.html for scene in scenes)
    assert all(earlier.at <= later.at for earlier, later in pairwise(scenes))


async def test_without_reminder_digest_and_night_a_short_dialogue_is_played_to_its_end(tmp_path: Path) -> None:
    short = {"every": timedelta(minutes=10), "reminder": None, "digest": None, "quiet_hours": None}
    scenes = list(await theatre.make(script(send_at="dialogue", **short), tmp_path))

    told = causes(scenes)
    assert (Side.SAID, Deed.REPLIES) in told
    assert told[-1] == (Side.MEMBER, NoticeKind.CLOSING)
    question = next(scene for scene in scenes if scene.cause is Kind.QUESTION)
    assert question.elsewhere == ((EAST, question.at),)


@pytest.mark.parametrize("send_at", ["member", "dialogue"])
async def test_members_elsewhere_get_it_by_their_own_clock_and_never_at_night(tmp_path: Path, send_at: str) -> None:
    scenes = await theatre.make(script(send_at=send_at), tmp_path)

    question = next(scene for scene in scenes if scene.cause is Kind.QUESTION)
    ((_, elsewhere),) = question.elsewhere
    local = elsewhere.astimezone(ZoneInfo(EAST))
    assert local.hour == (9 if send_at == "member" else 8)


async def test_a_rehearsal_has_a_digest_with_its_chart_and_the_summary_as_a_file(tmp_path: Path) -> None:
    question = {"text": {"de": "Was fehlt?", "en": "What is missing?"}}
    scenes = list(await theatre.make(replace(script(questions=(question, question)), zones=(), company=True), tmp_path))

    assert any(scene.picture and scene.cause is Kind.DIGEST for scene in scenes)
    assert [scene.file[0].rpartition(".")[0] for scene in scenes if scene.file] == ["summary-training-en"]
    said = [scene.html for scene in scenes if scene.side is Side.SAID]
    assert len(said) == 6
    assert all("made-up" in words for words in said)
    assert {scene.number for scene in scenes if scene.side is Side.SAID} == {1, 2}
