"""How a dialogue is kept civil: what members flag, who may not be read, and what moderators did."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Moment, choice
from bot.models.member import Member, Role
from bot.models.reply import Reply


class Flag(Base):
    """A member finds that a moderator should look at a reply; `looked_at` once one did: then it counts no more."""

    __tablename__ = "flag"
    __table_args__ = (UniqueConstraint("reply_id", "member_id"),)

    id: Mapped[Id]
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    flagged_at: Mapped[Moment]
    looked_at: Mapped[Moment | None]


class Restraint(StrEnum):
    """What is kept from a member: to be read by others, or to take part."""

    MUTED = "muted"
    REMOVED = "removed"


class Sanction(Base):
    """A member was muted or removed, as the author of a reply; it lasts as long as this row.

    The reply is how moderators know whom it concerns: of an anonymous author they learn nothing more.
    """

    __tablename__ = "sanction"
    __table_args__ = (UniqueConstraint("member_id", "reply_id", "restraint"),)

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), index=True)
    restraint: Mapped[Restraint] = mapped_column(choice(Restraint))
    since: Mapped[Moment]

    member: Mapped[Member] = relationship(lazy="raise")
    reply: Mapped[Reply] = relationship(lazy="raise")


class Act(StrEnum):
    """What a moderator, or the flags of members, did; whoever hosts the bot exports without being a member."""

    APPROVED = "approved"
    HIDDEN = "hidden"
    SHOWN_AGAIN = "shown_again"
    FEATURED = "featured"
    UNFEATURED = "unfeatured"
    MERGED = "merged"
    RESPONDED = "responded"
    MUTED = "muted"
    UNMUTED = "unmuted"
    REMOVED = "removed"
    BROUGHT_BACK = "brought_back"
    FLAGGED_AWAY = "flagged_away"
    INVITED = "invited"
    ROLE_CHANGED = "role_changed"
    LINKS_WITHDRAWN = "links_withdrawn"
    EXPORTED = "exported"


class LogEntry(Base):
    """One act of moderation: by whom (empty for the flags of members), on which reply, why, when.

    An act on a member names the reply that it was done through, never the member. `role` is the one
    given or offered; `whose_id` the member who was given it.
    """

    __tablename__ = "log_entry"
    __table_args__ = (Index("ix_log_entry_dialogue_done", "dialogue_id", "done_at"),)

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    act: Mapped[Act] = mapped_column(choice(Act))
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id", ondelete="SET NULL"), index=True)
    role: Mapped[Role | None] = mapped_column(choice(Role))
    whose_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    reason: Mapped[str | None]
    done_at: Mapped[Moment]

    actor: Mapped[Member | None] = relationship(lazy="raise", foreign_keys=actor_id)
    whose: Mapped[Member | None] = relationship(lazy="raise", foreign_keys=whose_id)
    reply: Mapped[Reply | None] = relationship(lazy="raise")


class Offer(Base):
    """A role offered by a one-time link: whoever opens it first, in time, may take it.

    Of the link's secret only a fingerprint is kept.
    """

    __tablename__ = "offer"

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    offered_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    offered_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    taken_at: Mapped[Moment | None]
