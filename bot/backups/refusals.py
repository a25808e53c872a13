"""Why a backup is not taken, or not put back."""

from collections.abc import Callable
from pathlib import Path

Suits = Callable[[str, str | None], bool]
"""Whether this program can run on a database of a revision, which says that a program needs to know another (bot.database.compatibility)."""
NEEDED = "needed"


class NewerBackup(Exception):
    """The backup is of a newer version, on which this program can't run."""


class NothingToBackUp(Exception):
    """There is no database yet."""


class FileInTheWay(Exception):
    """The backup would overwrite a file."""


class DatabaseFailed(Exception):
    """The database can't be used; `reason` is in its own words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotABackup(Exception):
    """The file is no whole backup of this program for this kind of database; `reason` is the tool's own word, if any."""

    def __init__(self, file: Path, reason: str = "") -> None:
        super().__init__(f"{file} is not a whole backup {reason}")
        self.reason = reason


class NotEmpty(Exception):
    """There is something in the database already, which restoring would throw away."""


class InUse(Exception):
    """Another program, most likely the bot, has the database open."""


class ToolMissing(Exception):
    """A program of PostgreSQL's is needed and not installed; `tool` is its name."""

    def __init__(self, tool: str) -> None:
        super().__init__(f"{tool} is not installed")
        self.tool = tool


class ToolFailed(Exception):
    """A program of PostgreSQL's failed; `reason` is what it said."""

    def __init__(self, tool: str, reason: str) -> None:
        super().__init__(f"{tool}: {reason}")
        self.tool, self.reason = tool, reason
