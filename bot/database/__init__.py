"""The memory of the bot: its database, how it is opened, written, migrated and shared, and where SQLite and PostgreSQL differ."""

from bot.database.compatibility import MIGRATIONS, Fit, fit, judge, newest
from bot.database.engine import INSERTS, Database, Insert, connect, hold_still, insert, run, take_turns
from bot.database.migrations import OlderProgramsRun, UnknownRevision, differences, downgrade, upgrade

__all__ = [
    "INSERTS",
    "MIGRATIONS",
    "Database",
    "Fit",
    "Insert",
    "OlderProgramsRun",
    "UnknownRevision",
    "connect",
    "differences",
    "downgrade",
    "fit",
    "hold_still",
    "insert",
    "judge",
    "newest",
    "run",
    "take_turns",
    "upgrade",
]
