"""A trace (span) as those who work tell it: a piece of work is named where it is done, and that costs nothing unless somebody listens.

Names and facts are ours alone: no word, name, token or number of Telegram's is among them. What outlives a process (an update in
the inbox, a delivery) is known again by its `row`, of which only a keyed hash is told.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

Fact = str | int | float | bool


class Piece(Protocol):
    """A piece of work that is under way."""

    def tell(self, **facts: Fact) -> None:
        """Add what is known of it by now."""


class Tracer(Protocol):
    """Listens; see the functions of the same names."""

    def piece(self, name: str, facts: Mapping[str, Fact]) -> AbstractContextManager[Piece]:
        """A part of the work around it, or the first of a trace."""

    def part(self, name: str, facts: Mapping[str, Fact]) -> AbstractContextManager[Piece] | None:
        """A part of the work around it; None where there is none."""

    def first(self, name: str, row: str, seconds: float, facts: Mapping[str, Fact]) -> None:
        """The first piece of a row's trace, which is over."""

    def sequel(self, name: str, row: str, facts: Mapping[str, Fact]) -> AbstractContextManager[Piece]:
        """What follows on the first piece of a row's trace."""

    def apart(self, name: str, row: str, facts: Mapping[str, Fact]) -> AbstractContextManager[Piece]:
        """A row's own trace."""

    def failed(self, error: BaseException) -> None:
        """The piece under way failed."""

    def mark(self) -> Mapping[str, str]:
        """What a line of the log carries."""


class _Unheard:
    def tell(self, **facts: Fact) -> None:
        pass


@dataclass
class _Switch:
    tracer: Tracer | None = None


_switch = _Switch()
_UNHEARD: AbstractContextManager[Piece] = nullcontext(_Unheard())
_UNMARKED: Mapping[str, str] = {}
_whose: ContextVar[str] = ContextVar("whose rows these are", default="")


def switch_on(tracer: Tracer) -> None:
    """Have all work of this process told to a tracer."""
    _switch.tracer = tracer


def switch_off() -> None:
    """Tell nobody any more."""
    _switch.tracer = None


@contextmanager
def rows_of(bot: str) -> Iterator[None]:
    """What is done in the block, and begun there, is for one of several bots: their rows may have the same numbers."""
    before = _whose.set(f"{bot} ")
    try:
        yield
    finally:
        _whose.reset(before)


def _own(row: str) -> str:
    return _whose.get() + row


def piece(name: str, **facts: Fact) -> AbstractContextManager[Piece]:
    """A piece of work: a part of the one around it, or the first of a trace."""
    return _UNHEARD if _switch.tracer is None else _switch.tracer.piece(name, facts)


def part(name: str, **facts: Fact) -> AbstractContextManager[Piece]:
    """A part of the work around it; what belongs to none (a poll, a look at the inbox) isn't told."""
    return (_switch.tracer.part(name, facts) if _switch.tracer else None) or _UNHEARD


def first(name: str, row: str, *, seconds: float, **facts: Fact) -> None:
    """The first piece of a row's trace has just ended, and took so many seconds."""
    if _switch.tracer is not None:
        _switch.tracer.first(name, _own(row), seconds, facts)


def sequel(name: str, row: str, **facts: Fact) -> AbstractContextManager[Piece]:
    """What follows on the first piece of a row's trace, in whatever process, however much later and however often."""
    return _UNHEARD if _switch.tracer is None else _switch.tracer.sequel(name, _own(row), facts)


def apart(name: str, row: str, **facts: Fact) -> AbstractContextManager[Piece]:
    """A piece in a row's own trace, linked to the work around it: of that there may be thousands of parts."""
    return _UNHEARD if _switch.tracer is None else _switch.tracer.apart(name, _own(row), facts)


def failed(error: BaseException) -> None:
    """The piece under way failed by an error that it doesn't raise."""
    if _switch.tracer is not None:
        _switch.tracer.failed(error)


def mark() -> Mapping[str, str]:
    """By what a line of the log is found in a trace: `trace_id`, where a piece of work is under way that is told."""
    return _UNMARKED if _switch.tracer is None else _switch.tracer.mark()
