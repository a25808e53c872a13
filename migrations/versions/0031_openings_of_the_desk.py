"""remember by which openings in Telegram someone came in at the moderators' pages."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_opening",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_desk_opening")),
    )


def downgrade() -> None:
    op.drop_table("desk_opening")
