"""Beside a row of the loom: the replies most like it, a few at a time, whose words are put under it without leaving the page."""

from aiohttp import web

from bot import insight
from bot.core.rights import rights_of
from bot.features.desk.actions import citing, sources
from bot.features.desk.actions import loom as actions
from bot.features.desk.actions.citing import Chosen
from bot.features.desk.actions.threads import LoomThread
from bot.features.desk.pages import deeds
from bot.features.desk.pages.frame import ROOT, Inside, Visit, visited
from bot.features.desk.pages.loom import rows as pages
from bot.features.desk.pages.loom.rows import LoomView, slug_of
from bot.features.desk.pages.loom.weaving import refused, woven
from bot.features.desk.pages.tabs import LOOM
from bot.features.desk.texts import loom as loom_texts
from bot.features.desk.texts import loom_rows as row_texts
from bot.features.desk.texts import reading as reading_texts
from bot.features.desk.texts import sources as texts
from bot.features.key_points import jobs
from bot.features.key_points.actions.likeness import SourceChoice
from bot.features.key_points.actions.support import BrokenSpan


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """Replies like a key point, from a place in their order on; no transaction is open while they are compared."""
    thread = LoomThread.named(visit.request.match_info["row"])
    query = visit.request.query
    first, newest = (deeds.number(query.get(name, "")) or 0 for name in ("from", "newest"))
    async with visit.person() as (session, person):
        await sources.of_row(session, person, slug_of(visit), thread.key_point_id)
    choice, ordered = await jobs.likeliest(
        visit.desk.database, visit.desk.child, thread.key_point_id, SourceChoice(newest)
    )
    async with visit.person() as (session, person):
        found = await sources.page(session, person, slug_of(visit), thread.key_point_id, ordered=ordered, first=first)
    shown = {"found": found, "first": first, "newest": choice.newest, "across": insight.vectors.best().across_languages}
    shown |= {
        "words": loom_texts,
        "row_words": row_texts,
        "sources": texts,
        "reading": reading_texts,
        "name": thread.name,
    }
    inside = Inside(slug_of(visit), found.title, rights_of(found.reader.role))
    return visit.inside("loom_offered.html" if visit.wants_part else "loom_sources.html", LOOM, inside, **shown)


@visited
async def cite(visit: Visit) -> web.StreamResponse:
    """Put a whole reply, or a sentence of it, under a key point, and show what it rests on then."""
    sent, thread = await visit.form(), LoomThread.named(visit.request.match_info["row"])
    reply_id = deeds.number(sent.get("reply", "")) or 0
    start, _, span = sent.get("chosen", "").replace("\r\n", "\n").partition(" ")
    try:
        async with visit.person() as (session, person):
            await sources.of_row(session, person, slug_of(visit), thread.key_point_id)
            chosen = Chosen(reply_id, deeds.number(start) or 0, span)
            await citing.cite(session, person, chosen, thread.key_point_id, now=visit.desk.now)
    except BrokenSpan as broken:
        return refused(visit, reading_texts.too_late(visit.t, broken, ""))
    if not visit.wants_part:
        raise web.HTTPSeeOther(f"{ROOT}/{slug_of(visit)}/loom/rows/{thread.name}")
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit))
    return woven(pages.inside(visit, "loom_cited.html", loom, row=loom.row(thread), view=LoomView(), part=True))


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/loom/sources/{{row}}", show),
    ("POST", f"{ROOT}/{{slug}}/loom/sources/{{row}}", cite),
]
