"""meet members."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refusal",
        sa.Column("author_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("author_id", name=op.f("pk_refusal")),
    )
    op.create_table(
        "group_chat",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unlinked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("silent_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("silent_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_group_chat_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_chat")),
    )
    with op.batch_alter_table("group_chat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_chat_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(
            "uq_group_chat_linked",
            ["chat_id"],
            unique=True,
            sqlite_where=sa.text("unlinked_at IS NULL"),
            postgresql_where=sa.text("unlinked_at IS NULL"),
        )

    op.create_table(
        "summary",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("background", sa.JSON(), nullable=False),
        sa.Column("with_quotes", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("followed_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_summary_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary")),
        sa.UniqueConstraint("dialogue_id", name=op.f("uq_summary_dialogue_id")),
    )
    op.create_table(
        "tally",
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "figure",
            sa.Enum(
                "replies",
                "responses",
                "replied",
                "reached",
                "members",
                "unreachable",
                "unanswered",
                "came",
                "edited",
                "withdrawn",
                "joined",
                "left",
                name="figure",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_tally_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dialogue_id", "question_id", "figure", "day", "language", name=op.f("pk_tally")),
    )
    op.create_table(
        "afterword",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_afterword_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_afterword_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_afterword")),
    )
    with op.batch_alter_table("afterword", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_afterword_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_afterword_member_id"), ["member_id"], unique=False)

    op.create_table(
        "digest_wish",
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("short", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_digest_wish_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_digest_wish")),
    )
    op.create_table(
        "key_point",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column(
            "strength",
            sa.Enum(
                "consensus", "majority", "contested", "single_voice", name="strength", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consulted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_key_point_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_key_point_question_id_question"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_point")),
    )
    with op.batch_alter_table("key_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_key_point_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_key_point_question_id"), ["question_id"], unique=False)

    op.create_table(
        "offer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "member",
                "observer",
                "translator",
                "facilitator",
                "moderator",
                "organiser",
                name="role",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("offered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_offer_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["member.id"], name=op.f("fk_offer_offered_by_id_member"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_offer_fingerprint")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_dialogue_id"), ["dialogue_id"], unique=False)

    op.create_table(
        "room",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("wants_topic", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("shut_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopens", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group_chat.id"], name=op.f("fk_room_group_id_group_chat"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
    )
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_group_id"), ["group_id"], unique=False)
        batch_op.create_index(
            "uq_room_thread",
            ["group_id", "thread_id"],
            unique=True,
            sqlite_where=sa.text("retired_at IS NULL AND thread_id IS NOT NULL"),
            postgresql_where=sa.text("retired_at IS NULL AND thread_id IS NOT NULL"),
        )

    op.create_table(
        "theme",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("made_from", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_theme_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_theme_question_id_question"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_theme_question_id"), ["question_id"], unique=False)

    op.create_table(
        "waiver",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("difference", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_waiver_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_waiver_member_id_member"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sa.UniqueConstraint("dialogue_id", "difference", name=op.f("uq_waiver_dialogue_id_difference")),
    )
    op.create_table(
        "comment_thread",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_comment_thread_room_id_room"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_thread")),
        sa.UniqueConstraint("room_id", "thread_id", name=op.f("uq_comment_thread_room_id_thread_id")),
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key_point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["member.id"], name=op.f("fk_objection_answered_by_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["key_point_id"], ["key_point.id"], name=op.f("fk_objection_key_point_id_key_point"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_objection_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_key_point_id"), ["key_point_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objection_member_id"), ["member_id"], unique=False)

    op.create_table(
        "deal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("dealt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_deal_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_deal_reply_id_reply"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
        sa.UniqueConstraint("member_id", "reply_id", "language", name=op.f("uq_deal_member_id_reply_id_language")),
    )
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_reply_id"), ["reply_id"], unique=False)

    op.create_table(
        "embedding",
        sa.Column(
            "reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_embedding_reply_id_reply"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_embedding")),
    )
    op.create_table(
        "flag",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_flag_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_flag_reply_id_reply"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
        sa.UniqueConstraint("reply_id", "member_id", name=op.f("uq_flag_reply_id_member_id")),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_member_id"), ["member_id"], unique=False)

    op.create_table(
        "log_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "act",
            sa.Enum(
                "approved",
                "hidden",
                "shown_again",
                "featured",
                "unfeatured",
                "merged",
                "responded",
                "muted",
                "unmuted",
                "removed",
                "brought_back",
                "flagged_away",
                "invited",
                "role_changed",
                name="act",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "member",
                "observer",
                "translator",
                "facilitator",
                "moderator",
                "organiser",
                name="role",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["member.id"], name=op.f("fk_log_entry_actor_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_log_entry_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_log_entry_reply_id_reply"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
    )
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.create_index("ix_log_entry_dialogue_done", ["dialogue_id", "done_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_log_entry_reply_id"), ["reply_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "announcement",
                "nudge",
                "responses",
                "hidden",
                "restraint",
                "waiting",
                "group_silent",
                "group_trouble",
                name="noticekind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_notice_author_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_notice_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_notice_question_id_question"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_notice_reply_id_reply"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_reply_id"), ["reply_id"], unique=False)

    op.create_table(
        "participation",
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contributions", sa.Integer(), nullable=False),
        sa.Column("unanswered_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_participation_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_participation_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unanswered_id"], ["reply.id"], name=op.f("fk_participation_unanswered_id_reply"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_participation")),
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index("ix_participation_most", ["dialogue_id", "contributions"], unique=False)
        batch_op.create_index(
            "ix_participation_unanswered",
            ["dialogue_id", "unanswered_id"],
            unique=False,
            sqlite_where=sa.text("unanswered_id IS NOT NULL"),
            postgresql_where=sa.text("unanswered_id IS NOT NULL"),
        )

    op.create_table(
        "rung",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("same", "different", "example", name="rungkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("tapped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_rung_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_rung_question_id_question"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_rung_reply_id_reply"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rung")),
    )
    with op.batch_alter_table("rung", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rung_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rung_reply_id"), ["reply_id"], unique=False)
        batch_op.create_index(
            "uq_rung_question",
            ["member_id", "question_id"],
            unique=True,
            sqlite_where=sa.text("reply_id IS NULL"),
            postgresql_where=sa.text("reply_id IS NULL"),
        )
        batch_op.create_index(
            "uq_rung_reply",
            ["member_id", "reply_id"],
            unique=True,
            sqlite_where=sa.text("reply_id IS NOT NULL"),
            postgresql_where=sa.text("reply_id IS NOT NULL"),
        )

    op.create_table(
        "sanction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dialogue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "restraint", sa.Enum("muted", "removed", name="restraint", native_enum=False, length=20), nullable=False
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_sanction_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_sanction_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_sanction_reply_id_reply"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
        sa.UniqueConstraint(
            "member_id", "reply_id", "restraint", name=op.f("uq_sanction_member_id_reply_id_restraint")
        ),
    )
    with op.batch_alter_table("sanction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sanction_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sanction_reply_id"), ["reply_id"], unique=False)

    op.create_table(
        "seen",
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_seen_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_seen_reply_id_reply"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "reply_id", name=op.f("pk_seen")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("seen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seen_reply_id"), ["reply_id"], unique=False)

    op.create_table(
        "support",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key_point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_point_id"], ["key_point.id"], name=op.f("fk_support_key_point_id_key_point"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_support_reply_id_reply"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
        sa.UniqueConstraint("key_point_id", "reply_id", name=op.f("uq_support_key_point_id_reply_id")),
    )
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_reply_id"), ["reply_id"], unique=False)

    op.create_table(
        "theme_reply",
        sa.Column(
            "reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("theme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["member.id"], name=op.f("fk_theme_reply_decided_by_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_theme_reply_reply_id_reply"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_theme_reply_theme_id_theme"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_theme_reply")),
    )
    with op.batch_alter_table("theme_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_reply_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "translation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("origin", sa.Enum("person", "service", name="origin", native_enum=False, length=20), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("translated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_translation_member_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_translation_reply_id_reply"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint("reply_id", "language", name=op.f("uq_translation_reply_id_language")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("notice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("counted", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.alter_column("member_id", existing_type=sa.BigInteger(), nullable=True)
        batch_op.create_check_constraint("one_reader", "(member_id IS NULL) <> (room_id IS NULL)")
        batch_op.create_index(
            "ix_delivery_room",
            ["room_id", "message_id"],
            unique=False,
            sqlite_where=sa.text("room_id IS NOT NULL"),
            postgresql_where=sa.text("room_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_delivery_uncertain",
            ["question_id"],
            unique=False,
            sqlite_where=sa.text("state = 'uncertain'"),
            postgresql_where=sa.text("state = 'uncertain'"),
        )
        batch_op.create_index(
            "ix_delivery_uncounted",
            ["id"],
            unique=False,
            sqlite_where=sa.text(
                "state = 'sent' AND kind IN ('question', 'reminder') AND member_id IS NOT NULL AND NOT counted"
            ),
            postgresql_where=sa.text(
                "state = 'sent' AND kind IN ('question', 'reminder') AND member_id IS NOT NULL AND NOT counted"
            ),
        )
        batch_op.create_index(
            "uq_delivery_notice",
            ["notice_id", "member_id"],
            unique=True,
            sqlite_where=sa.text("member_id IS NOT NULL"),
            postgresql_where=sa.text("member_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_delivery_notice_room",
            ["notice_id", "room_id"],
            unique=True,
            sqlite_where=sa.text("room_id IS NOT NULL"),
            postgresql_where=sa.text("room_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_delivery_room",
            ["question_id", "room_id", "kind"],
            unique=True,
            sqlite_where=sa.text("room_id IS NOT NULL"),
            postgresql_where=sa.text("room_id IS NOT NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_delivery_notice_id_notice"), "notice", ["notice_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_delivery_room_id_room"), "room", ["room_id"], ["id"], ondelete="CASCADE"
        )

    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.add_column(sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("gathered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("shown", sa.JSON(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_digest_dialogue_id_until"), type_="unique")
        batch_op.create_index(batch_op.f("ix_digest_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_digest_member_id_until"), ["member_id", "until"])
        batch_op.create_foreign_key(
            batch_op.f("fk_digest_member_id_member"), "member", ["member_id"], ["id"], ondelete="CASCADE"
        )

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "audience",
                sa.Enum("members", "moderators", name="audience", native_enum=False, length=20),
                server_default=sa.text("'members'"),
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("quotable", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("translates_from", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("outside_services", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("muted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("counted_language", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("counted_unreachable", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("outdated", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("team_name", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_member_uncounted",
            ["id"],
            unique=False,
            sqlite_where=sa.text(
                "outdated OR (counted_language IS NULL) = (joined_at IS NOT NULL AND left_at IS NULL)"
            ),
            postgresql_where=sa.text(
                "outdated OR (counted_language IS NULL) = (joined_at IS NOT NULL AND left_at IS NULL)"
            ),
        )

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("responses_at_once", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("awaiting_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("awaiting_member_id", new_column_name="awaiting_id", existing_type=sa.Integer())

    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(
            sa.Column(
                "language_source",
                sa.Enum("assumed", "detected", "corrected", name="languagesource", native_enum=False, length=20),
                server_default=sa.text("'assumed'"),
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "naming",
                sa.Enum("name", "pseudonym", "anonymous", name="naming", native_enum=False, length=20),
                server_default=sa.text("'pseudonym'"),
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "audience",
                sa.Enum("members", "moderators", name="audience", native_enum=False, length=20),
                server_default=sa.text("'members'"),
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "visibility",
                sa.Enum("shown", "waiting", "hidden", "merged", name="visibility", native_enum=False, length=20),
                server_default=sa.text("'shown'"),
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("hidden_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("featured_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("as_moderator", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("counted_language", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("counted_edit_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_reply_member_id_message_id"), type_="unique")
        batch_op.create_index(
            "ix_reply_card",
            ["question_id", "id", "language", "audience", "visibility", "member_id", "replied_at"],
            unique=False,
            sqlite_where=sa.text("parent_id IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.create_index(
            "ix_reply_featured",
            ["question_id", "featured_at"],
            unique=False,
            sqlite_where=sa.text("featured_at IS NOT NULL"),
            postgresql_where=sa.text("featured_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_reply_merged",
            ["merged_into_id"],
            unique=False,
            sqlite_where=sa.text("visibility = 'merged'"),
            postgresql_where=sa.text("visibility = 'merged'"),
        )
        batch_op.create_index(batch_op.f("ix_reply_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            "ix_reply_to_moderators",
            ["dialogue_id", "kept_at"],
            unique=False,
            sqlite_where=sa.text("audience = 'moderators'"),
            postgresql_where=sa.text("audience = 'moderators'"),
        )
        batch_op.create_index(
            "ix_reply_uncounted",
            ["id"],
            unique=False,
            sqlite_where=sa.text(
                "\n    counted_language IS DISTINCT FROM\n    (CASE WHEN withdrawn_at IS NULL AND visibility IN ('shown', 'merged') THEN language END)\n    OR counted_edit_at IS DISTINCT FROM edited_at\n"
            ),
            postgresql_where=sa.text(
                "\n    counted_language IS DISTINCT FROM\n    (CASE WHEN withdrawn_at IS NULL AND visibility IN ('shown', 'merged') THEN language END)\n    OR counted_edit_at IS DISTINCT FROM edited_at\n"
            ),
        )
        batch_op.create_index(
            "ix_reply_unread",
            ["id"],
            unique=False,
            sqlite_where=sa.text("language_source = 'assumed' AND text <> ''"),
            postgresql_where=sa.text("language_source = 'assumed' AND text <> ''"),
        )
        batch_op.create_index(
            "ix_reply_waiting",
            ["dialogue_id", "waiting_since"],
            unique=False,
            sqlite_where=sa.text("waiting_since IS NOT NULL"),
            postgresql_where=sa.text("waiting_since IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_reply_private",
            ["member_id", "message_id"],
            unique=True,
            sqlite_where=sa.text("room_id IS NULL"),
            postgresql_where=sa.text("room_id IS NULL"),
        )
        batch_op.create_index(
            "uq_reply_room",
            ["room_id", "message_id"],
            unique=True,
            sqlite_where=sa.text("room_id IS NOT NULL"),
            postgresql_where=sa.text("room_id IS NOT NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_reply_merged_into_id_reply"), "reply", ["merged_into_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_reply_room_id_room"), "room", ["room_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_reply_parent_id_reply"), "reply", ["parent_id"], ["id"], ondelete="CASCADE"
        )
    # What was said keeps the name it was said under.
    op.execute("UPDATE reply SET naming = (SELECT naming FROM member WHERE member.id = reply.member_id)")


def downgrade() -> None:
    for statement in FITTED:
        op.execute(statement)
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_reply_parent_id_reply"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_reply_room_id_room"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_reply_merged_into_id_reply"), type_="foreignkey")
        batch_op.drop_index(
            "uq_reply_room",
            sqlite_where=sa.text("room_id IS NOT NULL"),
            postgresql_where=sa.text("room_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_reply_private", sqlite_where=sa.text("room_id IS NULL"), postgresql_where=sa.text("room_id IS NULL")
        )
        batch_op.drop_index(
            "ix_reply_waiting",
            sqlite_where=sa.text("waiting_since IS NOT NULL"),
            postgresql_where=sa.text("waiting_since IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_reply_unread",
            sqlite_where=sa.text("language_source = 'assumed' AND text <> ''"),
            postgresql_where=sa.text("language_source = 'assumed' AND text <> ''"),
        )
        batch_op.drop_index(
            "ix_reply_uncounted",
            sqlite_where=sa.text(
                "\n    counted_language IS DISTINCT FROM\n    (CASE WHEN withdrawn_at IS NULL AND visibility IN ('shown', 'merged') THEN language END)\n    OR counted_edit_at IS DISTINCT FROM edited_at\n"
            ),
            postgresql_where=sa.text(
                "\n    counted_language IS DISTINCT FROM\n    (CASE WHEN withdrawn_at IS NULL AND visibility IN ('shown', 'merged') THEN language END)\n    OR counted_edit_at IS DISTINCT FROM edited_at\n"
            ),
        )
        batch_op.drop_index(
            "ix_reply_to_moderators",
            sqlite_where=sa.text("audience = 'moderators'"),
            postgresql_where=sa.text("audience = 'moderators'"),
        )
        batch_op.drop_index(batch_op.f("ix_reply_parent_id"))
        batch_op.drop_index(
            "ix_reply_merged",
            sqlite_where=sa.text("visibility = 'merged'"),
            postgresql_where=sa.text("visibility = 'merged'"),
        )
        batch_op.drop_index(
            "ix_reply_featured",
            sqlite_where=sa.text("featured_at IS NOT NULL"),
            postgresql_where=sa.text("featured_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_reply_card",
            sqlite_where=sa.text("parent_id IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.create_unique_constraint(batch_op.f("uq_reply_member_id_message_id"), ["member_id", "message_id"])
        batch_op.drop_column("counted_edit_at")
        batch_op.drop_column("counted_language")
        batch_op.drop_column("as_moderator")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("featured_at")
        batch_op.drop_column("hidden_reason")
        batch_op.drop_column("waiting_since")
        batch_op.drop_column("visibility")
        batch_op.drop_column("audience")
        batch_op.drop_column("naming")
        batch_op.drop_column("language_source")
        batch_op.drop_column("room_id")
        batch_op.drop_column("parent_id")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.alter_column("awaiting_id", new_column_name="awaiting_member_id", existing_type=sa.Integer())
        batch_op.drop_column("awaiting_since")
        batch_op.drop_column("responses_at_once")

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_member_uncounted",
            sqlite_where=sa.text(
                "outdated OR (counted_language IS NULL) = (joined_at IS NOT NULL AND left_at IS NULL)"
            ),
            postgresql_where=sa.text(
                "outdated OR (counted_language IS NULL) = (joined_at IS NOT NULL AND left_at IS NULL)"
            ),
        )
        batch_op.drop_column("looked_at")
        batch_op.drop_column("team_name")
        batch_op.drop_column("appointed_at")
        batch_op.drop_column("outdated")
        batch_op.drop_column("counted_unreachable")
        batch_op.drop_column("counted_language")
        batch_op.drop_column("removed_at")
        batch_op.drop_column("muted_at")
        batch_op.drop_column("outside_services")
        batch_op.drop_column("translates_from")
        batch_op.drop_column("quotable")
        batch_op.drop_column("audience")

    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_digest_member_id_member"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_digest_member_id_until"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_digest_dialogue_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_digest_dialogue_id_until"), ["dialogue_id", "until"])
        batch_op.drop_column("shown")
        batch_op.drop_column("gathered_at")
        batch_op.drop_column("member_id")

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_delivery_room_id_room"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_delivery_notice_id_notice"), type_="foreignkey")
        batch_op.drop_index(
            "uq_delivery_room",
            sqlite_where=sa.text("room_id IS NOT NULL"),
            postgresql_where=sa.text("room_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_delivery_notice_room",
            sqlite_where=sa.text("room_id IS NOT NULL"),
            postgresql_where=sa.text("room_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_delivery_notice",
            sqlite_where=sa.text("member_id IS NOT NULL"),
            postgresql_where=sa.text("member_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_delivery_uncounted",
            sqlite_where=sa.text(
                "state = 'sent' AND kind IN ('question', 'reminder') AND member_id IS NOT NULL AND NOT counted"
            ),
            postgresql_where=sa.text(
                "state = 'sent' AND kind IN ('question', 'reminder') AND member_id IS NOT NULL AND NOT counted"
            ),
        )
        batch_op.drop_index(
            "ix_delivery_uncertain",
            sqlite_where=sa.text("state = 'uncertain'"),
            postgresql_where=sa.text("state = 'uncertain'"),
        )
        batch_op.drop_index(
            "ix_delivery_room",
            sqlite_where=sa.text("room_id IS NOT NULL"),
            postgresql_where=sa.text("room_id IS NOT NULL"),
        )
        batch_op.drop_constraint(batch_op.f("ck_delivery_one_reader"), type_="check")
        batch_op.alter_column("member_id", existing_type=sa.BigInteger(), nullable=False)
        batch_op.drop_column("counted")
        batch_op.drop_column("notice_id")
        batch_op.drop_column("room_id")

    op.drop_table("translation")
    with op.batch_alter_table("theme_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_reply_theme_id"))

    op.drop_table("theme_reply")
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_reply_id"))

    op.drop_table("support")
    with op.batch_alter_table("seen", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seen_reply_id"))

    op.drop_table("seen")
    with op.batch_alter_table("sanction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sanction_reply_id"))
        batch_op.drop_index(batch_op.f("ix_sanction_dialogue_id"))

    op.drop_table("sanction")
    with op.batch_alter_table("rung", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_rung_reply",
            sqlite_where=sa.text("reply_id IS NOT NULL"),
            postgresql_where=sa.text("reply_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_rung_question", sqlite_where=sa.text("reply_id IS NULL"), postgresql_where=sa.text("reply_id IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_rung_reply_id"))
        batch_op.drop_index(batch_op.f("ix_rung_question_id"))

    op.drop_table("rung")
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_participation_unanswered",
            sqlite_where=sa.text("unanswered_id IS NOT NULL"),
            postgresql_where=sa.text("unanswered_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_participation_most")

    op.drop_table("participation")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_reply_id"))
        batch_op.drop_index(batch_op.f("ix_notice_dialogue_id"))

    op.drop_table("notice")
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_entry_reply_id"))
        batch_op.drop_index("ix_log_entry_dialogue_done")

    op.drop_table("log_entry")
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_flag_member_id"))

    op.drop_table("flag")
    op.drop_table("embedding")
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_reply_id"))

    op.drop_table("deal")
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_member_id"))
        batch_op.drop_index(batch_op.f("ix_objection_key_point_id"))

    op.drop_table("objection")
    op.drop_table("comment_thread")
    op.drop_table("waiver")
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_question_id"))
        batch_op.drop_index(batch_op.f("ix_theme_dialogue_id"))

    op.drop_table("theme")
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_room_thread",
            sqlite_where=sa.text("retired_at IS NULL AND thread_id IS NOT NULL"),
            postgresql_where=sa.text("retired_at IS NULL AND thread_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_room_group_id"))

    op.drop_table("room")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_dialogue_id"))

    op.drop_table("offer")
    with op.batch_alter_table("key_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_key_point_question_id"))
        batch_op.drop_index(batch_op.f("ix_key_point_dialogue_id"))

    op.drop_table("key_point")
    op.drop_table("digest_wish")
    with op.batch_alter_table("afterword", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_afterword_member_id"))
        batch_op.drop_index(batch_op.f("ix_afterword_dialogue_id"))

    op.drop_table("afterword")
    op.drop_table("tally")
    op.drop_table("summary")
    with op.batch_alter_table("group_chat", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_group_chat_linked",
            sqlite_where=sa.text("unlinked_at IS NULL"),
            postgresql_where=sa.text("unlinked_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_group_chat_dialogue_id"))

    op.drop_table("group_chat")
    op.drop_table("refusal")


# What the first revision has no place for. It owes nothing to groups, and knows no notices; all its replies are private,
# so that what was said in a group gets a number that no message has; it asks for two things to be typed, has three
# roles, and one digest for all moderators.
FITTED = (
    "DELETE FROM delivery WHERE room_id IS NOT NULL OR notice_id IS NOT NULL",
    "UPDATE reply SET message_id = -id WHERE room_id IS NOT NULL",
    """
    UPDATE delivery SET digest_id = (
        SELECT min(same.id) FROM digest JOIN digest AS same
        ON same.dialogue_id = digest.dialogue_id AND same.until = digest.until
        WHERE digest.id = delivery.digest_id
    ) WHERE digest_id IS NOT NULL
    """,
    "UPDATE person SET awaiting = NULL, awaiting_id = NULL WHERE awaiting NOT IN ('city', 'name')",
    "UPDATE member SET role = 'member' WHERE role NOT IN ('member', 'moderator', 'organiser')",
    "DELETE FROM digest WHERE id NOT IN (SELECT min(id) FROM digest GROUP BY dialogue_id, until)",
)
