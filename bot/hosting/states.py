"""How a bot besides the first stands in a process that runs it."""

from enum import StrEnum


class HostedState(StrEnum):
    """Whether it is served, or why it rests; what rests by no wish of its host is tried again."""

    STARTING = "starting"
    RUNNING = "running"
    PAUSED = "paused"
    KEY_LOST = "key_lost"
    TWICE = "twice"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a word
    DATABASE_MISSING = "database_missing"
    DATABASE_BEYOND = "database_beyond"
    DATABASE_MOVED = "database_moved"
    DATABASE_AWAY = "database_away"
    FAILED = "failed"
