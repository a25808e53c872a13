"""The raw updates from Telegram, stored before they are confirmed, and what of the bot's own face Telegram already shows."""

from enum import StrEnum

from sqlalchemy import BigInteger, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Id, Impersonal, Moment, TelegramId, choice, partial_index
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
RAW = personal("to lose no message by a crash")
MENU = personal("to tell Telegram of their command menu only when it changes")


class InboxState(StrEnum):
    """What became of an update: a parked one failed too often and waits for a person."""

    NEW = "new"
    DONE = "done"
    PARKED = "parked"


class InboxUpdate(Base):
    """One update as Telegram sent it. `lane` is the chat it belongs to (0 for none): a lane is worked off in order.

    It is `owed` an answer when what it brought about is written down, and the answer to it has not gone out yet.
    Telegram's update ids may start anew after an idle week, so the fingerprint of the raw text is part of the key.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("update_id", "fingerprint"),
        partial_index("ix_inbox_new", "id", where="state = 'new'"),
        partial_index("ix_inbox_waiting", "lane", "id", where="state = 'new'"),
        partial_index("ix_inbox_done", "received_at", where="state = 'done'"),
        partial_index("ix_inbox_parked", "lane", "id", where="state = 'parked'"),
    )

    id: Mapped[Id]
    update_id: Mapped[int] = mapped_column(BigInteger, info=IMPERSONAL)
    fingerprint: Mapped[str] = mapped_column(info=IMPERSONAL)
    lane: Mapped[TelegramId] = mapped_column(info=owner("raw_updates"))
    raw: Mapped[str] = mapped_column(info=RAW)
    received_at: Mapped[Moment] = mapped_column(info=RAW)
    state: Mapped[InboxState] = mapped_column(choice(InboxState), default=InboxState.NEW, info=RAW)
    attempts: Mapped[int] = mapped_column(default=0, info=IMPERSONAL)
    owed: Mapped[bool] = mapped_column(default=False, server_default=false(), info=IMPERSONAL)
    error: Mapped[str | None] = mapped_column(info=personal("to find out why it couldn't be handled"))


class Halt(Impersonal):
    """Until when Telegram asked a bot to send nothing; a restart must not forget it."""

    __tablename__ = "pace"

    bot_id: Mapped[TelegramId] = mapped_column(primary_key=True)
    halted_until: Mapped[Moment]


class Published(Base):
    """What Telegram was last told of the bot's commands and descriptions, by subject, as a fingerprint."""

    __tablename__ = "published"

    subject: Mapped[str] = mapped_column(primary_key=True, info=MENU)
    fingerprint: Mapped[str] = mapped_column(info=IMPERSONAL)
