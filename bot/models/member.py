"""Who takes part: persons with a phone, and their membership in each dialogue."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.models.base import Base, Id, Moment, TelegramId, choice, partial_index
from bot.models.dialogue import Dialogue
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
AWAITED = personal("to take what is typed next for what was asked")
REACHED = personal("to send nothing that can't arrive, and to tell moderators how many it can't reach")
NAMED = personal("to name them to others as they chose")
CONSENT = personal("to show that they agreed, to what, and when")
TAKING_PART = personal("to know whom to ask")
AGREED = personal("to do with their words only what they agreed to")
RESTRAINED = personal("to keep the dialogue civil")
ABSTAINED = personal("to remind nobody of a question they don't want to answer")
INVITED = personal("to count how many were invited, in sums alone")
ADMITTED = personal("to open the door to those who have the link, and to those whom moderators let in")


class Role(StrEnum):
    """What a member may do."""

    MEMBER = "member"
    OBSERVER = "observer"
    TRANSLATOR = "translator"
    FACILITATOR = "facilitator"
    MODERATOR = "moderator"
    ORGANISER = "organiser"


class Naming(StrEnum):
    """How a member is named to others."""

    NAME = "name"
    PSEUDONYM = "pseudonym"
    ANONYMOUS = "anonymous"


class Audience(StrEnum):
    """Who may read a reply."""

    MEMBERS = "members"
    MODERATORS = "moderators"


class Awaiting(StrEnum):
    """What the bot has just asked a person to type."""

    CITY = "city"
    NAME = "name"
    RESPONSE = "response"
    ANSWER = "answer"
    OPENING = "opening"
    CLOSE = "close"
    THEME = "theme"
    TRANSLATION = "translation"
    ANNOUNCEMENT = "announcement"
    KEY_POINT = "key_point"
    FURTHER = "further"
    WORDING = "wording"
    BACKGROUND = "background"
    OBJECTION = "objection"
    AFTERWORD = "afterword"
    REASON = "reason"
    MODERATORS_RESPONSE = "moderators_response"
    INQUIRY = "inquiry"
    INQUIRY_ANSWER = "inquiry_answer"
    RECORDING = "recording"
    NOTE_FILE = "note_file"
    EVENT_QUESTION = "event_question"
    REHEARSAL = "rehearsal"
    DRAFT = "draft"
    SEARCH = "search"


# Whether the tallies hold a membership otherwise than it is now.
MEMBER_UNCOUNTED = "outdated OR (counted_language IS NULL) = (joined_at IS NOT NULL AND left_at IS NULL)"


class Person(Base):
    """One Telegram account: the language and time zone it chose, and whether it can be reached.

    `timezone` is empty until chosen: then the dialogue's counts. `paused_until` holds back questions and reminders.
    `awaiting_id` says about what: the membership whose name is awaited, for example; `awaiting_since` from when on,
    where what is awaited lapses. `consent_due_at` is from when on to ask whether they agree to terms that have changed, where
    they have not yet. `responses_at_once` tells of responses without waiting for the evening.
    """

    __tablename__ = "person"

    id: Mapped[Id]
    telegram_id: Mapped[TelegramId] = mapped_column(
        unique=True, info=personal("to write to them, and to know them again")
    )
    language: Mapped[str] = mapped_column(info=personal("to write in their language"))
    timezone: Mapped[str | None] = mapped_column(info=personal("to write at the right hour of theirs"))
    responses_at_once: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=personal("to tell of responses when they wish")
    )
    awaiting_since: Mapped[Moment | None] = mapped_column(info=AWAITED)
    awaiting: Mapped[Awaiting | None] = mapped_column(choice(Awaiting), info=AWAITED)
    awaiting_id: Mapped[int | None] = mapped_column(info=AWAITED)
    consent_due_at: Mapped[Moment | None] = mapped_column(info=CONSENT)
    paused_until: Mapped[Moment | None] = mapped_column(info=personal("to ask nothing while they want a pause"))
    unreachable_since: Mapped[Moment | None] = mapped_column(info=REACHED)
    unreachable_reason: Mapped[str | None] = mapped_column(info=REACHED)

    def is_paused(self, now: datetime) -> bool:
        """Whether the person wants no questions now."""
        return self.paused_until is not None and self.paused_until > now


class Member(Base):
    """A person in a dialogue: role, name, consent. `joined_at` is empty for one who doesn't take part.

    That is one who only moderates, or speaks in a group and never joined. `naming` and `audience` are for what the
    member says next; each reply keeps its own. `pseudonym` is theirs in private, `group_pseudonym` in groups, where all
    know who speaks. `asked_at` is when they asked to be let in, `asked_as` the name by which moderators decide, until they
    have; `refused_at` when they refused.
    `quotable`, `outside_services` and `outside_proposals` are consents: to be quoted in the summary, and to have one's
    words sent to a service outside that translates, or that
    proposes key points. One who offered to translate does so from the languages
    `translates_from`. A muted member reads but
    isn't read; a removed one can't return by themselves. `appointed_at` is set for a role given by an organiser: a
    role named in the settings has none. `team_name` is how others with a role know this one; members don't see it.
    `looked_at` is when they last looked at the queue of this dialogue.
    `counted_language` and `counted_unreachable` are what the tallies hold of a member (nothing while they don't take
    part); `outdated` says that they are to be counted anew. `tapped_at` is when they first pressed a button, or said
    something, after a question had reached them; the tallies hold it once it is `counted_tapped`.
    """

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "person_id"),
        UniqueConstraint("dialogue_id", "pseudonym"),
        Index("uq_member_group_pseudonym", "dialogue_id", "group_pseudonym", unique=True),
        partial_index("ix_member_team", "dialogue_id", "id", where="role <> 'member'"),
        partial_index("ix_member_asking", "dialogue_id", "asked_at", where="asked_at IS NOT NULL"),
        partial_index("ix_member_uncounted", "id", where=MEMBER_UNCOUNTED),
        partial_index("ix_member_silenced", "id", where="muted_at IS NOT NULL OR removed_at IS NOT NULL"),
    )

    id: Mapped[Id]
    dialogue_id: Mapped[int] = mapped_column(
        ForeignKey("dialogue.id", ondelete="CASCADE"), info=personal("to know in which dialogue they are")
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True, info=owner("memberships")
    )
    role: Mapped[Role] = mapped_column(choice(Role), info=personal("to know what they may do"))
    naming: Mapped[Naming] = mapped_column(choice(Naming), info=NAMED)
    audience: Mapped[Audience] = mapped_column(
        choice(Audience),
        default=Audience.MEMBERS,
        server_default=text("'members'"),
        info=personal("to show what they say to those they chose"),
    )
    display_name: Mapped[str | None] = mapped_column(info=NAMED)
    pseudonym: Mapped[str | None] = mapped_column(info=NAMED)
    group_pseudonym: Mapped[str | None] = mapped_column(info=NAMED)
    consent_version: Mapped[str | None] = mapped_column(info=CONSENT)
    consent_language: Mapped[str | None] = mapped_column(info=CONSENT)
    consented_at: Mapped[Moment | None] = mapped_column(info=CONSENT)
    asked_at: Mapped[Moment | None] = mapped_column(info=ADMITTED)
    asked_as: Mapped[str | None] = mapped_column(info=ADMITTED)
    refused_at: Mapped[Moment | None] = mapped_column(info=ADMITTED)
    joined_at: Mapped[Moment | None] = mapped_column(info=TAKING_PART)
    left_at: Mapped[Moment | None] = mapped_column(info=TAKING_PART)
    reminders: Mapped[bool] = mapped_column(info=personal("to remind them only if they wish"))
    quotable: Mapped[bool] = mapped_column(default=False, server_default=false(), info=AGREED)
    translates_from: Mapped[list[str] | None] = mapped_column(info=personal("to give them replies to translate"))
    outside_services: Mapped[bool] = mapped_column(default=False, server_default=false(), info=AGREED)
    outside_proposals: Mapped[bool] = mapped_column(default=False, server_default=false(), info=AGREED)
    muted_at: Mapped[Moment | None] = mapped_column(info=RESTRAINED)
    removed_at: Mapped[Moment | None] = mapped_column(info=RESTRAINED)
    counted_language: Mapped[str | None] = mapped_column(info=IMPERSONAL)
    counted_unreachable: Mapped[bool] = mapped_column(default=False, server_default=false(), info=IMPERSONAL)
    outdated: Mapped[bool] = mapped_column(default=False, server_default=false(), info=IMPERSONAL)
    tapped_at: Mapped[Moment | None] = mapped_column(info=personal("to count how many were reached, in sums alone"))
    counted_tapped: Mapped[bool] = mapped_column(default=False, server_default=false(), info=IMPERSONAL)
    appointed_at: Mapped[Moment | None] = mapped_column(
        info=personal("to tell a role that was given from one in the settings")
    )
    team_name: Mapped[str | None] = mapped_column(info=personal("to let those with a role know each other"))
    looked_at: Mapped[Moment | None] = mapped_column(
        info=personal("to tell them what has come since they looked at the queue")
    )

    dialogue: Mapped[Dialogue] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")

    @property
    def takes_part(self) -> bool:
        """Whether questions go to this member."""
        return self.joined_at is not None and self.left_at is None


class Abstention(Base):
    """A member said "not this week": nobody reminds them of this question."""

    __tablename__ = "abstention"
    __table_args__ = (UniqueConstraint("member_id", "question_id"),)

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), info=owner("not_this_week"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), info=ABSTAINED)
    abstained_at: Mapped[Moment] = mapped_column(info=ABSTAINED)


class TakenName(Base):
    """A name that somebody in a dialogue has, or has had and some reply still carries: nobody else has one that looks like it."""

    __tablename__ = "taken_name"

    dialogue_id: Mapped[int] = mapped_column(
        ForeignKey("dialogue.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, info=IMPERSONAL
    )
    key: Mapped[str] = mapped_column(primary_key=True, info=personal("to let nobody else be taken for them"))
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True, info=owner("names_taken")
    )


INVITEE_UNCOUNTED = "NOT counted"


class Invitee(Base):
    """A person who has read the invitation to a dialogue, whether or not they joined.

    `admitted_at` is when they opened its link; empty again once that link is no longer the one.
    """

    __tablename__ = "invitee"
    __table_args__ = (partial_index("ix_invitee_uncounted", "dialogue_id", where=INVITEE_UNCOUNTED),)

    dialogue_id: Mapped[int] = mapped_column(
        ForeignKey("dialogue.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=INVITED,
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
        info=owner("invitations_read"),
    )
    read_at: Mapped[Moment] = mapped_column(info=INVITED)
    admitted_at: Mapped[Moment | None] = mapped_column(info=ADMITTED)
    counted: Mapped[bool] = mapped_column(default=False, server_default=false(), info=IMPERSONAL)
