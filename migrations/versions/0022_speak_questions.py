"""speak questions, follow them up, and attach the concept note."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NOTE_FILE = sa.text("kind = 'note_file'")


def upgrade() -> None:
    op.add_column("dialogue", sa.Column("note_files", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("dialogue", sa.Column("refused_files", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column("question", sa.Column("follow_up", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("question", sa.Column("spoken", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("delivery", sa.Column("spoken", sa.Text(), nullable=True))
    op.create_index(
        "uq_delivery_note_file",
        "delivery",
        ["member_id"],
        unique=True,
        sqlite_where=_NOTE_FILE,
        postgresql_where=_NOTE_FILE,
    )
    op.create_table(
        "addition",
        sa.Column("id", _ID, nullable=False),
        sa.Column("reply_id", _ID, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_addition_reply_id_reply"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addition")),
        sa.UniqueConstraint("reply_id", "message_id", name=op.f("uq_addition_reply_id_message_id")),
    )


def downgrade() -> None:
    op.drop_table("addition")
    op.execute(
        "UPDATE person SET awaiting = NULL, awaiting_id = NULL, awaiting_since = NULL WHERE awaiting IN ('recording', 'note_file')"
    )
    op.execute("DELETE FROM notice WHERE kind = 'file_refused'")
    op.execute("DELETE FROM log_entry WHERE act = 'recorded'")
    op.execute("DELETE FROM delivery WHERE kind IN ('follow_up', 'recording', 'note_file')")
    op.drop_index("uq_delivery_note_file", table_name="delivery")
    op.drop_column("delivery", "spoken")
    for column in ("spoken", "follow_up"):
        op.drop_column("question", column)
    for column in ("refused_files", "note_files"):
        op.drop_column("dialogue", column)
