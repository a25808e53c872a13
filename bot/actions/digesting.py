"""What moderators need to know of a dialogue: numbers, languages, the latest replies, and what changed since the last digest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.actions import permitting, planning, reading, tallying
from bot.actions.permitting import Right
from bot.actions.reading import Author
from bot.actions.tallying import Changes, LanguageFigures, People, QuestionFigures, QuotedReply
from bot.database import insert
from bot.models import Delivery, Dialogue, Digest, Kind, Member, Person

MOMENT = timedelta(microseconds=1)  # windows are open at their end: this one takes in the present
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class NoSuchDialogue(Exception):
    """There is no dialogue of this name."""


class NoSuchQuestion(Exception):
    """The dialogue has no question of this number; `total` is how many it has."""

    def __init__(self, number: int, total: int) -> None:
        super().__init__(f"question {number} of {total}")
        self.number, self.total = number, total


@dataclass(frozen=True)
class DigestContents:
    """A digest as values; `since` is None for the first; moments are instants, shown in the dialogue's `zone`.

    Counts are of what stands now: withdrawn replies and members who left are not counted.
    """

    dialogue_id: int
    slug: str
    title: str
    zone: str
    since: datetime | None
    until: datetime
    people: People
    uncertain: int
    questions: tuple[QuestionFigures, ...]
    languages: tuple[LanguageFigures, ...]
    first_time: tuple[Author, ...]
    latest: tuple[QuotedReply, ...]
    changes: Changes

    @property
    def rate(self) -> float:
        """The share of the members reached who replied, 0 to 1."""
        return self.people.replied / self.people.reached if self.people.reached else 0.0


async def open_due(session: AsyncSession, *, now: datetime) -> int:
    """Owe the moderators of each dialogue the digest that has fallen due; returns how many digests.

    One digest covers all that was missed: from the end of the last one to the newest moment on schedule.
    """
    opened = 0
    dialogues = await session.scalars(
        select(Dialogue).where(Dialogue.digest_every.is_not(None)).options(joinedload(Dialogue.questions))
    )
    for dialogue in dialogues.unique().all():
        last = await session.scalar(select(func.max(Digest.until)).where(Digest.dialogue_id == dialogue.id))
        moment = _newest_moment(dialogue, now)
        if moment is None or (last is not None and moment <= last):
            continue
        await _owe(session, dialogue, since=last or BEGINNING, until=moment)
        opened += 1
    return opened


def _newest_moment(dialogue: Dialogue, now: datetime) -> datetime | None:
    return max((moment for moment in _schedule(dialogue) if moment <= now), default=None)


def next_moment(dialogue: Dialogue, now: datetime) -> datetime | None:
    """When the next digest of a dialogue falls due; None after the last. Its questions must be loaded."""
    return next((moment for moment in _schedule(dialogue) if moment > now), None)


def _schedule(dialogue: Dialogue) -> Iterable[datetime]:
    """Every digest of a dialogue; the first after the last close is the last."""
    if not dialogue.questions:
        return
    end = planning.instant(max(question.closes for question in dialogue.questions), dialogue.timezone)
    for moment in planning.digest_moments(dialogue):
        yield moment
        if moment >= end:
            return


async def _owe(session: AsyncSession, dialogue: Dialogue, *, since: datetime, until: datetime) -> None:
    digest = Digest(dialogue_id=dialogue.id, since=since, until=until)
    session.add(digest)
    await session.flush()
    moderators = await session.scalars(
        select(Member.id).where(Member.dialogue_id == dialogue.id, permitting.holds(Right.SEE_DIGESTS))
    )
    for member_id in moderators.all():
        await session.execute(
            insert(session, Delivery)
            .values(kind=Kind.DIGEST, dialogue_id=dialogue.id, member_id=member_id, digest_id=digest.id, due_at=until)
            .on_conflict_do_nothing()
        )


async def scheduled(session: AsyncSession, *, digest_id: int, language: str) -> DigestContents:
    """The contents of a scheduled digest for a reader of `language`."""
    digest = await session.get_one(Digest, digest_id)
    dialogue = await session.get_one(Dialogue, digest.dialogue_id)
    since = None if digest.since == BEGINNING else digest.since
    return await gather(session, dialogue.slug, language=language, since=since, until=digest.until)


async def on_request(
    session: AsyncSession, slug: str, *, language: str, now: datetime, number: int | None = None
) -> DigestContents:
    """The contents of a digest that someone asks for: what changed is counted from the last scheduled one."""
    last = await session.scalar(
        select(func.max(Digest.until)).join(Dialogue, Dialogue.id == Digest.dialogue_id).where(Dialogue.slug == slug)
    )
    return await gather(session, slug, language=language, since=last, until=now + MOMENT, number=number)


async def slug_for(session: AsyncSession, person: Person, dialogue_id: int) -> str | None:
    """The slug of a dialogue whose digests this person may see; None for any other."""
    return await session.scalar(
        select(Dialogue.slug)
        .join(Member, Member.dialogue_id == Dialogue.id)
        .where(Dialogue.id == dialogue_id, Member.person_id == person.id)
        .where(permitting.holds(Right.SEE_DIGESTS))
    )


async def gather(
    session: AsyncSession,
    slug: str,
    *,
    language: str,
    since: datetime | None,
    until: datetime,
    number: int | None = None,
) -> DigestContents:
    """A digest of a dialogue, or of its question `number`; raises NoSuchDialogue or NoSuchQuestion."""
    dialogue = await session.scalar(
        select(Dialogue).where(Dialogue.slug == slug).options(joinedload(Dialogue.questions))
    )
    if dialogue is None:
        raise NoSuchDialogue(slug)
    questions = [question for question in dialogue.questions if number in {None, question.number}]
    if not questions:
        raise NoSuchQuestion(number or 0, len(dialogue.questions))
    ids = [question.id for question in questions]
    return DigestContents(
        dialogue_id=dialogue.id,
        slug=slug,
        title=reading.in_language(dialogue.title, dialogue, language),
        zone=dialogue.timezone,
        since=since,
        until=until,
        people=await tallying.people(session, dialogue.id, ids),
        uncertain=await tallying.uncertain(session, ids),
        questions=tuple(
            [await tallying.figures(session, dialogue, question, language, until) for question in questions]
        ),
        languages=await tallying.languages(session, dialogue.id, ids),
        first_time=await tallying.first_time(session, dialogue.id, since or BEGINNING, until),
        latest=await tallying.latest(session, ids, until),
        changes=await tallying.changes(session, dialogue.id, ids, since or BEGINNING, until),
    )
