"""Translations at the loom: what was changed since one was made, and translators who are asked for what is missing or behind."""

from aiohttp import web

from bot.core.rights import Right
from bot.features.desk.actions import loom as actions
from bot.features.desk.actions import reading
from bot.features.desk.actions.threads import LoomThread, ThreadKind
from bot.features.desk.pages.frame import ROOT, Visit, visited
from bot.features.desk.pages.loom import rows as pages
from bot.features.desk.pages.loom.rows import LoomView, slug_of
from bot.features.desk.pages.loom.weaving import refused
from bot.features.desk.pages.tabs import LOOM
from bot.features.desk.texts import loom_translating as texts
from bot.features.summary.actions import translators
from bot.features.summary.actions.parts import NoSuchPart
from bot.features.summary.actions.translators import Translatable
from bot.features.translations.actions.wishes import NobodyTranslates


@visited
async def show_changes(visit: Visit) -> web.StreamResponse:
    """What was changed since a wording was made, on a page of its own or in its cell."""
    thread, language = LoomThread.named(visit.request.match_info["row"]), visit.request.match_info["language"]
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit), LOOM.right)
    row = loom.row(thread)
    cell = pages.cell_of(row, language)
    template = "loom_changes.html" if visit.wants_part else "loom_changes_page.html"
    stretches = await pages.changed(cell)
    return pages.inside(visit, template, loom, row=row, cell=cell, view=LoomView(), stretches=stretches)


@visited
async def ask(visit: Visit) -> web.StreamResponse:
    """Ask translators for one wording, or for all that a language lacks."""
    sent = await visit.form()
    language, wanted = sent.get("language", ""), _wanted(sent.get("row", ""))
    try:
        async with visit.person() as (session, person):
            asker = await reading.reader_of(session, person, slug_of(visit), Right.SUMMARISE)
            if language not in asker.dialogue.languages:
                raise NoSuchPart(language)
            asked = await translators.ask(session, asker, language, wanted, now=visit.desk.now)
    except NobodyTranslates:
        return refused(visit, texts.nobody(visit.t))
    if not visit.wants_part:
        raise web.HTTPSeeOther(f"{ROOT}/{slug_of(visit)}/loom#{sent.get('row') or 'asks'}")
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit))
    places = [LoomThread.point(each.key_point_id or 0).name if each.key_point_id else "background" for each in asked]
    shown = {"places": places, "language": language, "said": texts.asked(visit.t, language, len(asked))}
    return pages.inside(visit, "loom_asked.html", loom, view=LoomView(sent.get("only", "")), **shown)


def _wanted(row: str) -> Translatable | None:
    """The text of a row; None for all. Raises NoSuchPart."""
    if not row:
        return None
    thread = LoomThread.named(row)
    if thread.kind is ThreadKind.LABEL:
        raise NoSuchPart(row)
    return Translatable(thread.key_point_id or None)


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/loom/changes/{{row}}/{{language}}", show_changes),
    ("POST", f"{ROOT}/{{slug}}/loom/asks", ask),
]
