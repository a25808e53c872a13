"""Structured logging: one line for each event, for people or for machines, and never with the token in it."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

TOKEN = re.compile(r"\b\d{2,}:[A-Za-z0-9_-]{10,}")  # Telegram: the bot's id, a colon, and a secret
HIDDEN = "<token>"


def without_token(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide whatever looks like a bot token in an event's texts, tracebacks included."""
    return {key: TOKEN.sub(HIDDEN, value) if isinstance(value, str) else value for key, value in event.items()}


def configure(form: Literal["console", "json"], level: str) -> None:
    """Have everything logged to standard error: by this program through structlog, by libraries through logging."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_token,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
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
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in ("httpx", "apscheduler", "aiohttp.access"):
        logging.getLogger(noisy).setLevel("WARNING")
