"""Nightly backups: dated files in one folder, of which so many are kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import backups

NAME = "vdialogue-{moment:%Y-%m-%dT%H%M}Z.backup"
OURS = "vdialogue-*Z.backup"


def back_up(url: str, folder: Path, *, kept: int, now: datetime) -> Path:
    """Write a backup to the folder, which is made where it is missing, and remove the oldest beyond `kept`; blocks until done.

    Raises what `backups.back_up` does; then nothing is removed.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / NAME.format(moment=now)
    backups.back_up(url, file)
    for old in _all(folder)[:-kept]:
        old.unlink()
    return file


def newest(folder: Path) -> Path | None:
    """The newest backup in a folder; None if there is none."""
    return next(reversed(_all(folder)), None)


def age(folder: Path, *, now: datetime) -> timedelta | None:
    """How old the newest backup in a folder is; None if there is none."""
    found = newest(folder)
    return now - datetime.fromtimestamp(found.stat().st_mtime, UTC) if found else None


def _all(folder: Path) -> list[Path]:
    """The oldest first; a name that a backup only begins to have is empty still."""
    return sorted(file for file in folder.glob(OURS) if file.stat().st_size)
