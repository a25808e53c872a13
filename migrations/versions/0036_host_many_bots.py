"""register other bots, each with a database of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None
expands = True

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "hosted_bot",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("web_url", sa.Text(), nullable=True),
        sa.Column("pace", sa.Integer(), nullable=True),
        sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosted_bot")),
        sa.UniqueConstraint("name", name=op.f("uq_hosted_bot_name")),
        sa.UniqueConstraint("bot_id", name=op.f("uq_hosted_bot_bot_id")),
        sa.UniqueConstraint("web_url", name=op.f("uq_hosted_bot_web_url")),
    )
    op.create_table(
        "hosted_organiser",
        sa.Column("hosted_bot_id", _ID, autoincrement=False, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["hosted_bot_id"],
            ["hosted_bot.id"],
            name=op.f("fk_hosted_organiser_hosted_bot_id_hosted_bot"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hosted_bot_id", "telegram_id", name=op.f("pk_hosted_organiser")),
    )


def downgrade() -> None:
    op.drop_table("hosted_organiser")
    op.drop_table("hosted_bot")
