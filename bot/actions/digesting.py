"""What a moderator needs to know of a dialogue: what waits for a person, then numbers, languages, and what was said last."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.actions import attending, counting, participating, permitting, reading, showing, tallying
from bot.actions.attending import Attention, QuotedReply
from bot.actions.participating import TakingPart
from bot.actions.permitting import Right
from bot.actions.subscribing import BEGINNING
from bot.actions.tallying import Changes, DayFigures, LanguageFigures, People, QuestionFigures, Shown, Tallies, Trend
from bot.models import Delivery, Dialogue, Digest, DigestWish, Member, Person, Question, Reply, State


class NoSuchDialogue(Exception):
    """There is no dialogue of this name."""


class NoSuchQuestion(Exception):
    """The dialogue has no question of this number; `total` is how many it has."""

    def __init__(self, number: int, total: int) -> None:
        super().__init__(f"question {number} of {total}")
        self.number, self.total = number, total


@dataclass(frozen=True)
class Scope:
    """What a digest is about: all questions, or the one of this `number`; `whole` tells what happened from the beginning."""

    number: int | None = None
    whole: bool = False


@dataclass(frozen=True)
class DigestContents:
    """A digest as values; `since` is None for all from the beginning; moments are instants, shown in the dialogue's `zone`.

    Counts are of what stands now: withdrawn and hidden replies aren't counted. `number` is the question it is about, if
    only one: then `taking_part` is empty. `most_active` is the share of all that was said that five members said.
    A `short` one is to be told briefly.
    """

    dialogue_id: int
    slug: str
    title: str
    zone: str
    language: str
    short: bool
    number: int | None
    since: datetime | None
    until: datetime
    attention: Attention
    people: People
    questions: tuple[QuestionFigures, ...]
    trend: Trend
    taking_part: TakingPart | None
    most_active: float | None
    languages: tuple[LanguageFigures, ...]
    days: tuple[DayFigures, ...]
    latest: tuple[QuotedReply, ...]
    changes: Changes

    @property
    def rate(self) -> float:
        """The share of the members reached who replied, 0 to 1."""
        return min(self.people.replied / self.people.reached, 1.0) if self.people.reached else 0.0


async def prepare(session: AsyncSession, *, digest_id: int, now: datetime) -> DigestContents:
    """The contents of a scheduled digest; what they show is remembered, and counts as told once the digest has arrived."""
    digest = await session.get_one(Digest, digest_id)
    assert digest.member_id is not None, "a digest from before they had a reader was sent long ago"
    wish = await session.get(DigestWish, digest.member_id)
    member = await session.get_one(Member, digest.member_id)
    person = await session.get_one(Person, member.person_id)
    dialogue = await _dialogue(session, Dialogue.id == digest.dialogue_id)
    await counting.catch_up_for_digest(session, now=now)
    tallies = await tallying.read(session, dialogue.id)
    last = await _last_arrived(session, Digest.member_id == digest.member_id)
    digest.gathered_at, digest.shown = now, tallies.happened
    digest.since = last[0] if last else BEGINNING
    contents = await _gather(
        session,
        dialogue,
        tallies,
        last,
        reader=member,
        language=(wish and wish.language) or person.language,
        now=now,
        scope=Scope(),
    )
    return replace(contents, short=wish is not None and wish.short)


async def on_request(
    session: AsyncSession,
    slug: str,
    *,
    language: str,
    now: datetime,
    scope: Scope = Scope(),
    member_id: int | None = None,
) -> DigestContents:
    """A digest that someone asks for; raises NoSuchDialogue or NoSuchQuestion.

    What changed is counted from the last scheduled one that reached this member, or, without one, any moderator. It
    settles nothing: the next scheduled one tells the same again. Without a member it is for the host.
    """
    dialogue = await _dialogue(session, Dialogue.slug == slug)
    await counting.catch_up_for_digest(session, now=now)
    tallies = await tallying.read(session, dialogue.id)
    of_reader = Digest.member_id == member_id if member_id else Digest.dialogue_id == dialogue.id
    last = None if scope.whole else await _last_arrived(session, of_reader)
    reader = await session.get(Member, member_id) if member_id else None
    return await _gather(session, dialogue, tallies, last, reader=reader, language=language, now=now, scope=scope)


async def _dialogue(session: AsyncSession, condition: Any) -> Dialogue:
    dialogue = await session.scalar(select(Dialogue).where(condition).options(selectinload(Dialogue.questions)))
    if dialogue is None:
        raise NoSuchDialogue
    return dialogue


async def _last_arrived(session: AsyncSession, condition: Any) -> tuple[datetime, Shown] | None:
    row = await session.execute(
        select(Digest.gathered_at, Digest.shown)
        .join(Delivery, Delivery.digest_id == Digest.id)
        .where(condition, Delivery.state == State.SENT, Digest.gathered_at.is_not(None))
        .order_by(Digest.gathered_at.desc())
        .limit(1)
    )
    found = row.first()
    return (found[0], found[1]) if found else None


async def moderated(session: AsyncSession, person: Person, dialogue_id: int) -> tuple[int, str] | None:
    """The membership (id) through which a person may see a dialogue's digests, and its slug; None for any other dialogue."""
    row = await session.execute(
        select(Member.id, Dialogue.slug)
        .join(Dialogue, Dialogue.id == Member.dialogue_id)
        .where(Dialogue.id == dialogue_id, Member.person_id == person.id)
        .where(permitting.holds(Right.SEE_DIGESTS))
    )
    found = row.first()
    return (found[0], found[1]) if found else None


