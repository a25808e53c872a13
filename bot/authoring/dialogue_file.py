"""A dialogue as its file describes it: typed, complete with defaults, and unchangeable."""

from datetime import datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NaiveDatetime

from bot.markup import clean

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SendAt = Literal["member", "dialogue"]
Moderation = Literal["after", "before"]
Names = Literal["choose", "real", "anonymous"]
Admission = Literal["link", "open", "approval"]
Dates = Literal["long", "short"]
Shown = Literal["shown", "hidden"]
RecordingKind = Literal["voice", "audio"]

WEEK = timedelta(weeks=1)
YEAR = timedelta(days=365)
USUAL_REMINDER = timedelta(days=2)
HOUR = timedelta(hours=1)


def wording(text: str) -> str:
    """A text in one language as it is kept: cleaned, without white space around it."""
    return clean(text).strip()


Wording = Annotated[str, AfterValidator(wording)]
Texts = dict[str, Wording]
Period = Annotated[timedelta, Field(gt=timedelta(0))]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DigestRhythm(_Frozen):
    """When moderators get their digest, by the dialogue's clock; `day` only where `every` is whole weeks."""

    every: Period = WEEK
    at: time = time(17)
    day: Weekday | None = None


class Retention(_Frozen):
    """How long after the dialogue's end what of it is kept; None for ever.

    That is who said what, the ids by which Telegram shows what was sent as a file, and all of it.
    """

    identities: Period | None = YEAR
    files: Period | None = YEAR
    dialogue: Period | None = 5 * YEAR


class DocumentStyle(_Frozen):
    """What the Summary shows besides its texts, and how it writes dates; where a file says nothing, what the chat said last holds."""

    dates: Dates = "long"
    strength: Shown = "shown"
    method: Shown = "shown"
    quotes: Shown = "hidden"


class Labels(_Frozen):
    """What the Summary calls itself and its parts; in a language that has no label, the bot's own word."""

    virtual_dialogue: Texts = {}
    summary: Texts = {}
    background: Texts = {}
    key_points: Texts = {}
    further: Texts = {}
    method: Texts = {}
    quotes: Texts = {}


class Source(_Frozen):
    """One entry of the reading list."""

    title: Texts
    url: str


class Recording(_Frozen):
    """A question as somebody says it: what the recording was sent to the bot as, Telegram's id of it, the fingerprint of the wording."""

    kind: RecordingKind = "voice"
    file_id: str
    of: str = ""


class FileQuestion(_Frozen):
    """One guiding question; its texts are Markdown by language, its moments wall clocks in the dialogue's zone.

    `follow_up` is asked once, of those whose reply is short; `spoken` are recordings of the text, None where the file leaves them
    as they were sent to the bot.
    """

    title: Texts = {}
    text: Texts
    prompts: dict[str, tuple[Wording, ...]] = {}
    follow_up: Texts = {}
    spoken: dict[str, Recording] | None = None
    opens: NaiveDatetime | None = None
    closes: NaiveDatetime | None = None


class FileEvent(_Frozen):
    """A live event at one moment for all, a wall clock in the dialogue's zone; recording and notes are added once it is over.

    `languages` are those spoken there; `link` is where one takes part, and `recording` where it can be seen afterwards.
    """

    title: Texts
    starts: NaiveDatetime
    lasts: Period = HOUR
    link: str | None = None
    languages: tuple[str, ...] = ()
    speakers: tuple[Wording, ...] = ()
    about: Texts = {}
    recording: str | None = None
    notes: Texts = {}


def _usual_reminder(values: dict[str, Any]) -> timedelta | None:
    # A question that is open for two days or less would be reminded of before it opens.
    return USUAL_REMINDER if values.get("every", WEEK) > USUAL_REMINDER else None


class DialogueFile(_Frozen):
    """All that a dialogue file says; files are named by Telegram's ids, or (None) left as they were sent to the bot.

    Moments are wall clocks in `timezone`; one of fold 1 is the second of an hour that comes twice.
    """

    slug: str
    languages: Annotated[tuple[str, ...], Field(min_length=1)]
    timezone: str
    starts: NaiveDatetime
    ends: NaiveDatetime | None = None
    every: Period = WEEK
    send_at: SendAt = "member"
    quiet_hours: tuple[time, time] | None = (time(21), time(8))
    moderation: Moderation = "after"
    names: Names = "choose"
    admission: Admission = "link"
    reminder: Period | None = Field(default_factory=_usual_reminder)
    digest: DigestRhythm | None = DigestRhythm(day="fri")
    retention: Retention = Retention()
    document: DocumentStyle | None = None
    title: Texts
    summary: Texts = {}
    concept_note: Texts = {}
    concept_note_file: dict[str, str] | None = None
    rules: Texts = {}
    labels: Labels = Labels()
    questions: Annotated[tuple[FileQuestion, ...], Field(min_length=1)]
    events: tuple[FileEvent, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def source_language(self) -> str:
        """The fallback for any text."""
        return self.languages[0]

    def question_opens(self, index: int) -> datetime:
        """When a question opens, counted from 0, by the dialogue's clock: as written, else by the rhythm."""
        return self.questions[index].opens or self.starts + index * self.every

    def question_closes(self, index: int) -> datetime:
        """When a question closes: as written, else as the next one opens; the last as the dialogue ends, else after one period."""
        written = self.questions[index].closes
        if written:
            return written
        if index + 1 < len(self.questions):
            return self.question_opens(index + 1)
        return self.ends or self.question_opens(index) + self.every

    @property
    def finishes(self) -> datetime:
        """The dialogue's end by its clock: as written, else the last question's close."""
        return self.ends or self.question_closes(len(self.questions) - 1)
