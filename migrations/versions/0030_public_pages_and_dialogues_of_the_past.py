"""a Summary may have a public page, and a dialogue of the past is entered as finished."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("dialogue", sa.Column("entered_at", MOMENT, nullable=True))
    openness = sa.Enum("link", "search", name="openness", native_enum=False, length=20)
    op.add_column("summary", sa.Column("openness", openness, nullable=True))
    op.add_column("summary", sa.Column("page_told_at", MOMENT, nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'public_page'")
    op.execute("DELETE FROM log_entry WHERE act IN ('page_opened', 'page_closed')")
    op.drop_column("summary", "page_told_at")
    op.drop_column("summary", "openness")
    op.drop_column("dialogue", "entered_at")
