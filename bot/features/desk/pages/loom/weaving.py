"""The loom is worked at: wordings are kept, rows added, moved, labelled and removed, objections answered, differences let stand."""

from collections.abc import Mapping

from aiohttp import web

from bot.core.dialogues import NoSuchDialogue
from bot.core.wordings import Opened, Overtaken
from bot.features.desk.actions import loom as actions
from bot.features.desk.actions import threads
from bot.features.desk.actions.loom import Loom
from bot.features.desk.actions.threads import LoomThread
from bot.features.desk.pages import deeds, hearing
from bot.features.desk.pages.frame import ROOT, Visit, aside, visited
from bot.features.desk.pages.loom import rows as pages
from bot.features.desk.pages.loom.row_deeds import DEEDS, RowDeed
from bot.features.desk.pages.loom.rows import CONFLICT, LoomView, slug_of
from bot.features.desk.pages.tabs import LOOM
from bot.features.desk.texts import loom as texts
from bot.features.desk.texts import loom_rows as row_texts
from bot.features.desk.texts import sources as source_texts
from bot.features.key_points.actions import amendments, key_points
from bot.features.key_points.actions.amendments import PointChanged
from bot.features.key_points.actions.footing import NoSuchFooting
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.features.summary.actions import publication
from bot.features.summary.actions.answering import StaleWordings

WOVEN = {"HX-Trigger": "woven"}  # the document beside the rows is to be shown anew


@visited
async def save(visit: Visit) -> web.StreamResponse:
    """Keep a wording; where it can't be, show why, with what was written still in its box."""
    sent, names = await visit.form(), visit.request.match_info
    thread, language = LoomThread.named(names["row"]), names["language"]
    text = sent.get("text", "").replace("\r\n", "\n")
    opened = Opened(sent.get("mark", ""), deeds.number(sent.get("newest", "")) or 1)
    fault: Exception | None = None
    try:
        async with visit.person() as (session, person):
            await threads.reword(session, person, slug_of(visit), thread, language=language, text=text, opened=opened)
    except texts.REFUSED as error:
        fault = error
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit), LOOM.right)
    if fault is not None:
        return await _unkept(visit, loom, thread, language, text=text, fault=fault)
    if not visit.wants_part:
        raise web.HTTPSeeOther(_address(visit, thread.name, sent.get("only", "")))
    row = loom.row(thread)
    cell = pages.cell_of(row, language)
    return woven(pages.inside(visit, "loom_saved.html", loom, row=row, cell=cell, view=LoomView(sent.get("only", ""))))


async def _unkept(
    visit: Visit, loom: Loom, thread: LoomThread, language: str, *, text: str, fault: Exception
) -> web.Response:
    shown: dict[str, object] = {"fault": texts.refused(visit.t, fault), "written": text}
    shown["theirs"] = fault.text if isinstance(fault, Overtaken) else None
    try:
        row = loom.row(thread)
    except NoSuchKeyPoint:
        template = "loom_gone.html" if visit.wants_part else "loom_lost.html"
        return pages.unkept(visit, template, loom, view=LoomView(), **shown)
    cell = pages.cell_of(row, language)
    shown |= {"row": row, "cell": cell, "stretches": await pages.changed(cell)}
    return pages.unkept(visit, pages.form_template(visit), loom, view=LoomView(), **shown)


@visited
async def add(visit: Visit) -> web.StreamResponse:
    """Put a new key point under a question, in one language or several at once."""
    sent = await visit.form()
    text, number = sent.get("text", "").replace("\r\n", "\n"), deeds.number(sent.get("number", "")) or 0
    async with visit.person() as (session, person):
        before = await actions.open_loom(session, person, slug_of(visit))
    said, expected = sent.get("language", ""), before.languages[0]
    heard, fault, written = await hearing.hear(text, before.languages, said=said, expected=expected), "", 0
    if text.strip() and (heard.strange or not heard.texts):
        fault = texts.unheard(visit.t, heard.strange)
    else:
        try:
            written = await _write(visit, before, number, heard.texts)
        except texts.REFUSED as error:
            fault = texts.refused(visit.t, error)
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit))
    chapter = next((each for each in loom.chapters if each.number == number), loom.chapters[-1])
    there = {row.thread for row in before.rows}  # what was sent twice stands there already
    added = next((row for row in chapter.rows if row.thread.key_point_id == written and row.thread not in there), None)
    shown = {"chapter": chapter, "added": added, "fault": fault, "written": text if fault else ""}
    if fault:
        return pages.unkept(visit, _form_of_row(visit), loom, view=LoomView(), **shown)
    if not visit.wants_part:
        raise web.HTTPSeeOther(_address(visit, LoomThread.point(written).name, ""))
    return woven(pages.inside(visit, _form_of_row(visit), loom, view=LoomView(), **shown))


