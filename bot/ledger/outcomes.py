"""What can become of a send: taken, due again (a retry), unreachable, uncertain, refused for good."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """Telegram took it; the id of the first message, which shows a file if it is to.

    If Telegram didn't take that, the words went out alone: why is what `refused` says.
    """

    message_id: int
    shows_file: bool = False
    refused: str | None = None


@dataclass(frozen=True)
class Unreachable:
    """Telegram will not deliver here: blocked, deactivated, never started; or a group that can't be written to."""

    reason: str


@dataclass(frozen=True)
class Later:
    """It certainly did not arrive, and is due again in some seconds."""

    seconds: float


@dataclass(frozen=True)
class Unwritten:
    """It could not be put into words, a fault of ours: nothing left, and it alone is due again in some seconds."""

    seconds: float
    reason: str


@dataclass(frozen=True)
class Uncertain:
    """The request left and no answer came: Telegram may or may not have shown it."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """Telegram refuses this text for good: a fault of ours."""

    reason: str


@dataclass(frozen=True)
class Migrated:
    """The group became a supergroup with another chat id (Telegram's); it did not arrive, and is due again there."""

    chat_id: int


@dataclass(frozen=True)
class Unpaid:
    """Telegram didn't take it as paid for: it did not arrive, and is due again as one that is free."""

    reason: str


@dataclass(frozen=True)
class NothingToTell:
    """There was nothing left to tell when it came to be written: it was not sent, and won't be."""

    reason: str


Outcome = Sent | Unreachable | Later | Unwritten | Uncertain | Refused | Migrated | Unpaid | NothingToTell
