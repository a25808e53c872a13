"""What an author adds to a reply in a further message: it stands below the words it adds to, and either can be edited."""

from collections.abc import Sequence
from datetime import datetime

from bot.models import Addition, Reply

BETWEEN = "\n\n"


def add(reply: Reply, message_id: int, text: str, *, now: datetime) -> None:
    """Add what a message says (perhaps nothing but a file) to a reply, whose additions are loaded."""
    base = words(reply)
    reply.additions.append(Addition(message_id=message_id, text=text, added_at=now))
    reply.text = _together(base, _added(reply))


def words(reply: Reply) -> str:
    """What a reply says without its additions."""
    added = _together("", _added(reply))
    return reply.text.removesuffix(added).removesuffix(BETWEEN) if added else reply.text


def said_in(reply: Reply, message_id: int) -> str:
    """What one of the messages of a reply says: the one it began with, or an addition."""
    return next((one.text for one in reply.additions if one.message_id == message_id), words(reply))


def reword(reply: Reply, message_id: int, text: str) -> None:
    """Have one of its messages say something else."""
    base = words(reply)
    for one in reply.additions:
        if one.message_id == message_id:
            one.text = text
            break
    else:
        base = text
    reply.text = _together(base, _added(reply))


def _added(reply: Reply) -> list[str]:
    return [one.text for one in sorted(reply.additions, key=lambda one: one.message_id)]


def _together(base: str, added: Sequence[str]) -> str:
    return BETWEEN.join(part for part in (base, *added) if part)
