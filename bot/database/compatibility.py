"""Compatibility: which programs can run on a database, those older than it among them (expand, migrate, contract).

A migration that only expands leaves an older program all that it knows. So beside its revision a database says which migration a
program needs to know: the newest that contracts. Whoever knows that one can run on it, whatever was added since.
"""

from collections.abc import Collection, Iterator
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import column, inspect, select, table, text, update
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncSession

from bot import resources

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

MIGRATIONS = resources.path_of("migrations")
NEEDED = "needed"
# A column of our own in Alembic's table, which comes along wherever the revision does: into a backup, and back.
REVISION = table("alembic_version", column("version_num"), column(NEEDED))


class Fit(Enum):
    """How a database stands to this program: as it knows it; older; newer, and only expanded since; newer, or of another history."""

    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"
    BEYOND = "beyond"

    @property
    def is_enough(self) -> bool:
        """Whether this program can run on it as it is."""
        return self in {Fit.CURRENT, Fit.AHEAD}


@cache
def known() -> frozenset[str]:
    """The revisions that this version knows."""
    return frozenset(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def newest() -> str:
    """The newest of them; migrations are numbered in their order."""
    return max(known())


def judge(revisions: Collection[str], needed: str | None) -> Fit:
    """How a database stands to this program, by its revision (none at all before its first) and what it says a program needs to know."""
    if set(revisions) == {newest()}:
        return Fit.CURRENT
    if known().issuperset(revisions):
        return Fit.BEHIND
    return Fit.AHEAD if needed in known() else Fit.BEYOND


async def fit(session: AsyncSession) -> Fit:
    """How the database stands to this program: one small read or two."""
    connection = await session.connection()
    return await connection.run_sync(lambda plain: judge(*_read(plain)))


def _read(connection: Connection) -> tuple[Collection[str], str | None]:
    if not inspect(connection).has_table(REVISION.name):
        return (), None
    revisions = connection.scalars(select(REVISION.c.version_num)).all()
    is_told = not known().issuperset(revisions) and _tells(connection)
    return revisions, connection.scalar(select(REVISION.c.needed)) if is_told else None


def _tells(connection: Connection) -> bool:
    return NEEDED in {each["name"] for each in inspect(connection).get_columns(REVISION.name)}


def remember(connection: Connection, script: "ScriptDirectory", revisions: Collection[str]) -> None:
    """Have a database that was brought to a revision say what a program needs to know; in the same transaction."""
    if not _tells(connection):
        connection.execute(text(f"ALTER TABLE {REVISION.name} ADD COLUMN {NEEDED} VARCHAR(32)"))
    for revision in revisions:  # one, or none at the base
        contracting = next(contractions(script, upto=revision, after="base"))
        connection.execute(update(REVISION).values(needed=contracting))


def contractions(script: "ScriptDirectory", *, upto: str, after: str) -> Iterator[str]:
    """The migrations between two revisions that contract, the newest first: all that don't say that they expand."""
    for each in script.iterate_revisions(upto, after):
        if getattr(each.module, "expands", None) is not True:
            yield each.revision
