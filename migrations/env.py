"""Run the migrations over the connection that the bot hands in, or compare the models with a database to write a new one."""

from collections.abc import Collection, Mapping
from typing import Literal

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo
from sqlalchemy import Connection, create_engine
from sqlalchemy.schema import SchemaItem

from bot.database import compatibility
from bot.models import Base
from bot.models.base import UtcDateTime, WallClock

PLAIN = {UtcDateTime: "sa.DateTime(timezone=True)", WallClock: "sa.Text()"}
SEARCHED = "reply_index"  # SQLite's full-text index, and the tables in which that keeps itself
MOVING = {
    "moving",
    "moving_reference",
}  # what stands only in a database that is moved, or was: bot.database.moves, bot.moving


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    # A migration must not import the models: they change, it doesn't.
    return next((plain for own, plain in PLAIN.items() if kind == "type" and isinstance(item, own)), False)


def _include(item: SchemaItem, name: str | None, kind: str, _reflected: bool, _compared: SchemaItem | None) -> bool:  # noqa: FBT001 - as Alembic calls it
    only_in_postgresql = getattr(item, "name", None) == "ix_reply_words_words" and connection.dialect.name == "sqlite"
    apart = kind == "table" and ((name or "").startswith(SEARCHED) or name in MOVING)
    return not apart and not only_in_postgresql


def _remember(
    ctx: MigrationContext,
    step: MigrationInfo,  # noqa: ARG001 - as Alembic calls it
    heads: Collection[str],
    run_args: Mapping[str, object],  # noqa: ARG001 - the same
) -> None:
    assert ctx.connection is not None
    compatibility.remember(ctx.connection, context.script, heads)


def _drafting() -> Connection:
    """What a new migration is compared with: an SQLite file that was brought up to date (CONTRIBUTING)."""
    return create_engine(f"sqlite:///{context.get_x_argument(as_dictionary=True)['database']}").connect()


connection = context.config.attributes.get("connection") or _drafting()
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render,
    include_object=_include,
    transaction_per_migration=True,
    on_version_apply=_remember,
)
with context.begin_transaction():
    context.run_migrations()
