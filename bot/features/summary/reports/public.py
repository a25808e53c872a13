"""The public page of a Summary: one self-contained page for each language, without script, cookie or tracker."""

import base64
import hashlib
from collections.abc import Mapping

from markupsafe import Markup

from bot.features.summary.actions.contents import SummaryContents
from bot.features.summary.actions.public_pages import PublicPage
from bot.features.summary.reports.pages import TEMPLATES
from bot.features.summary.texts import public_pages as texts
from bot.features.summary.texts.summary import SummaryPage, compose
from bot.i18n import translator
from bot.models import Openness
from bot.paper import authored

DESCRIBED = 200  # characters of the Background that a search engine shows

STYLE = Markup(TEMPLATES.get_template("public.css").render())  # noqa: S704 - a file of ours
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src data:; base-uri 'none'; form-action 'none'"
"""A page may load nothing and send nothing, and has no style but its own (Content-Security-Policy)."""
ROBOTS = {Openness.LINK: "noindex, noarchive", Openness.SEARCH: "noarchive"}
"""What search engines are asked for; a copy of theirs would keep what members take back."""
DEFAULT = "x-default"
ROOT = "/s"


def address(web_url: str | None, slug: str) -> str | None:
    """Where the public page of a dialogue's Summary is to be shared; None where the bot serves no pages."""
    return f"{web_url.rstrip('/')}{ROOT}/{slug}" if web_url else None


def as_page(contents: SummaryContents, addresses: Mapping[str, str], openness: Openness) -> str:
    """The page in one language; `addresses` are those of each language, and the one to share (DEFAULT)."""
    t = translator(contents.language)
    page = compose(t, contents)
    opens = any(bullet.words for section in contents.sections for bullet in section.bullets)
    return TEMPLATES.get_template("public.html").render(
        page=page,
        here=contents.language,
        title=page.headed(page.kind, authored.plain(page.title.markdown)),
        description=_description(page),
        languages=[tag for tag in addresses if tag != DEFAULT],
        addresses=addresses,
        policy=POLICY,
        robots=ROBOTS[openness],
        style=STYLE,
        switch=texts.languages(t),
        foot=texts.quoted_with_consent(t) if opens else "",
    )


def as_files(page: PublicPage) -> dict[str, str]:
    """All of it as files, by name, for any web server: a page for each language, and index.html in the first."""
    addresses = {tag: f"{tag}.html" for tag in page.contents} | {DEFAULT: "index.html"}
    files = {addresses[tag]: as_page(each, addresses, page.openness) for tag, each in page.contents.items()}
    return files | {"index.html": next(iter(files.values()))}


def _description(page: SummaryPage) -> str:
    first = authored.plain(page.background.markdown.partition("\n\n")[0])
    return first if len(first) <= DESCRIBED else f"{first[:DESCRIBED].rsplit(' ', 1)[0]}…"
