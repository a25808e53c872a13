"""Which files others on the machine can read, and none should (file modes): settings with the token, database, backups, exports."""

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot import backups
from bot.backups.nightly import OURS
from bot.features.exports.actions import neighbours, replies
from bot.features.exports.actions.neighbours import Neighbour
from bot.features.exports.actions.replies import Format
from bot.features.health.actions.findings import Finding, Level, Matter
from bot.settings import ENV, Settings

BESIDE = ("-wal", "-shm", "-journal")  # in which SQLite keeps rows as well


def open_to_others(settings: Settings) -> list[Finding]:
    """What others can read, each place once: a fault where everyone can, a note where it is the group."""
    found: dict[str, Finding] = {}
    for place, files in _places(settings):
        matters = {matter for file in files if (matter := _read_by(file))}
        for matter, level in ((Matter.OPEN_TO_ALL, Level.FAULT), (Matter.OPEN_TO_GROUP, Level.NOTE)):
            if matter in matters:
                found.setdefault(place, Finding(matter, level, detail=place))
    return list(found.values())


def env_is_open_to_all() -> bool:
    """Whether every user of the machine can read the token."""
    return _read_by(ENV) is Matter.OPEN_TO_ALL


def _places(settings: Settings) -> Iterator[tuple[str, Iterable[Path]]]:
    """What to close, and the files that tell whether it is open."""
    yield str(ENV), [ENV]
    if database := backups.sqlite_file(settings.database_url):
        yield str(database.parent), [database, *(database.with_name(database.name + end) for end in BESIDE)]
    if settings.backup_dir is not None:
        yield str(settings.backup_dir), settings.backup_dir.glob(OURS)
    # Where `vdialogue export` writes them, unless it is told another place.
    names = [replies.file_name("*", form) for form in Format] + [neighbours.file_name("*", each) for each in Neighbour]
    yield from ((str(file), [file]) for file in sorted({file for name in names for file in Path().glob(name)}))


def _read_by(file: Path) -> Matter | None:
    """Who besides its owner can read a file: nobody, where something on the way to it keeps them out."""
    if not file.exists():
        return None
    whole = file.resolve()
    ways = [folder.stat().st_mode for folder in whole.parents]
    mode = whole.stat().st_mode
    if mode & stat.S_IROTH and all(way & stat.S_IXOTH for way in ways):
        return Matter.OPEN_TO_ALL
    if mode & stat.S_IRGRP and all(way & (stat.S_IXGRP | stat.S_IXOTH) for way in ways):
        return Matter.OPEN_TO_GROUP
    return None
