"""What other systems are let read and do: tokens of the API, and the feed by which they follow the replies (change log, tombstones)."""

from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Impersonal, Moment
from bot.models.dialogue import Dialogue
from bot.models.member import Member
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
LET_READ = personal(
    "to let another system read or do no more than whoever gave it the token may, and to know who gave it"
)


class TokenScope(StrEnum):
    """What a token opens."""

    READ_REPLIES = "read:replies"
    READ_SUMMARY = "read:summary"
    READ_FIGURES = "read:figures"
    WRITE_MODERATION = "write:moderation"
    WRITE_PROPOSALS = "write:proposals"


class ApiToken(Base):
    """What lets another system into one dialogue, called `name` by who gave it: a member, or the host where there is none.

    `key` is the SHA-256 of the secret that the other system has: whoever reads the database can't use it. `used_at` is known to
    the hour.
    """

    __tablename__ = "api_token"

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True, info=IMPERSONAL)
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True, info=owner("tokens_you_gave")
    )
    name: Mapped[str] = mapped_column(info=LET_READ)
    key: Mapped[str] = mapped_column(unique=True, info=LET_READ)
    scopes: Mapped[list[str]] = mapped_column(info=LET_READ)
    given_at: Mapped[Moment] = mapped_column(info=LET_READ)
    expires_at: Mapped[Moment] = mapped_column(info=LET_READ)
    used_at: Mapped[Moment | None] = mapped_column(info=LET_READ)

    dialogue: Mapped[Dialogue] = relationship(lazy="raise")
    member: Mapped[Member | None] = relationship(lazy="raise")


class FeedReply(Impersonal):
    """A reply that other systems were told of, at its `place` in the order in which replies came, changed or were `gone`.

    `state` is as what they were told it, without a word of it, and empty for one that is gone. That stays here when the reply
    itself is erased, so that they can be told to let go of it.
    """

    __tablename__ = "feed_reply"
    __table_args__ = (UniqueConstraint("dialogue_id", "place"),)

    reply_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str]
    gone: Mapped[bool] = mapped_column(default=False, server_default=false())
