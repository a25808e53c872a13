"""A Telegram message as what it says: words, and the file, place or contact it carries."""

import json
from typing import Any

from telegram import Message, TelegramObject

from bot.core.messages import Content, File
from bot.markup import Mark, clean, to_markdown

FILES = ("voice", "audio", "video_note", "video", "animation", "document", "sticker")  # an animation is also a document
THINGS = ("venue", "location", "contact", "poll", "dice", "story", "checklist", "game")
NO_CONTENT = frozenset(
    {"message_id", "date", "chat", "from", "entities", "reply_to_message", "edit_date", "link_preview_options"}
)


def content_of(message: Message) -> Content:
    """What a message says; one of a kind unknown here is kept whole, so that nothing is lost."""
    text = clean(message.text or message.caption or "")
    if message.text is not None:
        return Content("text", text, markdown=_markdown(message, text))
    kind, file = _file(message)
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
    raw = {key: value for key, value in message.to_dict().items() if key not in NO_CONTENT and value}
    return "message", File("message", details=_plain({**raw, **dict(message.api_kwargs)}))


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
