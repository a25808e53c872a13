"""What replies are found by: their words, for the full-text search of the database (FTS5, tsvector)."""

from sqlalchemy import Dialect, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.models.base import Base
from bot.models.personal import owner, personal

FOUND = personal("to find a reply by its words")


class Tokens(TypeDecorator[str]):
    """Words with spaces between them, without apostrophes and backslashes; in PostgreSQL its own type, with the place of each."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Text, or PostgreSQL's own."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Number them for PostgreSQL."""
        if value is None or dialect.name != "postgresql":
            return value
        return " ".join(f"'{word}':{place}" for place, word in enumerate(value.split(), start=1))


class ReplyWords(Base):
    """The words of a reply as they are looked for, and those of its translations, each of these behind its language and a colon.

    SQLite's index over it, the FTS5 table `reply_index`, follows it by triggers, and so goes with a reply that is deleted.
    """

    __tablename__ = "reply_words"
    __table_args__ = (Index("ix_reply_words_words", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),)

    # Of a translation's words its author is told where they are told of their translations.
    reply_id: Mapped[int] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=FOUND | owner("found_by_its_words", only=("reply_id",)),
    )
    words: Mapped[str] = mapped_column(Tokens, info=FOUND)
