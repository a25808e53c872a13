"""Structured logging: one line for each event, for people or for machines, and never with the token in it."""

import logging
import re
import sys
from types import TracebackType
from typing import Any, Literal

import structlog

from bot import tracing

# Telegram: the bot's id, a colon, and a secret; in an address it follows the word "bot" without a gap.
TOKEN = re.compile(r"(?<!\d)\d{2,}:[A-Za-z0-9_-]{10,}")
HIDDEN = "<token>"


def without_token(_logger: object, _method: str, line: Any) -> str:
    """Hide whatever looks like a bot token in a line that is ready to be written, wherever in the event it came from."""
    return TOKEN.sub(HIDDEN, str(line))


def in_its_place(_logger: object, _method: str, line: Any) -> str:
    """Set off whatever follows the first line, so that no words of a stranger in a traceback pass for a line of the log."""
    return str(line).replace("\r", "\\r").replace("\n", "\n    | ")


def with_trace(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Say in which trace a line belongs, where traces are told."""
    return {**event, **tracing.mark()}


def configure(form: Literal["console", "json"], level: str) -> None:
    """Have everything logged to standard error: by this program through structlog, by libraries through logging."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        with_trace,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                renderer,
                without_token,
                in_its_place,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in ("httpx", "apscheduler", "aiohttp.access", "alembic"):
        logging.getLogger(noisy).setLevel("WARNING")
    sys.excepthook = _log_uncaught


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What ends the program is a line like all others: Python itself would print the token that may stand in it."""
    structlog.get_logger().critical("ended by a fault", exc_info=(kind, error, trace))
