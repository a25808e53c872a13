"""meet live."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NOTICES = ("invitation_id", "briefing_id", "reminder_id", "recording_id", "notes_id")


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", _ID, nullable=False),
        sa.Column("dialogue_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("lasts", sa.Interval(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("speakers", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("recording", sa.Text(), nullable=True),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in _NOTICES),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_event_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_dialogue_id"), "event", ["dialogue_id"])
    op.create_table(
        "attendance",
        sa.Column("id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column(
            "intent", sa.Enum("coming", "absent", "notes", name="intent", native_enum=False, length=20), nullable=False
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_attendance_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_attendance_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("event_id", "member_id", name=op.f("uq_attendance_event_id_member_id")),
    )
    op.create_index(op.f("ix_attendance_member_id"), "attendance", ["member_id"])
    op.create_table(
        "event_question",
        sa.Column("id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("naming", sa.String(20), nullable=False),
        sa.Column("signature", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_question_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_event_question_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_question")),
        sa.UniqueConstraint("member_id", "message_id", name=op.f("uq_event_question_member_id_message_id")),
    )
    op.create_index(op.f("ix_event_question_event_id"), "event_question", ["event_id"])


def downgrade() -> None:
    # As it was, nobody could write them: what waits to be sent of these kinds would stop all that is due.
    op.execute("DELETE FROM delivery WHERE notice_id IN (SELECT id FROM notice WHERE kind LIKE 'event_%')")
    op.drop_table("event_question")
    op.drop_table("attendance")
    op.drop_table("event")
    op.execute("DELETE FROM notice WHERE kind LIKE 'event_%'")
    op.execute("UPDATE person SET awaiting = NULL, awaiting_id = NULL WHERE awaiting = 'event_question'")
