"""The entrance: a link that works once lets in; what a visitor leaves, here or everywhere."""

from aiohttp import web

from bot.features.desk.actions import sessions
from bot.features.desk.actions.sessions import LONGEST, NotLetIn
from bot.features.desk.pages.frame import COOKIE, ROOT, Desk, Visit, outside, rendered, told, visited, words_of_browser
from bot.features.desk.texts import frame as texts


async def knock(desk: Desk, request: web.Request) -> web.StreamResponse:
    """A button that opens the link: what looks at links by itself, as messengers do, must not use it up."""
    return rendered(words_of_browser(desk, request), "entrance.html", {"secret": request.match_info["secret"]})


async def enter(desk: Desk, request: web.Request) -> web.StreamResponse:
    """Let in whoever has a link that nobody has used."""
    sent = await request.post()
    try:
        async with desk.database.sessions.begin() as session:
            secret = await sessions.enter(session, str(sent.get("secret", "")), now=desk.now)
    except NotLetIn:
        return outside(desk, request)
    response = web.HTTPSeeOther(ROOT)
    response.set_cookie(
        COOKIE,
        secret,
        path=ROOT,
        max_age=int(LONGEST.total_seconds()),
        secure=desk.is_secure,
        httponly=True,
        samesite="Lax",  # so that a link in the chat leads back in; what changes anything is a form with its key
    )
    raise response


@visited
async def leave(visit: Visit) -> web.StreamResponse:
    """Sign out, here or everywhere."""
    sent = await visit.form()
    async with visit.person() as (session, person):
        if sent.get("where") == "everywhere":
            await sessions.leave_everywhere(session, person)
        else:
            await sessions.leave(session, visit.secret)
    response = told(visit.t, texts.signed_out(visit.t))
    response.del_cookie(COOKIE, path=ROOT)
    return response


ROUTES = [
    ("GET", f"{ROOT}/enter/{{secret}}", knock),
    ("POST", f"{ROOT}/enter", enter),
    ("POST", f"{ROOT}/leave", leave),
]
