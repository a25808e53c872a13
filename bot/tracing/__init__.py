"""Traces (OpenTelemetry): from an update's arrival to its thanks, and from a tick to each delivery; off unless the host asks for them."""

from bot.tracing.pieces import (
    Fact,
    Piece,
    Tracer,
    apart,
    failed,
    first,
    mark,
    part,
    piece,
    rows_of,
    sequel,
    switch_off,
    switch_on,
)

__all__ = [
    "Fact",
    "Piece",
    "Tracer",
    "apart",
    "failed",
    "first",
    "mark",
    "part",
    "piece",
    "rows_of",
    "sequel",
    "switch_off",
    "switch_on",
]
