"""The digests that moderators were owed, and how each moderator would like theirs."""

from datetime import time
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Id, Moment
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
LAST = personal("to tell a moderator what is new since their last digest")
WISHED = personal("to send the digest as its reader wishes")


class Digest(Base):
    """One moderator's digest, due at `until`: it has what happened since the last one that reached them.

    That one was written at `since`. `shown` is what had happened altogether when this one was written, at
    `gathered_at`: the next one counts from there, if this one arrived.
    """

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("member_id", "until"),)

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True, info=IMPERSONAL)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), info=owner("digests"))
    since: Mapped[Moment] = mapped_column(info=LAST)
    until: Mapped[Moment] = mapped_column(info=LAST)
    gathered_at: Mapped[Moment | None] = mapped_column(info=LAST)
    shown: Mapped[dict[str, Any] | None] = mapped_column(info=IMPERSONAL)


class DigestWish(Base):
    """How a moderator would like their digest: on which day (mon to sun, `daily`, `never`) and when by their own clock.

    Without a `day` it comes in the dialogue's rhythm; without a `language` in the one they use.
    """

    __tablename__ = "digest_wish"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=owner("digest_wishes"),
    )
    day: Mapped[str | None] = mapped_column(info=WISHED)
    at: Mapped[time] = mapped_column(info=WISHED)
    language: Mapped[str | None] = mapped_column(info=WISHED)
    short: Mapped[bool] = mapped_column(info=WISHED)
