"""say where a key point is from, and keep the vectors of its wordings."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("key_point") as table:
        table.add_column(sa.Column("basis", sa.Enum("moderators", "event", name="basis", native_enum=False, length=20)))
        table.add_column(sa.Column("event_id", _ID))
        table.create_foreign_key(
            op.f("fk_key_point_event_id_event"), "event", ["event_id"], ["id"], ondelete="SET NULL"
        )
    op.create_table(
        "wording_vector",
        sa.Column("key_point_id", _ID, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_point_id"],
            ["key_point.id"],
            name=op.f("fk_wording_vector_key_point_id_key_point"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key_point_id", "language", name=op.f("pk_wording_vector")),
    )


def downgrade() -> None:
    op.drop_table("wording_vector")
    with op.batch_alter_table("key_point") as table:
        table.drop_constraint(op.f("fk_key_point_event_id_event"), type_="foreignkey")
        table.drop_column("event_id")
        table.drop_column("basis")