async def _gather(
    session: AsyncSession,
    dialogue: Dialogue,
    tallies: Tallies,
    last: tuple[datetime, Shown] | None,
    *,
    reader: Member | None,
    language: str,
    now: datetime,
    scope: Scope,
) -> DigestContents:
    judges = reader is None or permitting.may(reader, Right.JUDGE)
    readable = Reply.withdrawn_at.is_(None) if judges else showing.to_members()
    questions = [question for question in dialogue.questions if scope.number in {None, question.number}]
    if not questions:
        raise NoSuchQuestion(scope.number or 0, len(dialogue.questions))
    since, shown = last or (None, None)
    ids, whole = [question.id for question in questions], scope.number is None
    figures = tuple(tallying.question_figures(tallies, dialogue, question, language) for question in questions)
    current = tallying.languages(tallies, [_current(questions, figures, now).id])
    days = tallying.days(tallies, ids)
    today = now.astimezone(ZoneInfo(dialogue.timezone)).date()
    return DigestContents(
        dialogue_id=dialogue.id,
        slug=dialogue.slug,
        title=reading.in_language(dialogue.title, dialogue, language),
        zone=dialogue.timezone,
        language=language,
        short=False,
        number=scope.number,
        since=since,
        until=now,
        attention=await attending.attention(
            session, dialogue.id, ids, tallies, current, readable=readable, judges=judges
        ),
        people=tallying.people(tallies, ids, whole=whole),
        questions=figures,
        trend=tallying.trend(days, today),
        taking_part=await participating.taking_part(session, dialogue.id) if whole else None,
        most_active=await tallying.share_of_most_active(session, tallies, dialogue.id) if whole else None,
        languages=tallying.languages(tallies, ids),
        days=days,
        latest=await attending.latest(session, dialogue.id, ids, readable=readable, whole=whole),
        changes=tallying.changes(tallies, ids, shown),
    )


def _current(questions: list[Question], figures: tuple[QuestionFigures, ...], now: datetime) -> Question:
    """The question opened last; the first if none has opened."""
    opened = [question for question, each in zip(questions, figures, strict=True) if each.opens_at <= now]
    return (opened or questions[:1])[-1]
