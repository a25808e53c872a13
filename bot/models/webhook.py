"""Which systems outside are told what happens in a dialogue (outgoing webhooks), what each was told, and what it is still owed."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Id, Impersonal, Moment, choice, partial_index
from bot.models.dialogue import Dialogue


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
