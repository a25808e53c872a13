"""How members meet each other's words: what each has read, and the one-tap answers they gave."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Id, Moment, choice, partial_index
from bot.models.personal import owner, personal

# Why what is personal here is kept.
SHOWN = personal("to show first what they haven't read")
FOLLOWED = personal("to tell its author once what became of a reply")
TAPPED = personal("to count who says the same: others see no more than the number")


class Seen(Base):
    """A member was shown a reply of another's; one small row for each, without a row number on SQLite."""

    __tablename__ = "seen"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, info=owner("replies_you_have_read")
    )
    reply_id: Mapped[int] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"), primary_key=True, index=True, info=SHOWN
    )


class RungKind(StrEnum):
    """What a member says with one tap."""

    SAME = "same"
    DIFFERENT = "different"
    EXAMPLE = "example"


class Rung(Base):
    """A member's one-tap answer to a reply or, without `reply_id`, to the question itself; one of each member to each."""

    __tablename__ = "rung"
    __table_args__ = (
        partial_index("uq_rung_question", "member_id", "question_id", where="reply_id IS NULL", unique=True),
        partial_index("uq_rung_reply", "member_id", "reply_id", where="reply_id IS NOT NULL", unique=True),
        # By kind, so that those of one kind are counted up to a number without a look at any others.
        Index("ix_rung_question_kind", "question_id", "reply_id", "kind"),
        Index("ix_rung_reply_kind", "reply_id", "kind"),
    )

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True, info=owner("one_tap_answers")
    )
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), info=TAPPED)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), info=TAPPED)
    kind: Mapped[RungKind] = mapped_column(choice(RungKind), info=TAPPED)
    tapped_at: Mapped[Moment] = mapped_column(info=TAPPED)


class Station(StrEnum):
    """What a reply became part of, on its way."""

    THEME = "theme"
    KEY_POINT = "key_point"
    SUMMARY = "summary"


class Waypoint(Base):
    """A reply was found to have reached a station of its way; each is told its author once, except those without a `reached_at`."""

    __tablename__ = "waypoint"

    reply_id: Mapped[int] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=owner("what_became_of_it"),
    )
    station: Mapped[Station] = mapped_column(choice(Station), primary_key=True, info=FOLLOWED)
    reached_at: Mapped[Moment | None] = mapped_column(info=FOLLOWED)


class ResponseNews(Base):
    """A response is news to those it was said to: since it was kept, or since members may read it."""

    __tablename__ = "response_news"

    reply_id: Mapped[int] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=owner("to_be_told"),
    )
    since: Mapped[Moment] = mapped_column(info=personal("to tell once of a response"))
