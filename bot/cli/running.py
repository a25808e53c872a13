"""vdialogue run: the bot against Telegram."""

import asyncio
import re
import signal
from contextlib import AbstractContextManager, nullcontext

import click
import structlog

from bot import logs
from bot.app.application import wall_clock
from bot.app.installation import Installation
from bot.cli import file_modes
from bot.cli.clockwatch import ClockWatch
from bot.cli.terminal import CommandFailed, first_settings, opened, remedied, words
from bot.cli.texts import commands as texts
from bot.database import Database, Fit, UnknownRevision, fit, moves, newest
from bot.features.health.actions.findings import Matter
from bot.inbound.application import TokenRefused
from bot.paper import pdf
from bot.settings import Settings
from bot.web.server import AddressTaken

# As @BotFather gives them. Telegram doesn't promise it, so another form is only warned of.
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{35}")
TRACING_REMEDY = "pip install --no-build-isolation -e '.[tracing]'"

log = structlog.get_logger()


@click.command()
@click.option("--roles", help="What this process has a part in, of several on PostgreSQL: some of web,work,send,tick.")
def run(roles: str | None) -> None:
    """Run the bot against Telegram, with the settings of .env, and all others that are registered (vdialogue bot)."""
    settings = first_settings(**({} if roles is None else {"roles": roles}))
    if settings.telegram_bot_token is None:
        raise CommandFailed(texts.token_missing(words()))
    logs.configure(settings.log_format, settings.log_level)
    _look_over(settings.telegram_bot_token.get_secret_value())
    try:
        with _tracing(settings), asyncio.Runner(loop_factory=_event_loop) as runner:
            runner.run(_run(settings))
    except AddressTaken as taken:
        raise CommandFailed(texts.address_is_taken(words(), str(taken.address), taken.reason)) from None
    except UnknownRevision:
        raise remedied(Matter.DATABASE_BEYOND) from None
    except TokenRefused:
        raise remedied(Matter.TOKEN_REFUSED) from None


def _look_over(token: str) -> None:
    if not TOKEN.fullmatch(token):
        log.warning("TELEGRAM_BOT_TOKEN has not the form of a token", remedy="copy it anew from @BotFather (/mybots)")
    if file_modes.env_is_open_to_all():
        log.warning("every user of this machine can read .env, which holds the token", remedy="chmod go= .env")
    if not pdf.is_possible():
        remedy = f"sudo apt install {pdf.PACKAGES} (Word, HTML and Markdown do without)"
        log.warning("a PDF needs Pango, which this machine lacks", remedy=remedy)


def _tracing(settings: Settings) -> AbstractContextManager[None]:
    """Have traces told, where the host asks for them and has what it takes."""
    endpoint, headers = settings.otel_exporter_otlp_endpoint, settings.otel_exporter_otlp_headers
    if endpoint is None or settings.telegram_bot_token is None:
        return nullcontext()
    try:
        from bot.tracing import export  # noqa: PLC0415 - slow to import, and an extra
    except ImportError:
        log.warning("OTEL_EXPORTER_OTLP_ENDPOINT needs OpenTelemetry: no traces are told", remedy=TRACING_REMEDY)
        return nullcontext()
    return export.telling(
        endpoint,
        headers=headers.get_secret_value() if headers else None,
        share=settings.otel_traces_sampler_arg,
        key=settings.telegram_bot_token.get_secret_value(),
    )


def _event_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop  # noqa: PLC0415 - there is none for Windows
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def _run(settings: Settings) -> None:
    async with opened(settings.database_url) as database:
        await _tell_fit(database)
        moves.heed(database)
        async with Installation(settings, database).running(), asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(ClockWatch(wall_clock).run())
            await until_stopped()
            watching.cancel()


async def _tell_fit(database: Database) -> None:
    async with database.readers() as session:
        if await fit(session) is Fit.AHEAD:
            log.warning("the database is of a newer version, on which this one can run as well", knows=newest())


async def until_stopped() -> None:
    """Wait for SIGINT or SIGTERM."""
    stopped = asyncio.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signum, stopped.set)
    await stopped.wait()
