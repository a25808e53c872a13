"""vdialogue summary: a dialogue's Summary as a file, draft or published."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.cli.terminal import CommandFailed, remedied, with_database, words
from bot.cli.texts import commands, upkeep
from bot.core.dialogues import NoSuchDialogue
from bot.database import Database
from bot.features.health.actions.findings import Matter
from bot.features.summary.actions import contents as summary_contents
from bot.features.summary.actions import publication
from bot.features.summary.reports import forms
from bot.features.summary.reports.forms import Form
from bot.features.summary.texts import review as review_texts
from bot.i18n import Translator, negotiate
from bot.paper import pdf
from bot.paper.pdf import NoPango

STEPS = 2  # what was said is gathered, and the file is made


@click.command()
@click.argument("slug")
@click.option("--language", help="One of the dialogue's languages, or all in one file; its first, if none is named.")
@click.option("--format", "form", type=click.Choice([form.value for form in Form]), default="pdf", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def summary(slug: str, language: str | None, form: str, output: Path | None) -> None:
    """Write the Summary of a dialogue in one language, or in all."""
    t = words()

    async def make(database: Database) -> Path:
        with click.progressbar(
            length=STEPS, label=review_texts.making(t), file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            async with database.readers() as session:
                material = await summary_contents.gather(session, slug)
            bar.update(1)
            chosen = _spoken(t, language, material.dialogue.languages)
            contents = tuple(publication.contents(material, tag) for tag in chosen)
            path = output or Path(forms.file_name(contents, Form(form)))
            path.write_bytes(forms.make_all(contents, Form(form)))
            bar.update(1)
        return path

    try:
        path = with_database(make)
    except NoSuchDialogue:
        raise CommandFailed(commands.no_such_dialogue(t, slug)) from None
    except NoPango:
        raise remedied(Matter.PANGO_MISSING, pdf.PACKAGES) from None
    except OSError as error:
        raise CommandFailed(upkeep.cannot_write(t, str(error.filename), error.strerror or str(error))) from None
    click.echo(review_texts.written(t, str(path)))


def _spoken(t: Translator, language: str | None, spoken: Sequence[str]) -> Sequence[str]:
    if language == forms.ALL:
        return spoken
    chosen = negotiate(language, spoken, "") if language else spoken[0]
    if not chosen:
        raise CommandFailed(review_texts.no_such_language(t, language or "", spoken))
    return [chosen]
