"""find the few replies that are put away, the long and the short ones, without reading the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_reply_put_away", ("question_id", "visibility"), "visibility IN ('hidden', 'merged')"),
    ("ix_reply_short", ("question_id", "id"), "length(text) <= 140"),
    ("ix_reply_long", ("question_id", "id"), "length(text) >= 600"),
)


def upgrade() -> None:
    for name, columns, where in _INDEXES:
        condition = sa.text(where)
        op.create_index(name, "reply", columns, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    for name, _, _ in _INDEXES:
        op.drop_index(name, table_name="reply")
