"""What PostgreSQL plans to do for statements that were run: whether it looks at a whole table, or a whole index, to find a few rows."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bot.database import Database

PLANNED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
INDEXED = {"Index Scan", "Index Only Scan", "Bitmap Index Scan"}

Statements = dict[str, Any]
"""Statements as they were sent, each with parameters it was sent with."""


@contextmanager
def heard(opened: Database) -> Iterator[Statements]:
    """The statements that are run within the block."""
    found: Statements = {}

    def on_statement(
        _connection: object,
        _cursor: object,
        statement: str,
        parameters: Any,
        _context: object,
        many: bool,  # noqa: FBT001 - as SQLAlchemy calls it
    ) -> None:
        if statement.lstrip().startswith(PLANNED):
            found.setdefault(statement, parameters[0] if many else parameters)

    event.listen(opened.engine.sync_engine, "before_cursor_execute", on_statement)
    try:
        yield found
    finally:
        event.remove(opened.engine.sync_engine, "before_cursor_execute", on_statement)


async def scans(opened: Database, statements: Statements, *, of: Collection[str], few: Collection[str]) -> list[str]:
    """Where a plan has a scan of all of a table of these, or of all of its index but for those that hold `few`."""
    found = []
    async with opened.engine.connect() as connection:
        for statement, parameters in statements.items():
            shown = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
            wholes = [_whole(node, of, few) for node in _nodes(shown.scalar_one()[0]["Plan"])]
            found += [f"{whole}: {' '.join(statement.split())[:100]}" for whole in wholes if whole is not None]
    return found


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


def _whole(node: dict[str, Any], of: Collection[str], few: Collection[str]) -> str | None:
    if node["Node Type"] == "Seq Scan" and node["Relation Name"] in of:
        return f"all of {node['Relation Name']}"
    if node["Node Type"] in INDEXED and "Index Cond" not in node and node["Index Name"] not in few:
        return f"all of {node['Index Name']}"
    return None
