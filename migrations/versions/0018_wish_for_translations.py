"""wish for translations."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "wish",
        sa.Column("id", _ID, nullable=False),
        sa.Column("reply_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("wished_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_wish_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_wish_reply_id_reply"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sa.UniqueConstraint("reply_id", "language", "member_id", name=op.f("uq_wish_reply_id_language_member_id")),
    )
    op.create_index(op.f("ix_wish_member_id"), "wish", ["member_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_wish_member_id"), table_name="wish")
    op.drop_table("wish")
