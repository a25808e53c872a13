"""find replies by their words: the program gathers these from what is there, some at a time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNSEARCHABLE = sa.text("NOT searchable")

# As SQLite's documentation has it for an index over a table of one's own ("External Content Tables"). The tokenizer takes
# words as they are: all that isn't ASCII belongs to one, and so do the signs between a language and a word.
INDEX = """
    CREATE VIRTUAL TABLE reply_index USING fts5(
        words, content='reply_words', content_rowid='reply_id', tokenize="ascii tokenchars ':-'"
    )
"""
PUT = "INSERT INTO reply_index(rowid, words) VALUES (new.reply_id, new.words);"
TAKE = "INSERT INTO reply_index(reply_index, rowid, words) VALUES ('delete', old.reply_id, old.words);"
TRIGGERS = {
    "reply_words_put": f"AFTER INSERT ON reply_words BEGIN {PUT} END",
    "reply_words_taken": f"AFTER DELETE ON reply_words BEGIN {TAKE} END",
    "reply_words_changed": f"AFTER UPDATE ON reply_words BEGIN {TAKE} {PUT} END",
}


def upgrade() -> None:
    op.add_column("reply", sa.Column("searchable", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_reply_unsearchable", "reply", ["id"], sqlite_where=UNSEARCHABLE, postgresql_where=UNSEARCHABLE)
    op.create_table(
        "reply_words",
        sa.Column("reply_id", ID, autoincrement=False, nullable=False),
        sa.Column("words", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_reply_words_reply_id_reply"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_reply_words")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_reply_words_words", "reply_words", ["words"], postgresql_using="gin")
        return
    op.execute(INDEX)
    for name, does in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {does}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE reply_index")
    op.drop_table("reply_words")
    op.drop_index("ix_reply_unsearchable", table_name="reply")
    op.drop_column("reply", "searchable")
