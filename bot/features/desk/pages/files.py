"""Files to take along: what was said, for spreadsheets and for other tools; the way to the Summary; and which other systems read along."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from aiohttp import web

from bot.core import wordings
from bot.core.rights import Right
from bot.features.desk.pages import deeds, systems
from bot.features.desk.pages.deeds import DeedNote
from bot.features.desk.pages.downloads import streamed
from bot.features.desk.pages.frame import ROOT, Visit, visited
from bot.features.desk.pages.tabs import FILES
from bot.features.desk.texts import files as texts
from bot.features.desk.texts import systems as system_texts
from bot.features.exports import jobs
from bot.features.exports.actions import handover, replies
from bot.features.exports.actions.neighbours import Neighbour, NeighbourWanted
from bot.features.exports.actions.replies import Format
from bot.features.summary.reports import forms
from bot.features.summary.reports.forms import ALL
from bot.models import TokenScope

EXPORTS = {each.value: each for each in (Format.ZIP, Format.CSV, Format.WORKBOOK, Format.JSON_LINES)}
TOOLS = {each.value: each for each in Neighbour}


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """Which files there are, and who reads along; for a tool that was chosen, what of the replies it takes."""
    return await page(visit)


async def page(visit: Visit, note: DeedNote | None = None, secret: str = "") -> web.Response:
    """The page, with what there is to say, or a token's secret to be shown once."""
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, FILES.right)
        slug, languages = entered.inside.slug, list(entered.reader.dialogue.languages)
        total = len((await replies.find(session, slug)).questions)
        let_in = await systems.let_in(session, entered)
        zone = wordings.zone_of(person, entered.reader.dialogue)
    wanted = wanted_of(visit.request.query, total, languages)
    found = await jobs.preflight(visit.desk.database, slug, wanted, visit.t) if wanted else None
    files = {"exports": EXPORTS.values(), "languages": languages, "forms": forms.available(), "ALL": ALL}
    tools = {"tools": list(Neighbour), "total": total, "found": found}
    tokens = {"let_in": let_in, "zone": zone, "scopes": list(TokenScope), "days": systems.DAYS, "secret": secret}
    shown = {"system": system_texts, "note": note, **files, **tools, **tokens}
    return visit.inside("files.html", FILES, entered.inside, words=texts, **shown)


@visited
async def let_system_in(visit: Visit) -> web.StreamResponse:
    """Make a token, and show its secret once."""
    note, secret = await systems.give(visit, await visit.form())
    return await page(visit, note, secret)


@visited
async def revoke(visit: Visit) -> web.StreamResponse:
    """Let a system in no longer."""
    await visit.form()
    return await page(visit, await systems.revoke(visit, deeds.number(visit.request.match_info["id"])))


def wanted_of(given: Mapping[str, str], total: int, languages: Sequence[str]) -> NeighbourWanted | None:
    """Which file is wanted for which tool, as an address or a form says it; None where there is none such."""
    tool, asked, language = TOOLS.get(given.get("tool", "")), given.get("question", ""), given.get("language", "")
    question = deeds.number(asked) if asked else None
    if tool is None or (asked and question not in range(1, total + 1)) or language not in {"", *languages}:
        return None
    # The words that codes stand on are those that were written.
    return NeighbourWanted(tool, question, None if tool is Neighbour.QDA else language or None)


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
        return await streamed(visit, path)


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/files", show),
    ("POST", f"{ROOT}/{{slug}}/files/export", export),
    ("POST", f"{ROOT}/{{slug}}/files/tokens", let_system_in),
    ("POST", f"{ROOT}/{{slug}}/files/tokens/{{id}}", revoke),
]
