"""count the team in nothing, and label key points by choice."""

from collections import Counter
from datetime import UTC
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reply", sa.Column("come", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(
        """
        UPDATE reply SET come = TRUE
        WHERE counted_language IS NOT NULL OR withdrawn_at IS NOT NULL OR visibility = 'hidden'
        """
    )
    _take_out_words()
    for statement in OF_PEOPLE:
        op.execute(statement)
    op.add_column("summary", sa.Column("with_strength", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("key_point", schema=None) as batch_op:
        batch_op.alter_column("strength", existing_type=sa.String(length=20), nullable=True)
    # The label that every key point had unless it was given another; what it says stands beside it as a number.
    op.execute("UPDATE key_point SET strength = NULL WHERE strength = 'single_voice'")


def downgrade() -> None:
    op.execute("UPDATE key_point SET strength = 'single_voice' WHERE strength IS NULL")
    with op.batch_alter_table("key_point", schema=None) as batch_op:
        batch_op.alter_column("strength", existing_type=sa.String(length=20), nullable=False)
    op.drop_column("summary", "with_strength")
    op.execute("DELETE FROM tally WHERE figure = 'hidden'")
    op.drop_column("reply", "come")


def _take_out_words() -> None:
    """Take out of the tallies, day by day, what people with a role said, and what was said as a moderator."""
    bind = op.get_bind()
    zones = {row[0]: ZoneInfo(row[1]) for row in bind.execute(sa.text("SELECT id, timezone FROM dialogue"))}
    said = bind.execute(
        sa.text(
            """
            SELECT reply.dialogue_id, question_id, parent_id, replied_at, reply.counted_language
            FROM reply JOIN member ON member.id = reply.member_id
            WHERE reply.counted_language IS NOT NULL AND (member.role <> 'member' OR as_moderator)
            """
        ).columns(replied_at=sa.DateTime(timezone=True))
    )
    found: Counter[tuple[int, int, str, str, str]] = Counter()
    for dialogue_id, question_id, parent_id, replied_at, language in said:
        moment = replied_at if replied_at.tzinfo else replied_at.replace(tzinfo=UTC)
        day = moment.astimezone(zones[dialogue_id]).date().isoformat()
        found[dialogue_id, question_id, "replies" if parent_id is None else "responses", day, language] += 1
    taken = sa.text(
        """
        UPDATE tally SET count = count - :number
        WHERE dialogue_id = :dialogue_id AND question_id = :question_id AND figure = :figure AND day = :day
        AND language = :language
        """
    )
    names = ("dialogue_id", "question_id", "figure", "day", "language")
    for key, number in found.items():
        bind.execute(taken, {**dict(zip(names, key, strict=True)), "number": number})


# Each figure without the people with a role; of question 0, the whole dialogue, whatever they did.
OF_PEOPLE = (
    """
    UPDATE tally SET count = count - (
        SELECT count(DISTINCT member.id) FROM member JOIN reply ON reply.member_id = member.id
        WHERE member.dialogue_id = tally.dialogue_id AND role <> 'member' AND parent_id IS NULL
        AND reply.counted_language IS NOT NULL AND tally.question_id IN (0, reply.question_id)
    ) WHERE figure = 'replied'
    """,
    """
    UPDATE tally SET count = count - (
        SELECT count(DISTINCT member.id) FROM member JOIN delivery ON delivery.member_id = member.id
        WHERE member.dialogue_id = tally.dialogue_id AND role <> 'member'
        AND delivery.counted AND tally.question_id IN (0, delivery.question_id)
    ) WHERE figure = 'reached'
    """,
    """
    UPDATE tally SET count = count - (
        SELECT count(*) FROM member
        WHERE member.dialogue_id = tally.dialogue_id AND role <> 'member' AND counted_language = tally.language
    ) WHERE figure = 'members'
    """,
    """
    UPDATE tally SET count = count - (
        SELECT count(*) FROM member
        WHERE member.dialogue_id = tally.dialogue_id AND role <> 'member' AND counted_unreachable
    ) WHERE figure = 'unreachable'
    """,
    """
    UPDATE tally SET count = count - (
        SELECT count(*) FROM member
        WHERE member.dialogue_id = tally.dialogue_id AND role <> 'member' AND counted_tapped
    ) WHERE figure = 'tapped'
    """,
    """
    UPDATE tally SET count = count - (
        SELECT count(*) FROM member JOIN participation ON participation.member_id = member.id
        WHERE member.dialogue_id = tally.dialogue_id AND role <> 'member' AND unanswered_id IS NOT NULL
    ) WHERE figure = 'unanswered'
    """,
    "DELETE FROM participation WHERE member_id IN (SELECT id FROM member WHERE role <> 'member')",
    """
    UPDATE participation SET contributions = contributions - (
        SELECT count(*) FROM reply
        WHERE reply.member_id = participation.member_id AND as_moderator AND counted_language IS NOT NULL
    )
    """,
)
