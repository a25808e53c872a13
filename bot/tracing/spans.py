"""Pieces of work as OpenTelemetry's spans, exported by OTLP; needs the extra `tracing`.

A trace's id is a hash of the row that it is of, keyed with the bot's token: so every process finds it again without a column for
it, all agree on which share of the traces is kept, and nobody can tell by trying whose words a trace is of.
"""

import hashlib
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased
from opentelemetry.trace import Link, NonRecordingSpan, Span, SpanContext, StatusCode, TraceFlags

from bot.tracing.pieces import Fact, Piece
from bot.tracing.transactions import Transactions

NAME = "vdialogue"
NOWHERE = Context()  # what is begun here is the first of its trace, whatever is under way
NANOSECONDS = 1_000_000_000


class Ids(NamedTuple):
    """By what the trace of a row, and its first span, are known."""

    trace_id: int
    span_id: int


_wanted: ContextVar[tuple[int | None, int | None]] = ContextVar("ids of the next span", default=(None, None))


class _IdGenerator(RandomIdGenerator):
    """Random ids, but for a row's."""

    def generate_trace_id(self) -> int:
        trace_id, _ = _wanted.get()
        return trace_id or super().generate_trace_id()

    def generate_span_id(self) -> int:
        _, span_id = _wanted.get()
        return span_id or super().generate_span_id()


class SpanPiece:
    """A span, as whoever does the work may add to it."""

    def __init__(self, span: Span) -> None:
        self._span = span

    def tell(self, **facts: Fact) -> None:
        """Add what is known of it by now."""
        self._span.set_attributes(facts)


class Spans:
    """Makes a span of each piece of work, and of each transaction in one, until it is ended.

    `share` (0 to 1) of the traces are kept, each of them whole. `key` is what their ids can't be made without.
    """

    def __init__(self, processor: SpanProcessor, *, share: float, key: str) -> None:
        self._key = hashlib.sha256(key.encode()).digest()
        resource = Resource.create({"service.name": NAME, "service.instance.id": secrets.token_hex(8)})
        self._provider = TracerProvider(
            TraceIdRatioBased(share), resource, shutdown_on_exit=False, id_generator=_IdGenerator()
        )
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer(NAME)
        self._transactions = Transactions(self._begin_transaction)
        self._transactions.listen()

    def end(self) -> None:
        """Make no more, and export the last."""
        self._transactions.stop()
        self._provider.shutdown()

    def piece(self, name: str, facts: Mapping[str, Fact]) -> AbstractContextManager[Piece]:
        """A part of the work around it, or the first of a trace."""
        return _running(self._tracer.start_span(name, attributes=facts))

    def part(self, name: str, facts: Mapping[str, Fact]) -> AbstractContextManager[Piece] | None:
        """A part of the work around it; None where there is none that is told."""
        return self.piece(name, facts) if trace.get_current_span().is_recording() else None

    def first(self, name: str, row: str, seconds: float, facts: Mapping[str, Fact]) -> None:
        """The first span of a row's trace, which ends now."""
        began = time.time_ns() - int(seconds * NANOSECONDS)
        with _with_ids(*self._ids(row)):
            self._tracer.start_span(name, NOWHERE, attributes=facts, start_time=began).end()

    def sequel(self, name: str, row: str, facts: Mapping[str, Fact]) -> AbstractContextManager[Piece]:
        """A span below the first of a row's trace."""
        before = SpanContext(*self._ids(row), is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
        below = trace.set_span_in_context(NonRecordingSpan(before), NOWHERE)
        return _running(self._tracer.start_span(name, below, attributes=facts))

    def apart(self, name: str, row: str, facts: Mapping[str, Fact]) -> AbstractContextManager[Piece]:
        """A span in a row's own trace, linked to the one around it."""
        around = trace.get_current_span()
        links = [Link(around.get_span_context())] if around.is_recording() else []
        with _with_ids(self._ids(row).trace_id):
            return _running(self._tracer.start_span(name, NOWHERE, attributes=facts, links=links))

    def failed(self, error: BaseException) -> None:
        """The piece under way failed."""
        _fail(trace.get_current_span(), error)

    def mark(self) -> Mapping[str, str]:
        """The trace's id, as those who look at traces write it."""
        span = trace.get_current_span()
        return {"trace_id": f"{span.get_span_context().trace_id:032x}"} if span.is_recording() else {}

    def _ids(self, row: str) -> Ids:
        made = hashlib.blake2b(row.encode(errors="surrogatepass"), key=self._key, digest_size=24).digest()
        return Ids(int.from_bytes(made[:16], "big"), int.from_bytes(made[16:], "big"))

    def _begin_transaction(self) -> Span | None:
        return self._tracer.start_span("transaction") if trace.get_current_span().is_recording() else None


@contextmanager
def _with_ids(trace_id: int, span_id: int | None = None) -> Iterator[None]:
    before = _wanted.set((trace_id, span_id))
    try:
        yield
    finally:
        _wanted.reset(before)


@contextmanager
def _running(span: Span) -> Iterator[Piece]:
    # What an exception says may be somebody's words: its class alone is told.
    with trace.use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
        try:
            yield SpanPiece(span)
        except Exception as error:
            _fail(span, error)
            raise


def _fail(span: Span, error: BaseException) -> None:
    span.set_attribute("error.type", type(error).__name__)
    span.set_status(StatusCode.ERROR)
