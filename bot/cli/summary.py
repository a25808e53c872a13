"""vdialogue summary: a dialogue's Summary as a file, draft or published."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.app import application
from bot.cli.terminal import CommandFailed, remedied, with_database, words
from bot.cli.texts import commands, upkeep
from bot.core.dialogues import NoSuchDialogue
from bot.database import Database
from bot.features.health.actions.findings import Matter
from bot.features.summary.actions import contents as summary_contents
from bot.features.summary.actions import public_pages, publication
from bot.features.summary.actions.public_pages import PublicPage
from bot.features.summary.reports import forms, public
from bot.features.summary.reports.forms import Form
from bot.features.summary.texts import public_pages as public_texts
from bot.features.summary.texts import review as review_texts
from bot.i18n import Translator, negotiate
from bot.paper import pdf
from bot.paper.pdf import Enclosed, NoPango

STEPS = 2  # what was said is gathered, and the file is made


@click.command()
@click.argument("slug")
@click.option("--language", help="One of the dialogue's languages, or all in one file; its first, if none is named.")
@click.option("--format", "form", type=click.Choice([form.value for form in Form]), default="pdf", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option(
    "--attach",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A file that a PDF carries, such as the concept note.",
)
@click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write its public page into this folder instead, for any web server.",
)
def summary(
    slug: str, *, language: str | None, form: str, output: Path | None, attach: Sequence[Path], site: Path | None
) -> None:
    """Write the Summary of a dialogue in one language, or in all."""
    t = words()
    if site is not None:
        _write_site(t, slug, site)
        return

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
            attached = tuple(Enclosed(each.name, each.read_bytes()) for each in attach)
            path.write_bytes(forms.make_all(contents, Form(form), attached))
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


def _write_site(t: Translator, slug: str, folder: Path) -> None:
    async def look(database: Database) -> PublicPage | None:
        async with database.readers() as session:
            return await public_pages.page(session, slug, now=application.wall_clock())

    page = with_database(look)
    if page is None:
        raise CommandFailed(public_texts.not_public(t, slug))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in public.as_files(page).items():
            (folder / name).write_text(content, encoding="utf-8")
    except OSError as error:
        raise CommandFailed(upkeep.cannot_write(t, str(error.filename), error.strerror or str(error))) from None
    click.echo(public_texts.site_written(t, str(folder)))


def _spoken(t: Translator, language: str | None, spoken: Sequence[str]) -> Sequence[str]:
    if language == forms.ALL:
        return spoken
    chosen = negotiate(language, spoken, "") if language else spoken[0]
    if not chosen:
        raise CommandFailed(review_texts.no_such_language(t, language or "", spoken))
    return [chosen]
