"""vdialogue digest: what moderators get in the chat, as text, HTML or JSON."""

import click

from bot.app import application
from bot.cli.terminal import CommandFailed, load_settings, with_database, words
from bot.cli.texts import commands
from bot.core import dialogues
from bot.database import Database
from bot.features.digests.actions import contents as digest_contents
from bot.features.digests.actions.requests import NoSuchQuestion, Scope
from bot.features.digests.reports import pages as reports
from bot.features.digests.texts import pages as texts
from bot.i18n import LANGUAGES, translator


@click.command()
@click.argument("slug")
@click.option("--question", "number", type=click.IntRange(min=1), help="Only this question.")
@click.option(
    "--period",
    type=click.Choice(["last", "week", "whole"]),
    default="last",
    show_default=True,
    help="Since the last digest that arrived, the last seven days, or from the beginning.",
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="The language of the digest.")
@click.option("--format", "form", type=click.Choice(["text", "html", "json"]), default="text", show_default=True)
def digest(slug: str, number: int | None, period: str, language: str | None, form: str) -> None:
    """Print the digest of a dialogue, as of now."""
    scope = Scope(number, whole=period == "whole", week=period == "week")
    t = translator(language or load_settings().default_language)

    async def gather(database: Database) -> digest_contents.DigestContents:
        async with database.sessions.begin() as session:
            return await digest_contents.on_request(
                session, slug, language=t.language, now=application.wall_clock(), scope=scope
            )

    try:
        contents = with_database(gather)
    except dialogues.NoSuchDialogue:
        raise CommandFailed(commands.no_such_dialogue(words(), slug)) from None
    except NoSuchQuestion as error:
        raise CommandFailed(commands.no_such_question(words(), error.number, error.total)) from None
    if form == "json":
        click.echo(reports.as_json(contents))
        return
    page = texts.compose(t, contents)
    click.echo(texts.as_text(t, page) if form == "text" else reports.as_html(page, t, contents.charted))
