"""The command line: run the bot, show the demo, author dialogues, ask for a digest, look after the database."""

import gc
import importlib
import os
from types import ModuleType

import click
from click.core import ParameterSource

from bot import i18n
from bot.cli import spelling

OWNER_ALONE = (
    0o077  # what members said is in nearly every file the program writes: no other user of the machine reads it
)

BOT = "--bot"

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
    "bot": "bots",
    "doctor": "doctor",
}
FOR_ALL = {"run", "bot", "demo", "mcp"}  # of no single bot


class Commands(click.Group):
    """The commands by name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take --bot wherever it stands, also behind the command that it is for."""
        return super().parse_args(ctx, _with_bot_first(args))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, in the order of use."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of a name, imported now."""
        if cmd_name not in MODULES:
            return None
        command: click.Command = getattr(_imported(f"bot.cli.{MODULES[cmd_name]}"), cmd_name)
        return command


def _with_bot_first(args: list[str]) -> list[str]:
    ours = args[: args.index("--")] if "--" in args else args
    for place, word in enumerate(ours):
        if word == BOT or word.startswith(f"{BOT}="):
            taken = 1 if "=" in word else 2
            if place + taken > len(ours):
                raise click.UsageError(f"{BOT} needs the name of a bot.")
            return [*args[place : place + taken], *args[:place], *args[place + taken :]]
    return args


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
@click.option(
    BOT, "chosen", envvar="BOT", metavar="NAME", help="Which bot is meant, of several (vdialogue bot list). [env: BOT]"
)
@click.pass_context
def main(context: click.Context, chosen: str | None) -> None:
    """Virtual dialogues on Telegram: time-limited, moderated, in several languages."""
    is_said = context.get_parameter_source("chosen") is ParameterSource.COMMANDLINE
    if chosen is not None and is_said and context.invoked_subcommand in FOR_ALL:
        raise click.UsageError(f"--bot says nothing to: vdialogue {context.invoked_subcommand}")
    os.umask(OWNER_ALONE)
    spelling.make_do()
    # The doctor tells it himself, beside all else.
    if context.invoked_subcommand != "doctor" and (missing := i18n.not_compiled()):
        from bot.cli.terminal import CommandFailed  # noqa: PLC0415 - brings most of what a command imports, which has its place

        # In English: the other languages' words are just what is missing.
        raise CommandFailed(f"The translations are not compiled ({', '.join(missing)}). Run: make catalogues")
