"""The command line: run the bot, show the demo, author dialogues, ask for a digest, look after the database."""

import click

from bot import i18n
from bot.cli.database import db
from bot.cli.dialogue import dialogue
from bot.cli.digest import digest
from bot.cli.doctor import doctor
from bot.cli.inbox import inbox
from bot.cli.running import demo, run
from bot.cli.terminal import Refusal


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vdialogue")
@click.pass_context
def main(context: click.Context) -> None:
    """Virtual dialogues on Telegram: time-limited, moderated, in several languages."""
    # The doctor tells it himself, beside all else.
    if context.invoked_subcommand != doctor.name and (missing := i18n.not_compiled()):
        # In English: the other languages' words are just what is missing.
        raise Refusal(f"The translations are not compiled ({', '.join(missing)}). Run: make catalogues")


for command in (run, demo, dialogue, digest, db, inbox, doctor):
    main.add_command(command)
