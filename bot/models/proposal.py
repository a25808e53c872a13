"""Key points that a service outside proposed, until a moderator has looked at them; no Summary holds them."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Impersonal, Moment
from bot.models.personal import owner, personal
from bot.models.reply import Reply

# Why what is personal here is kept.
RESTED_ON = personal("to show which words a proposal rests on, until it is decided")


class Proposal(Impersonal):
    """A key point of a question as the service `proposed_by` worded it, in `language`."""

    __tablename__ = "proposal"

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    language: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[Moment]

    grounds: Mapped[list["Ground"]] = relationship(
        order_by="Ground.id", cascade="all, delete-orphan", passive_deletes=True, lazy="raise"
    )


class Ground(Base):
    """Words that a proposal rests on: `span` stood in the reply's stored text from `start` to `end` (code points)."""

    __tablename__ = "ground"
    __table_args__ = (UniqueConstraint("proposal_id", "reply_id"),)

    id: Mapped[Id]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), info=RESTED_ON)
    reply_id: Mapped[int] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"), index=True, info=owner("proposals_rest_on_it")
    )
    start: Mapped[int] = mapped_column(info=RESTED_ON)
    end: Mapped[int] = mapped_column(info=RESTED_ON)
    span: Mapped[str] = mapped_column(info=RESTED_ON)

    reply: Mapped[Reply] = relationship(lazy="raise")
