"""A Telegram message as what it says: words, and the file, place or contact it carries."""

import json
from typing import Any

from telegram import Message, TelegramObject, Update

from bot.core.messages import Content, File
from bot.markup import Mark, clean, to_markdown
from bot.telegram.rich import words_of

FILES = ("voice", "audio", "video_note", "video", "animation", "document", "sticker")  # an animation is also a document
THINGS = ("venue", "location", "contact", "poll", "dice", "story", "checklist", "game")
WORDED = frozenset({"venue", "poll", "checklist"})  # whose words are in their parts
NO_CONTENT = frozenset(
    {"message_id", "date", "chat", "from", "entities", "reply_to_message", "edit_date", "link_preview_options"}
)


def id_of(update: Update) -> int:
    """Telegram's id of the message that an update tells of; one of ours, below zero, where Telegram gave none.

    Such have the id 0 (Bot API, Message.message_id): two of them would be one. The update tells them apart, each time it is looked at.
    """
    message = update.effective_message
    assert message is not None
    return message.message_id or -update.update_id


def content_of(message: Message) -> Content:
    """What a message says; one of a kind unknown here is kept whole, so that nothing is lost."""
    text = clean(message.text or message.caption or "")
    if message.text is not None:
        return Content("text", text, markdown=_markdown(message, text))
    rich = message.api_kwargs.get("rich_message")
    if rich is not None and (words := clean(words_of(rich))):
        return Content("text", words, _whole(message))
    kind, file = _file(message)
    if kind in WORDED and not text:
        text = clean(words_of(file.details))
    return Content(kind, text, file, message.media_group_id)


def _markdown(message: Message, text: str) -> str | None:
    """The text with its marks, if it has any; they are counted in the text as it was sent, before it is cleaned."""
    marks = [Mark(entity.type, entity.offset, entity.length, entity.url or "") for entity in message.entities]
    marked = clean(to_markdown(message.text or "", marks))
    return marked if marked != text else None


def _file(message: Message) -> tuple[str, File]:
    if message.photo:
        return "photo", _described("photo", message.photo[-1])  # the last size is the largest
    if message.animation:
        return "animation", _described("animation", message.animation)
    for kind in FILES:
        found = getattr(message, kind)
        if found:
            return kind, _described(kind, found)
    for kind in THINGS:
        found = getattr(message, kind)
        if found:
            return kind, File(kind, details=_plain(found.to_dict()))
    return "message", _whole(message)


def _whole(message: Message) -> File:
    raw = {key: value for key, value in message.to_dict().items() if key not in NO_CONTENT and value}
    return File("message", details=_plain({**raw, **dict(message.api_kwargs)}))


def _plain(details: dict[str, Any]) -> dict[str, Any]:
    """As JSON has it: the library leaves objects of its own in what it gives out as a dictionary, and moments."""
    plain: dict[str, Any] = json.loads(json.dumps(details, default=_told))
    return plain


def _told(thing: object) -> object:
    return thing.to_dict() if isinstance(thing, TelegramObject) else str(thing)


def _described(kind: str, found: Any) -> File:
    # As plain values: the library's attribute for a duration changes its type with its version.
    told = found.to_dict()
    return File(
        kind,
        file_id=found.file_id,
        file_unique_id=found.file_unique_id,
        file_name=told.get("file_name"),
        mime_type=told.get("mime_type"),
        size=told.get("file_size"),
        duration=told.get("duration"),
    )
