"""vdialogue dialogue: check, import and export dialogue files, and see what there is."""

import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click
from sqlalchemy.ext.asyncio import AsyncSession

from bot import authoring, i18n
from bot.app import application
from bot.authoring import DialogueFile
from bot.cli.terminal import CommandFailed, load_settings, plain, with_database, words
from bot.cli.texts import commands as texts
from bot.core.dialogues import NoSuchDialogue
from bot.database import Database
from bot.features.dialogues.actions import calendar, comparison, example, files, merging
from bot.features.dialogues.reports.forms import FileForm, as_file
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.dialogues.texts import files as file_texts
from bot.features.exports.actions import replies, restore, returning
from bot.features.exports.actions.restore import NotAnExport
from bot.features.exports.actions.returning import Foreign, Returned
from bot.features.exports.reports import lines
from bot.features.exports.texts import files as export_texts
from bot.features.exports.texts import returning as returning_texts
from bot.features.moderation.texts.queue import mode
from bot.features.proposals.actions import claims
from bot.features.proposals.actions.claims import GatheredClaims
from bot.features.rehearsals.actions import warnings as concerns
from bot.features.rehearsals.texts import warnings as concern_texts
from bot.features.team.actions import organisers
from bot.paper.sheets import TooLongForCell

EXPORT = ".jsonl"
Result = TypeVar("Result")
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
FORM = click.option(
    "--format", "form", type=click.Choice([each.value for each in FileForm]), help="Else the ending of the file; yaml."
)
OUTPUT = click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")


@click.group()
def dialogue() -> None:
    """Author dialogues: one file each."""


@dialogue.command()
@FILE
def validate(file: Path) -> None:
    """Check a dialogue file, a Word file or a workbook; tells all faults at once, with where they stand, and when it takes place."""
    read, warnings = _read(file)
    click.echo(texts.valid(words(), warnings))
    click.echo(plain(comparison_texts.calendar(words(), calendar.of_file(read, now=application.wall_clock()))))
    found = concerns.of_file(read, now=application.wall_clock(), language=words().language)
    if new := [each for each in found if each.snag not in concerns.TOLD_OF_FILES]:
        click.echo(plain(concern_texts.listed(words(), new, read.timezone)))


@dialogue.command(name="import")
@FILE
@click.option("--yes", is_flag=True, help="Change a dialogue that is running without asking.")
@click.option("--finished", is_flag=True, help="It is over: enter it as finished without asking, or not at all.")
def import_(file: Path, *, yes: bool, finished: bool) -> None:
    """Import a dialogue file (YAML, .docx, .xlsx), or bring the dialogue of the same slug up to it; or bring in an export (.jsonl)."""
    if file.suffix == EXPORT:
        _bring_in_export(file)
        return
    read = read_file(file)
    shown = _merging(lambda session, now: comparison.compare(session, read, now=now))
    click.echo(plain(comparison_texts.comparison(words(), shown)))
    if finished and not shown.enters:
        raise CommandFailed(texts.not_over(words(), shown.slug, created=shown.created))
    # A program that makes a dialogue whose dates lie behind is told so, and isn't asked.
    asks = shown.changes or (shown.asks and sys.stdin.isatty())
    if asks and not (yes or finished):
        click.confirm(texts.sure(words()), abort=True)
    settings = load_settings()

    async def bring_in(session: AsyncSession, now: datetime) -> files.Imported | None:
        if (await comparison.compare(session, read, now=now)).key != shown.key:
            return None
        imported = await files.import_file(
            session, read, now=now, as_finished=shown.enters and (finished or bool(asks))
        )
        await organisers.appoint_organisers(
            session, settings.organiser_ids, language=settings.default_language, now=now
        )
        return imported

    imported = _merging(bring_in)
    if imported is None:
        raise CommandFailed(texts.changed_meanwhile(words()))
    if imported.finished and imported.created:
        click.echo(texts.entered(words(), imported.slug))
        return
    if imported.created or shown.changes:
        click.echo(texts.imported(words(), imported.slug, imported.entrance, created=imported.created))
    click.echo(mode(words(), before=imported.moderated_before))


def _merging(work: Callable[[AsyncSession, datetime], Awaitable[Result]]) -> Result:
    """A piece of work in one transaction; says why a file can't be brought into the dialogue that is running."""

    async def begin(database: Database) -> Result:
        async with database.sessions.begin() as session:
            return await work(session, application.wall_clock())

    try:
        return with_database(begin, makes_it=True)
    except merging.REFUSED as error:
        raise CommandFailed(plain(file_texts.not_merged(words(), error))) from None