def _form_of_row(visit: Visit) -> str:
    return "loom_added.html" if visit.wants_part else "loom_unadded.html"


async def _write(visit: Visit, loom: Loom, number: int, worded: Mapping[str, str]) -> int:
    async with visit.person() as (session, person):
        member = await key_points.editor(session, person, loom.material.dialogue.id)
        question = next((each for each in member.dialogue.questions if each.number == number), None)
        if number and question is None:
            raise NoSuchDialogue(loom.title)
        return (await amendments.write(session, member.dialogue, question, worded, now=visit.desk.now)).id


@visited
async def work(visit: Visit) -> web.StreamResponse:
    """Do something to a key point, and show how it stands then."""
    sent, names = await visit.form(), visit.request.match_info
    thread, do = LoomThread.named(names["row"]), DEEDS.get(names["deed"])
    if do is None or not thread.key_point_id:
        raise web.HTTPNotFound
    try:
        async with visit.person() as (session, person):
            _, key_point = await key_points.editable(session, person, thread.key_point_id)
            member = await key_points.editor(session, person, key_point.dialogue_id)
            if member.dialogue.slug != slug_of(visit):
                raise NoSuchKeyPoint(thread.key_point_id)
            await do(RowDeed(session, person, member, key_point.id, sent, visit))
    except StaleWordings as stale:
        return refused(visit, row_texts.stale_wordings(visit.t, stale))
    except PointChanged as changed:
        return refused(visit, row_texts.changed_meanwhile(visit.t, changed))
    except NoSuchFooting:
        return refused(visit, source_texts.no_such_event(visit.t))
    visit.desk.wake()
    return await _worked(visit, thread, names["deed"], sent.get("only", ""))


def refused(visit: Visit, words: str) -> web.Response:
    """Say why nothing was done, and leave the page as it is."""
    if visit.wants_part:
        return aside(visit.t, words, status=CONFLICT)
    return visit.told(words, status=CONFLICT)


async def _worked(visit: Visit, thread: LoomThread, deed: str, only: str) -> web.Response:
    if not visit.wants_part:
        raise web.HTTPSeeOther(_address(visit, "" if deed == "remove" else thread.name, only))
    if deed == "remove":
        return woven(web.Response(text="", content_type="text/html"))
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit))
    row = loom.row(thread)
    if deed == "place":
        assert row.point is not None
        return woven(web.Response(text=row_texts.moved(visit.t, row.point), content_type="text/plain"))
    return woven(pages.one_row(visit, loom, row))


@visited
async def let_stand(visit: Visit) -> web.StreamResponse:
    """Let a difference between two languages stand, under one's name."""
    sent = await visit.form()
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit))
        difference = await publication.let_stand(
            session, loom.member, loom.compared, visit.request.match_info["key"], now=visit.desk.now
        )
    if difference is None:
        return refused(visit, row_texts.difference_is_gone(visit.t))
    place = actions.place_of(loom.material, difference)
    if not visit.wants_part:
        raise web.HTTPSeeOther(_address(visit, place, sent.get("only", "")))
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit))
    return woven(pages.inside(visit, "loom_marks.html", loom, place=place, view=LoomView(sent.get("only", ""))))


def _address(visit: Visit, anchor: str, only: str) -> str:
    query = f"?only={only}" if only.isalnum() and only.isascii() else ""
    return f"{ROOT}/{slug_of(visit)}/loom{query}#{anchor}"


def woven(response: web.Response) -> web.Response:
    """Tell the page that the document beside the rows is to be shown anew."""
    response.headers.update(WOVEN)
    return response


ROUTES = [
    ("POST", f"{ROOT}/{{slug}}/loom/cells/{{row}}/{{language}}", save),
    ("POST", f"{ROOT}/{{slug}}/loom/rows", add),
    ("POST", f"{ROOT}/{{slug}}/loom/rows/{{row}}/{{deed}}", work),
    ("POST", f"{ROOT}/{{slug}}/loom/differences/{{key}}", let_stand),
]
