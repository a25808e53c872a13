"""Run the migrations over the connection that the bot hands in."""

from alembic import context
from sqlalchemy.types import TypeEngine

from bot.models import Base
from bot.models.base import UtcDateTime


def _render(kind: str, item: object, _context: object) -> str | bool:
    # A migration must not import the models: they change, it doesn't.
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _same_type(
    _context: object, _column: object, _meta: object, _found: TypeEngine[object], wanted: TypeEngine[object]
) -> bool | None:
    # None lets Alembic compare; an UtcDateTime is its DateTime.
    return False if isinstance(wanted, UtcDateTime) else None


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render,
    compare_type=_same_type,
)
with context.begin_transaction():
    context.run_migrations()
