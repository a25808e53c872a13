"""Live events of a dialogue (webinars, video calls): as authored, who wants to come, and what members would ask the speakers."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Impersonal, Moment, TelegramId, WallTime, Wordings, choice
from bot.models.dialogue import Dialogue
from bot.models.member import Naming
from bot.models.personal import owner, personal

# Why what is personal here is kept.
ATTENDED = personal("to remind of a live event only those who come, and to send what comes of it to those who want it")
ASKED = personal("to put what you would ask to the speakers of a live event")
NAMED = personal("to name you as you chose when you asked")


class Intent(StrEnum):
    """What a member says to the invitation to a live event."""

    COMING = "coming"
    ABSENT = "absent"
    NOTES = "notes"


class Event(Impersonal):
    """One live event, at one moment for all: `starts` is a wall clock in the dialogue's zone.

    `sequence` counts how often its time was changed. The ids of notices say how far it is told: the `invitation`, the `briefing` of
    moderators, the `reminder` before it as it is planned now, its `recording` and its `notes`. They are no foreign keys, since a notice
    leads to who had it sent, and an event is nobody's; both go with the dialogue. One that was called off stays for what members said to it.
    """

    __tablename__ = "event"

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[Wordings]
    starts: Mapped[WallTime]
    lasts: Mapped[timedelta]
    link: Mapped[str | None]
    languages: Mapped[list[str]]
    speakers: Mapped[list[str]]
    about: Mapped[Wordings]
    recording: Mapped[str | None]
    notes: Mapped[Wordings]
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    cancelled_at: Mapped[Moment | None]
    invitation_id: Mapped[int | None] = mapped_column(BigInteger)
    briefing_id: Mapped[int | None] = mapped_column(BigInteger)
    reminder_id: Mapped[int | None] = mapped_column(BigInteger)
    recording_id: Mapped[int | None] = mapped_column(BigInteger)
    notes_id: Mapped[int | None] = mapped_column(BigInteger)

    dialogue: Mapped[Dialogue] = relationship(lazy="raise")


class Attendance(Base):
    """Whether a member wants to come to a live event; they may say otherwise until it is over."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("event_id", "member_id"),)

    id: Mapped[Id]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), info=ATTENDED)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True, info=owner("live_events")
    )
    intent: Mapped[Intent] = mapped_column(choice(Intent), info=ATTENDED)
    answered_at: Mapped[Moment] = mapped_column(info=ATTENDED)


class EventQuestion(Base):
    """What a member would ask the speakers of a live event: no reply, and read by moderators and whoever they put it to.

    `content` is as in a held message, `naming` and `signature` are how its author was named when they asked.
    """

    __tablename__ = "event_question"
    __table_args__ = (UniqueConstraint("member_id", "message_id"),)

    id: Mapped[Id]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True, info=ASKED)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), info=owner("what_you_asked_speakers")
    )
    message_id: Mapped[TelegramId] = mapped_column(info=ASKED)
    content: Mapped[dict[str, Any]] = mapped_column(info=ASKED)
    language: Mapped[str] = mapped_column(info=ASKED)
    naming: Mapped[Naming] = mapped_column(choice(Naming), info=NAMED)
    signature: Mapped[str | None] = mapped_column(info=NAMED)
    asked_at: Mapped[Moment] = mapped_column(info=ASKED)
