"""Markdown that people write, and the HTML and the message lengths that Telegram takes."""

from bot.markup.cleaning import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE, clean, escape, isolate
from bot.markup.cutting import excerpt, length
from bot.markup.marking import Mark, to_markdown
from bot.markup.moments import moment
from bot.markup.rendering import to_html
from bot.markup.splitting import MESSAGE_LIMIT, long_note, plain, shortened, split, visible

__all__ = [
    "FIRST_STRONG_ISOLATE",
    "MESSAGE_LIMIT",
    "POP_DIRECTIONAL_ISOLATE",
    "Mark",
    "clean",
    "escape",
    "excerpt",
    "isolate",
    "length",
    "long_note",
    "moment",
    "plain",
    "shortened",
    "split",
    "to_html",
    "to_markdown",
    "visible",
]
