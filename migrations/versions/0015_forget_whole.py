"""know of which reply a held message says once more what it said, so that it goes with it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("held_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_foreign_key("fk_held_message_reply_id_reply", "reply", ["reply_id"], ["id"], ondelete="CASCADE")
        batch_op.create_index("ix_held_message_reply_id", ["reply_id"])


def downgrade() -> None:
    with op.batch_alter_table("held_message", schema=None) as batch_op:
        batch_op.drop_index("ix_held_message_reply_id")
        batch_op.drop_constraint("fk_held_message_reply_id_reply", type_="foreignkey")
        batch_op.drop_column("reply_id")
