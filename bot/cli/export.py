"""vdialogue export: all that was said in a dialogue as a table, as lines of JSON, or with everything else in a zip archive."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click

from bot.app import application
from bot.cli.terminal import CommandFailed, plain, with_database, words
from bot.cli.texts import commands, upkeep
from bot.core.dialogues import NoSuchDialogue
from bot.database import Database
from bot.features.exports import jobs as export_jobs
from bot.features.exports.actions import neighbours, replies
from bot.features.exports.actions.neighbours import Neighbour, NeighbourWanted, Preflight
from bot.features.exports.actions.replies import Format
from bot.features.exports.texts import files as texts
from bot.features.exports.texts import neighbours as neighbour_texts
from bot.features.moderation.actions import log
from bot.features.summary.texts import review
from bot.features.team.actions import vigilance
from bot.models import Act

STEPS = 1000

Result = TypeVar("Result")


@click.command()
@click.argument("slug")
@click.option("--format", "form", type=click.Choice([form.value for form in Format]), default="zip", show_default=True)
@click.option(
    "--for",
    "neighbour",
    type=click.Choice([each.value for each in Neighbour]),
    help="For another tool, which reads it.",
)
@click.option("--question", type=int, help="With --for: the replies to this question alone.")
@click.option("--language", help="With --for: in this language, where there is a translation; not for qda.")
@click.option("--check", is_flag=True, help="With --for: only say what that tool would refuse.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def export(
    slug: str,
    *,
    form: str,
    neighbour: str | None,
    question: int | None,
    language: str | None,
    check: bool,
    output: Path | None,
) -> None:
    """Write what was said in a dialogue; docs/exports.md explains the columns."""
    if neighbour is not None:
        _export_for(slug, NeighbourWanted(Neighbour(neighbour), question, language), output, check=check)
        return
    t = words()
    path = output or Path(replies.file_name(slug, Format(form)))

    async def write(database: Database) -> int:
        await _enter(database, slug)
        with click.progressbar(
            length=STEPS, label=texts.writing(t), file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:

            def show(share: float) -> None:
                bar.update(int(share * STEPS) - bar.pos)

            return await export_jobs.write(database, slug, Format(form), path, t, progress=show)

    click.echo(texts.written(t, str(path), _writing(slug, path, write)))


def _export_for(slug: str, wanted: NeighbourWanted, output: Path | None, *, check: bool) -> None:
    """Say on standard error what a tool would refuse, and write the rest for it."""
    t = words()
    path = output or Path(neighbours.file_name(slug, wanted.neighbour))

    async def write(database: Database) -> Preflight:
        async with database.readers() as session:
            dialogue = await replies.find(session, slug)
        total = len(dialogue.questions)
        if wanted.question is not None and not 1 <= wanted.question <= total:
            raise CommandFailed(commands.no_such_question(t, wanted.question, total))
        if wanted.language is not None and wanted.language not in dialogue.languages:
            raise CommandFailed(review.no_such_language(t, wanted.language, dialogue.languages))
        found = await export_jobs.preflight(database, slug, wanted, t)
        click.echo(plain(neighbour_texts.preflight(t, found)), err=True)
        if not check:
            await _enter(database, slug)
            await export_jobs.write_for(database, slug, wanted, path, t)
        return found

    found = _writing(slug, path, write)
    if not check:
        click.echo(texts.written(t, str(path), found.replies))


async def _enter(database: Database, slug: str) -> None:
    """Write down that whoever hosts the bot exports, before there is a file."""
    async with database.sessions.begin() as session:
        dialogue = await replies.find(session, slug)
        now = application.wall_clock()
        log.enter(session, None, Act.EXPORTED, dialogue_id=dialogue.id, now=now)
        await vigilance.tell_of_export(session, dialogue.id, None, now=now)


def _writing(slug: str, path: Path, write: Callable[[Database], Awaitable[Result]]) -> Result:
    """What comes of writing a file; refuses where there is no such dialogue, or no file can be."""
    try:
        return with_database(write)
    except NoSuchDialogue:
        raise CommandFailed(commands.no_such_dialogue(words(), slug)) from None
    except OSError as error:
        raise CommandFailed(upkeep.cannot_write(words(), str(path), error.strerror or str(error))) from None
