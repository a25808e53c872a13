"""vdialogue demo: the bot against the sandbox, on five phones in the browser."""

import asyncio
import os
import sys
import webbrowser
from pathlib import Path

import click

from bot import demo as demonstration
from bot import logs
from bot.authoring import EXAMPLE
from bot.cli.dialogue import read_file
from bot.cli.terminal import CommandFailed, words
from bot.cli.texts import commands as texts


def _has_screen() -> bool:
    # On a server `webbrowser` would start a browser in this very terminal.
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@click.command()
@click.option("--port", default=8081, show_default=True, help="Where the page with the phones is served.")
@click.option(
    "--dialogue",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=EXAMPLE,
    help="Play this dialogue file instead of the ready one.",
)
@click.option("--open/--no-open", "open_browser", default=True, help="Open the page in a browser.")
def demo(port: int, file: Path, *, open_browser: bool) -> None:
    """Play a three-week dialogue in minutes, on five phones in the browser."""
    logs.configure("console", "WARNING")
    dialogue = read_file(file)

    def started(address: str) -> None:
        click.echo(texts.demo_is_running(words(), address))
        if open_browser and _has_screen():
            webbrowser.open(address)

    try:
        asyncio.run(demonstration.play(dialogue, port=port, started=started))
    except KeyboardInterrupt:
        click.echo()
    except OSError as error:
        raise CommandFailed(texts.port_is_taken(words(), port, error.strerror or str(error))) from None
