"""read each other."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("turn", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
        batch_op.drop_index(batch_op.f("ix_delivery_dialogue_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_due"), sqlite_where=sa.text("state = 'planned'"))
        batch_op.create_index(
            "ix_delivery_due",
            ["due_at", "turn", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'planned'"),
            postgresql_where=sa.text("state = 'planned'"),
        )

    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_parked",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'parked'"),
            postgresql_where=sa.text("state = 'parked'"),
        )

    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("whose_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_log_entry_whose_id_member"), "member", ["whose_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(
            "ix_member_silenced",
            ["id"],
            unique=False,
            sqlite_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
            postgresql_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
        )

    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("planned_through", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opening_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("doubted_since", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("summary", schema=None) as batch_op:
        batch_op.add_column(sa.Column("published", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("summary", schema=None) as batch_op:
        batch_op.drop_column("published")

    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.drop_column("doubted_since")
        batch_op.drop_column("opening_since")

    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_column("planned_through")

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_member_silenced",
            sqlite_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
            postgresql_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
        )

    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_log_entry_whose_id_member"), type_="foreignkey")
        batch_op.drop_column("whose_id")

    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_parked", sqlite_where=sa.text("state = 'parked'"), postgresql_where=sa.text("state = 'parked'")
        )

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_delivery_due", sqlite_where=sa.text("state = 'planned'"), postgresql_where=sa.text("state = 'planned'")
        )
        batch_op.create_index(
            batch_op.f("ix_delivery_due"), ["due_at", "id"], unique=False, sqlite_where=sa.text("state = 'planned'")
        )
        batch_op.create_index(batch_op.f("ix_delivery_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.drop_column("turn")
