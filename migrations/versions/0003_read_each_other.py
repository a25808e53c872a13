"""read each other."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitee",
        sa.Column(
            "dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_invitee_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_invitee_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dialogue_id", "person_id", name=op.f("pk_invitee")),
    )
    with op.batch_alter_table("invitee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitee_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_invitee_uncounted",
            ["dialogue_id"],
            unique=False,
            sqlite_where=sa.text("NOT counted"),
            postgresql_where=sa.text("NOT counted"),
        )

    op.create_table(
        "proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_proposal_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_proposal_question_id_question"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_question_id"), ["question_id"], unique=False)

    op.create_table(
        "ground",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_ground_proposal_id_proposal"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_ground_reply_id_reply"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ground")),
        sa.UniqueConstraint("proposal_id", "reply_id", name=op.f("uq_ground_proposal_id_reply_id")),
    )
    with op.batch_alter_table("ground", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ground_reply_id"), ["reply_id"], unique=False)

    op.create_table(
        "response_news",
        sa.Column(
            "reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_response_news_reply_id_reply"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_response_news")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paid", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("turn", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
        batch_op.drop_index(batch_op.f("ix_delivery_dialogue_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_due"), sqlite_where=sa.text("state = 'planned'"))
        batch_op.create_index(
            "ix_delivery_due",
            ["paid", "due_at", "turn", "id"],
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
        batch_op.add_column(sa.Column("outside_proposals", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("tapped_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("counted_tapped", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index(
            "ix_member_silenced",
            ["id"],
            unique=False,
            sqlite_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
            postgresql_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
        )

    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("planned_through", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reply_parent_id"))
        batch_op.create_index(
            "ix_reply_card_language",
            ["question_id", "language", "id", "audience", "visibility", "member_id", "replied_at"],
            unique=False,
            sqlite_where=sa.text("parent_id IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.create_index(
            "ix_reply_response",
            ["parent_id"],
            unique=False,
            sqlite_where=sa.text("parent_id IS NOT NULL"),
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        )

    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opening_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("doubted_since", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("rung", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rung_member_id"), ["member_id"], unique=False)

    with op.batch_alter_table("summary", schema=None) as batch_op:
        batch_op.add_column(sa.Column("published", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proposed_name", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("proposed_by", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("replies", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("members", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quoted", sa.JSON(), nullable=True))

    # Members now read each other: who agreed to an earlier text speaks to moderators alone until they choose otherwise.
    op.execute("UPDATE member SET audience = 'moderators' WHERE consent_version < '2026-11-25'")
    op.execute(
        "UPDATE reply SET audience = 'moderators'"
        " WHERE member_id IN (SELECT id FROM member WHERE consent_version < '2026-11-25')"
    )


def downgrade() -> None:
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_column("quoted")
        batch_op.drop_column("members")
        batch_op.drop_column("replies")
        batch_op.drop_column("proposed_by")
        batch_op.drop_column("proposed_name")

    with op.batch_alter_table("summary", schema=None) as batch_op:
        batch_op.drop_column("published")

    with op.batch_alter_table("rung", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rung_member_id"))

    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.drop_column("doubted_since")
        batch_op.drop_column("opening_since")

    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reply_response",
            sqlite_where=sa.text("parent_id IS NOT NULL"),
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_reply_card_language",
            sqlite_where=sa.text("parent_id IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_reply_parent_id"), ["parent_id"], unique=False)

    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_column("planned_through")

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_member_silenced",
            sqlite_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
            postgresql_where=sa.text("muted_at IS NOT NULL OR removed_at IS NOT NULL"),
        )
        batch_op.drop_column("counted_tapped")
        batch_op.drop_column("tapped_at")
        batch_op.drop_column("outside_proposals")

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
            batch_op.f("ix_delivery_due"),
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'planned'"),
            postgresql_where=sa.text("state = 'planned'"),
        )
        batch_op.create_index(batch_op.f("ix_delivery_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.drop_column("turn")
        batch_op.drop_column("paid")

    op.drop_table("response_news")
    with op.batch_alter_table("ground", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ground_reply_id"))

    op.drop_table("ground")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_question_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_dialogue_id"))

    op.drop_table("proposal")
    with op.batch_alter_table("invitee", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_invitee_uncounted", sqlite_where=sa.text("NOT counted"), postgresql_where=sa.text("NOT counted")
        )
        batch_op.drop_index(batch_op.f("ix_invitee_person_id"))

    op.drop_table("invitee")
