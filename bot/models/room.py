"""Where a dialogue takes place besides private chats: groups, and the rooms in them."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Moment, TelegramId
from bot.models.dialogue import Dialogue


class Group(Base):
    """A group chat linked to a dialogue; `silent_since` is set while the bot can't write there, with the reason.

    `told_at` is when the group was told what is collected: nothing said before that is kept.
    """

    __tablename__ = "group_chat"

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    chat_id: Mapped[TelegramId] = mapped_column(unique=True)
    title: Mapped[str]
    linked_at: Mapped[Moment]
    told_at: Mapped[Moment | None]
    silent_since: Mapped[Moment | None]
    silent_reason: Mapped[str | None]

    dialogue: Mapped[Dialogue] = relationship(lazy="raise")
    rooms: Mapped[list["Room"]] = relationship(back_populates="group", cascade="all, delete-orphan", lazy="raise")


class Room(Base):
    """A whole group, or one topic (`thread_id`) of a forum group, and the languages the bot writes there."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("group_id", "thread_id"),)

    id: Mapped[Id]
    group_id: Mapped[int] = mapped_column(ForeignKey("group_chat.id", ondelete="CASCADE"))
    thread_id: Mapped[TelegramId | None]
    languages: Mapped[list[str]]

    group: Mapped[Group] = relationship(back_populates="rooms", lazy="raise")
