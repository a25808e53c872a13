"""What is said: the messages the bot owes (deliveries), and what members reply, with every earlier state of it."""

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Moment, TelegramId, choice, partial_index
from bot.models.dialogue import Dialogue, Question
from bot.models.membership import Member


class Kind(StrEnum):
    """What a delivery brings."""

    CONCEPT_NOTE = "concept_note"
    QUESTION = "question"
    REMINDER = "reminder"
    DIGEST = "digest"


class State(StrEnum):
    """What became of a delivery; `sending` is committed before the first byte leaves."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    UNREACHABLE = "unreachable"
    DROPPED = "dropped"


class Delivery(Base):
    """One message the bot owes one member; unique by what it is about, so that no one gets it twice.

    `at_once` marks what the person's own tap asked for: quiet hours don't hold it. `reason` says why it was dropped
    or what the failure was. `message_id` is the first of the messages that Telegram showed; a `stale` one shows a
    wording that has changed since, and is edited.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        partial_index(
            "uq_delivery_question", "question_id", "member_id", "kind", where="question_id IS NOT NULL", unique=True
        ),
        partial_index("uq_delivery_digest", "digest_id", "member_id", where="digest_id IS NOT NULL", unique=True),
        partial_index("uq_delivery_note", "member_id", where="kind = 'concept_note'", unique=True),
        partial_index("ix_delivery_due", "due_at", "id", where="state = 'planned'"),
        partial_index("ix_delivery_stale", "id", where="stale"),
        Index("ix_delivery_member_message", "member_id", "message_id"),
    )

    id: Mapped[Id]
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"))
    due_at: Mapped[Moment]
    at_once: Mapped[bool] = mapped_column(default=False)
    state: Mapped[State] = mapped_column(choice(State), default=State.PLANNED)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[Moment | None]
    settled_at: Mapped[Moment | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str | None]
    stale: Mapped[bool] = mapped_column(default=False)

    dialogue: Mapped[Dialogue] = relationship(lazy="raise")
    member: Mapped[Member] = relationship(lazy="raise")
    question: Mapped[Question | None] = relationship(lazy="raise")


class Reply(Base):
    """What a member said to a question; `late` if it came after the close; a withdrawn one is kept for its author alone.

    `kind` is Telegram's name for the content (text, voice, photo, …); `album` its media group. `replied_at` is the
    moment Telegram dates the message, `kept_at` when it was stored.
    """

    __tablename__ = "reply"
    __table_args__ = (
        UniqueConstraint("member_id", "message_id"),
        Index("ix_reply_question_kept", "question_id", "kept_at"),
        Index("ix_reply_dialogue_kept", "dialogue_id", "kept_at"),
    )

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[TelegramId]
    kind: Mapped[str]
    text: Mapped[str]
    album: Mapped[str | None]
    language: Mapped[str]
    late: Mapped[bool]
    replied_at: Mapped[Moment]
    kept_at: Mapped[Moment]
    edited_at: Mapped[Moment | None]
    withdrawn_at: Mapped[Moment | None]

    attachments: Mapped[list["Attachment"]] = relationship(
        order_by="Attachment.message_id", cascade="all, delete-orphan", lazy="raise"
    )
    question: Mapped[Question] = relationship(lazy="raise")
    member: Mapped[Member] = relationship(lazy="raise")


class Attachment(Base):
    """A file, place or contact in a reply. `size` is in bytes, `duration` in seconds; `details` holds what has no file."""

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("reply_id", "message_id"),)

    id: Mapped[Id]
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"))
    message_id: Mapped[TelegramId]
    kind: Mapped[str]
    file_id: Mapped[str | None]
    file_unique_id: Mapped[str | None]
    file_name: Mapped[str | None]
    mime_type: Mapped[str | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    duration: Mapped[int | None]
    details: Mapped[dict[str, Any] | None]


class Revision(Base):
    """An earlier state of a reply that its author edited."""

    __tablename__ = "revision"

    id: Mapped[Id]
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    attachments: Mapped[list[Any]]
    replaced_at: Mapped[Moment]


class HeldMessage(Base):
    """What a person sent while it isn't clear which question it answers; kept until they say.

    `asked_at` is empty until it is certain that they were asked: a crash between keeping and asking must not leave
    it waiting for ever.
    """

    __tablename__ = "held_message"
    __table_args__ = (UniqueConstraint("person_id", "message_id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    message_id: Mapped[TelegramId]
    content: Mapped[dict[str, Any]]
    sent_at: Mapped[Moment]
    asked_at: Mapped[Moment | None]
