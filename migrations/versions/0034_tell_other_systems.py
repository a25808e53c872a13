"""tell other systems what happens in a dialogue (outgoing webhooks)."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _word(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=nullable)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _counter(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "webhook_endpoint",
        sa.Column("id", _ID, nullable=False),
        sa.Column("dialogue_id", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("with_words", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("previous_secret", sa.Text(), nullable=True),
        _moment("previous_until"),
        _word("state"),
        _moment("made_at", nullable=False),
        _counter("failures"),
        _moment("failing_since"),
        _moment("due_at"),
        _word("setback", nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        _moment("sent_at"),
        sa.ForeignKeyConstraint(
            ["dialogue_id"],
            ["dialogue.id"],
            name=op.f("fk_webhook_endpoint_dialogue_id_dialogue"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoint")),
    )
    op.create_index(op.f("ix_webhook_endpoint_dialogue_id"), "webhook_endpoint", ["dialogue_id"])
    op.create_table(
        "webhook_told",
        sa.Column("endpoint_id", _ID, nullable=False),
        _word("matter"),
        sa.Column("object_id", sa.BigInteger(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        _moment("changed_at"),
        _counter("size"),
        sa.Column("mark", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["webhook_endpoint.id"],
            name=op.f("fk_webhook_told_endpoint_id_webhook_endpoint"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("endpoint_id", "matter", "object_id", name=op.f("pk_webhook_told")),
    )
    op.create_table(
        "webhook_event",
        sa.Column("id", _ID, nullable=False),
        sa.Column("endpoint_id", _ID, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        _word("happening"),
        _word("matter"),
        sa.Column("object_id", sa.BigInteger(), nullable=False),
        _moment("happened_at", nullable=False),
        _word("state"),
        _counter("attempts"),
        _moment("due_at"),
        _moment("settled_at"),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["webhook_endpoint.id"],
            name=op.f("fk_webhook_event_endpoint_id_webhook_endpoint"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_webhook_event_uid")),
    )
    op.create_index(op.f("ix_webhook_event_endpoint_id"), "webhook_event", ["endpoint_id"])
    for name, columns, where in (
        ("ix_webhook_event_owed", ["endpoint_id", "id"], "state = 'owed'"),
        ("ix_webhook_event_settled", ["settled_at"], "settled_at IS NOT NULL"),
    ):
        condition = sa.text(where)
        op.create_index(name, "webhook_event", columns, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    for table in ("webhook_event", "webhook_told", "webhook_endpoint"):
        op.drop_table(table)
