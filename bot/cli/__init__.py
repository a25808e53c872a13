"""The command line: run the bot, show the demo, author dialogues, ask for a digest, look after the database."""

import gc
import importlib
import os
from types import ModuleType

import click

from bot import i18n
from bot.cli import spelling

OWNER_ALONE = (
    0o077  # what members said is in nearly every file the program writes: no other user of the machine reads it
)

# Each command's module, imported when the command is used: `run` need not wait for what only others need.
MODULES = {
    "run": "running",
    "demo": "playing",
    "dialogue": "dialogue",
    "digest": "digest",
    "summary": "summary",
    "export": "export",
    "token": "token",
    "mcp": "mcp",
    "db": "database",
    "inbox": "inbox",
    "webhook": "webhook",
    "doctor": "doctor",
}


class Commands(click.Group):
    """The commands by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, in the order of use."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of a name, imported now."""
        if cmd_name not in MODULES:
            return None
        command: click.Command = getattr(_imported(f"bot.cli.{MODULES[cmd_name]}"), cmd_name)
        return command


def _imported(name: str) -> ModuleType:
    """A module, whose objects the garbage collector never looks at: all of them stay, and looking takes a third of the time."""
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vdialogue")
@click.pass_context
def main(context: click.Context) -> None:
    """Virtual dialogues on Telegram: time-limited, moderated, in several languages."""
    os.umask(OWNER_ALONE)
    spelling.make_do()
    # The doctor tells it himself, beside all else.
    if context.invoked_subcommand != "doctor" and (missing := i18n.not_compiled()):
        from bot.cli.terminal import CommandFailed  # noqa: PLC0415 - brings most of what a command imports, which has its place

        # In English: the other languages' words are just what is missing.
        raise CommandFailed(f"The translations are not compiled ({', '.join(missing)}). Run: make catalogues")
