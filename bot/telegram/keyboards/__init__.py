"""The buttons under messages, and the callback data (at most 64 bytes) that says what each one does."""

from bot.telegram.keyboards import (
    announcing,
    digest_choices,
    exporting,
    groups,
    joining,
    key_points,
    membership,
    moderation,
    queue,
    replies,
    reply_language,
    retiming,
    summary,
    team,
    theming,
    translating,
)

__all__ = [
    "announcing",
    "digest_choices",
    "exporting",
    "groups",
    "joining",
    "key_points",
    "membership",
    "moderation",
    "queue",
    "replies",
    "reply_language",
    "retiming",
    "summary",
    "team",
    "theming",
    "translating",
]
