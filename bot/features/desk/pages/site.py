"""Where the pages are found, what all answers tell browsers, and the files that pages load."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.features.desk.pages import (
    announcements,
    beginning,
    entrance,
    files,
    finishing,
    form,
    log,
    loom,
    members,
    neighbours,
    overview,
    queue,
    reading,
)
from bot.features.desk.pages.frame import APART, FOLDER, HEADERS, Desk, Handler

STATIC = FOLDER / "static"
LOADED = {each.name: each for each in STATIC.iterdir()}


async def load(_desk: Desk, request: web.Request) -> web.StreamResponse:
    """A file that pages load."""
    path = LOADED.get(request.match_info["name"])
    if path is None:
        raise web.HTTPNotFound
    return web.FileResponse(path)


ROUTES: list[tuple[str, str, Handler]] = [
    ("GET", f"{APART}/static/{{name}}", load),
    *entrance.ROUTES,
    *beginning.ROUTES,
    *form.ROUTES,
    *finishing.ROUTES,
    *overview.ROUTES,
    *reading.ROUTES,
    *loom.ROUTES,
    *queue.ROUTES,
    *members.ROUTES,
    *announcements.ROUTES,
    *log.ROUTES,
    *files.ROUTES,
    *neighbours.ROUTES,
]


def routes(desk: Desk) -> list[web.RouteDef]:
    """All pages, for the server."""
    return [web.route(method, path, _answering(handler, desk)) for method, path, handler in ROUTES]


def _answering(handler: Handler, desk: Desk) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            if "%00" in request.raw_path:  # PostgreSQL keeps none
                raise web.HTTPNotFound
            response = await handler(desk, request)
        except web.HTTPException as error:
            error.headers.update(HEADERS)
            raise
        response.headers.update(HEADERS)
        return response

    return answer
