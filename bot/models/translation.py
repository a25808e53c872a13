"""Replies in other languages: who or what translated them, and which reply a translator has been dealt."""

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Moment, choice
from bot.models.member import Member


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
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"))
    language: Mapped[str]
    text: Mapped[str]
    origin: Mapped[Origin] = mapped_column(choice(Origin))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    service: Mapped[str | None]
    translated_at: Mapped[Moment]

    member: Mapped[Member | None] = relationship(lazy="raise")


class Deal(Base):
    """A reply that a translator was given, to be put into a language; `passed_at` if they passed it on."""

    __tablename__ = "deal"
    __table_args__ = (UniqueConstraint("member_id", "reply_id", "language"),)

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), index=True)
    language: Mapped[str]
    dealt_at: Mapped[Moment]
    passed_at: Mapped[Moment | None]
