"""tell what differs."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ADDED = (
    # Empty: nobody knows any more which time was the file's, and which was moved since.
    ("question", sa.Column("opens_in_file", sa.Text(), nullable=True)),
    ("question", sa.Column("closes_in_file", sa.Text(), nullable=True)),
    ("key_point", sa.Column("versions", sa.JSON(), server_default=sa.text("'{}'"), nullable=False)),
    ("summary", sa.Column("background_versions", sa.JSON(), server_default=sa.text("'{}'"), nullable=False)),
    ("objection", sa.Column("version", sa.Integer(), nullable=True)),
)


def upgrade() -> None:
    for table, column in ADDED:
        op.add_column(table, column)


def downgrade() -> None:
    for table, column in reversed(ADDED):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column.name)
