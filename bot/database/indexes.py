"""Indexes: a migration makes one on a large table while others write to it (CREATE INDEX CONCURRENTLY)."""

from collections.abc import Sequence

from alembic import op
from sqlalchemy import text

from bot.database.migrations import PATIENCE_SECONDS


def create_beside(name: str, table: str, columns: Sequence[str], *, where: str | None = None) -> None:
    """Create an index over the rows that fulfil `where`; on SQLite, which serves one process, as any other.

    For migrations that do nothing else: what was done before it is committed with it, and done again if it is broken off.
    """
    condition = None if where is None else text(where)
    context = op.get_context()
    if context.dialect.name != "postgresql":
        op.create_index(name, table, columns, sqlite_where=condition)
        return
    with context.autocommit_block():
        op.execute(
            "SET lock_timeout = 0"
        )  # it waits until all who write have come to an end, and nobody waits behind it
        try:
            # One that was broken off is there, and of no use.
            op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)
            op.create_index(name, table, columns, postgresql_concurrently=True, postgresql_where=condition)
        finally:
            op.execute(f"SET lock_timeout = '{PATIENCE_SECONDS}s'")
