"""What the documents say of the code is true of it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
CHANGES = ARCHITECTURE.partition("## I want to change")[2].partition("\n## ")[0]


@pytest.mark.parametrize("path", re.findall(r"`([\w/]+(?:/|\.\w+))`", CHANGES))
def test_the_page_that_says_what_to_open_names_what_is_there(path: str) -> None:
    assert (ROOT / "bot" / path).exists()


def test_the_tree_has_a_line_for_each_feature() -> None:
    features = {found.name for found in (ROOT / "bot/features").iterdir() if (found / "__init__.py").exists()}

    assert features == set(re.findall(r"^    (\w+)/ ", ARCHITECTURE, re.MULTILINE))
