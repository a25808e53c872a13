"""What the documents say of the code is true of it."""

import re
from pathlib import Path

import pytest
import screenshots
from telegram.ext import CommandHandler

from bot.i18n import LANGUAGES
from bot.inbound import routes
from bot.models import Base
from bot.models.personal import owner_by, why_kept

ROOT = Path(__file__).parents[1]
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
MAP = (ROOT / "docs/privacy.md").read_text(encoding="utf-8").partition("## The data map")[2]
CHANGES = ARCHITECTURE.partition("## I want to change")[2].partition("\n## ")[0]


@pytest.mark.parametrize("path", re.findall(r"`([\w/]+(?:/|\.\w+))`", CHANGES))
def test_the_page_that_says_what_to_open_names_what_is_there(path: str) -> None:
    assert (ROOT / "bot" / path).exists()


def test_the_tree_has_a_line_for_each_feature() -> None:
    features = {found.name for found in (ROOT / "bot/features").iterdir() if (found / "__init__.py").exists()}

    assert features == set(re.findall(r"^    (\w+)/ ", ARCHITECTURE, re.MULTILINE))


def mapped() -> list[list[str]]:
    """The rows of the data map: table, columns, why, how long, who sees it."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in MAP.splitlines() if line.startswith("|")]
    return rows[2:]


def named(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def test_the_data_map_has_each_personal_column_once_with_why_it_is_kept_and_no_other() -> None:
    told = sorted((named(table)[0], column, why) for table, columns, why, _, _ in mapped() for column in named(columns))

    columns = [each for table in Base.metadata.sorted_tables for each in table.columns]
    assert told == sorted((each.table.name, each.name, why) for each in columns if (why := why_kept(each)))


def test_the_data_map_names_what_leads_to_whose_row_it_is() -> None:
    told = [(named(table)[0], column) for table, *_ in mapped() for column in named(table)[1:]]

    columns = [each for table in Base.metadata.sorted_tables for each in table.columns]
    assert sorted(told) == sorted((each.table.name, each.name) for each in columns if owner_by(each))


def test_the_data_map_says_of_each_row_how_long_it_is_kept_and_who_sees_it() -> None:
    assert [row for row in mapped() if len(row) != 5 or not all(row)] == []  # as the table's head


def test_the_table_of_terms_has_a_word_for_each_of_them_in_every_language() -> None:
    table = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").partition("## The same in each language")[2]
    heads, _, *terms = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("|")]

    assert set(heads) <= {language.endonym for language in LANGUAGES.values()}
    assert [term for term in terms if len(term) != len(heads) or not all(term)] == []


READ_BY_PEOPLE = [ROOT / "docs/moderators.md", ROOT / "docs/facilitating.md", *ROOT.glob("docs/member/*.md")]


@pytest.mark.parametrize("page", READ_BY_PEOPLE, ids=lambda page: page.stem)
def test_a_page_for_people_who_use_the_bot_names_only_commands_that_there_are(page: Path) -> None:
    commands = {name for one in routes.HANDLERS if isinstance(one, CommandHandler) for name in one.commands}

    named = set(re.findall(r"`/(\w+)[^`]*`", page.read_text(encoding="utf-8")))
    assert named <= commands
    assert len(named) >= 4


def anchors(page: Path) -> set[str]:
    """What a link may name within a page, as forges make it of its headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE) if page.suffix == ".md" else []
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads_somewhere(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if target.parent == screenshots.PICTURES:
        return target.stem in screenshots.names()  # taken when the site is built
    return target.exists() and (not anchor or anchor in anchors(target))


def test_a_link_from_one_page_to_another_leads_somewhere() -> None:
    links = [
        (page.name, link)
        for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
        for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text(encoding="utf-8"))
        if not leads_somewhere(page, link)
    ]

    assert links == []
