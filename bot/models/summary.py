"""What a dialogue's Summary is made of: key points with the words they rest on, and what members and moderators said to it."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Earlier, Id, Impersonal, Moment, Versions, Wordings, choice
from bot.models.personal import IMPERSONAL, owner, personal
from bot.models.reply import Reply

# Why what is personal here is kept.
RESTED_ON = personal("to trace a key point to the words it rests on")
OBJECTED = personal("to have an objection answered")
WAIVED = personal("to show who let a difference, an objection or an unheard language stand")
CHANGED = personal("to learn what has changed since the Summary")


class Strength(StrEnum):
    """How far the members were of one mind on a key point, as a moderator sees it."""

    CONSENSUS = "consensus"
    MAJORITY = "majority"
    CONTESTED = "contested"
    SINGLE_VOICE = "single_voice"


class Basis(StrEnum):
    """What a key point comes from besides what members replied."""

    MODERATORS = "moderators"
    EVENT = "event"


class Openness(StrEnum):
    """Who finds the public page of a Summary: whoever has its address, or those too who search the web."""

    LINK = "link"
    SEARCH = "search"


class KeyPoint(Impersonal):
    """One bullet of the Summary: a key point of a question or, without `question_id`, a question for further discussion.

    `text` is Markdown in one paragraph, by language, and `versions` tells which of them have fallen behind a change of
    another (core.wordings.reword), `earlier` how a wording read to which another still goes back, and `asked` since when
    translators have been asked for one (core.versions). `position` orders the bullets of one question. `consulted_at` is
    when those whose words it rests on were shown it; a new wording empties it. Of what comes from a live event `event_id`
    says which, as long as there is that event.
    """

    __tablename__ = "key_point"

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[Wordings]
    versions: Mapped[Versions] = mapped_column(default=dict, server_default=sql("'{}'"))
    earlier: Mapped[Earlier] = mapped_column(default=dict, server_default=sql("'{}'"))
    asked: Mapped[Wordings] = mapped_column(default=dict, server_default=sql("'{}'"))
    strength: Mapped[Strength | None] = mapped_column(choice(Strength))
    created_at: Mapped[Moment]
    consulted_at: Mapped[Moment | None]
    basis: Mapped[Basis | None] = mapped_column(choice(Basis))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"))


class WordingVector(Impersonal):
    """A wording of a key point as a vector, as Embedding holds a reply's: by the `model` that made it, from the `text` as it was then."""

    __tablename__ = "wording_vector"

    key_point_id: Mapped[int] = mapped_column(
        ForeignKey("key_point.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str]
    text: Mapped[str]
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class Support(Base):
    """Words that a key point rests on: `span` stands in the reply's stored text from `start` to `end` (code points).

    The span is empty where the reply has no words, such as a voice message. It was chosen at `chosen_at`.
    """

    __tablename__ = "support"
    __table_args__ = (UniqueConstraint("key_point_id", "reply_id"),)

    id: Mapped[Id]
    key_point_id: Mapped[int] = mapped_column(ForeignKey("key_point.id", ondelete="CASCADE"), info=RESTED_ON)
    reply_id: Mapped[int] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"), index=True, info=owner("key_points_rest_on_it")
    )
    start: Mapped[int] = mapped_column(info=RESTED_ON)
    end: Mapped[int] = mapped_column(info=RESTED_ON)
    span: Mapped[str] = mapped_column(info=RESTED_ON)
    chosen_at: Mapped[Moment] = mapped_column(info=RESTED_ON)

    reply: Mapped[Reply] = relationship(lazy="raise")


class Objection(Base):
    """What a member holds against a key point that rests on their words; open until a moderator answers it.

    `version` is the key point's newest then (core.wordings.newest): whether it was changed since.
    """

    __tablename__ = "objection"

    id: Mapped[Id]
    key_point_id: Mapped[int] = mapped_column(ForeignKey("key_point.id", ondelete="CASCADE"), index=True, info=OBJECTED)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True, info=owner("objections")
    )
    text: Mapped[str] = mapped_column(info=OBJECTED)
    version: Mapped[int | None] = mapped_column(info=OBJECTED)
    raised_at: Mapped[Moment] = mapped_column(info=OBJECTED)
    answered_at: Mapped[Moment | None] = mapped_column(info=OBJECTED)
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"),
        info=owner("objections_you_answered", only=("key_point_id", "answered_at")),
    )

    key_point: Mapped[KeyPoint] = relationship(lazy="raise")


class Summary(Impersonal):
    """A dialogue's Summary besides its key points: `background` where a moderator wrote one, and what became of it.

    `background_versions`, `background_earlier` and `background_asked` are as those of KeyPoint.

    `issue` counts publications, and `published` holds the last one as publication.preserve wrote it. The members were
    asked what changed at `followed_up_at`.

    `openness` is empty while it has no public page; `page_told_at` is since when members have known of that page.
    """

    __tablename__ = "summary"

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), unique=True)
    background: Mapped[Wordings]
    background_versions: Mapped[Versions] = mapped_column(default=dict, server_default=sql("'{}'"))
    background_earlier: Mapped[Earlier] = mapped_column(default=dict, server_default=sql("'{}'"))
    background_asked: Mapped[Wordings] = mapped_column(default=dict, server_default=sql("'{}'"))
    issue: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[Moment | None]
    published: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    followed_up_at: Mapped[Moment | None]
    openness: Mapped[Openness | None] = mapped_column(choice(Openness))
    page_told_at: Mapped[Moment | None]


class Waiver(Base):
    """What a moderator lets stand before publication, under their name: a difference between two languages, an objection, or an unheard language.

    `difference` says which, in what state (comparing.Difference.key), or names the objection (consultation.waiver_of) or the
    language (voices.waiver_of).
    """

    __tablename__ = "waiver"
    __table_args__ = (UniqueConstraint("dialogue_id", "difference"),)

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), info=IMPERSONAL)
    difference: Mapped[str] = mapped_column(info=WAIVED)
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), info=owner("what_you_let_stand")
    )
    waived_at: Mapped[Moment] = mapped_column(info=WAIVED)


class Afterword(Base):
    """What a member says has changed, some time after the Summary."""

    __tablename__ = "afterword"

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True, info=IMPERSONAL)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True, info=owner("what_has_changed")
    )
    text: Mapped[str] = mapped_column(info=CHANGED)
    said_at: Mapped[Moment] = mapped_column(info=CHANGED)
