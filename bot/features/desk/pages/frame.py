"""The frame of all pages: who visits (session cookie), what their browser may load (CSP), and that a form was ours (CSRF)."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.child import Child
from bot.core.dialogues import NoSuchDialogue
from bot.core.rights import Right
from bot.database import Database
from bot.features.desk.actions import sessions
from bot.features.desk.actions.sessions import NotLetIn
from bot.features.desk.pages.tabs import TABS, Tab
from bot.features.desk.texts import frame as texts
from bot.i18n import Translator, shipped, translator
from bot.models import Person, Visibility
from bot.settings import Settings

ROOT = "/desk"
COOKIE = "desk"
FORM_KEY = "key"
FOLDER = Path(__file__).resolve().parents[1]
TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
TEMPLATES.globals.update(Right=Right, Visibility=Visibility, root=ROOT, tabs=TABS, texts=texts)
HEADERS = {
    # Nothing from elsewhere, nothing inline; "frame-ancestors" keeps others from laying a page of theirs over ours.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}

Refuse = Callable[[Translator, Exception], str | None]
"""The words for an exception of the domain; None for a fault of ours."""


@dataclass(frozen=True)
class Desk:
    """What all pages share; `wake` has the ledger looked at without waiting, `bot_name` is known once the bot runs."""

    database: Database
    settings: Settings
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    refuse: Refuse
    bot_name: Callable[[], str]
    child: Child

    @property
    def now(self) -> datetime:
        """The moment, by the one clock of this house."""
        return self.clock()

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
        sent = {key: value for key, value in (await self.request.post()).items() if isinstance(value, str)}
        if not hmac.compare_digest(sent.get(FORM_KEY, "").encode(), self.form_key.encode()):
            raise web.HTTPForbidden(text=texts.foreign_form(self.t))
        return sent

    @property
    def wants_part(self) -> bool:
        """Whether only a part of the page is to change."""
        return "HX-Request" in self.request.headers

    def page(self, template: str, **values: object) -> web.Response:
        """A page, or a part of one, in the visitor's language."""
        return rendered(self.t, template, {"form_key": self.form_key, **values})

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
                person = await sessions.visitor(session, secret, now=desk.now)
        except NotLetIn:
            return outside(desk, request)
        t = translator(person.language, desk.settings.default_language)
        return await _answered(page, Visit(request, desk, secret, person.id, t))

    return handle


async def _answered(page: Page, visit: Visit) -> web.StreamResponse:
    try:
        return await page(visit)
    except NoSuchDialogue:
        return _refused(visit, texts.nothing_here(visit.t), 404)
    except web.HTTPForbidden as forbidden:
        return _refused(visit, forbidden.text or "", 403)
    except Exception as error:
        words = visit.desk.refuse(visit.t, error)
        if words is None:
            raise
        return _refused(visit, markup.visible(words), 409)


def _refused(visit: Visit, words: str, status: int) -> web.Response:
    if visit.wants_part:  # htmx puts it in the place of what was asked for
        return rendered(visit.t, "note.html", {"words": words})
    return told(visit.t, words, status=status)


def outside(desk: Desk, request: web.Request) -> web.Response:
    """To whoever isn't let in, in a language that their browser asks for: how to be."""
    t = words_of_browser(desk, request)
    return told(t, texts.how_to_enter(t, desk.bot_name()), status=401)


def words_of_browser(desk: Desk, request: web.Request) -> Translator:
    """The translator for the first language that a browser asks for."""
    default = desk.settings.default_language
    wanted = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
    return translator(shipped(wanted or None, default), default)


def told(t: Translator, words: str, *, status: int = 200) -> web.Response:
    """A page that says one thing."""
    return rendered(t, "told.html", {"words": words}, status=status)


def rendered(t: Translator, template: str, values: Mapping[str, object], *, status: int = 200) -> web.Response:
    """A page, or a part of one, in a language."""
    direction = "rtl" if t.right_to_left else "ltr"
    text = TEMPLATES.get_template(template).render(t=t, direction=direction, **values)
    return web.Response(text=text, content_type="text/html", status=status)
