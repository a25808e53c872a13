"""One send to one chat, and what became of it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, TypeGuard

from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.ledger.outcomes import Later, Migrated, Outcome, Refused, Sent, Uncertain, Unreachable
from bot.telegram.request import NotSent

# Not as the library's defaults: it would send them with calls that don't take them.
AS_HTML: dict[str, Any] = {
    "parse_mode": ParseMode.HTML,
    "link_preview_options": LinkPreviewOptions(is_disabled=True),
}
_READY = {**AS_HTML, "link_preview_options": AS_HTML["link_preview_options"].to_json()}
# Is sendMessage on the wire. By its usual spelling the library has a method of its own for it, and warns.
_SEND_MESSAGE = "send_Message"
RECONNECT_SECONDS = 5.0  # before a send that never left is tried again
LONG_FAULT_SECONDS = 60.0  # when every send would fail, as with a wrong token
CHAT_GONE = ("chat not found", "user not found", "peer_id_invalid")
# A group in which the bot may not write, and a topic that is gone or closed.
ROOM_CLOSED = ("thread not found", "topic_closed", "topic_deleted", "rights to send", "chat_write_forbidden")
WHOLE_GROUP = 1  # the thread of a forum's general topic, which sendMessage doesn't take: it is the group itself
CAPTION_LIMIT = 1024  # Bot API, sendVoice and the like: 0-1024 characters after entities parsing
PATIENCE = 5  # waits for the rest of a text that began to arrive
LONGEST_WAIT_SECONDS = 60.0  # of these, since everything else that is due waits too; Telegram may ask for hours


@dataclass(frozen=True)
class Picture:
    """A message that is a picture (PNG), with what it shows in words: Telegram's HTML, at most 1024 characters."""

    png: bytes
    caption: str


@dataclass(frozen=True)
class Document:
    """A message that is a file, with a caption in Telegram's HTML, at most 1024 characters."""

    name: str
    content: bytes
    caption: str


@dataclass(frozen=True)
class Attached:
    """A message that is a file which Telegram keeps: as what it was sent to the bot, by its id, with a caption in Telegram's HTML.

    `kind` is "voice", "audio" or "document"; the caption has `CAPTION_LIMIT` characters at most. If it is the `message`
    itself, it goes as words where Telegram doesn't take the file.
    """

    kind: str
    file_id: str
    caption: str
    message: bool = False


Part = str | Picture | Document | Attached
"""One message: words in Telegram's HTML, a picture, or a file."""

Written = tuple[Sequence[Part], InlineKeyboardMarkup | None]
"""A message's parts in Telegram's HTML (`markup.split` makes them), and the keyboard under the last."""


async def send(
    bot: Bot,
    chat_id: int,
    parts: Sequence[Part],
    keyboard: InlineKeyboardMarkup | None = None,
    *,
    thread_id: int | None = None,
    reply_to: int | None = None,
    paid: bool = False,
) -> Outcome:
    """Send a text in Telegram's HTML, in several messages if it has several parts; the keyboard goes under the last.

    Returns what became of it. `thread_id` is the topic of a forum group; what is `paid` for doesn't count against the free
    rate. Once the first part has arrived, the rest is waited for: sending the whole anew would repeat it.
    """
    options = {
        "message_thread_id": None if thread_id == WHOLE_GROUP else thread_id,
        "allow_paid_broadcast": paid or None,
        "reply_parameters": None if reply_to is None else quoting(reply_to),
    }
    first: Sent | None = None
    for index, part in enumerate(parts):
        under = keyboard if index == len(parts) - 1 else None
        outcome = await _send_one(bot, chat_id, part, under, options)
        for _ in range(PATIENCE if first else 0):
            if not isinstance(outcome, Later) or outcome.seconds > LONGEST_WAIT_SECONDS:
                break
            await asyncio.sleep(outcome.seconds)
            outcome = await _send_one(bot, chat_id, part, under, options)
        if not isinstance(outcome, Sent):
            return outcome if first is None else Uncertain(f"part {index + 1} of {len(parts)}: {outcome}")
        first = first or outcome
    assert first is not None, "a text has at least one part"
    return first


async def _send_one(
    bot: Bot, chat_id: int, part: Part, keyboard: InlineKeyboardMarkup | None, options: Mapping[str, Any]
) -> Outcome:
    try:
        message_id = await write(bot, chat_id, part, reply_markup=keyboard, **options)
        return Sent(message_id, shows_file=isinstance(part, Attached))
    except TelegramError as error:
        outcome = outcome_of(error)
    if not (isinstance(part, Attached) and part.message and _is_not_taken(outcome)):
        return outcome
    words = await _send_one(bot, chat_id, part.caption, keyboard, options)
    return replace(words, refused=outcome.reason) if isinstance(words, Sent) else words


def _is_not_taken(outcome: Outcome) -> TypeGuard[Refused | Unreachable]:
    """Whether it is perhaps the file that Telegram doesn't take, or the reader takes no such file, where words would do."""
    return isinstance(outcome, Refused) or (isinstance(outcome, Unreachable) and "rights to send" in outcome.reason)


async def write(bot: Bot, chat_id: int, part: Part, **options: Any) -> int:
    """Send one message; returns its id, and raises what python-telegram-bot raises."""
    if isinstance(part, Picture):
        message = await bot.send_photo(
            chat_id, part.png, caption=part.caption, parse_mode=ParseMode.HTML, filename="chart.png", **options
        )
    elif isinstance(part, Document):
        file = InputFile(BytesIO(part.content), part.name)
        message = await bot.send_document(chat_id, file, caption=part.caption, parse_mode=ParseMode.HTML, **options)
    elif isinstance(part, Attached):
        # Telegram takes a file by its id only as what it was sent as.
        ways: dict[str, Callable[..., Awaitable[Message]]] = {
            "voice": bot.send_voice,
            "audio": bot.send_audio,
            "document": bot.send_document,
        }
        caption = {"caption": part.caption, "parse_mode": ParseMode.HTML} if part.caption else {}
        message = await ways[part.kind](chat_id, part.file_id, **caption, **options)
    else:
        return await _write_text(bot, {"chat_id": chat_id, "text": part, **_READY, **options})
    return message.message_id


async def _write_text(bot: Bot, fields: dict[str, Any]) -> int:
    # The library's own method makes a Message of Telegram's answer, which costs a third of the whole call.
    try:
        message: dict[str, Any] = await bot.do_api_request(_SEND_MESSAGE, fields)
    except EndPointNotFound as error:  # 401 or 404: there is such a method, so it is the token
        raise InvalidToken(error.message) from None
    message_id: int = message["message_id"]
    return message_id


def quoting(message_id: int) -> ReplyParameters:
    """As a reply to a message, or to nothing if that is gone."""
    return ReplyParameters(message_id, allow_sending_without_reply=True)


def outcome_of(error: TelegramError) -> Outcome:  # noqa: PLR0911 - one return for each outcome
    """What an error of python-telegram-bot says about the message: refused, to be sent later, or uncertain."""
    match error:
        case RetryAfter():
            return Later(wait_of(error))
        case ChatMigrated():
            return Migrated(error.new_chat_id)
        case Forbidden():
            return Unreachable(error.message)
        case InvalidToken():
            return Later(LONG_FAULT_SECONDS)
        case BadRequest():
            gone = any(sign in error.message.lower() for sign in CHAT_GONE + ROOM_CLOSED)
            return Unreachable(error.message) if gone else Refused(error.message)
        case NotSent():
            return Later(RECONNECT_SECONDS)
        case NetworkError():
            return Uncertain(error.message)
    return Refused(error.message)


def wait_of(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
