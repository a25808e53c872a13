"""What a paid broadcast costs, and what it saves, told before it is used."""

from dataclasses import dataclass

MESSAGES_PER_STAR = 10  # Bot API, sendMessage, allow_paid_broadcast: 0.1 Telegram Stars per message
FREE_PER_SECOND = 30  # Bot FAQ: so many a second cost nothing
MINUTE = 60


@dataclass(frozen=True)
class Price:
    """At most so many Stars for a message to so many members, who would else all have it after about so many minutes."""

    members: int
    stars: int
    minutes: int


def price(members: int, *, free_rate: int) -> Price | None:
    """The price for so many members; `free_rate` is how many messages a second go out unpaid. None if all have it in a second."""
    if members <= FREE_PER_SECOND:
        return None
    return Price(members, _up(members, MESSAGES_PER_STAR), _up(members, free_rate * MINUTE))


def _up(amount: int, by: int) -> int:
    return -(-amount // by)
