"""vdialogue run and vdialogue demo: the bot against Telegram, or against the sandbox."""

import asyncio
import os
import signal
import sys
import webbrowser
from pathlib import Path

import click

from bot import database, logs
from bot import demo as demonstration
from bot.app import Bot
from bot.cli.dialogue import read_file
from bot.cli.terminal import Refusal, load_settings, words
from bot.settings import Settings
from bot.texts import commands as texts
from bot.web.server import AddressTaken


@click.command()
def run() -> None:
    """Run the bot against Telegram, with the settings of .env."""
    settings = load_settings()
    if settings.telegram_bot_token is None:
        raise Refusal(texts.token_missing(words()))
    logs.configure(settings.log_format, settings.log_level)
    try:
        with asyncio.Runner(loop_factory=_event_loop) as runner:
            runner.run(_run(settings))
    except AddressTaken as taken:
        raise Refusal(texts.address_is_taken(words(), str(taken.address), taken.reason)) from None


def _event_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop  # noqa: PLC0415 - there is none for Windows
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def _run(settings: Settings) -> None:
    opened = database.connect(settings.database_url)
    try:
        await database.upgrade(opened)
        async with Bot(settings, opened).running():
            await until_stopped()
    finally:
        await opened.close()


async def until_stopped() -> None:
    """Wait for SIGINT or SIGTERM."""
    stopped = asyncio.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signum, stopped.set)
    await stopped.wait()


def _has_screen() -> bool:
    # On a server `webbrowser` would start a browser in this very terminal.
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@click.command()
@click.option("--port", default=8081, show_default=True, help="Where the page with the phones is served.")
@click.option(
    "--dialogue",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=demonstration.READY_DIALOGUE,
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
        raise Refusal(texts.port_is_taken(words(), port, error.strerror or str(error))) from None
