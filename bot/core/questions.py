"""Questions and the concept note as one person reads them: in their language, open and closing by their clock."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager

from bot.authoring import fingerprint
from bot.core import schedule, wordings
from bot.i18n import readable
from bot.models import Dialogue, Member, Person, Question


@dataclass(frozen=True)
class Voiced:
    """A question as somebody says it: what Telegram keeps it as (voice, audio), its id there, and which wording it is `of`."""

    kind: str
    file_id: str
    of: str


@dataclass(frozen=True)
class AskedQuestion:
    """A question as one person is asked it: texts in `language`, Markdown; `closes_at` an instant, shown in `zone`.

    With `own_clock` the zone is the one they chose, and needs no name. Who takes part in several dialogues is told which
    one asks: then it is `titled`. Where the dialogue lacks the reader's language, another has `stood_in` for it from the
    invitation on, and needs no mention. `recorded` says this very wording in their language; `follow_up` is what one whose
    reply is short is asked on, or empty.
    """

    question_id: int
    number: int
    total: int
    dialogue_title: str
    title: str
    text: str
    prompts: tuple[str, ...]
    language: str
    closes_at: datetime
    zone: str
    own_clock: bool = False
    titled: bool = False
    stood_in: bool = False
    follow_up: str = ""
    recorded: Voiced | None = None

    @property
    def wording(self) -> str:
        """What tells the text from other wordings of it."""
        return fingerprint(self.text)


@dataclass(frozen=True)
class Note:
    """A dialogue's concept note in `language`, Markdown, with its reading list (title, address); `stood_in` as above.

    As a file it has Telegram's id, where it is one.
    """

    dialogue_title: str
    text: str
    sources: tuple[tuple[str, str], ...]
    language: str
    stood_in: bool = False
    file_id: str | None = None
    file_language: str = ""


def note(dialogue: Dialogue, language: str) -> Note:
    """The concept note for a reader of `language`; its text is empty where the dialogue has none."""
    files = {tag: each for tag, each in dialogue.note_files.items() if each not in dialogue.refused_files}
    file = wordings.nearest_with_language(files, language, dialogue.source_language) if files else ("", None)
    shown = readable(language, tuple(dialogue.concept_note) or dialogue.languages, dialogue.source_language)
    return Note(
        dialogue_title=wordings.in_language(dialogue.title, dialogue, language),
        text=wordings.in_language(dialogue.concept_note, dialogue, language) if dialogue.concept_note else "",
        sources=tuple(
            (wordings.in_language(source["title"], dialogue, language), source["url"]) for source in dialogue.sources
        ),
        language=shown,
        stood_in=shown == wordings.stand_in(dialogue, language),
        file_id=file[1],
        file_language=file[0],
    )


async def totals(session: AsyncSession, dialogue_ids: Collection[int]) -> dict[int, int]:
    """How many questions each of these dialogues has."""
    counted = await session.execute(
        select(Dialogue.id, func.count(Question.id))
        .outerjoin(Question, Question.dialogue_id == Dialogue.id)
        .where(Dialogue.id.in_(dialogue_ids))
        .group_by(Dialogue.id)
    )
    return {row[0]: row[1] for row in counted}


def asked(
    dialogue: Dialogue, question: Question, *, language: str, zone: str, total: int, own_clock: bool = False
) -> AskedQuestion:
    """A question for a reader of `language` in `zone`, their `own_clock` or the dialogue's; `total` is how many the dialogue has."""
    own = readable(language, tuple(question.follow_up), "")
    shown = readable(language, tuple(question.text), dialogue.source_language)
    return AskedQuestion(
        question_id=question.id,
        number=question.number,
        total=total,
        dialogue_title=wordings.in_language(dialogue.title, dialogue, language),
        title=wordings.in_language(question.title, dialogue, language) if question.title else "",
        text=wordings.in_language(question.text, dialogue, language),
        prompts=tuple(wordings.in_language(question.prompts, dialogue, language)) if question.prompts else (),
        language=shown,
        stood_in=shown == wordings.stand_in(dialogue, language),
        closes_at=schedule.closes_at(dialogue, question, zone),
        zone=zone,
        own_clock=own_clock,
        follow_up=question.follow_up[own] if own else "",
        recorded=_recorded(dialogue, question, language),
    )


def _recorded(dialogue: Dialogue, question: Question, language: str) -> Voiced | None:
    """The recording for a reader of `language`, if it says what is written there now, and Telegram takes it."""
    tag = readable(language, tuple(question.text), "")
    told = question.spoken.get(tag)
    if told is None or told["file_id"] in dialogue.refused_files or told["of"] != fingerprint(question.text[tag]):
        return None
    return Voiced(told["kind"], told["file_id"], told["of"])


async def open_questions(session: AsyncSession, person: Person, *, now: datetime) -> list[AskedQuestion]:
    """The questions a person may answer in time now, over all their dialogues; the one that closes first comes first."""
    found = []
    candidates = await questions_of(session, person)
    total = await totals(session, {member.dialogue_id for member, _ in candidates})
    for member, question in candidates:
        zone = wordings.zone_of(person, member.dialogue)
        if (
            schedule.opens_at(member.dialogue, question, zone)
            <= now
            < schedule.closes_at(member.dialogue, question, zone)
        ):
            count = total[member.dialogue_id]
            own = person.timezone is not None
            one = asked(member.dialogue, question, language=person.language, zone=zone, total=count, own_clock=own)
            found.append(replace(one, titled=len(total) > 1))
    return sorted(found, key=lambda question: question.closes_at)


async def questions_of(session: AsyncSession, person: Person) -> list[tuple[Member, Question]]:
    """Every question of every dialogue in which the person takes part, with their membership (its dialogue loaded)."""
    rows = await session.execute(
        select(Member, Dialogue, Question)
        .join(Member.dialogue)
        .join(Question, Question.dialogue_id == Dialogue.id)
        .where(Member.person_id == person.id, Member.joined_at.is_not(None), Member.left_at.is_(None))
        .order_by(Dialogue.id, Question.position)
        .options(contains_eager(Member.dialogue))
    )
    return [(member, question) for member, _, question in rows.all()]


async def next_opening(session: AsyncSession, dialogue: Dialogue, person: Person, *, now: datetime) -> datetime | None:
    """When the next question of a dialogue reaches a person; None after the last."""
    questions = await session.scalars(select(Question).where(Question.dialogue_id == dialogue.id))
    zone = wordings.zone_of(person, dialogue)
    return min(
        (due for question in questions if (due := schedule.due_at(dialogue, question, zone)) > now), default=None
    )
