"""What a reply carries is sent on to one who may read it: files by Telegram's id, places and contacts by what they say."""

from collections.abc import Sequence

from bot.core.messages import SENDABLE
from bot.models import Attachment
from bot.telegram.content import FILES
from bot.telegram.context import Context


async def send_on(context: Context, chat_id: int, attachments: Sequence[Attachment]) -> int:
    """Send what can be sent, in order; returns how many."""
    sent = 0
    for attachment in attachments:
        if attachment.file_id is not None:
            await _send_file(context, chat_id, attachment.kind, attachment.file_id)
        elif attachment.kind in SENDABLE:
            await _send_thing(context, chat_id, attachment)
        else:
            continue
        sent += 1
    return sent


async def _send_file(context: Context, chat_id: int, kind: str, file_id: str) -> None:
    # Telegram takes a file by its id only as what it was sent as.
    send = getattr(context.bot, f"send_{kind if kind in {*FILES, 'photo'} else 'document'}")
    await send(chat_id, file_id)


async def _send_thing(context: Context, chat_id: int, attachment: Attachment) -> None:
    told = attachment.details or {}
    if attachment.kind == "location":
        await context.bot.send_location(chat_id, told["latitude"], told["longitude"])
    else:
        await context.bot.send_contact(chat_id, told["phone_number"], told["first_name"])
