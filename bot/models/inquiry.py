"""What members write to the moderators alone (a contact form, support tickets), and what these answer."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Id, Moment, TelegramId, choice, partial_index
from bot.models.member import Naming
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
ASKED = personal("to let the moderators read what you wrote to them alone, and answer")
NAMED = personal("to name you to the moderators as you chose when you wrote")
ANSWERED = personal("to tell the answer to the member who asked")


class Inquiry(Base):
    """A message of a member to the moderators of a dialogue; no reply, whoever reads it. It waits until `answered_at`.

    `content` is as in a held message. `naming` is how its author was named when they wrote it, `signature` the name or
    pseudonym itself, whatever they choose later. `asked_at` is Telegram's date, `kept_at` when it came to the moderators.
    One that needed no answer has none.
    """

    __tablename__ = "inquiry"
    __table_args__ = (
        UniqueConstraint("member_id", "message_id"),
        partial_index("ix_inquiry_open", "dialogue_id", "id", where="answered_at IS NULL"),
    )

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), info=IMPERSONAL)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"),
        info=owner("what_you_wrote_to_moderators"),
    )
    message_id: Mapped[TelegramId] = mapped_column(info=ASKED)
    content: Mapped[dict[str, Any]] = mapped_column(info=ASKED)
    naming: Mapped[Naming] = mapped_column(choice(Naming), info=ASKED)
    signature: Mapped[str | None] = mapped_column(info=NAMED)
    asked_at: Mapped[Moment] = mapped_column(info=ASKED)
    kept_at: Mapped[Moment] = mapped_column(info=ASKED)
    answer: Mapped[str] = mapped_column(default="", server_default=sa.text("''"), info=ANSWERED)
    answered_at: Mapped[Moment | None] = mapped_column(info=ANSWERED)
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"),
        info=owner("messages_you_answered", only=("answered_at",)),
    )
