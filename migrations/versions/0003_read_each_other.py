"""read each other."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_parked",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'parked'"),
            postgresql_where=sa.text("state = 'parked'"),
        )

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(
            "ix_member_silenced",
            ["id"],
            unique=False,
            sqlite_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
            postgresql_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_member_silenced",
            sqlite_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
            postgresql_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
        )

    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_parked", sqlite_where=sa.text("state = 'parked'"), postgresql_where=sa.text("state = 'parked'")
        )
