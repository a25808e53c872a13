"""The public page of a published Summary, for anybody with its address: read-only, without a cookie, looked up anew each time."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.database import Database
from bot.features.summary.actions import public_pages
from bot.features.summary.actions.public_pages import PublicPage
from bot.features.summary.reports import public
from bot.features.summary.reports.public import DEFAULT, ROOT
from bot.features.summary.texts import public_pages as texts
from bot.i18n import first_asked, negotiate, shipped, translator
from bot.settings import Settings

HEADERS = {
    "Content-Security-Policy": f"{public.POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # Kept, but asked for each time: what members take back must be gone at once.
    "Cache-Control": "no-cache",
    "Vary": "Accept-Language",
}


class PublicSite:
    """The pages of all Summaries that have one."""

    def __init__(self, database: Database, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._database, self._settings, self._clock = database, settings, clock

    def routes(self) -> list[web.RouteDef]:
        """Where they are found: in the reader's language, and in each."""
        return [web.get(f"{ROOT}/{{slug}}", self.show), web.get(f"{ROOT}/{{slug}}/{{language}}", self.show)]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The Summary in one language; nothing where there is no page, whatever the reason."""
        names = request.match_info
        async with self._database.readers() as session:
            page = await public_pages.page(session, names["slug"], now=self._clock())
        wanted = names.get("language")
        if page is None or (wanted is not None and wanted not in page.contents):
            return self._nothing(request)
        language = wanted or negotiate(_preferred(request), list(page.contents), next(iter(page.contents)))
        return self._answer(request, page, language)

    def _answer(self, request: web.Request, page: PublicPage, language: str) -> web.StreamResponse:
        base = public.address(self._settings.web_url, page.slug) or f"{ROOT}/{page.slug}"
        addresses = {tag: f"{base}/{tag}" for tag in page.contents} | {DEFAULT: base}
        body = public.as_page(page.contents[language], addresses, page.openness).encode()
        headers = HEADERS | {"X-Robots-Tag": public.ROBOTS[page.openness], "Content-Language": language}
        etag = hashlib.sha256(body).hexdigest()[:20]
        if any(each.value in {etag, "*"} for each in request.if_none_match or ()):
            response = web.Response(status=304, headers=headers)
        else:
            response = web.Response(body=body, content_type="text/html", charset="utf-8", headers=headers)
        response.etag = etag
        return response

    def _nothing(self, request: web.Request) -> web.StreamResponse:
        t = translator(shipped(_preferred(request), self._settings.default_language))
        return web.Response(text=texts.nothing_here(t), status=404, headers=HEADERS | {"X-Robots-Tag": "noindex"})


def _preferred(request: web.Request) -> str | None:
    """The language that a browser asks for first."""
    return first_asked(request.headers.get("Accept-Language", ""))
