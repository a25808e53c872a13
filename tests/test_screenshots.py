"""The pictures of the documentation can be taken of the bot as it is."""

import os
import shutil
from pathlib import Path

import pytest
import screenshots
import story
from browser import NoBrowser
from PIL import Image

from bot.sandbox import Phone

LANGUAGES = ("en", "ar", "es", "fr")  # of seven: it takes seconds


async def test_the_story_of_the_pictures_is_played_to_its_end_and_one_of_a_phone_and_one_of_the_desk_taken(
    tmp_path: Path, migrated_file: Path
) -> None:
    shutil.copy(migrated_file, tmp_path / "story.db")
    offered = []
    try:
        async with (
            story.told(tmp_path) as world,
            screenshots.camera(world.sandbox.url, tmp_path, ["summary-ar", "desk-loom"]) as camera,
        ):

            async def take(name: str, phone: Phone, newest: int) -> None:
                offered.append(name)
                await camera.take(name, phone, newest)

            async def visit(name: str, entrance: str, address: str) -> None:
                offered.append(name)
                await camera.visit(name, entrance, address)

            await story.play(world, take, visit, languages=LANGUAGES)

            assert world.sandbox.refusals == []
    except NoBrowser as lacking:
        pytest.fail(str(lacking)) if os.environ.get("CI") else pytest.skip(str(lacking))

    assert sorted(offered) == sorted(screenshots.names(LANGUAGES))
    taken, desk = (Image.open(tmp_path / f"{name}.webp") for name in ("summary-ar", "desk-loom"))
    assert (taken.width, desk.width) == (screenshots.WIDTH * screenshots.SCALE, screenshots.DESK)
    assert all(len(each.getcolors() or ()) > 1 for each in (taken, desk))  # something is on them