def _bring_in_export(file: Path) -> None:
    t = words()

    async def bring_in(database: Database) -> tuple[str, int]:
        text, records = lines.read(file)
        read = authoring.read(text.encode()).dialogue
        if read is None:
            raise NotAnExport(1)
        async with database.sessions.begin() as session:
            restorer = await restore.begin(session, read, now=application.wall_clock())
            return read.slug, await restorer.take(records)

    try:
        slug, count = with_database(bring_in, makes_it=True)
    except OSError as error:
        raise CommandFailed(texts.cannot_read(t, str(file), error.strerror or str(error))) from None
    except NotAnExport as error:
        raise CommandFailed(export_texts.not_an_export(t, str(file), error.line)) from None
    except restore.AlreadyThere as error:
        raise CommandFailed(export_texts.already_there(t, str(error))) from None
    click.echo(export_texts.brought_in(t, slug, count))


@dialogue.command()
@click.argument("slug")
@FILE
def propose(slug: str, file: Path) -> None:
    """Propose to the moderators what another tool found: a report of Talk to the City, Polis's comments.csv, Sensemaker's opinions."""
    t = words()

    try:
        content = file.read_bytes()
    except OSError as error:
        raise CommandFailed(texts.cannot_read(t, str(file), error.strerror or str(error))) from None

    async def take(database: Database) -> GatheredClaims | Returned | Foreign:
        async with database.sessions.begin() as session:
            found = await replies.find(session, slug)
            read = returning.read(content, tuple(found.languages), found.source_language)
            if isinstance(read, Foreign) or not read.claims:
                return read
            return await claims.gather(session, found, read.claims, tool=read.tool, now=application.wall_clock())

    try:
        done = with_database(take)
    except NoSuchDialogue:
        raise CommandFailed(texts.no_such_dialogue(t, slug)) from None
    match done:
        case Foreign():
            raise CommandFailed(plain(returning_texts.no_file_of_a_tool(t, done)))
        case Returned():
            raise CommandFailed(plain(returning_texts.nothing_in_it(t, done.tool)))
        case GatheredClaims():
            click.echo(plain(returning_texts.gathered(t, done)))


@dialogue.command()
@click.argument("slug")
@FORM
@OUTPUT
def export(slug: str, form: str | None, output: Path | None) -> None:
    """Write a dialogue as its file; importing that changes nothing."""

    async def take_out(database: Database) -> DialogueFile:
        async with database.readers() as session:
            return await files.export_file(session, slug)

    try:
        file = with_database(take_out)
    except NoSuchDialogue:
        raise CommandFailed(texts.no_such_dialogue(words(), slug)) from None
    _write(file, form, output, words().language)


@dialogue.command()
@FORM
@OUTPUT
@click.option("--language", help="The language of the example, such as es; else the terminal's.")
def template(form: str | None, output: Path | None, language: str | None) -> None:
    """Write an example to begin from, whose dates lie ahead."""
    chosen = i18n.shipped(language, words().language) if language else words().language
    _write(example.template(chosen, now=application.wall_clock()), form, output, chosen)


def _write(file: DialogueFile, form: str | None, output: Path | None, language: str) -> None:
    """Write a dialogue in a form, or in that which the name of the file says."""
    ending = output.suffix.removeprefix(".").lower() if output else ""
    known = {each.value for each in FileForm}
    chosen = FileForm(form or (ending if ending in known else FileForm.YAML.value))
    if output is None and chosen is not FileForm.YAML:
        raise CommandFailed(texts.names_no_file(words(), f"{file.slug}.{chosen.value}"))
    try:
        content = as_file(file, chosen, language)
    except TooLongForCell:
        raise CommandFailed(texts.too_long_for_cell(words())) from None
    if output is None:
        click.echo(content.decode(), nl=False)
    else:
        output.write_bytes(content)


@dialogue.command(name="list")
def list_() -> None:
    """List all dialogues."""

    async def collect(database: Database) -> list[files.Listed]:
        async with database.readers() as session:
            return await files.list_dialogues(session)

    listed = with_database(collect)
    for one in listed:
        click.echo(texts.listed(words(), one))
    if not listed:
        click.echo(texts.no_dialogues(words()))


@dialogue.command()
@click.argument("slug")
def show(slug: str) -> None:
    """Show one dialogue: its questions and when they open and close."""

    async def look(database: Database) -> DialogueFile:
        async with database.readers() as session:
            return await files.export_file(session, slug)

    try:
        click.echo(texts.shown(words(), with_database(look)))
    except NoSuchDialogue:
        raise CommandFailed(texts.no_such_dialogue(words(), slug)) from None


def read_file(file: Path) -> DialogueFile:
    """A dialogue file that may be imported; its warnings and faults go to standard error, errors refuse it."""
    read, _ = _read(file)
    return read


def _read(file: Path) -> tuple[DialogueFile, int]:
    t = words()
    try:
        read = authoring.read_any(file.read_bytes())
    except OSError as error:
        raise CommandFailed(texts.cannot_read(t, str(file), error.strerror or str(error))) from None
    for fault in (*read.errors, *read.warnings):
        click.echo(fault_texts.fault(t, fault), err=True)
    if read.dialogue is None or read.errors:
        raise CommandFailed(file_texts.refused(t, len(read.errors)))
    return read.dialogue, len(read.warnings)
