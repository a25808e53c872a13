"""The entrance: a link that works once lets in, or what Telegram signed; what a visitor leaves, here or everywhere."""

from collections.abc import Mapping
from datetime import timedelta

from aiohttp import web

from bot.core.rights import NotPermitted
from bot.features.desk.actions import openings, sessions
from bot.features.desk.actions.sessions import LONGEST, NotLetIn
from bot.features.desk.pages.frame import (
    APART,
    COOKIE,
    ROOT,
    THEME,
    THEMES,
    Desk,
    Visit,
    outside,
    posted,
    rendered,
    told,
    visited,
    words_of_browser,
)
from bot.features.desk.texts import frame as texts


async def knock(desk: Desk, request: web.Request) -> web.StreamResponse:
    """A button that opens the link: what looks at links by itself, as messengers do, must not use it up."""
    return rendered(words_of_browser(desk, request), "entrance.html", {"secret": request.match_info["secret"]})


async def enter(desk: Desk, request: web.Request) -> web.StreamResponse:
    """Let in whoever has a link that nobody has used."""
    sent = await _own_form(request)
    try:
        async with desk.database.sessions.begin() as session:
            secret = await sessions.enter(session, sent.get("secret", ""), now=desk.now)
    except NotLetIn:
        return outside(desk, request)
    return _let_in(desk, request, secret)


async def open_in_telegram(desk: Desk, request: web.Request) -> web.StreamResponse:
    """The page that Telegram opens; its script hands on what Telegram signed."""
    t = words_of_browser(desk, request)
    return rendered(t, "telegram.html", {"how_to_enter": texts.how_to_enter(t, desk.bot_name())})


async def enter_from_telegram(desk: Desk, request: web.Request) -> web.StreamResponse:
    """Let in whom Telegram names, if they have a role."""
    sent, before = await _own_form(request), request.cookies.get(COOKIE, "")
    token, organisers = desk.settings.telegram_bot_token, desk.settings.organiser_ids
    assert token is not None  # the bot runs
    try:
        arrival = openings.read(sent.get("signed", ""), token.get_secret_value())
        async with desk.database.sessions.begin() as session:
            secret = await openings.enter(session, arrival, organisers, secret=before, now=desk.now)
    except NotLetIn:
        return outside(desk, request)
    except NotPermitted:
        t = words_of_browser(desk, request)
        return told(t, texts.nothing_here(t), status=403)
    response = _let_in(desk, request, secret)
    if sent.get("theme") in THEMES:
        _keep(desk, request, response, THEME, sent["theme"])
    return response


async def _own_form(request: web.Request) -> Mapping[str, str]:
    """A form of ours: nobody else's page may have someone work in a session that isn't theirs. Raises HTTPForbidden."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise web.HTTPForbidden
    return await posted(request)


def _let_in(desk: Desk, request: web.Request, secret: str) -> web.Response:
    response = web.Response(status=303, headers={"Location": ROOT})
    _keep(desk, request, response, COOKIE, secret)
    return response


def _keep(
    desk: Desk, request: web.Request, response: web.Response, name: str, value: str, *, time: timedelta = LONGEST
) -> None:
    """Have the browser keep a value, without signs that need quoting; by default for as long as a session lasts."""
    # Lax, so that a link in the chat leads back in; what changes anything is a form with its key. Telegram's web client shows us
    # within a page of its own, where browsers send no such cookie, but one that is kept for that very page around it.
    framed = request.headers.get("Sec-Fetch-Dest") == "iframe"
    kept = [f"{name}={value}", f"Path={ROOT}", f"Max-Age={int(time.total_seconds())}", "HttpOnly"]
    kept += ["SameSite=None", "Partitioned"] if framed else ["SameSite=Lax"]
    kept += ["Secure"] if framed or desk.is_secure else []
    response.headers.add("Set-Cookie", "; ".join(kept))  # Python before 3.14 knows no Partitioned


@visited
async def leave(visit: Visit) -> web.StreamResponse:
    """Sign out, here or everywhere."""
    sent = await visit.form()
    async with visit.person() as (session, person):
        if sent.get("where") == "everywhere":
            await sessions.leave_everywhere(session, person)
        else:
            await sessions.leave(session, visit.secret)
    response = visit.page("told.html", words=texts.signed_out(visit.t))
    _keep(visit.desk, visit.request, response, COOKIE, "", time=timedelta(0))
    return response


ROUTES = [
    ("GET", f"{APART}/enter/{{secret}}", knock),
    ("POST", f"{APART}/enter", enter),
    ("GET", f"{APART}/in", open_in_telegram),
    ("POST", f"{APART}/in", enter_from_telegram),
    ("POST", f"{APART}/leave", leave),
]
