"""vdialogue summary: a dialogue's Summary as a file, draft or published."""

from pathlib import Path

import click

from bot.actions import preserving, summarising
from bot.actions.digesting import NoSuchDialogue
from bot.cli.terminal import Refusal, with_database, words
from bot.database import Database
from bot.i18n import negotiate
from bot.reports import forms
from bot.reports.forms import Form
from bot.texts import commands, editing, upkeep


@click.command()
@click.argument("slug")
@click.option("--language", help="One of the dialogue's languages; its first, if none is named.")
@click.option("--format", "form", type=click.Choice([form.value for form in Form]), default="pdf", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def summary(slug: str, language: str | None, form: str, output: Path | None) -> None:
    """Write the Summary of a dialogue in one language."""
    t = words()

    async def gather(database: Database) -> summarising.Material:
        async with database.readers() as session:
            return await summarising.gather(session, slug)

    try:
        material = with_database(gather)
    except NoSuchDialogue:
        raise Refusal(commands.no_such_dialogue(t, slug)) from None
    spoken = material.dialogue.languages
    chosen = negotiate(language, spoken, "") if language else spoken[0]
    if not chosen:
        raise Refusal(editing.no_such_language(t, language or "", spoken))
    contents = preserving.contents(material, chosen)
    path = output or Path(forms.file_name(contents, Form(form)))
    try:
        path.write_bytes(forms.make(contents, Form(form)))
    except OSError as error:
        raise Refusal(upkeep.cannot_write(t, str(path), error.strerror or str(error))) from None
    click.echo(editing.written(t, str(path)))
