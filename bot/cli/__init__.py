"""The command line: run the bot, show the demo, author dialogues, ask for a digest, look after the database."""

import click

from bot import i18n
from bot.cli.database import db
from bot.cli.dialogue import dialogue
from bot.cli.digest import digest
from bot.cli.running import demo, run
from bot.cli.terminal import Refusal


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vdialogue")
def main() -> None:
    """Virtual dialogues on Telegram: time-limited, moderated, in several languages."""
    if missing := i18n.not_compiled():
        # In English: the other languages' words are just what is missing.
        raise Refusal(f"The translations are not compiled ({', '.join(missing)}). Run: make catalogues")


for command in (run, demo, dialogue, digest, db):
    main.add_command(command)
