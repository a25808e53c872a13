"""An export: a dialogue is handed over, its replies as one file, or with all else that belongs to it in a zip archive."""

import asyncio
import contextlib
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bot import authoring, resources
from bot.core import wordings
from bot.database import Database, hold_still
from bot.features.dialogues.actions import files
from bot.features.digests.actions import charted
from bot.features.digests.reports import charts
from bot.features.digests.texts import charts as chart_texts
from bot.features.exports.actions import coding
from bot.features.exports.actions import replies as export_replies
from bot.features.exports.actions.neighbours import Neighbour, NeighbourWanted, Preflight
from bot.features.exports.actions.records import Carrier
from bot.features.exports.actions.replies import Counted, Format
from bot.features.exports.reports import tables
from bot.features.exports.reports.coded import QdaProject
from bot.features.exports.reports.lines import JsonLines
from bot.features.exports.reports.neighbours import TABLES, Sieve, VoiceTable
from bot.features.exports.reports.proceedings import Proceedings
from bot.features.exports.reports.tables import Table
from bot.features.exports.texts import files as texts
from bot.features.moderation import reports as moderation_reports
from bot.features.moderation.actions import log as moderation_log
from bot.features.summary.actions import contents as summary_contents
from bot.features.summary.actions import publication
from bot.features.summary.reports import forms
from bot.features.summary.reports.forms import Form
from bot.i18n import Translator, translator
from bot.models import Dialogue
from bot.tallies import figures

COLUMNS_EXPLAINED = resources.path_of("docs/exports.md")
LONG = 500  # replies, written in the time that one file of the Summary, or a chart, takes

Progress = Callable[[float], None]  # called now and then with the share that is done, 0 to 1


@dataclass
class _Work:
    """One export: what is read, whom it is written for, and how far it is."""

    session: AsyncSession
    dialogue: Dialogue
    counts: list[Counted]
    t: Translator
    progress: Progress
    total: int
    done: int = 0

    def advance(self, steps: int) -> None:
        self.done += steps
        self.progress(min(1.0, self.done / max(self.total, 1)))


