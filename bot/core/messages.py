"""A message as a value: its text, its files, and what it is about."""

from dataclasses import dataclass
from typing import Any

SENDABLE = ("location", "contact")  # of what has no file


class TooLong(Exception):
    """What was written has `length` characters, more than the `limit`."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, of {limit}")
        self.length, self.limit = length, limit


@dataclass(frozen=True)
class File:
    """What a message carries besides text: a file by Telegram's ids (`size` bytes, `duration` seconds), a place, a contact."""

    kind: str
    file_id: str | None = None
    file_unique_id: str | None = None
    file_name: str | None = None
    mime_type: str | None = None
    size: int | None = None
    duration: int | None = None
    details: dict[str, Any] | None = None


@dataclass(frozen=True)
class Content:
    """What one message says: `kind` is Telegram's name for it (text, voice, photo, …), `album` its media group.

    `markdown` is the text with what is bold or a link in it, where anything is.
    """

    kind: str
    text: str
    file: File | None = None
    album: str | None = None
    markdown: str | None = None

    @property
    def authored(self) -> str:
        """The text as authored texts are kept, in Markdown."""
        return self.markdown or self.text


@dataclass(frozen=True)
class About:
    """What a message of the bot shows to which a person replies: a card with a reply, or a question.

    `asks` once the bot asked for words about it; below a card it didn't.
    """

    question_id: int | None = None
    reply_id: int | None = None
    asks: bool = False
