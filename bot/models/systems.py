"""Other systems: which are let read and do what (tokens, a feed), and which are told what happens (outgoing webhooks)."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Impersonal, Moment, choice, partial_index
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


class HookState(StrEnum):
    """Whether an endpoint is told anything: not before it is known what there was before it, nor once it was given up."""

    NEW = "new"
    ACTIVE = "active"
    DISABLED = "disabled"


class Setback(StrEnum):
    """Why an endpoint didn't take an event."""

    SILENT = "silent"
    AWAY = "away"
    CERTIFICATE = "certificate"
    PRIVATE = "private"
    IN_CLEAR = "in_clear"
    MOVED = "moved"
    GONE = "gone"
    BUSY = "busy"
    LOCKED = "locked"
    REFUSED = "refused"
    FAILED = "failed"


class HookMatter(StrEnum):
    """What an event is about; with an id it is one thing."""

    REPLY = "reply"
    KEY_POINT = "key_point"
    SUMMARY = "summary"
    DIGEST = "digest"
    DIALOGUE = "dialogue"


class Happening(StrEnum):
    """What an endpoint is told of, as the event's type says it."""

    REPLY_CREATED = "reply.created"
    REPLY_EDITED = "reply.edited"
    REPLY_REMOVED = "reply.removed"
    REPLY_RESTORED = "reply.restored"
    KEY_POINT_CREATED = "key_point.created"
    KEY_POINT_CHANGED = "key_point.changed"
    KEY_POINT_REMOVED = "key_point.removed"
    SUMMARY_PUBLISHED = "summary.published"
    DIGEST_SENT = "digest.sent"
    DIALOGUE_STARTED = "dialogue.started"
    DIALOGUE_ENDED = "dialogue.ended"


class HappeningState(StrEnum):
    """What became of an event; an overtaken one had nothing left to tell when its turn came."""

    OWED = "owed"
    SENT = "sent"
    OVERTAKEN = "overtaken"
    GIVEN_UP = "given_up"


class WebhookEndpoint(Impersonal):
    """A system that is told of one dialogue at `url`: of the types in `wanted`, of all where that is empty.

    `secret` is what events are signed by; the one before it signs too until `previous_until`. After `failures` in a row
    nothing goes there before `due_at`; `failing_since` and `setback` (with an HTTP `status`, if one came) say why.
    """

    __tablename__ = "webhook_endpoint"

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    url: Mapped[str]
    wanted: Mapped[list[str]]
    with_words: Mapped[bool]
    secret: Mapped[str]
    previous_secret: Mapped[str | None]
    previous_until: Mapped[Moment | None]
    state: Mapped[HookState] = mapped_column(choice(HookState), default=HookState.NEW)
    made_at: Mapped[Moment]
    failures: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))
    failing_since: Mapped[Moment | None]
    due_at: Mapped[Moment | None]
    setback: Mapped[Setback | None] = mapped_column(choice(Setback))
    status: Mapped[int | None]
    sent_at: Mapped[Moment | None]

    dialogue: Mapped[Dialogue] = relationship(lazy="raise")


class WebhookTold(Impersonal):
    """As what an endpoint knows one thing, or is about to: `shown` or taken back, and in which state (`changed_at`, `size`, `mark`)."""

    __tablename__ = "webhook_told"

    endpoint_id: Mapped[int] = mapped_column(
        ForeignKey("webhook_endpoint.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    matter: Mapped[HookMatter] = mapped_column(choice(HookMatter), primary_key=True)
    object_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    shown: Mapped[bool]
    changed_at: Mapped[Moment | None]
    size: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))
    mark: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))


class WebhookEvent(Impersonal):
    """One event for one endpoint, known there by `uid` however often it is sent; what it says is read when it is sent.

    `attempts` counts before the first byte leaves: one without any has certainly not arrived.
    """

    __tablename__ = "webhook_event"
    __table_args__ = (
        partial_index("ix_webhook_event_owed", "endpoint_id", "id", where="state = 'owed'"),
        partial_index("ix_webhook_event_settled", "settled_at", where="settled_at IS NOT NULL"),
    )

    id: Mapped[Id]
    endpoint_id: Mapped[int] = mapped_column(ForeignKey("webhook_endpoint.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(unique=True)
    happening: Mapped[Happening] = mapped_column(choice(Happening))
    matter: Mapped[HookMatter] = mapped_column(choice(HookMatter))
    object_id: Mapped[int] = mapped_column(BigInteger)
    happened_at: Mapped[Moment]
    state: Mapped[HappeningState] = mapped_column(choice(HappeningState), default=HappeningState.OWED)
    attempts: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))
    due_at: Mapped[Moment | None]
    settled_at: Mapped[Moment | None]
    status: Mapped[int | None]
