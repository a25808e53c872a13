"""Spans go to whoever collects them (an OTLP collector, by HTTP); one that is away is told of once, and holds nothing up."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.util.re import parse_env_headers

from bot.tracing.pieces import switch_off, switch_on
from bot.tracing.spans import Spans

PATH = "/v1/traces"  # OTLP/HTTP
EXPORT_SECONDS = 3.0  # for a batch; what nobody takes by then is lost

log = structlog.get_logger()


class Calm(SpanExporter):
    """An exporter that says once that nobody takes the spans, and once that somebody does again; at the end it tries no more in vain."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter
        self._failing = self._ending = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Hand spans over, in a thread of its own."""
        if self._ending and self._failing:
            return SpanExportResult.FAILURE
        result = self._exporter.export(spans)
        failing = result is not SpanExportResult.SUCCESS
        if failing and not self._failing:
            log.warning(
                "nobody takes the traces", remedy="look at OTEL_EXPORTER_OTLP_ENDPOINT: the bot goes on without"
            )
        elif self._failing and not failing:
            log.info("traces are taken again")
        self._failing = failing
        return result

    def hurry(self) -> None:
        """The bot ends."""
        self._ending = True

    def shutdown(self) -> None:
        """Close the connection."""
        self._exporter.shutdown()


@contextmanager
def telling(endpoint: str, *, headers: str | None, share: float, key: str) -> Iterator[None]:
    """Within the block all work is told to the collector at an address; its end takes seconds at most.

    `headers` are pairs as OTEL_EXPORTER_OTLP_HEADERS has them; `share` and `key` are those of Spans.
    """
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)  # it would say for each batch what is said once
    given = parse_env_headers(headers, liberal=True) if headers else None
    exporter = Calm(OTLPSpanExporter(endpoint + PATH, headers=given, timeout=EXPORT_SECONDS))
    spans = Spans(BatchSpanProcessor(exporter), share=share, key=key)
    switch_on(spans)
    try:
        yield
    finally:
        switch_off()
        exporter.hurry()
        spans.end()
