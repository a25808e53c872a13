"""What one person reads of a dialogue: its texts in their language, its moments in their zone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager

from bot.actions import planning
from bot.i18n import negotiate
from bot.models import Dialogue, Member, Naming, Person, Question, Reply

Text = TypeVar("Text")


@dataclass(frozen=True)
class AskedQuestion:
    """A question as one person is asked it: texts in `language`, Markdown; `closes_at` an instant, shown in `zone`."""

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


@dataclass(frozen=True)
class Note:
    """A dialogue's concept note in `language`, Markdown, with its reading list (title, address)."""

    dialogue_title: str
    text: str
    sources: tuple[tuple[str, str], ...]
    language: str


@dataclass(frozen=True)
class Author:
    """How a member chose to be named; `name` is the real one, `pseudonym` a word and a number ("cedar-27")."""

    naming: Naming
    name: str | None
    pseudonym: str | None
    is_moderator: bool = False


def in_language(texts: Mapping[str, Text], dialogue: Dialogue, language: str) -> Text:
    """A text of the dialogue as nearly in `language` as there is; the source language where it is missing."""
    return nearest(texts, language, dialogue.source_language)


def nearest(texts: Mapping[str, Text], language: str, source_language: str) -> Text:
    """A text as nearly in `language` as there is: else the source language's, else any; `texts` must not be empty."""
    return nearest_with_language(texts, language, source_language)[1]


def nearest_with_language(texts: Mapping[str, Text], language: str, source_language: str) -> tuple[str, Text]:
    """The same, with the language it is in."""
    fallback = source_language if source_language in texts else next(iter(texts))
    found = negotiate(language, tuple(texts), fallback)
    return found, texts[found]


def zone_of(person: Person, dialogue: Dialogue) -> str:
    """The IANA zone by whose clock a person takes part: their own, or the dialogue's until they choose."""
    return person.timezone or dialogue.timezone


def author(member: Member) -> Author:
    """How a member chose to be named; nothing else of them leaves this function."""
    return named(member.naming, name=member.display_name, pseudonym=member.pseudonym)


def author_of(reply: Reply) -> Author:
    """How a reply's author (loaded) chose to be named on it, whatever they chose later; a moderator who spoke as one is that."""
    member = reply.member
    return named(reply.naming, name=member.display_name, pseudonym=member.pseudonym, as_moderator=reply.as_moderator)


def named(naming: Naming, *, name: str | None, pseudonym: str | None, as_moderator: bool = False) -> Author:
    """The same from what is stored of a reply and its author: what they didn't choose to show is left out."""
    if as_moderator:
        return Author(Naming.ANONYMOUS, None, None, is_moderator=True)
    return Author(
        naming=naming,
        name=name if naming is Naming.NAME else None,
        pseudonym=pseudonym if naming is not Naming.ANONYMOUS else None,
    )


def note(dialogue: Dialogue, language: str) -> Note:
    """The concept note for a reader of `language`; its text is empty where the dialogue has none."""
    return Note(
        dialogue_title=in_language(dialogue.title, dialogue, language),
        text=in_language(dialogue.concept_note, dialogue, language) if dialogue.concept_note else "",
        sources=tuple((in_language(source["title"], dialogue, language), source["url"]) for source in dialogue.sources),
        language=negotiate(language, dialogue.languages, dialogue.source_language),
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


def asked(dialogue: Dialogue, question: Question, *, language: str, zone: str, total: int) -> AskedQuestion:
    """A question for a reader of `language` in `zone`; `total` is how many the dialogue has."""
    return AskedQuestion(
        question_id=question.id,
        number=question.number,
        total=total,
        dialogue_title=in_language(dialogue.title, dialogue, language),
        title=in_language(question.title, dialogue, language) if question.title else "",
        text=in_language(question.text, dialogue, language),
        prompts=tuple(in_language(question.prompts, dialogue, language)) if question.prompts else (),
        language=negotiate(language, tuple(question.text), dialogue.source_language),
        closes_at=planning.closes_at(dialogue, question, zone),
        zone=zone,
    )


async def open_questions(session: AsyncSession, person: Person, *, now: datetime) -> list[AskedQuestion]:
    """The questions a person may answer in time now, over all their dialogues; the one that closes first comes first."""
    found = []
    candidates = await questions_of(session, person)
    total = await totals(session, {member.dialogue_id for member, _ in candidates})
    for member, question in candidates:
        zone = zone_of(person, member.dialogue)
        if (
            planning.opens_at(member.dialogue, question, zone)
            <= now
            < planning.closes_at(member.dialogue, question, zone)
        ):
            count = total[member.dialogue_id]
            found.append(asked(member.dialogue, question, language=person.language, zone=zone, total=count))
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
