"""vdialogue export: all that was said in a dialogue as a table, as lines of JSON, or with everything else in a zip archive."""

import sys
from pathlib import Path

import click

from bot.app import application
from bot.cli.terminal import CommandFailed, with_database, words
from bot.cli.texts import commands, upkeep
from bot.core.dialogues import NoSuchDialogue
from bot.database import Database
from bot.features.exports import jobs as export_jobs
from bot.features.exports import texts
from bot.features.exports.actions import replies
from bot.features.exports.actions.replies import Format
from bot.features.moderation.actions import log
from bot.features.team.actions import vigilance
from bot.models import Act

STEPS = 1000


@click.command()
@click.argument("slug")
@click.option("--format", "form", type=click.Choice([form.value for form in Format]), default="zip", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def export(slug: str, form: str, output: Path | None) -> None:
    """Write what was said in a dialogue; docs/exports.md explains the columns."""
    t = words()
    path = output or Path(replies.file_name(slug, Format(form)))

    async def write(database: Database) -> int:
        async with database.sessions.begin() as session:
            dialogue = await replies.find(session, slug)
            now = application.wall_clock()
            log.enter(session, None, Act.EXPORTED, dialogue_id=dialogue.id, now=now)
            await vigilance.tell_of_export(session, dialogue.id, None, now=now)
        with click.progressbar(
            length=STEPS, label=texts.writing(t), file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:

            def show(share: float) -> None:
                bar.update(int(share * STEPS) - bar.pos)

            return await export_jobs.write(database, slug, Format(form), path, t, progress=show)

    try:
        total = with_database(write)
    except NoSuchDialogue:
        raise CommandFailed(commands.no_such_dialogue(t, slug)) from None
    except OSError as error:
        raise CommandFailed(upkeep.cannot_write(t, str(path), error.strerror or str(error))) from None
    click.echo(texts.written(t, str(path), total))
