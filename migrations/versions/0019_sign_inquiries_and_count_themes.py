"""keep the name that a message to the moderators was written under; count the team in no theme."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0015"
branch_labels = None
depends_on = None

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
    op.execute(
        f"UPDATE theme SET replies = (SELECT count(*) {IN_THEME}), members = (SELECT count(DISTINCT reply.member_id) {IN_THEME})"  # noqa: S608 - the same
    )


def downgrade() -> None:
    op.drop_column("inquiry", "signature")
