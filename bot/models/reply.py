"""What members say: replies, responses to them, and every earlier state of both."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Moment, TelegramId, choice, partial_index
from bot.models.dialogue import Question
from bot.models.member import Audience, Member, Naming
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
PLACED = personal("to stand where it belongs in the dialogue")
FOLLOWED = personal("to follow its author's edits")
READ = personal("to be read in the dialogue")
UNDERSTOOD = personal("to be read by those who understand it, and translated for others")
DATED = personal("to show when it was said, and whether in time")
MODERATED = personal("to keep the dialogue civil, and moderators answerable")
FILE = personal("to show the file, which itself stays with Telegram")
EARLIER = personal("for its author alone to see")
WITHDRAWN = personal("to show nobody else what its author took back")
NAMED = personal("to name its author as they chose for it")
HELD = personal("to lose nothing until its author says what it belongs to")


class Visibility(StrEnum):
    """Whether a reply is shown to its audience; a merged one is shown as the reply it says the same as."""

    SHOWN = "shown"
    WAITING = "waiting"
    HIDDEN = "hidden"
    MERGED = "merged"


# Whether the tallies hold a reply otherwise than it stands now; the index over these rows is what keeps counting cheap.
REPLY_UNCOUNTED = """
    counted_language IS DISTINCT FROM
    (CASE WHEN withdrawn_at IS NULL AND visibility IN ('shown', 'merged') THEN language END)
    OR counted_edit_at IS DISTINCT FROM edited_at
"""

REPLY_UNSEARCHABLE = "NOT searchable"

# Of many replies, these are sought by themselves at the moderators' desk; each has an index, so that the rest isn't read.
REPLY_PUT_AWAY = "visibility IN ('hidden', 'merged')"
SHORT, LONG = 140, 600  # characters: a sentence or two, and what has more than a paragraph
REPLY_SHORT, REPLY_LONG = f"length(text) <= {SHORT}", f"length(text) >= {LONG}"


class LanguageSource(StrEnum):
    """How a reply's language is known: its author's, until the words were looked at; a person's word is the last."""

    ASSUMED = "assumed"
    DETECTED = "detected"
    CORRECTED = "corrected"


class Reply(Base):
    """What a member said to a question; `late` if it came after the close; a withdrawn one is kept for its author alone.

    `kind` is Telegram's name for the content (text, voice, photo, …); `album` its media group. `replied_at` is the
    moment Telegram dates the message, `kept_at` when it was stored. With a `parent_id` it is a response: said to
    that reply. `naming` is how its author is named on it, `signature` the name or pseudonym itself, whatever they choose
    later. Its `text` ends with that of its `additions`. `room_id` is where it was said,
    if in a group. `waiting_since` is set while a moderator must look at it. `counted_language` and `counted_edit_at` are
    as what the tallies have counted it: nothing while it isn't; it has `come` once it was told as new. `as_moderator`
    marks what a moderator said as one. It is `searchable` once its words, and its translations, are in ReplyWords as they are now.
    """

    __tablename__ = "reply"
    __table_args__ = (
        partial_index("uq_reply_private", "member_id", "message_id", where="room_id IS NULL", unique=True),
        partial_index("uq_reply_room", "room_id", "message_id", where="room_id IS NOT NULL", unique=True),
        partial_index("ix_reply_waiting", "dialogue_id", "waiting_since", where="waiting_since IS NOT NULL"),
        partial_index("ix_reply_unread", "id", where="language_source = 'assumed' AND text <> ''"),
        partial_index("ix_reply_unsearchable", "id", where=REPLY_UNSEARCHABLE),
        partial_index("ix_reply_merged", "merged_into_id", where="visibility = 'merged'"),
        partial_index("ix_reply_featured", "question_id", "featured_at", where="featured_at IS NOT NULL"),
        partial_index(
            "ix_reply_card",
            *("question_id", "id", "language", "audience", "visibility", "member_id", "replied_at"),
            where="parent_id IS NULL AND withdrawn_at IS NULL",
        ),
        partial_index(
            "ix_reply_card_language",
            *("question_id", "language", "id", "audience", "visibility", "member_id", "replied_at"),
            where="parent_id IS NULL AND withdrawn_at IS NULL",
        ),
        partial_index("ix_reply_put_away", "question_id", "visibility", where=REPLY_PUT_AWAY),
        partial_index("ix_reply_short", "question_id", "id", where=REPLY_SHORT),
        partial_index("ix_reply_long", "question_id", "id", where=REPLY_LONG),
        partial_index("ix_reply_response", "parent_id", where="parent_id IS NOT NULL"),
        partial_index("ix_reply_uncounted", "id", where=REPLY_UNCOUNTED),
        partial_index("ix_reply_to_moderators", "dialogue_id", "kept_at", where="audience = 'moderators'"),
        Index("ix_reply_question_kept", "question_id", "kept_at"),
        Index("ix_reply_dialogue_kept", "dialogue_id", "kept_at"),
    )

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), info=IMPERSONAL)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), info=PLACED)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True, info=owner("replies")
    )
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), info=PLACED)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id", ondelete="SET NULL"), info=FOLLOWED)
    message_id: Mapped[TelegramId] = mapped_column(info=FOLLOWED)
    kind: Mapped[str] = mapped_column(info=READ)
    text: Mapped[str] = mapped_column(info=READ)
    album: Mapped[str | None] = mapped_column(info=FOLLOWED)
    language: Mapped[str] = mapped_column(info=UNDERSTOOD)
    language_source: Mapped[LanguageSource] = mapped_column(
        choice(LanguageSource),
        default=LanguageSource.ASSUMED,
        server_default=sa.text("'assumed'"),
        info=UNDERSTOOD,
    )
    late: Mapped[bool] = mapped_column(info=DATED)
    replied_at: Mapped[Moment] = mapped_column(info=DATED)
    kept_at: Mapped[Moment] = mapped_column(info=DATED)
    edited_at: Mapped[Moment | None] = mapped_column(info=personal("to show that its author changed it"))
    withdrawn_at: Mapped[Moment | None] = mapped_column(info=WITHDRAWN)
    naming: Mapped[Naming] = mapped_column(choice(Naming), server_default=sa.text("'pseudonym'"), info=NAMED)
    signature: Mapped[str | None] = mapped_column(info=NAMED)
    audience: Mapped[Audience] = mapped_column(
        choice(Audience),
        default=Audience.MEMBERS,
        server_default=sa.text("'members'"),
        info=personal("to show it to those its author chose"),
    )
    visibility: Mapped[Visibility] = mapped_column(
        choice(Visibility),
        default=Visibility.SHOWN,
        server_default=sa.text("'shown'"),
        info=MODERATED,
    )
    waiting_since: Mapped[Moment | None] = mapped_column(info=MODERATED)
    hidden_reason: Mapped[str | None] = mapped_column(info=MODERATED)
    featured_at: Mapped[Moment | None] = mapped_column(info=MODERATED)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id", ondelete="SET NULL"), info=MODERATED)
    as_moderator: Mapped[bool] = mapped_column(default=False, server_default=sa.false(), info=MODERATED)
    counted_language: Mapped[str | None] = mapped_column(info=IMPERSONAL)
    counted_edit_at: Mapped[Moment | None] = mapped_column(info=IMPERSONAL)
    come: Mapped[bool] = mapped_column(default=False, server_default=sa.false(), info=IMPERSONAL)
    searchable: Mapped[bool] = mapped_column(default=False, server_default=sa.false(), info=IMPERSONAL)

    attachments: Mapped[list["Attachment"]] = relationship(
        order_by="Attachment.message_id", cascade="all, delete-orphan", lazy="raise"
    )
    additions: Mapped[list["Addition"]] = relationship(
        order_by="Addition.message_id", cascade="all, delete-orphan", lazy="raise"
    )
    question: Mapped[Question] = relationship(lazy="raise")
    member: Mapped[Member] = relationship(lazy="raise")


