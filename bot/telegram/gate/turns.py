"""Who is next (fair queue): one request of each chat in turn, and those of one chat in their order."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.telegram.gate.slots import Slot


@dataclass(eq=False)
class Ticket:
    """A request that waits for a slot; without a chat it may go to any."""

    chat_id: int | None
    turn: asyncio.Future[Slot] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Turns:
    """Tickets by chat; those that were given up meanwhile are passed over."""

    def __init__(self) -> None:
        self._chats: OrderedDict[int | None, deque[Ticket]] = OrderedDict()

    def __len__(self) -> int:
        return sum(len(tickets) for tickets in self._chats.values())

    def add(self, ticket: Ticket) -> None:
        """Wait behind those of the same chat."""
        self._chats.setdefault(ticket.chat_id, deque()).append(ticket)

    def discard(self, ticket: Ticket) -> None:
        """Wait no longer."""
        tickets = self._chats.get(ticket.chat_id)
        if tickets is not None and ticket in tickets:
            tickets.remove(ticket)
            if not tickets:
                del self._chats[ticket.chat_id]

    def next(self, takes: Callable[[int | None], bool]) -> Ticket | None:
        """The next ticket, taken out, of a chat that `takes` a message now; that chat's next one comes after all others."""
        for chat_id in list(self._chats):
            if not takes(chat_id):
                continue
            ticket = self._taken_out(chat_id)
            if not ticket.turn.done():
                return ticket
        return None

    def _taken_out(self, chat_id: int | None) -> Ticket:
        tickets = self._chats[chat_id]
        ticket = tickets.popleft()
        if tickets:
            self._chats.move_to_end(chat_id)
        else:
            del self._chats[chat_id]
        return ticket