async def write(
    database: Database, slug: str, form: Format, path: Path, t: Translator, *, progress: Progress = lambda _: None
) -> int:
    """Write an export to `path`, and return how many replies of members it holds; raises NoSuchDialogue, or OSError.

    What a file holds is all of one moment, and there is no file until it is whole. Words of the bot's own are the
    translator's, or each language's.
    """
    async with database.readers() as session:
        await hold_still(session)
        dialogue = await export_replies.find(session, slug)
        counts = await export_replies.counts(session, dialogue)
        rows = sum(each.exported for each in counts)
        rest = len(dialogue.languages) * (len(forms.available()) + 1) * LONG
        work = _Work(session, dialogue, counts, t, progress, 2 * rows + rest if form is Format.ZIP else rows)
        part = path.with_name(f"{path.name}.part")
        part.touch()  # rather now than after all the work
        try:
            await _write(work, form, part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return sum(each.words.open for each in counts)


async def write_for(
    database: Database,
    slug: str,
    wanted: NeighbourWanted,
    path: Path,
    t: Translator,
    *,
    progress: Progress = lambda _: None,
) -> Preflight:
    """Write the file that another tool reads to `path`, and return what it holds and leaves out; as `write` does otherwise."""
    async with database.readers() as session:
        await hold_still(session)
        dialogue = await export_replies.find(session, slug)
        counts = await export_replies.counts(session, dialogue)
        work = _Work(session, dialogue, counts, t, progress, sum(each.exported for each in counts))
        sieve, part = Sieve(wanted, t), path.with_name(f"{path.name}.part")
        part.touch()
        try:
            with await _opened(work, wanted.neighbour, part) as file:
                async for rows in export_replies.replies(session, dialogue):
                    await asyncio.to_thread(lambda some: file.write(sieve.sift(some)), rows)
                    work.advance(len(rows))
            sieve.seen.rows, sieve.seen.bytes = file.rows, part.stat().st_size
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return sieve.seen


async def _opened(work: _Work, neighbour: Neighbour, path: Path) -> VoiceTable | QdaProject:
    if neighbour is not Neighbour.QDA:
        return TABLES[neighbour](path)
    dialogue = work.dialogue
    title = wordings.nearest(dialogue.title, dialogue.source_language, dialogue.source_language)
    return QdaProject(path, dialogue.slug, title, await coding.codebook(work.session, dialogue))


async def preflight(database: Database, slug: str, wanted: NeighbourWanted, t: Translator) -> Preflight:
    """What the file for another tool would hold and leave out, found by making it; raises NoSuchDialogue."""
    with tempfile.TemporaryDirectory() as folder:
        return await write_for(database, slug, wanted, Path(folder) / "file", t)


async def _write(work: _Work, form: Format, path: Path) -> None:
    match form:
        case Format.CSV:
            await _write_tables(work, [tables.Csv(path)])
        case Format.WORKBOOK:
            await _write_tables(work, [await asyncio.to_thread(tables.Workbook, path)])
        case Format.JSON_LINES:
            await _write_lines(work, path)
        case Format.ZIP:
            await _write_archive(work, path)


async def _write_tables(work: _Work, written: list[Table]) -> None:
    with contextlib.ExitStack() as stack:
        for table in written:
            stack.enter_context(table)
        async for rows in export_replies.replies(work.session, work.dialogue):
            for table in written:
                # In a thread: a page of a workbook takes a tenth of a second, in which others are waiting.
                await asyncio.to_thread(table.write, rows)
            work.advance(len(rows))


async def _dialogue_file(work: _Work) -> str:
    """The dialogue's file, without the links to live events: those are for members who come."""
    file = await files.export_file(work.session, work.dialogue.slug)
    events = tuple(event.model_copy(update={"link": None}) for event in file.events)
    return authoring.write(file.model_copy(update={"events": events}))


async def _write_lines(work: _Work, path: Path) -> None:
    file = await _dialogue_file(work)
    with JsonLines(path, dialogue_file=file, counts=work.counts) as lines:
        async for records in Carrier(work.session, work.dialogue).records():
            await asyncio.to_thread(lines.write, records)
            work.advance(sum(record["record"] == "reply" for record in records))


async def _write_archive(work: _Work, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        await _write_papers(work, root)
        await _write_summaries(work, root)
        await _write_charts(work, root)
        await _write_lines(work, root / "replies.jsonl")
        workbook = await asyncio.to_thread(tables.Workbook, root / "replies.xlsx")
        told = Proceedings(root / "proceedings.html", work.dialogue, work.t)
        await _write_tables(work, [tables.Csv(root / "replies.csv"), workbook, told])
        await asyncio.to_thread(partial(_pack, root, path))


async def _write_papers(work: _Work, root: Path) -> None:
    """What is said of the whole: the dialogue's file, the log, the method, the columns."""
    dialogue = work.dialogue
    (root / "dialogue.yaml").write_text(await _dialogue_file(work), encoding="utf-8")
    log = [
        # Who moderated and whom it concerned is for organisers to look up under the queue, not for whoever gets the archive.
        replace(row, reply_id=None, author=None, actor_id=None, actor_name=None)
        for row in await moderation_log.rows(work.session, dialogue.id)
    ]
    (root / "moderation-log.csv").write_text(moderation_reports.as_csv(work.t, log), encoding="utf-8-sig")
    note = texts.method_note(work.t, dialogue.slug, work.counts, with_pdf=Form.PDF in forms.available())
    (root / "method.txt").write_text(note, encoding="utf-8")
    (root / "columns.md").write_bytes(COLUMNS_EXPLAINED.read_bytes())


async def _write_summaries(work: _Work, root: Path) -> None:
    material = await summary_contents.gather(work.session, work.dialogue.slug)
    for language in work.dialogue.languages:
        contents = publication.contents(material, language)
        for form in forms.available():
            made = await asyncio.to_thread(forms.make, contents, form)
            (root / forms.file_name([contents], form)).write_bytes(made)
            work.advance(LONG)


async def _write_charts(work: _Work, root: Path) -> None:
    """Who replied, and what was said day by day, in each language, as a picture and in words; nothing where too little was said."""
    tallies = await figures.read(work.session, work.dialogue.id)
    for language in work.dialogue.languages:
        t, shown = translator(language), charted.whole(tallies, work.dialogue, language)
        drawn = await asyncio.to_thread(charts.participation, t, shown)
        if drawn is not None:
            (root / f"replies-by-day-{language}.png").write_bytes(drawn)
            (root / f"replies-by-day-{language}.txt").write_text(chart_texts.alternative(t, shown), encoding="utf-8")
        work.advance(LONG)


def _pack(root: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(root.iterdir()):
            archive.write(file, file.name)
