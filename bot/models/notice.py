"""What is told unasked besides questions and digests: to one member, to many, or to rooms."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Id, Moment, Wordings, choice, partial_index
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
ANNOUNCED = personal("to tell each reader once what moderators write")


class NoticeKind(StrEnum):
    """What a notice tells."""

    ANNOUNCEMENT = "announcement"
    NUDGE = "nudge"
    RESPONSES = "responses"
    HIDDEN = "hidden"
    RESTRAINT = "restraint"
    WAITING = "waiting"
    GROUP_SILENT = "group_silent"
    GROUP_TROUBLE = "group_trouble"
    DRAFT_POINTS = "draft_points"
    OBJECTION = "objection"
    OBJECTION_ANSWERED = "objection_answered"
    SUMMARY = "summary"
    FOLLOW_UP = "follow_up"
    ROLE = "role"
    ROLE_TAKEN = "role_taken"
    EXPORTED = "exported"
    ASKING = "asking"
    LET_IN = "let_in"
    NOT_LET_IN = "not_let_in"
    INQUIRY = "inquiry"
    INQUIRY_ANSWERED = "inquiry_answered"
    CLOSING = "closing"
    WAYS = "ways"
    EXPIRING = "expiring"
    MOVED = "moved"
    SHOWN_AFTER_ALL = "shown_after_all"
    MERGED = "merged"
    WISHED = "wished"
    TRANSLATED = "translated"
    EVENT_INVITATION = "event_invitation"
    EVENT_MOVED = "event_moved"
    EVENT_CANCELLED = "event_cancelled"
    EVENT_LINK = "event_link"
    EVENT_REMINDER = "event_reminder"
    EVENT_BRIEFING = "event_briefing"
    EVENT_REPORT = "event_report"
    FILE_REFUSED = "file_refused"
    PUBLIC_PAGE = "public_page"
    WORDINGS_ASKED = "wordings_asked"


class Notice(Base):
    """One thing to be told; each delivery of it has one reader. `texts` holds what a person wrote, by language.

    `details` are the ids and numbers its words are made from at the moment of sending; `author_id` is the member who
    had it sent. A cancelled one is not sent to those who haven't got it yet.
    """

    __tablename__ = "notice"
    __table_args__ = (partial_index("uq_notice_closing", "dialogue_id", where="kind = 'closing'", unique=True),)

    id: Mapped[Id]
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind), info=ANNOUNCED)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True, info=IMPERSONAL)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), info=ANNOUNCED)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), index=True, info=ANNOUNCED)
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), info=owner("what_you_announced")
    )
    texts: Mapped[Wordings] = mapped_column(info=ANNOUNCED)
    details: Mapped[dict[str, Any]] = mapped_column(info=ANNOUNCED)
    created_at: Mapped[Moment] = mapped_column(info=ANNOUNCED)
    cancelled_at: Mapped[Moment | None] = mapped_column(info=ANNOUNCED)
