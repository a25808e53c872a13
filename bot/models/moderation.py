"""How a dialogue is kept civil: what members flag, who may not be read, and what moderators did."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Moment, choice
from bot.models.member import Member, Role
from bot.models.personal import IMPERSONAL, owner, personal
from bot.models.reply import Reply

# Why what is personal here is kept.
FLAGGED = personal("to have a moderator look, and to count each member's flag once")
RESTRAINED = personal("to keep the dialogue civil, and to be able to lift it")
ACTED = personal("to keep moderators answerable")
OFFERED = personal("to know who may take a role, and until when")


class Flag(Base):
    """A member finds that a moderator should look at a reply; `looked_at` once one did: then it counts no more."""

    __tablename__ = "flag"
    __table_args__ = (UniqueConstraint("reply_id", "member_id"),)

    id: Mapped[Id]
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), info=FLAGGED)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True, info=owner("flags"))
    flagged_at: Mapped[Moment] = mapped_column(info=FLAGGED)
    looked_at: Mapped[Moment | None] = mapped_column(info=FLAGGED)


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
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True, info=IMPERSONAL)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), info=owner("restraints"))
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), index=True, info=RESTRAINED)
    restraint: Mapped[Restraint] = mapped_column(choice(Restraint), info=RESTRAINED)
    since: Mapped[Moment] = mapped_column(info=RESTRAINED)

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
    UNMERGED = "unmerged"
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
    MOVED = "moved"
    MOVED_BACK = "moved_back"
    IMPORTED = "imported"
    PUBLISHED = "published"
    PAGE_OPENED = "page_opened"
    PAGE_CLOSED = "page_closed"
    LET_IN = "let_in"
    NOT_LET_IN = "not_let_in"
    LINK_RENEWED = "link_renewed"
    RECORDED = "recorded"
    TOKEN_GIVEN = "token_given"  # noqa: S105 - an act
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - an act


class LogEntry(Base):
    """One act of moderation: by whom (empty for the flags of members), on which reply, why, when.

    An act on a member names the reply that it was done through, never the member. `role` is the one
    given or offered; `whose_id` the member who was given it.
    """

    __tablename__ = "log_entry"
    __table_args__ = (Index("ix_log_entry_dialogue_done", "dialogue_id", "done_at"),)

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), info=IMPERSONAL)
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), info=owner("what_you_did_as_a_moderator")
    )
    act: Mapped[Act] = mapped_column(choice(Act), info=ACTED)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id", ondelete="SET NULL"), index=True, info=ACTED)
    role: Mapped[Role | None] = mapped_column(choice(Role), info=ACTED)
    whose_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), info=owner("roles_given_to_you", only=("role", "done_at"))
    )
    reason: Mapped[str | None] = mapped_column(info=ACTED)
    done_at: Mapped[Moment] = mapped_column(info=ACTED)

    actor: Mapped[Member | None] = relationship(lazy="raise", foreign_keys=actor_id)
    whose: Mapped[Member | None] = relationship(lazy="raise", foreign_keys=whose_id)
    reply: Mapped[Reply | None] = relationship(lazy="raise")


class Offer(Base):
    """A role offered by a one-time link: whoever opens it first, in time, may take it.

    Of the link's secret only a fingerprint is kept.
    """

    __tablename__ = "offer"

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True, info=IMPERSONAL)
    fingerprint: Mapped[str] = mapped_column(unique=True, info=IMPERSONAL)
    role: Mapped[Role] = mapped_column(choice(Role), info=OFFERED)
    offered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), info=owner("roles_you_offered")
    )
    offered_at: Mapped[Moment] = mapped_column(info=OFFERED)
    expires_at: Mapped[Moment] = mapped_column(info=OFFERED)
    taken_at: Mapped[Moment | None] = mapped_column(info=OFFERED)
