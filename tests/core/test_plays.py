from dataclasses import replace
from datetime import datetime

import pytest

from bot.authoring import DialogueFile
from bot.core.plays import NoStage, Script, Unplayable

FILE = DialogueFile.model_validate(
    {
        "slug": "training",
        "languages": ("en",),
        "timezone": "UTC",
        "starts": datetime(2026, 11, 30, 9),
        "title": {"en": "Training"},
        "concept_note": {"en": "What it is about."},
        "questions": ({"text": {"en": "What is missing?"}},),
    }
)
SCRIPT = Script(FILE, "es", "en", ("America/Lima", "Asia/Tokyo"), "a_bot", "en")


def test_plays_of_which_anyone_would_get_another_message_are_told_apart() -> None:
    others = [
        replace(SCRIPT, file=FILE.model_copy(update={"slug": "water"})),
        replace(SCRIPT, language="fr"),
        replace(SCRIPT, team_language="fr"),
        replace(SCRIPT, language="en", team_language="es"),
        replace(SCRIPT, zones=("Asia/Tokyo", "America/Lima")),
        replace(SCRIPT, zones=("America/Lima",)),
        replace(SCRIPT, company=True),
    ]

    assert len({SCRIPT.key, *(each.key for each in others)}) == len(others) + 1
    assert replace(SCRIPT).key == SCRIPT.key


async def test_where_there_is_no_stage_nothing_is_played() -> None:
    stage = NoStage()

    with pytest.raises(Unplayable, match="training"):
        await stage.play(SCRIPT)
    await stage.end()
