"""say how the Summary looks: labels of its own, and what it shows, which moves from the Summary to its dialogue."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOVED = (("with_strength", sa.true()), ("with_quotes", sa.false()))
ADDED: tuple[sa.Column[object], ...] = (
    sa.Column("labels", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
    sa.Column("long_dates", sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column("with_strength", sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column("with_method", sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column("with_quotes", sa.Boolean(), server_default=sa.false(), nullable=False),
)


def upgrade() -> None:
    for column in ADDED:
        op.add_column("dialogue", column)
    _move("dialogue", "id", "summary", "dialogue_id")
    with op.batch_alter_table("summary", schema=None) as batch_op:
        for name, _ in MOVED:
            batch_op.drop_column(name)


def downgrade() -> None:
    with op.batch_alter_table("summary", schema=None) as batch_op:
        for name, default in MOVED:
            batch_op.add_column(sa.Column(name, sa.Boolean(), server_default=default, nullable=False))
    _move("summary", "dialogue_id", "dialogue", "id")
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        for column in reversed(ADDED):
            batch_op.drop_column(column.name)


def _move(to: str, key: str, of: str, its_key: str) -> None:
    for name, _ in MOVED:
        op.execute(
            f"UPDATE {to} SET {name} = (SELECT {name} FROM {of} WHERE {of}.{its_key} = {to}.{key})"  # noqa: S608 - nothing of anyone's is in it
            f" WHERE EXISTS (SELECT 1 FROM {of} WHERE {of}.{its_key} = {to}.{key})"
        )
