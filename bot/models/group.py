"""Where a dialogue takes place besides private chats: groups, the rooms in them, and who doesn't want to be kept."""

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Impersonal, Moment, TelegramId, partial_index
from bot.models.dialogue import Dialogue
from bot.models.personal import owner, personal

# Why what is personal here is kept.
REFUSED = personal("to keep nothing of what they say in groups")


class Group(Impersonal):
    """A group chat linked to a dialogue; `silent_since` is set while the bot can't write there, with the reason.

    `told_at` is when the first of its rooms was told what is kept: nothing said before that is. An unlinked one keeps
    its rooms, because replies say where they were said.
    """

    __tablename__ = "group_chat"
    __table_args__ = (partial_index("uq_group_chat_linked", "chat_id", where="unlinked_at IS NULL", unique=True),)

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    chat_id: Mapped[TelegramId]
    title: Mapped[str]
    linked_at: Mapped[Moment]
    unlinked_at: Mapped[Moment | None]
    told_at: Mapped[Moment | None]
    silent_since: Mapped[Moment | None]
    silent_reason: Mapped[str | None]

    dialogue: Mapped[Dialogue] = relationship(lazy="raise")
    rooms: Mapped[list["Room"]] = relationship(back_populates="group", cascade="all, delete-orphan", lazy="raise")


class Room(Impersonal):
    """A whole group, or one topic (`thread_id`) of a forum group, and the languages the bot writes there.

    One with `wants_topic` and no thread is to get its topic before anything is written in it; `opening_since` is set
    before Telegram is asked for it, `doubted_since` once nobody can tell whether it came about, so that an organiser
    has to look. With a `channel_id` the
    questions are posted in that channel, and discussed in the group it is linked to. While its topic is closed
    (`shut_since`) nothing is sent; `reopens` until the bot has tried to reopen it. A retired room belongs to a chat whose
    message ids no longer hold: nothing is matched or sent there.
    """

    __tablename__ = "room"
    __table_args__ = (
        partial_index(
            "uq_room_thread", "group_id", "thread_id", where="retired_at IS NULL AND thread_id IS NOT NULL", unique=True
        ),
    )

    id: Mapped[Id]
    group_id: Mapped[int] = mapped_column(ForeignKey("group_chat.id", ondelete="CASCADE"), index=True)
    thread_id: Mapped[TelegramId | None]
    languages: Mapped[list[str]]
    wants_topic: Mapped[bool] = mapped_column(default=False, server_default=false())
    opening_since: Mapped[Moment | None]
    doubted_since: Mapped[Moment | None]
    channel_id: Mapped[TelegramId | None]
    shut_since: Mapped[Moment | None]
    reopens: Mapped[bool] = mapped_column(default=False, server_default=false())
    told_at: Mapped[Moment | None]
    retired_at: Mapped[Moment | None]

    group: Mapped[Group] = relationship(back_populates="rooms", lazy="raise")


class CommentThread(Impersonal):
    """A channel's post, forwarded by Telegram into the group that discusses it: comments carry the forward's id."""

    __tablename__ = "comment_thread"
    __table_args__ = (UniqueConstraint("room_id", "thread_id"),)

    id: Mapped[Id]
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    thread_id: Mapped[TelegramId]
    post_id: Mapped[TelegramId]


class OptOut(Base):
    """Someone doesn't want what they say in groups to be kept; it outlives all else that was known of them."""

    __tablename__ = "refusal"

    author_id: Mapped[TelegramId] = mapped_column(
        primary_key=True, autoincrement=False, info=REFUSED | owner("refused_in_groups")
    )
    refused_at: Mapped[Moment] = mapped_column(info=REFUSED)
