"""The frame of all pages: who visits (session cookie), what their browser may load (CSP), and that a form was ours (CSRF)."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.child import Child
from bot.core.dialogues import NoSuchDialogue
from bot.core.plays import PlayMaker
from bot.core.rights import NotPermitted, Right
from bot.database import Database
from bot.features.desk.actions import sessions
from bot.features.desk.actions.sessions import NotLetIn
from bot.features.desk.pages.tabs import TABS, Tab
from bot.features.desk.texts import frame as texts
from bot.features.dialogues.actions.imports import Hosting
from bot.features.drafts.actions.drafts import NoSuchDraft
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.features.summary.actions.parts import NoSuchPart
from bot.i18n import Translator, first_asked, shipped, translator
from bot.models import Person, Visibility
from bot.paper import authored
from bot.settings import Settings

ROOT = "/desk"
APART = f"{ROOT}/-"  # where all is that is no dialogue's: no slug is so short
COOKIE = "desk"
THEME = "desk_theme"  # light or dark, as Telegram is around the page
THEMES = frozenset({"light", "dark"})
FORM_KEY = "key"
LIVE = "live"  # in the address by which a page keeps itself up to date, whether anybody is there or not
PART = "HX-Request"  # the header by which htmx asks for a part of a page
FOLDER = Path(__file__).resolve().parents[1]
TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
TEMPLATES.filters |= {"blocks": authored.blocks, "inline": lru_cache(maxsize=1024)(authored.inline)}
TEMPLATES.globals.update(Right=Right, Visibility=Visibility, root=ROOT, apart=APART, tabs=TABS, texts=texts)
TELEGRAM_WEB = "https://web.telegram.org"
HEADERS = {
    # Nothing from elsewhere, nothing inline; "frame-ancestors" keeps others from laying a page of theirs over ours: Telegram's
    # web client alone shows it within its own, and every page around ours must be its.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; "
    f"frame-ancestors {TELEGRAM_WEB}",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}

NOWHERE = (NoSuchDialogue, NoSuchKeyPoint, NoSuchPart)
"""Where an address leads that names what isn't there, or isn't for this person."""

Refuse = Callable[[Translator, Exception], str | None]
"""The words for an exception of the domain; None for a fault of ours."""


@dataclass(frozen=True)
class Desk:
    """What all pages share.

    `wake` has the ledger looked at without waiting, `bot_name` is known once the bot runs, and `show_menu` has someone's commands
    follow their role. `child` does what would hold up everybody, `stage` plays dialogues that aren't running.
    """

    database: Database
    settings: Settings
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    refuse: Refuse
    bot_name: Callable[[], str]
    show_menu: Callable[[Person], Awaitable[None]]
    child: Child
    stage: PlayMaker

    @property
    def now(self) -> datetime:
        """The moment, by the one clock of this house."""
        return self.clock()

    @property
    def hosting(self) -> Hosting:
        """What whoever hosts the bot has set, as far as it is about making dialogues."""
        return Hosting(self.settings.organiser_ids, self.settings.default_language)

    @property
    def is_secure(self) -> bool:
        """Whether browsers come by https, and so may be told to send the cookie by nothing else."""
        return urlsplit(self.settings.web_url or "").scheme == "https"


@dataclass(frozen=True)
class Inside:
    """The dialogue that a page belongs to: its slug, its title in the visitor's language, and what the visitor may do in it."""

    slug: str
    title: str
    rights: frozenset[Right]


@dataclass(frozen=True)
class Visit:
    """A request of someone who is let in."""

    request: web.Request
    desk: Desk
    secret: str
    person_id: int
    t: Translator

    @asynccontextmanager
    async def person(self) -> AsyncIterator[tuple[AsyncSession, Person]]:
        """The transaction of a page, and who visits."""
        async with self.desk.database.sessions.begin() as session:
            yield session, await session.get_one(Person, self.person_id)

    @property
    def form_key(self) -> str:
        """What a form carries to show that it was ours: nobody else's page knows the secret that it is made from."""
        return hmac.digest(self.secret.encode(), b"form", hashlib.sha256).hex()

    async def form(self) -> Mapping[str, str]:
        """What a form says; raises HTTPForbidden if it wasn't ours."""
        sent = await posted(self.request)
        if not hmac.compare_digest(sent.get(FORM_KEY, "").encode(), self.form_key.encode()):
            raise web.HTTPForbidden(text=texts.foreign_form(self.t))
        return sent

    @property
    def wants_part(self) -> bool:
        """Whether only a part of the page is to change."""
        return PART in self.request.headers

    @property
    def around(self) -> Mapping[str, object]:
        """What all templates know: the key of forms, and whether what is around the page is light or dark."""
        theme = self.request.cookies.get(THEME, "")
        return {"form_key": self.form_key, "theme": theme if theme in THEMES else ""}

    def page(self, template: str, **values: object) -> web.Response:
        """A page, or a part of one, in the visitor's language."""
        return rendered(self.t, template, {**self.around, **values})

    def told(self, words: str, *, status: int) -> web.Response:
        """A page that says one thing."""
        return rendered(self.t, "told.html", {**self.around, "words": words}, status=status)

    def inside(self, template: str, here: Tab, dialogue: Inside, **values: object) -> web.Response:
        """A page of a dialogue, with the tabs that the visitor may open."""
        return self.page(template, here=here, inside=dialogue, **values)


