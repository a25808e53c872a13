"""The loom: the Summary as rows and columns, one row with all that belongs to it, the living document beside it, and its files."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web
from markupsafe import Markup

from bot.core.rights import NotPermitted, Right
from bot.features.desk.actions import loom as actions
from bot.features.desk.actions import reading
from bot.features.desk.actions.loom import TITLE, Loom, LoomCell, LoomChapter, Row
from bot.features.desk.actions.threads import LoomThread, ThreadKind
from bot.features.desk.pages.downloads import download
from bot.features.desk.pages.frame import ROOT, Inside, Visit, visited
from bot.features.desk.pages.tabs import LOOM
from bot.features.desk.texts import loom as texts
from bot.features.desk.texts import loom_news as news_texts
from bot.features.desk.texts import loom_rows as row_texts
from bot.features.desk.texts import loom_translating as translating_texts
from bot.features.desk.texts import publishing as publishing_texts
from bot.features.desk.texts import sources as source_texts
from bot.features.summary.actions import publication, voices
from bot.features.summary.actions.contents import SummaryContents
from bot.features.summary.actions.parts import NoSuchPart
from bot.features.summary.actions.publication import Hindrance, Obstacle
from bot.features.summary.actions.voices import Voices
from bot.features.summary.reports import forms, pages
from bot.features.summary.reports.forms import ALL, Form
from bot.features.summary.texts import missing as gap_texts
from bot.features.summary.texts.summary import compose
from bot.i18n import readable, translator
from bot.insight import changes
from bot.insight.changes import Fate, Stretch
from bot.markup.links import SCHEMES

CONFLICT = 409
NOTHING = "none"  # in place of a language: no document
PARTS = "parts"  # in place of a question: the Background and the labels


@dataclass(frozen=True)
class LoomView:
    """What of the loom is shown: `only` a question's number, PARTS, or all where it is empty; the `document` in a language, ALL or NOTHING."""

    only: str = ""
    document: str = ""

    def shows(self, chapter: LoomChapter) -> bool:
        """Whether the rows of a question are shown."""
        return self.only in {"", str(chapter.number)}


@dataclass(frozen=True)
class Beside:
    """What stands beside the rows: the Summary as it will be, and what stands in the way of publishing it."""

    document: Markup | None
    obstacles: Sequence[Obstacle]


@dataclass(frozen=True)
class LoomGaps:
    """Who is in the Summary and who isn't, told by a clock of `zone`."""

    voices: Voices
    zone: str


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """All rows, or those of one question, with the document."""
    return await _beside(visit, "loom.html")


@visited
async def show_aside(visit: Visit) -> web.StreamResponse:
    """The document and what stands in the way, after a change."""
    return await _beside(visit, "loom_aside.html")


async def _beside(visit: Visit, template: str) -> web.Response:
    obstacles: Sequence[Obstacle] = ()
    gaps: LoomGaps | None = None
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit), LOOM.right)
        if loom.is_woven:
            obstacles = await publication.obstacles(session, loom.material, now=visit.desk.now, compared=loom.compared)
            gaps = LoomGaps(await voices.voices(session, loom.material.dialogue, language=person.language), loom.zone)
    view = _view(visit, loom)
    beside = Beside(_document(loom, view), obstacles)
    return inside(visit, template, loom, view=view, beside=beside, gaps=gaps, gap_words=gap_texts)


@visited
async def show_row(visit: Visit) -> web.StreamResponse:
    """One row with the words it rests on, its label and what is held against it."""
    thread = LoomThread.named(visit.request.match_info["row"])
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit))
    return one_row(visit, loom, loom.row(thread))


def one_row(visit: Visit, loom: Loom, row: Row) -> web.Response:
    """A row by itself, or for htmx what belongs to it besides its wordings."""
    template = "loom_more.html" if visit.wants_part else "loom_row.html"
    return inside(visit, template, loom, row=row, view=LoomView(), part=visit.wants_part)


@visited
async def show_cell(visit: Visit) -> web.StreamResponse:
    """A wording, or the form that changes it."""
    thread, language = LoomThread.named(visit.request.match_info["row"]), visit.request.match_info["language"]
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit), LOOM.right)
    row = loom.row(thread)
    shown = visit.wants_part and "shown" in visit.request.query
    if not shown and language in loom.languages and language not in loom.own:
        raise NotPermitted(Right.SUMMARISE)
    template = "loom_words.html" if shown else form_template(visit)
    cell = cell_of(row, language)
    stretches = () if shown else await changed(cell)
    return inside(visit, template, loom, row=row, cell=cell, view=_view(visit, loom), stretches=stretches, **NO_FAULT)


