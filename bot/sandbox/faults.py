"""What goes wrong on purpose: answers that Telegram gives on a bad day, and lost connections."""

from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.refusing import RefusedError

DEFAULTS = {
    400: "",
    403: "bot was blocked by the user",
    429: "retry after {retry_after}",
}


@dataclass
class Fault:
    """One thing that goes wrong, for so many matching requests.

    Attributes:
        method: Which method it strikes; None for all but getUpdates.
        chat_id: Which chat it strikes; None for all.
        times: How many requests more; None for ever.
        status: The status that is answered without doing anything; None to do what was asked.
        drop: The connection is closed "before" or "after" doing what was asked.
        delay: Real seconds between doing (or refusing) and answering.
        garbled: What is answered is no JSON, as from a proxy that puts in its own page.
    """

    method: str | None
    chat_id: int | None
    times: int | None
    status: int | None
    description: str | None
    retry_after: int
    drop: Literal["before", "after"] | None
    delay: float
    garbled: bool

    def strikes(self, method: str, chat_id: object) -> bool:
        """Does it concern such a request?"""
        if self.method is None and method == "getUpdates":
            return False
        return self.method in {None, method} and (self.chat_id is None or str(self.chat_id) == str(chat_id))

    def refusal(self) -> RefusedError | None:
        """What is answered instead of doing what was asked."""
        if self.status is None:
            return None
        words = self.description if self.description is not None else DEFAULTS.get(self.status, "")
        parameters = {"retry_after": self.retry_after} if self.status == 429 else None  # noqa: PLR2004 - HTTP's number
        return RefusedError(
            words.format(retry_after=self.retry_after),
            error_code=self.status,
            circumstance=True,
            parameters=parameters,
        )


@dataclass
class Faults:
    """The faults that wait for a request."""

    waiting: list[Fault] = field(default_factory=list)

    def add(
        self,
        method: str | None = None,
        *,
        chat_id: int | None = None,
        times: int | None = 1,
        status: int | None = None,
        description: str | None = None,
        retry_after: int = 1,
        drop: Literal["before", "after"] | None = None,
        delay: float = 0.0,
        garbled: bool = False,
    ) -> None:
        """Let something go wrong; see `Fault` for the meaning of each."""
        self.waiting.append(Fault(method, chat_id, times, status, description, retry_after, drop, delay, garbled))

    def clear(self) -> None:
        """Let all go well again."""
        self.waiting.clear()

    def take(self, method: str, chat_id: object) -> Fault | None:
        """The first fault that strikes a request; it has one time less after that."""
        for fault in self.waiting:
            if fault.strikes(method, chat_id):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.waiting.remove(fault)
                return fault
        return None
