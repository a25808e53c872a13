"""The memory of the bot: its database, how it is opened, written, migrated and shared, and where SQLite and PostgreSQL differ."""

from bot.database.engine import INSERTS, Database, Insert, connect, hold_still, insert, run, take_turns
from bot.database.migrations import MIGRATIONS, UnknownRevision, differences, downgrade, is_current, newest, upgrade

__all__ = [
    "INSERTS",
    "MIGRATIONS",
    "Database",
    "Insert",
    "UnknownRevision",
    "connect",
    "differences",
    "downgrade",
    "hold_still",
    "insert",
    "is_current",
    "newest",
    "run",
    "take_turns",
    "upgrade",
]
