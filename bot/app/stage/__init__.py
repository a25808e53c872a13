"""The stage: a dialogue is played with the bot's own handlers, agenda and letters, in a process and a database of its own (simulation)."""

from bot.app.stage.playhouse import Playhouse

__all__ = ["Playhouse"]
