"""know of a delivery that it is sent again though it may have arrived, count attempts no longer, find who has a role."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_column("attempts")
        batch_op.add_column(sa.Column("again", sa.Boolean(), server_default=sa.false(), nullable=False))
    few = sa.text("role <> 'member'")
    op.create_index("ix_member_team", "member", ["dialogue_id", "id"], sqlite_where=few, postgresql_where=few)


def downgrade() -> None:
    op.drop_index("ix_member_team", table_name="member")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_column("again")
        batch_op.add_column(sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False))
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.alter_column("attempts", server_default=None)
