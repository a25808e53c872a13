"""Run the migrations over the connection that the bot hands in."""

from typing import Literal

from alembic import context

from bot.models import Base
from bot.models.base import UtcDateTime, WallClock

PLAIN = {UtcDateTime: "sa.DateTime(timezone=True)", WallClock: "sa.Text()"}


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    # A migration must not import the models: they change, it doesn't.
    return next((plain for own, plain in PLAIN.items() if kind == "type" and isinstance(item, own)), False)


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
