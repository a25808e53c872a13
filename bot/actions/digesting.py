"""What moderators need to know of a dialogue: numbers, languages, the latest replies, and what changed since the last digest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.actions import planning, reading
from bot.actions.reading import Author
from bot.database import insert
from bot.models import Delivery, Dialogue, Digest, Kind, Member, Person, Question, Reply, Role, State

LATEST = 5  # replies quoted in a digest
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
class QuestionFigures:
    """How one question fares: members reached, members who replied, replies."""

    number: int
    title: str
    reached: int
    replied: int
    replies: int
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class LanguageFigures:
    """One language (BCP 47): how many members use it, how many replies came from them."""

    language: str
    members: int
    replies: int


@dataclass(frozen=True)
class QuotedReply:
    """A reply as a digest shows it: whole text, to be cut by whoever writes; `files` counts what it carries."""

    author: Author
    number: int
    kind: str
    text: str
    files: int
    language: str
    late: bool
    first: bool
    replied_at: datetime


@dataclass(frozen=True)
class Changes:
    """What happened between two digests."""

    joined: int
    left: int
    replies: int
    edited: int
    withdrawn: int

    @property
    def nothing(self) -> bool:
        """Whether there is nothing new."""
        return not (self.joined or self.left or self.replies or self.edited or self.withdrawn)


@dataclass(frozen=True)
class DigestContents:
    """A digest as values; `since` is None for the first; moments are instants, shown in the dialogue's `zone`.

    Counts are of what stands now: withdrawn replies and members who left are not counted.
    """

    slug: str
    title: str
    zone: str
    since: datetime | None
    until: datetime
    members: int
    reached: int
    replied: int
    unreachable: int
    uncertain: int
    questions: tuple[QuestionFigures, ...]
    languages: tuple[LanguageFigures, ...]
    first_time: tuple[Author, ...]
    latest: tuple[QuotedReply, ...]
    changes: Changes

    @property
    def rate(self) -> float:
        """The share of the members reached who replied, 0 to 1."""
        return self.replied / self.reached if self.reached else 0.0


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
        select(Member.id).where(Member.dialogue_id == dialogue.id, Member.role.in_([Role.MODERATOR, Role.ORGANISER]))
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
    """The slug of a dialogue that this person moderates; None for any other."""
    return await session.scalar(
        select(Dialogue.slug)
        .join(Member, Member.dialogue_id == Dialogue.id)
        .where(Dialogue.id == dialogue_id, Member.person_id == person.id)
        .where(Member.role.in_([Role.MODERATOR, Role.ORGANISER]))
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
    members, replied, unreachable = await _people(session, dialogue.id, ids)
    return DigestContents(
        slug=slug,
        title=reading.in_language(dialogue.title, dialogue, language),
        zone=dialogue.timezone,
        since=since,
        until=until,
        members=members,
        reached=await _count(session, _reached(ids)),
        replied=replied,
        unreachable=unreachable,
        uncertain=await _count(
            session, select(Delivery.id).where(Delivery.question_id.in_(ids), Delivery.state == State.UNCERTAIN)
        ),
        questions=tuple([await _figures(session, dialogue, question, language, until) for question in questions]),
        languages=await _languages(session, dialogue.id, ids),
        first_time=await _first_time(session, dialogue.id, since, until),
        latest=await _latest(session, ids, until),
        changes=await _changes(session, dialogue.id, ids, since or BEGINNING, until),
    )


async def _count(session: AsyncSession, rows: Select[Any]) -> int:
    return await session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _takes_part(dialogue_id: int) -> Any:
    return (Member.dialogue_id == dialogue_id) & Member.joined_at.is_not(None) & Member.left_at.is_(None)


def _standing(question_ids: list[int]) -> Any:
    return Reply.question_id.in_(question_ids) & Reply.withdrawn_at.is_(None)


def _reached(question_ids: list[int]) -> Select[Any]:
    return (
        select(Delivery.member_id)
        .join(Delivery.member)
        .where(Delivery.question_id.in_(question_ids), Member.left_at.is_(None))
        .where(Delivery.state == State.SENT, Delivery.kind.in_([Kind.QUESTION, Kind.REMINDER]))
        .distinct()
    )


async def _people(session: AsyncSession, dialogue_id: int, question_ids: list[int]) -> tuple[int, int, int]:
    taking_part = select(Member.id).where(_takes_part(dialogue_id))
    replied = (
        select(Reply.member_id).join(Reply.member).where(_standing(question_ids), Member.left_at.is_(None)).distinct()
    )
    unreachable = taking_part.join(Member.person).where(Person.unreachable_since.is_not(None))
    return (
        await _count(session, taking_part),
        await _count(session, replied),
        await _count(session, unreachable),
    )


async def _figures(
    session: AsyncSession, dialogue: Dialogue, question: Question, language: str, until: datetime
) -> QuestionFigures:
    row = (
        await session.execute(
            select(func.count(Reply.member_id.distinct()), func.count()).where(
                _standing([question.id]), Reply.kept_at < until
            )
        )
    ).one()
    return QuestionFigures(
        number=question.number,
        title=reading.in_language(question.title or question.text, dialogue, language),
        reached=await _count(session, _reached([question.id])),
        replied=row[0],
        replies=row[1],
        opens_at=planning.instant(question.opens, dialogue.timezone),
        closes_at=planning.instant(question.closes, dialogue.timezone),
    )


async def _languages(session: AsyncSession, dialogue_id: int, question_ids: list[int]) -> tuple[LanguageFigures, ...]:
    members = await session.execute(
        select(Person.language, func.count())
        .join(Member, Member.person_id == Person.id)
        .where(_takes_part(dialogue_id))
        .group_by(Person.language)
    )
    replies = await session.execute(
        select(Reply.language, func.count()).where(_standing(question_ids)).group_by(Reply.language)
    )
    of_members = {row[0]: row[1] for row in members}
    of_replies = {row[0]: row[1] for row in replies}
    languages = sorted(of_members.keys() | of_replies.keys(), key=lambda tag: (-of_members.get(tag, 0), tag))
    return tuple(LanguageFigures(tag, of_members.get(tag, 0), of_replies.get(tag, 0)) for tag in languages)


async def _first_time(
    session: AsyncSession, dialogue_id: int, since: datetime | None, until: datetime
) -> tuple[Author, ...]:
    """The members whose very first reply in the dialogue fell into the window, the earliest first."""
    first = (
        select(Reply.member_id, func.min(Reply.kept_at).label("kept_at"))
        .where(Reply.dialogue_id == dialogue_id, Reply.withdrawn_at.is_(None))
        .group_by(Reply.member_id)
        .subquery()
    )
    members = await session.scalars(
        select(Member)
        .join(first, first.c.member_id == Member.id)
        .where(first.c.kept_at >= (since or BEGINNING), first.c.kept_at < until)
        .order_by(first.c.kept_at)
    )
    return tuple(reading.author(member) for member in members.all())


async def _latest(session: AsyncSession, question_ids: list[int], until: datetime) -> tuple[QuotedReply, ...]:
    replies = await session.scalars(
        select(Reply)
        .where(_standing(question_ids), Reply.kept_at < until)
        .options(joinedload(Reply.member), joinedload(Reply.question), joinedload(Reply.attachments))
        .order_by(Reply.kept_at.desc(), Reply.id.desc())
        .limit(LATEST)
    )
    return tuple([await _quoted(session, reply) for reply in replies.unique().all()])


async def _quoted(session: AsyncSession, reply: Reply) -> QuotedReply:
    earlier = select(Reply.id).where(Reply.member_id == reply.member_id, Reply.id < reply.id).limit(1)
    return QuotedReply(
        author=reading.author(reply.member),
        number=reply.question.number,
        kind=reply.kind,
        text=reply.text,
        files=len(reply.attachments),
        language=reply.language,
        late=reply.late,
        first=await session.scalar(earlier) is None,
        replied_at=reply.replied_at,
    )


async def _changes(
    session: AsyncSession, dialogue_id: int, question_ids: list[int], since: datetime, until: datetime
) -> Changes:
    of_questions = Reply.question_id.in_(question_ids)

    def between(moment: Any) -> Any:
        return (moment >= since) & (moment < until)

    in_dialogue = Member.dialogue_id == dialogue_id
    return Changes(
        joined=await _count(session, select(Member.id).where(in_dialogue, between(Member.joined_at))),
        left=await _count(session, select(Member.id).where(in_dialogue, between(Member.left_at))),
        replies=await _count(session, select(Reply.id).where(_standing(question_ids), between(Reply.kept_at))),
        edited=await _count(session, select(Reply.id).where(_standing(question_ids), between(Reply.edited_at))),
        withdrawn=await _count(session, select(Reply.id).where(of_questions, between(Reply.withdrawn_at))),
    )
