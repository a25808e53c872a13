"""The documentation as a site: it can be built, and says of the bot what is so."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import screenshots
import story

from bot import i18n

ROOT = Path(__file__).parents[1]
SITE = ROOT / ".venv-docs" / "bin" / "python"
MEMBER_PAGES = {page.stem: page.read_text(encoding="utf-8") for page in (ROOT / "docs/member").glob("*.md")}
PICTURE = re.compile(r"!\[([^\]]*)\]\((?:\.\./)*pictures/([\w-]+)\.webp\)")


def pictures(page: str) -> list[str]:
    return [name for _, name in PICTURE.findall(page)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is built, with empty pictures in place of those that are taken for it."""
    folder, taken = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("pictures")
    for name in screenshots.names():
        (taken / f"{name}.webp").touch()
    if not SITE.exists():
        reason = "what builds the site is not installed (make docs)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    gather = "import sys; from pathlib import Path; import pages; pages.gather(*map(Path, sys.argv[1:]))"
    subprocess.run([sys.executable, "-c", gather, folder, taken], check=True, cwd=ROOT / "docs/site")  # noqa: S603
    subprocess.run(  # noqa: S603
        [SITE, "-m", "zensical", "build", "--strict", "--config-file", folder / "mkdocs.yml"], check=True
    )
    return folder / "site"


def test_every_page_of_the_site_shows_pictures_that_are_there(site: Path) -> None:
    shown = [
        (page, site / source[1:] if source.startswith("/") else page.parent / source)
        for page in site.rglob("*.html")
        for source in re.findall(r'<img [^>]*src="([^"]+)"', page.read_text(encoding="utf-8"))
    ]

    assert len(shown) > len(screenshots.names())
    assert [each for each in shown if not each[1].exists()] == []


def test_a_page_for_members_stands_in_its_language_and_direction_and_leads_to_the_others(site: Path) -> None:
    arabic = (site / "member/ar.html").read_text(encoding="utf-8")

    assert '<html lang="ar"' in arabic
    assert 'dir="rtl"' in arabic
    assert {i18n.LANGUAGES[tag].endonym for tag in MEMBER_PAGES} == set(
        re.findall(r'hreflang="[\w-]+"[^>]*>([^<]+)</a>', arabic)
    )


def test_no_page_of_the_site_asks_another_server_for_anything(site: Path) -> None:
    loaded = re.compile(r'(?:src|<link[^>]+href)="(?:https?:)?//[^"]+"')

    assert [page for page in site.rglob("*.html") if loaded.search(page.read_text(encoding="utf-8"))] == []


def test_the_pictures_that_are_taken_are_those_that_the_pages_show() -> None:
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md")]

    assert sorted(name for page in pages for name in pictures(page)) == sorted(screenshots.names())
    assert all(alternative for page in pages for alternative, _ in PICTURE.findall(page))


@pytest.mark.parametrize("language", story.CAST)
def test_a_page_for_members_names_the_buttons_as_the_bot_does_in_that_language(language: str) -> None:
    t, page = i18n.translator(language), MEMBER_PAGES[language]

    named, english = (re.findall(r"\*\*(.+?)\*\*", each) for each in (page, MEMBER_PAGES["en"]))
    assert named == [t.pgettext("button", each) for each in english]
    assert [language == "en" or each != button for each, button in zip(named, english, strict=True)].count(False) < 2
    assert re.findall(r"`(/\w+)`", page) == re.findall(r"`(/\w+)`", MEMBER_PAGES["en"])
    assert pictures(page) == [f"{name.removesuffix('-en')}-{language}" for name in pictures(MEMBER_PAGES["en"])]


def test_the_pages_for_members_are_in_the_languages_of_the_pictures_which_the_bot_speaks() -> None:
    assert MEMBER_PAGES.keys() == story.CAST.keys()
    assert MEMBER_PAGES.keys() <= i18n.LANGUAGES.keys()


def test_every_page_can_be_found_in_the_site_s_navigation() -> None:
    pages = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}
    settings = (ROOT / "docs/site/mkdocs.yml").read_text(encoding="utf-8")

    reached_otherwise = {page for page in pages if page.startswith(("member/", "decisions/0"))}
    assert pages - reached_otherwise - set(re.findall(r"[\w/-]+\.md", settings)) == set()
