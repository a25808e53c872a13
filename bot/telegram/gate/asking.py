"""For whom a request is made (priority): whoever begins a piece of work says so once, and all its requests carry it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum

from bot.telegram.gate.slots import Slot


class Priority(IntEnum):
    """What goes first: the receipt for words just kept, then a page that someone's tap asked for, then what nobody asked for."""

    THANKS = 0
    ANSWER = 1
    UNASKED = 2


@dataclass(frozen=True)
class Asking:
    """How a request asks to pass; `chat_id` is the chat of one that names none itself, `slot` what was taken for it ahead.

    It is `patient` if it can't be made again later.
    """

    priority: Priority = Priority.ANSWER
    chat_id: int | None = None
    slot: Slot | None = None
    patient: bool = False


TO_A_TAP = Asking()
asking: ContextVar[Asking] = ContextVar("asking", default=TO_A_TAP)


@contextmanager
def unasked() -> Iterator[None]:
    """Within the block nobody waits for what is sent."""
    before = asking.set(Asking(Priority.UNASKED))
    try:
        yield
    finally:
        asking.reset(before)
