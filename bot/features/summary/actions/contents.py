"""A dialogue's Summary, alive as a draft from its first week: gathered once, then laid out in any of its languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.authoring import FileEvent
from bot.core import wordings
from bot.core.authors import Author
from bot.core.dialogues import NoSuchDialogue
from bot.core.versions import Versioned
from bot.features.events.actions import programme
from bot.features.key_points.actions import key_points
from bot.features.key_points.actions.points import Point
from bot.features.key_points.actions.support import Resting
from bot.features.summary.actions.backgrounds import authored_background, of_dialogue
from bot.models import Basis, Dialogue, Question, Strength
from bot.tallies import numbers
from bot.tallies.breakdown import SMALLEST_GROUP

NO_VERSIONS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Worded:
    """An authored text, Markdown, and the language it is in: another than wanted where no wording was there.

    Wordings of one `version` say the same (core.wordings.reword).
    """

    text: str
    language: str
    version: int = 1


@dataclass(frozen=True)
class Quote:
    """The words of a member who agreed to be quoted, under the name chosen for them; their language is told in no small group."""

    reply_id: int
    number: int
    text: str
    author: Author
    language: str
    language_told: bool


@dataclass(frozen=True)
class Bullet:
    """A key point; `members` is None where they are too few to be counted, `strength` where nothing is said of it.

    Both are where the Summary shall tell neither. It has `words` to rest on where it opens: on the public page. What it comes from
    besides replies is always told: its `basis`, and what the live `event` is called, if it is one.
    """

    worded: Worded
    strength: Strength | None
    members: int | None
    languages: int
    words: tuple[Quote, ...] = ()
    basis: Basis | None = None
    event: str = ""


@dataclass(frozen=True)
class SummarySection:
    """A question and its key points."""

    number: int
    heading: Worded
    bullets: tuple[Bullet, ...]


@dataclass(frozen=True)
class Method:
    """What the Summary rests on, by the definitions of `core.counting`: who has joined is `invited`.

    `languages` are those in which members spoke, as far as told apart; `others` says whether there are more. Of a dialogue
    that was `entered` as finished none of this is known.
    """

    invited: int
    reached: int
    replied: int
    replies: int
    languages: tuple[tuple[str, int], ...]
    others: bool
    withdrawn: int
    hidden: int = 0
    entered: bool = False


@dataclass(frozen=True)
class RecordedEvent:
    """A live event of which there is a recording; `day` by the dialogue's clock."""

    title: str
    day: date
    recording: str


@dataclass(frozen=True)
class SummaryContents:
    """A Summary in one language; `first_day` and `last_day` by the dialogue's clock.

    A draft has no `published_on`; its `issue` is the last one published, 0 before the first. There is no `method` where
    it isn't told. `labels` are the dialogue's own words for parts of the Summary, by the names of the dialogue file.
    """

    dialogue_id: int
    slug: str
    language: str
    title: Worded
    first_day: date
    last_day: date
    background: Worded
    sections: tuple[SummarySection, ...]
    further: tuple[Worded, ...]
    method: Method | None
    quotes: tuple[Quote, ...]
    issue: int
    published_on: date | None
    labels: tuple[tuple[str, str], ...] = ()
    long_dates: bool = True
    events: tuple[RecordedEvent, ...] = ()


@dataclass(frozen=True)
class Material:
    """All that a Summary is made of, in all languages; its dialogue's questions are loaded."""

    dialogue: Dialogue
    background: Versioned
    points: Mapping[int | None, list[Point]]
    method: Method
    issue: int
    published: Mapping[str, Any] | None
    events: tuple[FileEvent, ...]


async def gather(session: AsyncSession, slug: str) -> Material:
    """What the Summary of a dialogue is made of now; raises NoSuchDialogue."""
    dialogue = await session.scalar(
        select(Dialogue)
        .where(Dialogue.slug == slug)
        .options(selectinload(Dialogue.questions))
        .execution_options(populate_existing=True)
    )
    if dialogue is None:
        raise NoSuchDialogue(slug)
    kept = await of_dialogue(session, dialogue.id)
    return Material(
        dialogue=dialogue,
        background=Versioned.of_background(kept, authored_background(dialogue)),
        points=await key_points.every_point(session, dialogue),
        method=await _method(session, dialogue),
        issue=kept.issue,
        published=kept.published,
        events=await programme.written(session, dialogue.id),
    )