Page = Callable[[Visit], Awaitable[web.StreamResponse]]
Handler = Callable[[Desk, web.Request], Awaitable[web.StreamResponse]]


def visited(page: Page) -> Handler:
    """A page for those who are let in; whoever isn't is told how to be, and what the domain refuses is said in words."""

    async def handle(desk: Desk, request: web.Request) -> web.StreamResponse:
        secret = request.cookies.get(COOKIE, "")
        try:
            async with desk.database.sessions.begin() as session:
                is_present = LIVE not in request.query
                person = await sessions.visitor(session, secret, now=desk.now, is_present=is_present)
        except NotLetIn:
            return outside(desk, request)
        t = translator(person.language, desk.settings.default_language)
        return await _answered(page, Visit(request, desk, secret, person.id, t))

    return handle


async def _answered(page: Page, visit: Visit) -> web.StreamResponse:
    try:
        return await page(visit)
    except NOWHERE:
        return _refused(visit, texts.nothing_here(visit.t), 404)
    except NoSuchDraft as error:
        return _refused(visit, visit.desk.refuse(visit.t, error) or "", 404)
    except web.HTTPForbidden as forbidden:
        return _refused(visit, forbidden.text or "", 403)
    except Exception as error:
        words = visit.desk.refuse(visit.t, error)
        if words is None:
            raise
        return _refused(visit, markup.visible(words), 403 if isinstance(error, NotPermitted) else 409)


def _refused(visit: Visit, words: str, status: int) -> web.Response:
    if visit.wants_part:
        return aside(visit.t, words, status=status)
    return visit.told(words, status=status)


async def posted(request: web.Request) -> Mapping[str, str]:
    """The fields of a form; raises HTTPBadRequest where no browser would have sent it so."""
    try:
        sent = {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
        "".join((*sent, *sent.values())).encode()
    except ValueError:
        raise web.HTTPBadRequest from None
    if any("\0" in each for each in (*sent, *sent.values())):  # PostgreSQL keeps none
        raise web.HTTPBadRequest
    return sent


def aside(t: Translator, words: str, *, status: int = 200) -> web.Response:
    """What htmx puts above the page's lower edge, and leaves all as it is: what was written in a form is still there."""
    response = rendered(t, "note.html", {"words": words}, status=status)
    response.headers.update({"HX-Retarget": "#told", "HX-Reswap": "innerHTML"})
    return response


def outside(desk: Desk, request: web.Request) -> web.Response:
    """To whoever isn't let in, in a language that their browser asks for: how to be."""
    t = words_of_browser(desk, request)
    tell = aside if PART in request.headers else told
    return tell(t, texts.how_to_enter(t, desk.bot_name()), status=401)


def words_of_browser(desk: Desk, request: web.Request) -> Translator:
    """The translator for the first language that a browser asks for."""
    default = desk.settings.default_language
    return translator(shipped(first_asked(request.headers.get("Accept-Language", "")), default), default)


def told(t: Translator, words: str, *, status: int = 200) -> web.Response:
    """A page that says one thing."""
    return rendered(t, "told.html", {"words": words}, status=status)


def rendered(t: Translator, template: str, values: Mapping[str, object], *, status: int = 200) -> web.Response:
    """A page, or a part of one, in a language."""
    direction = "rtl" if t.right_to_left else "ltr"
    text = TEMPLATES.get_template(template).render(t=t, direction=direction, **values)
    return web.Response(text=text, content_type="text/html", status=status)
