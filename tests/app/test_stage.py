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
