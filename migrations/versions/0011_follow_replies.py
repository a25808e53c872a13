"""follow replies."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CLOSING = "kind = 'closing'"


def upgrade() -> None:
    op.create_table(
        "waypoint",
        sa.Column(
            "reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("station", sa.String(length=20), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_waypoint_reply_id_reply"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reply_id", "station", name=op.f("pk_waypoint")),
    )
    # Empty for what there is: its stations so far are noted by the first look, and told to nobody.
    op.add_column("dialogue", sa.Column("followed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "uq_notice_closing",
        "notice",
        ["dialogue_id"],
        unique=True,
        sqlite_where=sa.text(CLOSING),
        postgresql_where=sa.text(CLOSING),
    )


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind IN ('closing', 'ways')")
    op.drop_index("uq_notice_closing", table_name="notice")
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.drop_column("followed_at")
    op.drop_table("waypoint")
