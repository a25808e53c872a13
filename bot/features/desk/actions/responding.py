"""A moderator responds to a reply on a page: the same response as in the chat, kept once however often the form is sent."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.core.messages import Content, TooLong
from bot.core.rights import Right
from bot.features.moderation.actions import decisions
from bot.models import Person, Reply

NUMBER_BYTES = 7  # of which a column of eight has room for, with the sign
LIMIT = markup.MESSAGE_LIMIT  # as in the chat, where it is read


class NothingSaid(Exception):
    """A response without a word."""


async def respond(
    session: AsyncSession, person: Person, reply_id: int, *, words: str, form: str, now: datetime
) -> None:
    """Keep what a moderator says to a reply, as the moderator's; `form` is what tells the form that it was written in from all others.

    Raises NothingSaid, TooLong, NoSuchReply or NotPermitted.
    """
    said = words.replace("\r\n", "\n").strip()
    if not said:
        raise NothingSaid
    if markup.length(said) > LIMIT:
        raise TooLong(markup.length(said), LIMIT)
    moderator, _ = await decisions.decidable(
        session, person, reply_id, Right.RESPOND
    )  # locked: a second form waits here
    number = _number(form, said)
    written = Reply.member_id == moderator.id, Reply.room_id.is_(None), Reply.message_id == number
    if await session.scalar(select(Reply.id).where(*written)) is None:
        await decisions.respond(
            session, person, reply_id, content=Content("text", said), message_id=number, sent_at=now, now=now
        )


def _number(form: str, said: str) -> int:
    """What stands where in the chat the message's number stands: of the same form and words the same, below 0, where Telegram has none."""
    return -1 - int.from_bytes(hashlib.sha256(f"{form}\n{said}".encode(errors="surrogatepass")).digest()[:NUMBER_BYTES])
