"""The digests moderators were owed: one for each window of a dialogue."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Id, Moment


class Digest(Base):
    """One scheduled digest: what happened in a dialogue from `since` up to `until` (exclusive)."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("dialogue_id", "until"),)

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    since: Mapped[Moment]
    until: Mapped[Moment]
