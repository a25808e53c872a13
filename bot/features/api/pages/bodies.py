"""What the API answers, as models (JSON Schema): its contract, and the one description there is of it."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.models import Basis, LanguageSource, Naming, Origin, Strength, TokenScope, Visibility

Texts = Annotated[dict[str, str], Field(description="A text by language (BCP 47).")]
ReplyId = Annotated[int, Field(ge=1, description="The id of a reply: it stays, whatever becomes of the reply.")]


class Answer(BaseModel):
    """What all answers have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TokenBody(Answer):
    """The token that was used."""

    name: str
    scopes: list[TokenScope]


class DialogueBody(Answer):
    """The dialogue that the token is for."""

    slug: str
    title: Texts
    summary: Texts
    languages: list[str] = Field(description="The first is the fallback for any text.")
    timezone: str
    questions: int
    token: TokenBody


class QuestionBody(Answer):
    """A guiding question, and from when until when it is open by the dialogue's clock."""

    number: int
    title: Texts
    text: Texts
    prompts: dict[str, list[str]]
    opens_at: datetime
    closes_at: datetime


class QuestionsBody(Answer):
    """All questions, in their order."""

    questions: list[QuestionBody]


class TranslationBody(Answer):
    """A reply in another language; `service` is what translated, if no person did."""

    language: str
    text: str
    by: Origin
    service: str | None


class ReplyBody(Answer):
    """A reply, or a response to one, as members may read it; the moments of an anonymous one are told to the hour."""

    id: ReplyId
    question: int
    responds_to: int | None = Field(description="The id of the reply that it responds to, if that may be read.")
    naming: Naming = Field(description="How its author chose to be named on it.")
    author: str | None = Field(description="That name, or the pseudonym; null for an anonymous one, and for the team.")
    as_moderator: bool = Field(description="Whether a moderator said it as one.")
    language: str
    language_source: LanguageSource
    kind: str = Field(description="Telegram's name for the message: text, voice, photo …")
    files: list[str] = Field(description="The kinds of what it carries.")
    text: str
    late: bool
    featured_at: datetime | None
    replied_at: datetime
    edited_at: datetime | None
    quotable: bool | None = Field(
        description="Whether the author agrees to be quoted in what is published; null where they are anonymous. "
        "Publish no words of those who don't."
    )
    theme: str | None
    translations: list[TranslationBody]


class RepliesBody(Answer):
    """Replies in the order in which they came or changed, each once, as it stands now."""

    replies: list[ReplyBody]
    gone: list[int] = Field(
        description="Ids of replies that were withdrawn, hidden or erased: let go of them, and of what was made of them."
    )
    next: int = Field(ge=0, description="What `after` is to be in the next request, now or later.")
    more: bool = Field(description="Whether there is more at once.")


class FoundBody(Answer):
    """Replies that say what was looked for, the newest first."""

    replies: list[ReplyBody]


class CitedBody(Answer):
    """Words that a key point rests on, under the name chosen for that reply."""

    reply: ReplyId
    words: str
    naming: Naming
    author: str | None
    as_moderator: bool
    language: str
    quotable: bool | None = Field(description="As of a reply, and only while the words may be quoted.")


class KeyPointBody(Answer):
    """A key point of a question or, without one, a question for further discussion. `text` is Markdown of one paragraph."""

    id: int
    question: int | None
    text: Texts
    strength: Strength | None
    members: int | None = Field(description="How many members it rests on; null where they are fewer than five.")
    basis: Basis | None
    event: str | None
    words: list[CitedBody]


class KeyPointsBody(Answer):
    """All key points, in the order of the Summary."""

    key_points: list[KeyPointBody]


class WordedBody(Answer):
    """A text (Markdown) and the language that it is in: another one where there is no wording in the one that was asked for."""

    text: str
    language: str


class BulletBody(Answer):
    """A key point in the Summary."""

    text: WordedBody
    strength: Strength | None
    members: int | None
    languages: int
    basis: Basis | None
    event: str | None


class SectionBody(Answer):
    """A question and its key points."""

    question: int
    heading: WordedBody
    key_points: list[BulletBody]


class SpokenBody(Answer):
    """How many members spoke in a language; in none that is too small to be told apart."""

    language: str
    members: int


class MethodBody(Answer):
    """What the Summary rests on."""

    joined: int
    reached: int
    replied: int
    replies: int
    withdrawn: int
    hidden: int
    languages: list[SpokenBody]
    other_languages: bool


class QuoteBody(Answer):
    """Words of a member who agreed to be quoted; their language where enough members share it."""

    reply: ReplyId
    question: int
    words: str
    naming: Naming
    author: str | None
    language: str | None


class SummaryBody(Answer):
    """The Summary as it stands: the issue that was published last, or a draft, which has no `published_on`."""

    language: str
    title: WordedBody
    first_day: date
    last_day: date
    background: WordedBody
    sections: list[SectionBody]
    further: list[WordedBody]
    method: MethodBody | None
    quotes: list[QuoteBody]
    issue: int
    published_on: date | None


class PeopleBody(Answer):
    """How far the dialogue came."""

    invited: int
    members: int
    reached: int
    replied: int


class AskedBody(Answer):
    """How a question fares: members reached, members who replied, replies with the responses to them."""

    question: int
    reached: int
    replied: int
    replies: int


class SharedBody(Answer):
    """A language, or all that are too small to be told apart (null): its members, to the nearest five, and what was said in it."""

    language: str | None
    members: int
    replies: int


class DayBody(Answer):
    """What was said on one day."""

    day: date
    replies: int


class FiguresBody(Answer):
    """What the digest counts, from the beginning; no number stands for a group of fewer than five."""

    people: PeopleBody
    questions: list[AskedBody]
    languages: list[SharedBody]
    days: list[DayBody]


class StateBody(Answer):
    """How a reply stands once it was decided about."""

    id: ReplyId
    visibility: Visibility
    featured: bool


class ProposedBody(Answer):
    """What came of a proposal: it waits for a moderator, or is known already."""

    outcome: Literal["proposed", "known"]
    lost_quotes: int = Field(description="How many of the quotes stand in no reply, or in several.")


class FaultBody(Answer):
    """What is wrong with one value of a request."""

    pointer: str = Field(description="Where it stands: a JSON Pointer into the body, or the name of a parameter.")
    detail: str


class Problem(Answer):
    """Why a request is refused, and what would be right (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FaultBody] = []
