"""What the bot owes: one row for each message to one person or room, and what became of it."""

from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Moment, choice, partial_index
from bot.models.dialogue import Dialogue, Question
from bot.models.group import Room
from bot.models.member import Member
from bot.models.notice import Notice
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
SENT = personal("to send nothing twice, and to know whether it arrived")


class Kind(StrEnum):
    """What a delivery brings."""

    CONCEPT_NOTE = "concept_note"
    QUESTION = "question"
    REMINDER = "reminder"
    DIGEST = "digest"
    NOTICE = "notice"
    FOLLOW_UP = "follow_up"
    RECORDING = "recording"
    NOTE_FILE = "note_file"


class State(StrEnum):
    """What became of a delivery; `sending` is committed before the first byte leaves."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    UNREACHABLE = "unreachable"
    DROPPED = "dropped"


# Whether a question has reached a member and the tallies don't hold it yet.
DELIVERY_UNCOUNTED = "state = 'sent' AND kind IN ('question', 'reminder') AND member_id IS NOT NULL AND NOT counted"


class Delivery(Base):
    """One message the bot owes one member or one room; unique by what it is about, so that no one gets it twice.

    `at_once` marks what the person's own tap asked for: quiet hours don't hold it. `reason` says why it was dropped
    or what the failure was. One that goes out `again` may have arrived before: whatever shows that it did settles it.
    A `paid` one is to go out faster than is free. Of those due at one moment the lowest `turn` goes first. `message_id` is the first of the
    messages that Telegram showed; a `stale` one shows a wording that has changed since, and is edited. Where that message
    is a recording, `spoken` tells which wording it says: what is written stands in its caption.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        partial_index(
            "uq_delivery_question", "question_id", "member_id", "kind", where="question_id IS NOT NULL", unique=True
        ),
        partial_index("uq_delivery_digest", "digest_id", "member_id", where="digest_id IS NOT NULL", unique=True),
        partial_index("uq_delivery_note", "member_id", where="kind = 'concept_note'", unique=True),
        partial_index("uq_delivery_note_file", "member_id", where="kind = 'note_file'", unique=True),
        partial_index("uq_delivery_notice", "notice_id", "member_id", where="member_id IS NOT NULL", unique=True),
        partial_index("uq_delivery_notice_room", "notice_id", "room_id", where="room_id IS NOT NULL", unique=True),
        partial_index("uq_delivery_room", "question_id", "room_id", "kind", where="room_id IS NOT NULL", unique=True),
        CheckConstraint("(member_id IS NULL) <> (room_id IS NULL)", name="one_reader"),
        partial_index("ix_delivery_due", "paid", "due_at", "turn", "id", where="state = 'planned'"),
        partial_index("ix_delivery_stale", "id", where="stale"),
        partial_index("ix_delivery_uncertain", "question_id", where="state = 'uncertain'"),
        partial_index("ix_delivery_uncounted", "id", where=DELIVERY_UNCOUNTED),
        partial_index("ix_delivery_room", "room_id", "message_id", where="room_id IS NOT NULL"),
        Index("ix_delivery_member_message", "member_id", "message_id"),
    )

    id: Mapped[Id]
    kind: Mapped[Kind] = mapped_column(choice(Kind), info=SENT)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), info=IMPERSONAL)
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), info=owner("sent_to_you")
    )
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), info=IMPERSONAL)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), info=SENT)
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"), info=SENT)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), info=SENT)
    due_at: Mapped[Moment] = mapped_column(info=SENT)
    paid: Mapped[bool] = mapped_column(default=False, server_default=false(), info=IMPERSONAL)
    turn: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=text("0"), info=IMPERSONAL)
    at_once: Mapped[bool] = mapped_column(default=False, info=SENT)
    state: Mapped[State] = mapped_column(choice(State), default=State.PLANNED, info=SENT)
    claimed_at: Mapped[Moment | None] = mapped_column(info=SENT)
    settled_at: Mapped[Moment | None] = mapped_column(info=SENT)
    message_id: Mapped[int | None] = mapped_column(BigInteger, info=SENT)
    reason: Mapped[str | None] = mapped_column(info=SENT)
    spoken: Mapped[str | None] = mapped_column(info=IMPERSONAL)
    stale: Mapped[bool] = mapped_column(default=False, info=IMPERSONAL)
    again: Mapped[bool] = mapped_column(default=False, server_default=false(), info=IMPERSONAL)
    counted: Mapped[bool] = mapped_column(default=False, server_default=false(), info=IMPERSONAL)

    dialogue: Mapped[Dialogue] = relationship(lazy="raise")
    member: Mapped[Member | None] = relationship(lazy="raise")
    room: Mapped[Room | None] = relationship(lazy="raise")
    question: Mapped[Question | None] = relationship(lazy="raise")
    notice: Mapped[Notice | None] = relationship(lazy="raise")
