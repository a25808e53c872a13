"""Replies in other languages: who or what translated them, and which reply a translator has been dealt."""

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Moment, choice
from bot.models.member import Member
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
TRANSLATED = personal("to let others read a reply in their language")
DEALT = personal("to give each translator something else")
WISHED = personal("to have what a reader can't read translated first, and to tell them once it is")


class Origin(StrEnum):
    """Whether a person or a service translated."""

    PERSON = "person"
    SERVICE = "service"


class Translation(Base):
    """A reply in another language (BCP 47), until its author edits it.

    `member_id` is the translator, `service` the name of the service; one of them is empty.
    """

    __tablename__ = "translation"
    __table_args__ = (UniqueConstraint("reply_id", "language"),)

    id: Mapped[Id]
    reply_id: Mapped[int] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"),
        info=TRANSLATED | owner("translated_into", only=("language", "translated_at")),
    )
    language: Mapped[str] = mapped_column(info=TRANSLATED)
    text: Mapped[str] = mapped_column(info=TRANSLATED)
    origin: Mapped[Origin] = mapped_column(choice(Origin), info=IMPERSONAL)
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), info=owner("translations")
    )
    service: Mapped[str | None] = mapped_column(info=IMPERSONAL)
    translated_at: Mapped[Moment] = mapped_column(info=TRANSLATED)

    member: Mapped[Member | None] = relationship(lazy="raise")


class Deal(Base):
    """A reply that a translator was given, to be put into a language; `passed_at` if they passed it on."""

    __tablename__ = "deal"
    __table_args__ = (UniqueConstraint("member_id", "reply_id", "language"),)

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), info=owner("dealt_for_translation")
    )
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), index=True, info=DEALT)
    language: Mapped[str] = mapped_column(info=DEALT)
    dealt_at: Mapped[Moment] = mapped_column(info=DEALT)
    passed_at: Mapped[Moment | None] = mapped_column(info=DEALT)


class Wish(Base):
    """A member asks for a reply in their language, until there is a translation."""

    __tablename__ = "wish"
    __table_args__ = (UniqueConstraint("reply_id", "language", "member_id"),)

    id: Mapped[Id]
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), info=WISHED)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True, info=owner("translations_you_asked_for")
    )
    language: Mapped[str] = mapped_column(info=WISHED)
    wished_at: Mapped[Moment] = mapped_column(info=WISHED)
