"""vdialogue mcp: an assistant asks a dialogue, over standard input and output (Model Context Protocol)."""

import os

import click

from bot.cli.terminal import CommandFailed, words
from bot.cli.texts import tokens as texts

TOKEN = "VDIALOGUE_TOKEN"  # noqa: S105 - the name of the variable: a secret never stands on a command line


@click.command()
@click.option("--url", required=True, help="Where the bot answers other systems: what WEB_URL says there.")
def mcp(url: str) -> None:
    """Let an assistant ask the dialogue that the token in VDIALOGUE_TOKEN is for: docs/api.md."""
    token = os.environ.get(TOKEN, "")
    if not token:
        raise CommandFailed(texts.no_token(words(), TOKEN))
    try:
        from bot.cli import material  # noqa: PLC0415 - an extra, which not every host has
    except ImportError:
        raise CommandFailed(texts.no_mcp(words())) from None
    material.server(url, token).run("stdio")
