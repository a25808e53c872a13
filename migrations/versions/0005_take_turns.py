"""take turns."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _index(name: str, columns: list[str], state: str) -> None:
    where = sa.text(f"state = '{state}'")
    op.create_index(name, "inbox", columns, unique=False, sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    _index("ix_inbox_waiting", ["lane", "id"], "new")
    _index("ix_inbox_done", ["received_at"], "done")
    op.drop_index("ix_inbox_parked", table_name="inbox")
    _index("ix_inbox_parked", ["lane", "id"], "parked")


def downgrade() -> None:
    op.drop_index("ix_inbox_parked", table_name="inbox")
    _index("ix_inbox_parked", ["id"], "parked")
    op.drop_index("ix_inbox_done", table_name="inbox")
    op.drop_index("ix_inbox_waiting", table_name="inbox")
