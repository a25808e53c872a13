"""A dialogue that isn't finished yet (a draft, the wizard's state), and those who write it."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Moment, TelegramId, choice
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
WRITTEN = personal("to go on with a dialogue that you had not finished")
WRITING = personal("to show you where you were, and the others who changed what")


class Pen(StrEnum):
    """What someone may do with a draft: change all of it, or write what is missing in one language."""

    AUTHOR = "author"
    TRANSLATOR = "translator"


class DialogueDraft(Base):
    """What the file of a dialogue would say that isn't made yet, or is about to be changed (`dialogue_id`).

    `content` has the keys of the file, every value a text, a list or a mapping; anything may be missing. One of a
    dialogue is there once, so that all who organise it write the same.
    """

    __tablename__ = "dialogue_draft"

    id: Mapped[Id]
    dialogue_id: Mapped[int | None] = mapped_column(
        ForeignKey("dialogue.id", ondelete="CASCADE"), unique=True, info=IMPERSONAL
    )
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True, info=owner("drafts_you_began")
    )
    content: Mapped[dict[str, Any]] = mapped_column(info=WRITTEN)
    begun_at: Mapped[Moment] = mapped_column(info=WRITTEN)
    changed_at: Mapped[Moment] = mapped_column(info=WRITTEN)


class DraftHand(Base):
    """Someone who writes a draft, and where they are in it; while `person_id` is empty, a link that offers this, until `expires_at`.

    `page` is the page last shown to them, `message_id` the message it is in, `turned_at` since when. A translator writes
    `language` alone. `unseen` is what others have changed since they looked: pairs of a hand's id and a place.
    `typed` is what they typed last and what stood there before, so that it can be taken for something else.
    """

    __tablename__ = "draft_hand"
    # Buttons of a draft that is gone must not be those of the next: an id is given once.
    __table_args__ = (UniqueConstraint("draft_id", "person_id"), {"sqlite_autoincrement": True})

    id: Mapped[Id]
    draft_id: Mapped[int] = mapped_column(ForeignKey("dialogue_draft.id", ondelete="CASCADE"), info=IMPERSONAL)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True, info=owner("drafts_you_write")
    )
    pen: Mapped[Pen] = mapped_column(choice(Pen), info=WRITING)
    language: Mapped[str | None] = mapped_column(info=WRITING)
    name: Mapped[str] = mapped_column(default="", server_default=sa.text("''"), info=WRITING)
    fingerprint: Mapped[str | None] = mapped_column(unique=True, info=IMPERSONAL)
    expires_at: Mapped[Moment | None] = mapped_column(info=IMPERSONAL)
    page: Mapped[str] = mapped_column(default="", server_default=sa.text("''"), info=WRITING)
    message_id: Mapped[TelegramId | None] = mapped_column(info=WRITING)
    turned_at: Mapped[Moment | None] = mapped_column(info=WRITING)
    unseen: Mapped[list[Any]] = mapped_column(default=list, server_default=sa.text("'[]'"), info=IMPERSONAL)
    typed: Mapped[dict[str, Any] | None] = mapped_column(info=WRITING)

    draft: Mapped[DialogueDraft] = relationship(lazy="raise")
