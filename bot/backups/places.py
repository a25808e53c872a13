"""Where a copy grows until it is whole: beside its place, readable by its owner alone, gone if anything fails."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.backups.refusals import FileInTheWay


@dataclass(frozen=True)
class Half:
    """A copy that is not whole yet."""

    path: Path

    def put_beside_others(self, place: Path) -> None:
        """Let it be `place`, whole even after a power cut; raises FileInTheWay where something is there."""
        try:
            # Renaming overwrites: so the place is taken first. A hard link would do, but not every file system has them.
            os.close(os.open(place, os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            raise FileInTheWay from None
        _flush(self.path)
        self.path.replace(place)
        _flush(place.parent)


@contextmanager
def half(place: Path) -> Iterator[Half]:
    """A file to write the copy to, in the folder of its place."""
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)  # created with mode 0600
    os.close(handle)
    path = Path(name)
    try:
        yield Half(path)
    finally:
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
