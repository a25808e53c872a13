"""The table of the Summary at the desk: it goes out as a workbook, comes back, and what it would change is seen before it counts."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web
from aiohttp.web_request import FileField
from pydantic import TypeAdapter, ValidationError

from bot.authoring.faults import Fault
from bot.child import Died, TookTooLong
from bot.core import wordings
from bot.core.rights import Right, rights_of
from bot.features.desk.actions import reading
from bot.features.desk.pages.downloads import download
from bot.features.desk.pages.frame import ROOT, Inside, Visit, visited
from bot.features.desk.pages.tabs import LOOM
from bot.features.desk.texts import loom_table as texts
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.dialogues.texts import files as file_texts
from bot.features.key_points.actions import key_points
from bot.features.summary.actions import rows as summary_rows
from bot.features.summary.actions import tables, taking
from bot.features.summary.actions.differing import TableDiff
from bot.features.summary.actions.tables import SummaryTable, TableRead
from bot.features.summary.actions.taking import TableSeen, TableTaken
from bot.features.summary.reports import workbooks
from bot.features.summary.texts import tables as table_texts

READING_SECONDS = 5.0  # of a processor; an ordinary table takes some hundredths
_kept = TypeAdapter(SummaryTable)


@dataclass(frozen=True)
class TablePage:
    """What the page says: a `note`, faults, or what a table would change, with the table itself as it goes on to be taken."""

    note: str = ""
    faults: Sequence[str] = ()
    diff: TableDiff | None = None
    table: str = ""


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """The page on which a table is got and given back."""
    return await _page(visit, TablePage())


async def _page(visit: Visit, page: TablePage) -> web.Response:
    slug = visit.request.match_info["slug"]
    async with visit.person() as (session, person):
        reader = await reading.reader_of(session, person, slug, Right.SUMMARISE)
        title = wordings.in_language(reader.dialogue.title, reader.dialogue, person.language)
    inside = Inside(slug, title, rights_of(reader.role))
    return visit.inside("loom_table.html", LOOM, inside, words=texts, tables=table_texts, page=page)


@visited
async def send(visit: Visit) -> web.StreamResponse:
    """The Summary as a workbook."""
    slug = visit.request.match_info["slug"]
    async with visit.person() as (session, person):
        reader = await reading.reader_of(session, person, slug, Right.SUMMARISE)
        dialogue = (await key_points.editor(session, person, reader.dialogue_id)).dialogue
        rows, languages = await summary_rows.rows(session, dialogue), tuple(dialogue.languages)
    content = await asyncio.to_thread(workbooks.as_xlsx, visit.t, slug, rows, languages)
    return download(content, workbooks.file_name(slug))


@visited
async def compare(visit: Visit) -> web.StreamResponse:
    """What a table that was given back would change."""
    try:
        await visit.form()
    except web.HTTPRequestEntityTooLarge:
        return await _page(visit, TablePage(note=texts.too_large(visit.t)))
    file = (await visit.request.post()).get("file")
    if not isinstance(file, FileField):
        return await _page(visit, TablePage(note=texts.no_file(visit.t)))
    read = await _read(visit, file.file.read())
    if read is None:
        return await _page(visit, TablePage(note=file_texts.takes_too_long(visit.t)))
    if read.table is None:
        return await _page(visit, _unread(visit, read.faults))
    return await _compared(visit, read.table)


async def _read(visit: Visit, content: bytes) -> TableRead | None:
    try:
        return await visit.desk.child.do(tables.read, content, seconds=READING_SECONDS)
    except (TookTooLong, Died):
        return None


def _unread(visit: Visit, faults: Sequence[Fault]) -> TablePage:
    if not faults:
        return TablePage(note=table_texts.no_table(visit.t))
    said = tuple(fault_texts.fault(visit.t, fault) for fault in faults)
    return TablePage(note=table_texts.faulty(visit.t), faults=said)


async def _compared(visit: Visit, table: SummaryTable) -> web.Response:
    if table.slug != visit.request.match_info["slug"]:
        return await _page(visit, TablePage(note=table_texts.of_another(visit.t, table.slug)))
    async with visit.person() as (session, person):
        seen = await taking.compare(session, person, table)
    return await _page(visit, _seen(seen, table))


def _seen(seen: TableSeen, table: SummaryTable, note: str = "") -> TablePage:
    return TablePage(note, diff=seen.diff, table=_kept.dump_json(table).decode())


@visited
async def take(visit: Visit) -> web.StreamResponse:
    """Take what was seen; or show it anew, if it is another by now."""
    try:
        sent = await visit.form()
    except web.HTTPRequestEntityTooLarge:
        return await _page(visit, TablePage(note=texts.too_large(visit.t)))
    table = _given(sent)
    if table is None or table.slug != visit.request.match_info["slug"]:
        return await _page(visit, TablePage(note=table_texts.no_table(visit.t)))
    async with visit.person() as (session, person):
        done = await taking.take(session, person, table, sent.get("seen", ""), now=visit.desk.now)
    if isinstance(done, TableTaken):
        return await _page(visit, TablePage(note=table_texts.taken(visit.t, done.changes)))
    return await _page(visit, _seen(done, table, table_texts.changed_meanwhile(visit.t)))


def _given(sent: Mapping[str, str]) -> SummaryTable | None:
    """The table as the page had it: what someone made of it meanwhile is no more than another table of theirs."""
    try:
        return _kept.validate_json(sent.get("table", ""))
    except ValidationError:
        return None


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/loom/table", show),
    ("GET", f"{ROOT}/{{slug}}/loom/table/file", send),
    ("POST", f"{ROOT}/{{slug}}/loom/table", compare),
    ("POST", f"{ROOT}/{{slug}}/loom/table/take", take),
]
