"""keep the name that a message to the moderators was written under; count the team in no theme; know what is asked of a held message."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ASKED_WITH = "fk_held_message_asked_with_id_held_message"
NAME, PSEUDONYM = (
    f"(SELECT {column} FROM member WHERE member.id = inquiry.member_id)"  # noqa: S608 - nothing of anyone's is in it
    for column in ("display_name", "pseudonym")
)


IN_THEME = """
    FROM theme_reply JOIN reply ON reply.id = theme_reply.reply_id JOIN member ON member.id = reply.member_id
    WHERE theme_reply.theme_id = theme.id AND reply.text <> '' AND reply.withdrawn_at IS NULL
    AND reply.visibility = 'shown' AND reply.parent_id IS NULL AND NOT reply.as_moderator AND member.role = 'member'
"""


def upgrade() -> None:
    op.add_column("inquiry", sa.Column("signature", sa.Text(), nullable=True))
    # Each keeps the name that it is shown under today.
    op.execute(f"UPDATE inquiry SET naming = 'pseudonym' WHERE naming = 'name' AND {NAME} IS NULL")  # noqa: S608 - the same
    op.execute(
        f"UPDATE inquiry SET signature = CASE naming WHEN 'name' THEN {NAME} ELSE {PSEUDONYM} END WHERE naming <> 'anonymous'"  # noqa: S608 - the same
    )
    with op.batch_alter_table("held_message", schema=None) as batch_op:
        doubt = sa.Enum("place", "purpose", "way_out", name="doubt", native_enum=False, length=20)
        batch_op.add_column(sa.Column("doubt", doubt, nullable=True))
        batch_op.add_column(sa.Column("asked_with_id", ID, nullable=True))
        batch_op.create_foreign_key(ASKED_WITH, "held_message", ["asked_with_id"], ["id"], ondelete="SET NULL")
        batch_op.create_index("ix_held_message_asked_with_id", ["asked_with_id"])
    op.execute(
        f"UPDATE theme SET replies = (SELECT count(*) {IN_THEME}), members = (SELECT count(DISTINCT reply.member_id) {IN_THEME})"  # noqa: S608 - the same
    )


def downgrade() -> None:
    with op.batch_alter_table("held_message", schema=None) as batch_op:
        batch_op.drop_index("ix_held_message_asked_with_id")
        batch_op.drop_constraint(ASKED_WITH, type_="foreignkey")
        batch_op.drop_column("asked_with_id")
        batch_op.drop_column("doubt")
    op.drop_column("inquiry", "signature")
