"""Messages with files in them: what a message of each kind tells about its file."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.chats import Json
from bot.sandbox.files import Files, StoredFile

MIME_TYPES = {
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "photo": "image/jpeg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "animation": "video/mp4",
    "document": "application/octet-stream",
    "sticker": "image/webp",
}
"""What each kind of file is, if its sender does not say."""

FILE_NAMES = {
    "voice": "voice.ogg",
    "audio": "audio.mp3",
    "photo": "photo.jpg",
    "video": "video.mp4",
    "video_note": "video_note.mp4",
    "animation": "animation.mp4",
    "document": "document.bin",
    "sticker": "sticker.webp",
}

DEFAULTS: dict[str, Json] = {
    "voice": {"duration": 3},
    "audio": {"duration": 60},
    "video": {"width": 640, "height": 360, "duration": 5},
    "video_note": {"length": 240, "duration": 5},
    "animation": {"width": 320, "height": 180, "duration": 2},
    "document": {},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
}
"""The fields that the Bot API requires of each kind, with values for a file that nobody looks into."""

GIVEN = ("duration", "width", "height", "length", "performer", "title", "emoji")
NAMED = {"audio", "video", "animation", "document"}


def describe(files: Files, kind: str, stored: StoredFile, values: Mapping[str, Any]) -> Json:
    """The part of a Message that tells of its file: {"voice": {…}}, for instance; values may give its duration."""
    if kind == "photo":
        small = files.add(
            kind, stored.content, name=stored.name, mime_type=stored.mime_type, size=min(stored.size, 2000)
        )
        sizes = [small.facts() | {"width": 90, "height": 60}, stored.facts() | {"width": 1200, "height": 800}]
        return {"photo": sizes}
    facts = stored.facts() | DEFAULTS[kind] | {name: values[name] for name in GIVEN if values.get(name) is not None}
    if kind not in {"sticker", "video_note"}:
        facts["mime_type"] = stored.mime_type
    if kind in NAMED:
        facts["file_name"] = stored.name
    content = {kind: facts}
    if (
        kind == "animation"
    ):  # Bot API, Message.animation: for backward compatibility, the document field will also be set
        content["document"] = stored.facts() | {"file_name": stored.name, "mime_type": stored.mime_type}
    return content
