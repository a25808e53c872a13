"""The list of erasures (tombstones), apart from the database and its backups: after an older backup was put back, they are done again.

One file for each month, a line for each erasure, on the disk before the erasure itself is: what was confirmed comes
about, whatever happens. Of a person it has the number of their row and a fifth of a fingerprint of their account: enough to
tell that row in a backup, and fitting so many other accounts that it tells of none.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.backups.schemas import schema_of

KEPT = timedelta(days=366)  # no backup that is older may be put back
_MARK = 5  # hexadecimal digits: one of a million


class Extent(StrEnum):
    """What was erased: everything of a person, what they said in groups, or that the latter may be kept again."""

    PERSON = "person"
    GROUPS = "groups"
    ALLOWED = "allowed"


@dataclass(frozen=True)
class Erasure:
    """One line: when, what, and whose, as `person_key` has it or, of groups, the account's number, which is refused there."""

    at: datetime
    scope: Extent
    whose: str


def person_key(person_id: int, telegram_id: int) -> str:
    """What tells a person's row in a backup, and nobody's account."""
    return f"{person_id}-{sha256(str(telegram_id).encode()).hexdigest()[:_MARK]}"


class Erasures:
    """The list in a folder, which is made when there is something to write down; others of this machine can't read it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, erasure: Erasure) -> None:
        """Write a line down; blocks until it is on the disk. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        line = f"{erasure.at.isoformat()} {erasure.scope} {erasure.whose}\n".encode()
        handle = os.open(self._folder / f"{erasure.at:%Y-%m}", os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        try:
            os.write(handle, b"\n" + line)  # whatever a crash has left of the line before
            os.fsync(handle)
        finally:
            os.close(handle)

    def all(self) -> Sequence[Erasure]:
        """Every line in the order of time; one that only a crash cut off is passed over. Raises OSError."""
        lines = [line for file in self._files() for line in file.read_text("utf-8").splitlines()]
        return sorted((each for line in lines if (each := _read(line))), key=lambda each: each.at)

    def take_over(self, other: "Erasures") -> None:
        """Have all that another list has, whose database was moved here; raises OSError."""
        known = set(self.all())
        for each in other.all():
            if each not in known:
                self.add(each)

    def forget(self, *, now: datetime) -> None:
        """Forget the months that lie too far back for any backup."""
        for file in self._files():
            if file.name < f"{now - KEPT:%Y-%m}":
                file.unlink(missing_ok=True)

    def _files(self) -> Sequence[Path]:
        return sorted(self._folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]"))


def of(url: str, folder: Path | None) -> Erasures:
    """The list that belongs to a database (its SQLAlchemy URL): in a folder of its own, beside it unless told otherwise."""
    address = make_url(url)
    database = Path(address.database or "vdialogue")
    beside = database.parent if address.get_backend_name() == "sqlite" else Path("data")
    name = "-".join([database.name, *([schema] if (schema := schema_of(address)) else [])])
    return Erasures(folder or beside / f"{name}-erasures")


def _read(line: str) -> Erasure | None:
    try:
        at, scope, whose = line.split(" ")
        moment = datetime.fromisoformat(at)
        return Erasure(moment, Extent(scope), whose) if moment.tzinfo else None
    except ValueError:
        return None
