"""Files to take along: what was said, made as the chat makes it and streamed; the way to the Summary; and which other systems read along."""

import asyncio
import contextlib
import os
import tempfile
from pathlib import Path

from aiohttp import web

from bot.core import wordings
from bot.core.rights import Right
from bot.features.desk.pages import deeds, systems
from bot.features.desk.pages.deeds import DeedNote
from bot.features.desk.pages.downloads import disposition
from bot.features.desk.pages.frame import HEADERS, ROOT, Visit, visited
from bot.features.desk.pages.tabs import FILES
from bot.features.desk.texts import files as texts
from bot.features.desk.texts import systems as system_texts
from bot.features.exports import jobs
from bot.features.exports.actions import handover, replies
from bot.features.exports.actions.replies import Format
from bot.features.summary.reports import forms
from bot.features.summary.reports.forms import ALL
from bot.models import TokenScope

PIECE = 1 << 16  # bytes
EXPORTS = {each.value: each for each in (Format.ZIP, Format.CSV, Format.WORKBOOK, Format.JSON_LINES)}


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """Which files there are, and who reads along."""
    return await _show(visit, None)


async def _show(visit: Visit, note: DeedNote | None, secret: str = "") -> web.StreamResponse:
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, FILES.right)
        languages = list(entered.reader.dialogue.languages)
        let_in = await systems.let_in(session, entered)
        zone = wordings.zone_of(person, entered.reader.dialogue)
    files = {"exports": EXPORTS.values(), "languages": [*languages, None], "forms": forms.available(), "ALL": ALL}
    tokens = {"let_in": let_in, "zone": zone, "scopes": list(TokenScope), "days": systems.DAYS, "secret": secret}
    return visit.inside(
        "files.html", FILES, entered.inside, words=texts, system=system_texts, note=note, **files, **tokens
    )


@visited
async def let_system_in(visit: Visit) -> web.StreamResponse:
    """Make a token, and show its secret once."""
    note, secret = await systems.give(visit, await visit.form())
    return await _show(visit, note, secret)


@visited
async def revoke(visit: Visit) -> web.StreamResponse:
    """Let a system in no longer."""
    await visit.form()
    return await _show(visit, await systems.revoke(visit, deeds.number(visit.request.match_info["id"])))


@visited
async def export(visit: Visit) -> web.StreamResponse:
    """Write down that someone exports, make the file, and send it piece by piece."""
    sent = await visit.form()
    form = EXPORTS.get(sent.get("form", ""))
    if form is None:
        raise web.HTTPNotFound
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, Right.EXPORT)
        taken = await handover.begin(session, person, entered.dialogue_id, now=visit.desk.now)
    visit.desk.wake()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / replies.file_name(taken.slug, form)
        await jobs.write(visit.desk.database, taken.slug, form, path, visit.t)
        return await _streamed(visit, path)


async def _streamed(visit: Visit, path: Path) -> web.StreamResponse:
    response = _attachment(path.name)
    with path.open("rb") as file, contextlib.suppress(ConnectionResetError):  # who went away wants no file
        response.content_length = os.fstat(file.fileno()).st_size
        await response.prepare(visit.request)
        while piece := await asyncio.to_thread(file.read, PIECE):
            await response.write(piece)
        await response.write_eof()
    return response


def _attachment(name: str) -> web.StreamResponse:
    kept = {**disposition(name), "Content-Type": "application/octet-stream"}
    return web.StreamResponse(headers={**HEADERS, **kept})  # from here on nobody adds to them


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/files", show),
    ("POST", f"{ROOT}/{{slug}}/files/export", export),
    ("POST", f"{ROOT}/{{slug}}/files/tokens", let_system_in),
    ("POST", f"{ROOT}/{{slug}}/files/tokens/{{id}}", revoke),
]
