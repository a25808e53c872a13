"""remember dialogues that are not finished, and who writes them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "dialogue_draft",
        sa.Column("id", ID, primary_key=True),
        sa.Column("dialogue_id", ID, sa.ForeignKey("dialogue.id", ondelete="CASCADE"), nullable=True, unique=True),
        sa.Column("author_id", ID, sa.ForeignKey("person.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
    )
    pen = sa.Enum("author", "translator", name="pen", native_enum=False, length=20)
    op.create_table(
        "draft_hand",
        sa.Column("id", ID, primary_key=True),
        sa.Column("draft_id", ID, sa.ForeignKey("dialogue_draft.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=True, index=True),
        sa.Column("pen", pen, nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("fingerprint", sa.Text(), nullable=True, unique=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("page", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("turned_at", MOMENT, nullable=True),
        sa.Column("unseen", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("typed", sa.JSON(), nullable=True),
        sa.UniqueConstraint("draft_id", "person_id"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("draft_hand")
    op.drop_table("dialogue_draft")
