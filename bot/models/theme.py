"""What replies speak of: themes under each question, proposed by the program and settled by moderators."""

from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Id, Impersonal, Moment, Wordings
from bot.models.personal import owner, personal

# Why what is personal here is kept.
GROUPED = personal("to group what was said by theme")


class Theme(Impersonal):
    """A group of replies to one question. `name` is by language, empty until a moderator gives one.

    One that a moderator named, accepted or changed is `accepted_at` a moment, and stays; the others are proposals, and
    make room for better ones. `made_from` is how many replies there were when it was proposed, `method` by what.
    A service outside, `proposed_by`, may have proposed a name, which is none until a moderator adopts it.
    `replies`, `members` and `quoted` (replies, by id, that stand for it best) are as they were when it was last changed;
    empty for one that hasn't changed since they are kept.
    """

    __tablename__ = "theme"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own form; a button may outlive its theme

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    name: Mapped[Wordings]
    method: Mapped[str]
    made_from: Mapped[int]
    created_at: Mapped[Moment]
    accepted_at: Mapped[Moment | None]
    proposed_name: Mapped[Wordings | None]
    proposed_by: Mapped[str | None]
    replies: Mapped[int | None]
    members: Mapped[int | None]
    quoted: Mapped[list[Any] | None]


class ThemeReply(Base):
    """The theme of a reply; none where a moderator took it out of all. What a moderator `decided` no program changes."""

    __tablename__ = "theme_reply"

    reply_id: Mapped[int] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=GROUPED | owner("theme", only=("theme_id", "decided", "placed_at")),
    )
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True, info=GROUPED)
    decided: Mapped[bool] = mapped_column(default=False, server_default=false(), info=GROUPED)
    decided_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), info=owner("themes_you_decided")
    )
    placed_at: Mapped[Moment] = mapped_column(info=GROUPED)


class Embedding(Base):
    """A reply's words as a vector of half-precision numbers, by the `model` that made it, as they stood at `read_at`."""

    __tablename__ = "embedding"

    reply_id: Mapped[int] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=owner("embedding"),
    )
    model: Mapped[str] = mapped_column(info=GROUPED)
    vector: Mapped[bytes] = mapped_column(LargeBinary, info=GROUPED)
    read_at: Mapped[Moment] = mapped_column(info=GROUPED)
