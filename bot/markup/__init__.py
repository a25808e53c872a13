"""Markdown that people write, and the HTML and the message lengths that Telegram takes."""

from bot.markup.cleaning import clean, escape, isolate
from bot.markup.cutting import excerpt, length
from bot.markup.rendering import to_html
from bot.markup.splitting import MESSAGE_LIMIT, long_note, split, visible

__all__ = [
    "MESSAGE_LIMIT",
    "clean",
    "escape",
    "excerpt",
    "isolate",
    "length",
    "long_note",
    "split",
    "to_html",
    "visible",
]