NO_FAULT: Mapping[str, object] = {"fault": "", "theirs": None, "written": None}


def form_template(visit: Visit) -> str:
    """The form in its cell, or on a page of its own."""
    return "loom_form.html" if visit.wants_part else "loom_cell.html"


async def changed(cell: LoomCell) -> Sequence[Stretch]:
    """What was reworded that a cell doesn't keep up with, or in it."""
    if cell.reworded is None:
        return ()
    # In a thread: two long texts that have little in common take some tenths of a second, in which others are waiting.
    return await asyncio.to_thread(changes.changes, cell.reworded.before, cell.reworded.now)


def cell_of(row: Row, language: str) -> LoomCell:
    """The cell of a language; raises NoSuchPart."""
    found = next((cell for cell in row.cells if cell.language == language), None)
    if found is None:
        raise NoSuchPart(language)
    return found


@visited
async def here(visit: Visit) -> web.StreamResponse:
    """Someone is writing: the session must not end meanwhile, for they would lose it."""
    async with visit.person() as (session, person):
        await reading.reader_of(session, person, slug_of(visit), LOOM.right)
    raise web.HTTPNoContent


@visited
async def hand_out(visit: Visit) -> web.StreamResponse:
    """The Summary as a file, in a language or in all."""
    language, form = visit.request.match_info["language"], visit.request.match_info["form"]
    if form not in forms.available():
        raise web.HTTPNotFound
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit), LOOM.right)
    if language not in {*loom.languages, ALL}:
        raise web.HTTPNotFound
    written = tuple(_contents(loom, language))
    # In a thread: a PDF takes up to a second, in which others are waiting.
    file = await asyncio.to_thread(forms.make_all, written, Form(form))
    return download(file, forms.file_name(written, Form(form)))


def slug_of(visit: Visit) -> str:
    """The dialogue that the address names."""
    return visit.request.match_info["slug"]


def inside(visit: Visit, template: str, loom: Loom, **values: object) -> web.Response:
    """A page of the loom, or a part of one."""
    dialogue = Inside(loom.material.dialogue.slug, loom.title, loom.rights)
    shown = {"words": texts, "publishing": publishing_texts, "loom": loom, **SHARED, **values}
    return visit.inside(template, LOOM, dialogue, **shown)


def unkept(visit: Visit, template: str, loom: Loom, **values: object) -> web.Response:
    """The same, where what was sent couldn't be kept."""
    response = inside(visit, template, loom, **values)
    response.set_status(CONFLICT)
    return response


SHARED: Mapping[str, object] = {
    "row_words": row_texts, "changing": translating_texts, "news_words": news_texts, "sources": source_texts,
    "Kind": ThreadKind, "Hindrance": Hindrance, "Fate": Fate, "ALL": ALL, "NOTHING": NOTHING, "PARTS": PARTS, "TITLE": TITLE,
    "forms": forms.available, "translator": translator, "schemes": " ".join(sorted(SCHEMES)),
}  # fmt: skip


def _view(visit: Visit, loom: Loom) -> LoomView:
    query = visit.request.query
    dialogue = loom.material.dialogue
    document = query.get("document", "")
    if document not in {*dialogue.languages, ALL, NOTHING}:
        document = readable(visit.t.language, dialogue.languages, dialogue.source_language)
    only = query.get("only", "")
    return LoomView(only if only in {PARTS, *(str(each.number) for each in loom.chapters)} else "", document)


def _document(loom: Loom, view: LoomView) -> Markup | None:
    if view.document == NOTHING:
        return None
    return pages.as_part([compose(translator(each.language), each) for each in _contents(loom, view.document)])


def _contents(loom: Loom, language: str) -> Iterator[SummaryContents]:
    for tag in loom.languages if language == ALL else (language,):
        yield publication.contents(loom.material, tag)


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/loom", show),
    ("GET", f"{ROOT}/{{slug}}/loom/aside", show_aside),
    ("GET", f"{ROOT}/{{slug}}/loom/here", here),
    ("GET", f"{ROOT}/{{slug}}/loom/rows/{{row}}", show_row),
    ("GET", f"{ROOT}/{{slug}}/loom/cells/{{row}}/{{language}}", show_cell),
    ("GET", f"{ROOT}/{{slug}}/loom/files/{{language}}/{{form}}", hand_out),
]
