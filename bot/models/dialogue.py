"""A dialogue as it was authored: texts in several languages, a rhythm, and an ordered list of questions."""

import secrets
from datetime import time, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Id, Impersonal, Moment, WallTime, Wordings, choice, partial_index


class SendAt(StrEnum):
    """Whose clock a question follows: each member's own, or the dialogue's for all at one instant."""

    MEMBER = "member"
    DIALOGUE = "dialogue"


class Names(StrEnum):
    """How a dialogue lets its members be named."""

    CHOOSE = "choose"
    REAL = "real"
    ANONYMOUS = "anonymous"


class Moderation(StrEnum):
    """Whether replies are shown to members at once, or once a moderator approved them."""

    AFTER = "after"
    BEFORE = "before"


class Admission(StrEnum):
    """Who may join: whoever has the link, whoever finds the bot, or who has the link and is let in by a moderator."""

    LINK = "link"
    OPEN = "open"
    APPROVAL = "approval"


DOOR_BYTES = 16  # of chance in a link: 22 characters, which nobody guesses


def new_door() -> str:
    """What a link ends in that nobody can guess."""
    return secrets.token_urlsafe(DOOR_BYTES)


class Dialogue(Impersonal):
    """A time-limited, moderated discussion, as its file describes it; `starts` and `ends` are wall clocks in `timezone`.

    There are no quiet hours where `quiet_from` is empty, no reminders where `reminder` is, no digests where
        `digest_every` is. `door` is what the link to join ends in; in an open dialogue the slug serves as well. `followed_at`
    is when it was last looked what had become of its replies.

    `note_files` are Telegram's ids of the concept note as a document; `refused_files` are those, of recordings too, that
    Telegram didn't take when they were to be sent: nothing is tried with them again.

    `identities_kept`, `files_kept` and `dialogue_kept` are how long after its end who said what is kept, what Telegram needs
    to show a file, and all of it; empty for ever. `expiry_told_at` is when its people were told that the last is near.

    `labels` are what its Summary calls its parts, by the part's name and language; `long_dates` and what begins with
    `with_` say how that looks, as its file or a moderator in the chat said last.

    `entered_at` is when it was entered as finished: it took place elsewhere, nobody joins it here, and its Summary is all there is
    to come.
    """

    __tablename__ = "dialogue"
    __table_args__ = (partial_index("uq_dialogue_door", "door", where="door <> ''", unique=True),)

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    languages: Mapped[list[str]]
    timezone: Mapped[str]
    starts: Mapped[WallTime]
    ends: Mapped[WallTime | None]
    every: Mapped[timedelta]
    send_at: Mapped[SendAt] = mapped_column(choice(SendAt))
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    moderation: Mapped[Moderation] = mapped_column(choice(Moderation))
    names: Mapped[Names] = mapped_column(choice(Names))
    admission: Mapped[Admission] = mapped_column(
        choice(Admission), default=Admission.LINK, server_default=sa.text("'link'")
    )
    door: Mapped[str] = mapped_column(default=new_door, server_default=sa.text("''"))
    reminder: Mapped[timedelta | None]
    digest_every: Mapped[timedelta | None]
    digest_at: Mapped[time | None]
    digest_day: Mapped[str | None]
    title: Mapped[Wordings]
    summary: Mapped[Wordings]
    concept_note: Mapped[Wordings]
    note_files: Mapped[dict[str, str]] = mapped_column(default=dict, server_default=sa.text("'{}'"))
    refused_files: Mapped[list[str]] = mapped_column(default=list, server_default=sa.text("'[]'"))
    rules: Mapped[Wordings] = mapped_column(default=dict, server_default=sa.text("'{}'"))
    labels: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=sa.text("'{}'"))
    long_dates: Mapped[bool] = mapped_column(default=True, server_default=true())
    with_strength: Mapped[bool] = mapped_column(default=True, server_default=true())
    with_method: Mapped[bool] = mapped_column(default=True, server_default=true())
    with_quotes: Mapped[bool] = mapped_column(default=False, server_default=false())
    sources: Mapped[list[Any]]
    created_at: Mapped[Moment]
    followed_at: Mapped[Moment | None]
    identities_kept: Mapped[timedelta | None]
    files_kept: Mapped[timedelta | None]
    dialogue_kept: Mapped[timedelta | None]
    expiry_told_at: Mapped[Moment | None]
    entered_at: Mapped[Moment | None]

    questions: Mapped[list["Question"]] = relationship(
        back_populates="dialogue", order_by="Question.position", cascade="all, delete-orphan", lazy="raise"
    )

    @property
    def source_language(self) -> str:
        """The fallback for any text."""
        return self.languages[0]

    @property
    def entrance(self) -> str:
        """What the link to join ends in."""
        return self.slug if self.admission is Admission.OPEN else self.door


class Question(Impersonal):
    """One guiding question. `position` counts from 0; `opens` and `closes` are wall clocks in the dialogue's zone.

    `opens_as_written` and `closes_as_written` are empty where the file leaves them to the rhythm. `opens_in_file` and
    `closes_in_file` are what the file that was imported last came to: what differs from them was moved since; empty where
    nobody knows. `planned_at` is when
    its deliveries began to be written, for all who were members then; `planned_through` up to which member id they are
    written so far, until they all are.

    `follow_up` is asked once, of those whose reply is short. `spoken` has, by language, a recording of the text: its `kind`,
    Telegram's `file_id`, and `of` which wording it is.
    """

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("dialogue_id", "position"),)

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[Wordings]
    text: Mapped[Wordings]
    prompts: Mapped[dict[str, Any]]
    follow_up: Mapped[Wordings] = mapped_column(default=dict, server_default=sa.text("'{}'"))
    spoken: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=sa.text("'{}'"))
    opens: Mapped[WallTime]
    closes: Mapped[WallTime]
    opens_as_written: Mapped[WallTime | None]
    closes_as_written: Mapped[WallTime | None]
    opens_in_file: Mapped[WallTime | None]
    closes_in_file: Mapped[WallTime | None]
    planned_at: Mapped[Moment | None]
    planned_through: Mapped[int | None] = mapped_column(BigInteger)

    dialogue: Mapped[Dialogue] = relationship(back_populates="questions", lazy="raise")

    @property
    def number(self) -> int:
        """The question's number as people count: from 1."""
        return self.position + 1
