"""caption each part."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attachment", sa.Column("caption", sa.Text(), server_default=sa.text("''"), nullable=False))
    # What the parts of an album said was kept together, and can't be parted again: it is the first one's.
    op.execute(
        """
        UPDATE attachment SET caption = (SELECT reply.text FROM reply WHERE reply.id = attachment.reply_id)
        WHERE message_id = (SELECT min(part.message_id) FROM attachment AS part WHERE part.reply_id = attachment.reply_id)
        """
    )


def downgrade() -> None:
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_column("caption")
