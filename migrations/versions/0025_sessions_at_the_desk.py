"""let moderators in at their pages."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "desk_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_desk_session_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_session")),
        sa.UniqueConstraint("key", name=op.f("uq_desk_session_key")),
    )
    op.create_index(op.f("ix_desk_session_person_id"), "desk_session", ["person_id"])
    op.create_index(op.f("ix_desk_session_seen_at"), "desk_session", ["seen_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_desk_session_seen_at"), table_name="desk_session")
    op.drop_index(op.f("ix_desk_session_person_id"), table_name="desk_session")
    op.drop_table("desk_session")