async def _method(session: AsyncSession, dialogue: Dialogue) -> Method:
    turnout = await numbers.turnout(session, dialogue.id)
    replies = await numbers.reply_counts(session, dialogue.id)
    return Method(
        invited=turnout.joined,
        reached=turnout.reached,
        replied=turnout.replied,
        replies=replies.replies,
        languages=turnout.languages,
        others=turnout.others,
        withdrawn=replies.withdrawn,
        hidden=replies.hidden,
        entered=dialogue.entered_at is not None,
    )


def contents(material: Material, language: str) -> SummaryContents:
    """The draft in one language of the dialogue; where a wording is missing, in the nearest there is."""
    dialogue = material.dialogue
    return SummaryContents(
        dialogue_id=dialogue.id,
        slug=dialogue.slug,
        language=language,
        title=_worded(dialogue.title, dialogue, language),
        first_day=dialogue.starts.date(),
        last_day=_last_day(dialogue),
        background=_worded(material.background.texts, dialogue, language, material.background.versions),
        sections=tuple(_section(material, question, language) for question in dialogue.questions),
        further=tuple(
            _worded(point.texts, dialogue, language, point.versions) for point in material.points.get(None, ())
        ),
        method=material.method if dialogue.with_method else None,
        quotes=quotes(material) if dialogue.with_quotes else (),
        issue=material.issue,
        published_on=None,
        labels=tuple((name, texts[language]) for name, texts in dialogue.labels.items() if language in texts),
        long_dates=dialogue.long_dates,
        events=tuple(
            RecordedEvent(_worded(event.title, dialogue, language).text, event.starts.date(), event.recording)
            for event in material.events
            if event.recording
        ),
    )


def _last_day(dialogue: Dialogue) -> date:
    moments = [question.closes for question in dialogue.questions] + ([dialogue.ends] if dialogue.ends else [])
    return max(moments, default=dialogue.starts).date()


def _worded(
    texts: Mapping[str, str], dialogue: Dialogue, language: str, versions: Mapping[str, int] = NO_VERSIONS
) -> Worded:
    """The wording in a language; an empty text where there is none in any."""
    if not texts:
        return Worded("", language)
    tag = wordings.nearest({tag: tag for tag in texts}, language, dialogue.source_language)
    return Worded(texts[tag], tag, wordings.version_of(versions, tag))


def _section(material: Material, question: Question, language: str) -> SummarySection:
    dialogue = material.dialogue
    return SummarySection(
        number=question.number,
        heading=_worded(question.title or question.text, dialogue, language),
        bullets=tuple(
            Bullet(
                worded=_worded(point.texts, dialogue, language, point.versions),
                strength=point.label if dialogue.with_strength else None,
                members=point.members if dialogue.with_strength and point.members >= SMALLEST_GROUP else None,
                languages=point.voices,
                basis=point.footing.basis if point.footing else None,
                event=point.footing.title(language, dialogue.source_language) if point.footing else "",
            )
            for point in material.points.get(question.id, ())
        ),
    )


def quotes(material: Material) -> tuple[Quote, ...]:
    """Each quotable reply once, question by question."""
    found: dict[int, Quote] = {}
    for question in material.dialogue.questions:
        for point in material.points.get(question.id, ()):
            for one in quotable(point):
                found.setdefault(one.reply_id, quote(material, question.number, one))
    return tuple(found.values())


def quotable(point: Point) -> list[Resting]:
    """The words a key point rests on that may be quoted: they stand, for members to read, and their author agreed."""
    return [one for one in point.resting if one.quotable and one.sound_words]


def quote(material: Material, number: int, one: Resting) -> Quote:
    """Words of a reply to a question of a number; their language is told where enough members share it."""
    told = one.language in {tag for tag, _ in material.method.languages}
    return Quote(one.reply_id, number, one.span, one.author, one.language, told)