class Attachment(Base):
    """A file, place or contact in a reply. `size` is in bytes, `duration` in seconds; `details` holds what has no file.

    `caption` is what this part of an album says; together the parts say the reply's text.
    """

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("reply_id", "message_id"),)

    id: Mapped[Id]
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), info=owner("attachments"))
    message_id: Mapped[TelegramId] = mapped_column(info=FILE)
    kind: Mapped[str] = mapped_column(info=FILE)
    file_id: Mapped[str | None] = mapped_column(info=FILE)
    file_unique_id: Mapped[str | None] = mapped_column(info=FILE)
    file_name: Mapped[str | None] = mapped_column(info=FILE)
    mime_type: Mapped[str | None] = mapped_column(info=FILE)
    size: Mapped[int | None] = mapped_column(BigInteger, info=FILE)
    duration: Mapped[int | None] = mapped_column(info=FILE)
    details: Mapped[dict[str, Any] | None] = mapped_column(info=FILE)
    caption: Mapped[str] = mapped_column(default="", server_default=sa.text("''"), info=READ)


class Addition(Base):
    """What an author said to a follow-up, in a message of its own: it stands below the words it adds to, in the same reply."""

    __tablename__ = "addition"
    __table_args__ = (UniqueConstraint("reply_id", "message_id"),)

    id: Mapped[Id]
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), info=owner("additions"))
    message_id: Mapped[TelegramId] = mapped_column(info=FOLLOWED)
    text: Mapped[str] = mapped_column(info=READ)
    added_at: Mapped[Moment] = mapped_column(info=DATED)


class Revision(Base):
    """An earlier state of a reply that its author edited."""

    __tablename__ = "revision"

    id: Mapped[Id]
    reply_id: Mapped[int] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"), index=True, info=owner("revisions")
    )
    text: Mapped[str] = mapped_column(info=EARLIER)
    attachments: Mapped[list[Any]] = mapped_column(info=EARLIER)
    replaced_at: Mapped[Moment] = mapped_column(info=EARLIER)


class Doubt(StrEnum):
    """What the author of a held message is asked: which question it answers, for whom it is, or whether they want less of all this."""

    PLACE = "place"
    PURPOSE = "purpose"
    WAY_OUT = "way_out"


class HeldMessage(Base):
    """What a person sent while it isn't clear which question it answers; kept until they say.

    What puts another's reply into words (`reply_id`), as a translation does, goes with that.

    Of several in a row of the same `doubt` only the first is asked about: what is chosen for it goes for those that are
    `asked_with` it.

    `asked_at` is empty until it is certain that they were asked: a crash between keeping and asking must not leave
    it waiting for ever.
    """

    __tablename__ = "held_message"
    # A button may outlive what was held: no number is given twice.
    __table_args__ = (UniqueConstraint("person_id", "message_id"), {"sqlite_autoincrement": True})

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), info=owner("held_messages"))
    message_id: Mapped[TelegramId] = mapped_column(info=HELD)
    content: Mapped[dict[str, Any]] = mapped_column(info=HELD)
    sent_at: Mapped[Moment] = mapped_column(info=HELD)
    asked_at: Mapped[Moment | None] = mapped_column(info=HELD)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), index=True, info=HELD)
    doubt: Mapped[Doubt | None] = mapped_column(choice(Doubt), info=HELD)
    asked_with_id: Mapped[int | None] = mapped_column(
        ForeignKey("held_message.id", ondelete="SET NULL"), index=True, info=HELD
    )
