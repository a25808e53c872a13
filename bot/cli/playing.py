"""vdialogue demo: the bot against the sandbox, on six phones in the browser."""

import asyncio
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from bot import demo as demonstration
from bot import logs
from bot.authoring import EXAMPLE, DialogueFile
from bot.cli.dialogue import read_file
from bot.cli.terminal import CommandFailed, words
from bot.cli.texts import commands as texts
from bot.demo import Cast
from bot.web.server import reason_of

PORTS = range(8081, 8091)


def _has_screen() -> bool:
    # On a server `webbrowser` would start a browser in this very terminal.
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@click.command()
@click.option(
    "--port", type=int, help="Where the page with the phones is served; else at 8081, or the next port that is free."
)
@click.option(
    "--dialogue",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=EXAMPLE,
    help="Play this dialogue file instead of the ready one; its members say nothing by themselves.",
)
@click.option("--open/--no-open", "open_browser", default=True, help="Open the page in a browser.")
def demo(port: int | None, file: Path, *, open_browser: bool) -> None:
    """Play a three-week dialogue in minutes, on six phones in the browser."""
    logs.configure("console", "WARNING")
    dialogue = read_file(file)
    port = first_free(PORTS) if port is None else port

    def started(address: str) -> None:
        click.echo(texts.demo_is_running(words(), address))
        if open_browser and _has_screen():
            webbrowser.open(address)

    try:
        asyncio.run(
            _play(dialogue, demonstration.CAST if file == EXAMPLE else demonstration.SILENT_CAST, port, started)
        )
    except KeyboardInterrupt:
        click.echo()
    except asyncio.CancelledError:
        pass  # somebody ended it from outside
    except OSError as error:
        raise CommandFailed(texts.port_is_taken(words(), port, reason_of(error))) from None


async def _play(dialogue: DialogueFile, cast: Cast, port: int, started: Callable[[str], None]) -> None:
    playing = asyncio.current_task()
    assert playing is not None
    for signum in (signal.SIGTERM, signal.SIGHUP):  # the second when the terminal's window is closed
        asyncio.get_running_loop().add_signal_handler(signum, playing.cancel)
    await demonstration.play(dialogue, cast, port=port, started=started)


def first_free(ports: Sequence[int]) -> int:
    """The first port at which nobody listens on this machine; the very first if there is none."""
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as a server would; a demo may just have ended
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return ports[0]
