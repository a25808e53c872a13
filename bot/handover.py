"""A dialogue is handed over: its replies as one file, or with all else that belongs to it in a zip archive."""

import asyncio
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bot import authoring
from bot.actions import exporting, importing, logkeeping, summarising
from bot.actions.exporting import Counted
from bot.database import Database
from bot.i18n import Translator
from bot.models import Dialogue
from bot.reports import forms, moderation_log, proceedings, tables
from bot.reports.forms import Form
from bot.reports.tables import Table
from bot.texts import exports as texts

COLUMNS_EXPLAINED = Path(__file__).resolve().parent.parent / "docs" / "exports.md"

Progress = Callable[[int], None]  # called with the number of replies written since the last call


class Format(StrEnum):
    """The forms of an export, by their usual endings."""

    CSV = "csv"
    WORKBOOK = "xlsx"
    JSON_LINES = "jsonl"
    ZIP = "zip"


def file_name(slug: str, form: Format) -> str:
    """What the file is called: "training.csv"."""
    return f"{slug}.{form}"


async def total(database: Database, slug: str) -> int:
    """How many replies an export of a dialogue holds; raises NoSuchDialogue."""
    async with database.readers() as session:
        dialogue = await exporting.find(session, slug)
        return sum(each.exported for each in await exporting.counts(session, dialogue))


async def write(
    database: Database, slug: str, form: Format, path: Path, t: Translator, *, progress: Progress = lambda _: None
) -> None:
    """Write an export to `path`; raises NoSuchDialogue, or OSError. What a file holds is all of one moment."""
    async with database.readers() as session:
        dialogue = await exporting.find(session, slug)
        counts = await exporting.counts(session, dialogue)
        if form is Format.ZIP:
            await _write_archive(session, dialogue, counts, path, t, progress=progress)
        else:
            with await _table(session, dialogue, counts, form, path) as table:
                await _fill(session, dialogue, [table], progress)


async def _table(session: AsyncSession, dialogue: Dialogue, counts: list[Counted], form: Format, path: Path) -> Table:
    match form:
        case Format.CSV:
            return tables.Csv(path)
        case Format.WORKBOOK:
            return await asyncio.to_thread(tables.Workbook, path)
        case _:
            text = authoring.write(await importing.export_file(session, dialogue.slug))
            return tables.JsonLines(path, dialogue_file=text, counts=counts)


async def _fill(session: AsyncSession, dialogue: Dialogue, written: list[Table], progress: Progress) -> None:
    async for rows in exporting.replies(session, dialogue):
        for table in written:
            # In a thread: a page of a workbook takes a tenth of a second, in which others are waiting.
            await asyncio.to_thread(table.write, rows)
        progress(len(rows))


async def _write_archive(
    session: AsyncSession, dialogue: Dialogue, counts: list[Counted], path: Path, t: Translator, *, progress: Progress
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        material = await summarising.gather(session, dialogue.slug)
        log = await logkeeping.rows(session, dialogue.id)
        (root / "dialogue.yaml").write_text(
            authoring.write(await importing.export_file(session, dialogue.slug)), encoding="utf-8"
        )
        log_file = moderation_log.as_csv(t, [replace(row, reply_id=None) for row in log])
        (root / "moderation-log.csv").write_text(log_file, encoding="utf-8-sig")
        (root / "method.txt").write_text(texts.method_note(t, dialogue.slug, counts), encoding="utf-8")
        (root / "columns.md").write_bytes(COLUMNS_EXPLAINED.read_bytes())
        for language in dialogue.languages:
            contents = summarising.contents(material, language)
            for form in Form:
                made = await asyncio.to_thread(forms.make, contents, form)
                (root / forms.file_name(contents, form)).write_bytes(made)
        with (
            await _table(session, dialogue, counts, Format.CSV, root / "replies.csv") as plain,
            await _table(session, dialogue, counts, Format.WORKBOOK, root / "replies.xlsx") as workbook,
            await _table(session, dialogue, counts, Format.JSON_LINES, root / "replies.jsonl") as lines,
            proceedings.Proceedings(root / "proceedings.html", dialogue, t) as told,
        ):
            await _fill(session, dialogue, [plain, workbook, lines, told], progress)
        await asyncio.to_thread(partial(_pack, root, path))


def _pack(root: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(root.iterdir()):
            archive.write(file, file.name)
