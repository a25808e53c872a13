"""count rungs by kind."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What looks for a question or a reply alone finds it by the same indexes.
    op.create_index("ix_rung_question_kind", "rung", ["question_id", "reply_id", "kind"])
    op.create_index("ix_rung_reply_kind", "rung", ["reply_id", "kind"])
    op.drop_index("ix_rung_question_id", table_name="rung")
    op.drop_index("ix_rung_reply_id", table_name="rung")


def downgrade() -> None:
    op.create_index("ix_rung_question_id", "rung", ["question_id"])
    op.create_index("ix_rung_reply_id", "rung", ["reply_id"])
    op.drop_index("ix_rung_question_kind", table_name="rung")
    op.drop_index("ix_rung_reply_kind", table_name="rung")
