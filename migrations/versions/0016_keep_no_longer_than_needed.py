"""keep no longer than needed: of dialogues that are there already all is kept for ever, as their members were told."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ADDED: tuple[sa.Column[object], ...] = (
    sa.Column("identities_kept", sa.Interval(), nullable=True),
    sa.Column("files_kept", sa.Interval(), nullable=True),
    sa.Column("dialogue_kept", sa.Interval(), nullable=True),
    sa.Column("expiry_told_at", sa.DateTime(timezone=True), nullable=True),
)


def upgrade() -> None:
    for column in ADDED:
        op.add_column("dialogue", column)


def downgrade() -> None:
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        for column in reversed(ADDED):
            batch_op.drop_column(column.name)
