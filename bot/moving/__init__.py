"""All that is remembered moves to a database of another kind (SQLite, PostgreSQL) while people write, compared row by row."""

from bot.moving.comparing import Round

__all__ = ["Round"]
