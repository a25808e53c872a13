"""keep how an original read that a translation goes back to, and for which wordings translators were asked."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("key_point", "earlier"),
    ("key_point", "asked"),
    ("summary", "background_earlier"),
    ("summary", "background_asked"),
)


def upgrade() -> None:
    for table, name in _COLUMNS:
        op.add_column(table, sa.Column(name, sa.JSON(), server_default=sa.text("'{}'"), nullable=False))


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'wordings_asked'")
    for table, name in reversed(_COLUMNS):
        op.drop_column(table, name)
