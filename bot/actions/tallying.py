"""What a dialogue adds up to: people reached, replies by question and language, first and latest voices, changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.actions import planning, reading
from bot.actions.reading import Author
from bot.models import Delivery, Dialogue, Kind, Member, Person, Question, Reply, State

LATEST = 5  # replies quoted


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


@dataclass(frozen=True)
class People:
    """How many take part, were reached by these questions, replied to them, and can't be reached now."""

    members: int
    reached: int
    replied: int
    unreachable: int


async def people(session: AsyncSession, dialogue_id: int, question_ids: list[int]) -> People:
    """The people of a dialogue, as these questions (ids) found them; who left isn't counted."""
    taking_part = select(Member.id).where(_takes_part(dialogue_id))
    replied = (
        select(Reply.member_id).join(Reply.member).where(_standing(question_ids), Member.left_at.is_(None)).distinct()
    )
    unreachable = taking_part.join(Member.person).where(Person.unreachable_since.is_not(None))
    return People(
        members=await _count(session, taking_part),
        reached=await _count(session, _reached(question_ids)),
        replied=await _count(session, replied),
        unreachable=await _count(session, unreachable),
    )


async def uncertain(session: AsyncSession, question_ids: list[int]) -> int:
    """How many messages with these questions may have arrived or not."""
    return await _count(
        session, select(Delivery.id).where(Delivery.question_id.in_(question_ids), Delivery.state == State.UNCERTAIN)
    )


async def figures(
    session: AsyncSession, dialogue: Dialogue, question: Question, language: str, until: datetime
) -> QuestionFigures:
    """How one question fares up to a moment, its title for a reader of `language`."""
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


async def languages(session: AsyncSession, dialogue_id: int, question_ids: list[int]) -> tuple[LanguageFigures, ...]:
    """Replies by language against members by language, the language of most members first."""
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
    tags = sorted(of_members.keys() | of_replies.keys(), key=lambda tag: (-of_members.get(tag, 0), tag))
    return tuple(LanguageFigures(tag, of_members.get(tag, 0), of_replies.get(tag, 0)) for tag in tags)


async def first_time(session: AsyncSession, dialogue_id: int, since: datetime, until: datetime) -> tuple[Author, ...]:
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
        .where(first.c.kept_at >= since, first.c.kept_at < until)
        .order_by(first.c.kept_at)
    )
    return tuple(reading.author(member) for member in members.all())


async def latest(session: AsyncSession, question_ids: list[int], until: datetime) -> tuple[QuotedReply, ...]:
    """The newest replies up to a moment, the newest first."""
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


async def changes(
    session: AsyncSession, dialogue_id: int, question_ids: list[int], since: datetime, until: datetime
) -> Changes:
    """What happened from `since` up to, and without, `until`."""
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
