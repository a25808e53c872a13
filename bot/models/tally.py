"""What a dialogue adds up to, as far as it has been counted: so that a digest needn't read every reply anew."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId, Impersonal, choice, partial_index
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
HEARD = personal("to count who was heard, and whose first words wait for a response, in sums alone")


class Figure(StrEnum):
    """What a tally counts: what stands now, or (the last seven) every time it happened."""

    REPLIES = "replies"
    RESPONSES = "responses"
    REPLIED = "replied"
    REACHED = "reached"
    TAPPED = "tapped"
    MEMBERS = "members"
    UNREACHABLE = "unreachable"
    UNANSWERED = "unanswered"
    CAME = "came"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    JOINED = "joined"
    LEFT = "left"
    INVITED = "invited"


WHOLE = 0  # in place of a question's id: the whole dialogue


class Tally(Impersonal):
    """One count of a dialogue, or of one question of it.

    `day` (ISO) is by the dialogue's clock: the day of a reply, or the one on which something was counted to have
    happened; it is empty, as is `language`, where a figure isn't told apart by it.
    """

    __tablename__ = "tally"

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    figure: Mapped[Figure] = mapped_column(choice(Figure), primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class Participation(Base):
    """What one member has said in a dialogue: how often, and their first reply while nobody else has responded to it."""

    __tablename__ = "participation"
    __table_args__ = (
        Index("ix_participation_most", "dialogue_id", "contributions"),
        partial_index("ix_participation_unanswered", "dialogue_id", "unanswered_id", where="unanswered_id IS NOT NULL"),
    )

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=owner("contributions"),
    )
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), info=IMPERSONAL)
    contributions: Mapped[int] = mapped_column(info=HEARD)
    unanswered_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id", ondelete="SET NULL"), info=HEARD)
