"""Members who offered to translate are dealt replies, one at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import members, rights, visibility, wordings
from bot.core.rights import Right
from bot.database import insert
from bot.features.translations.actions import translations, wishes
from bot.i18n import shipped
from bot.models import Deal, Member, Origin, Person, Question, Reply, Translation

DEAL_LASTS = timedelta(days=1)  # after which a reply that was dealt and not translated goes to someone else


@dataclass(frozen=True)
class TranslatorSettings:
    """How a member translates in one dialogue: into `into`, from those of `sources` that are `chosen`; `done` counts."""

    member_id: int
    title: str
    into: str
    sources: tuple[str, ...]
    chosen: tuple[str, ...]
    done: int


@dataclass(frozen=True)
class Dealt:
    """A reply to be put from `source` into `into`, with the question it answers."""

    deal_id: int
    number: int
    text: str
    source: str
    into: str


class NotATranslator(Exception):
    """The person offered to translate in no such dialogue."""


async def offers(session: AsyncSession, person: Person) -> list[TranslatorSettings]:
    """How a person translates in each of their dialogues in several languages, theirs among them."""
    found = []
    for member in await members.memberships(session, person):
        sources = tuple(tag for tag in member.dialogue.languages if shipped(tag) != person.language)
        if sources and len(sources) < len(member.dialogue.languages):
            done = select(func.count()).select_from(Translation).where(Translation.member_id == member.id)
            found.append(
                TranslatorSettings(
                    member_id=member.id,
                    title=wordings.in_language(member.dialogue.title, member.dialogue, person.language),
                    into=person.language,
                    sources=sources,
                    chosen=tuple(tag for tag in sources if tag in (member.translates_from or ())),
                    done=await session.scalar(done) or 0,
                )
            )
    return found


async def offer(session: AsyncSession, person: Person, member_id: int) -> TranslatorSettings:
    """One of them; raises NotATranslator."""
    for one in await offers(session, person):
        if one.member_id == member_id:
            return one
    raise NotATranslator(member_id)


async def toggle(session: AsyncSession, person: Person, member_id: int, source: str) -> TranslatorSettings:
    """Translate from a language of the dialogue, or no longer; raises NotATranslator."""
    before = await offer(session, person, member_id)
    chosen = set(before.chosen) ^ ({source} & set(before.sources))
    (await session.get_one(Member, member_id)).translates_from = [tag for tag in before.sources if tag in chosen]
    return await offer(session, person, member_id)


async def deal(session: AsyncSession, person: Person, member_id: int, *, now: datetime) -> Dealt | None:
    """Give a translator the oldest reply that waits for their language, the one they have first; None if none waits.

    Raises NotATranslator.
    """
    theirs = await offer(session, person, member_id)
    member = await session.get_one(Member, member_id)
    waiting = await session.execute(
        select(Reply, Question)
        .join(Question, Question.id == Reply.question_id)
        .join(Member, Member.id == member_id)
        .where(Reply.dialogue_id == member.dialogue_id, Reply.member_id != member_id, Reply.text != "")
        .where(Reply.language.in_(theirs.chosen), _may_be_dealt(theirs.into), ~_is_translated(theirs.into))
        .where(~_is_dealt(theirs.into, member_id, now))
        .order_by(case((wishes.is_wished(theirs.into), 0), else_=1), Reply.id)
        .limit(1)
    )
    row = waiting.first()
    if row is None:
        return None
    reply, question = row
    await session.execute(
        insert(session, Deal)
        .values(member_id=member_id, reply_id=reply.id, language=theirs.into, dealt_at=now)
        .on_conflict_do_update(index_elements=["member_id", "reply_id", "language"], set_={"dealt_at": now})
    )
    deal_id = await session.scalar(
        select(Deal.id).where(Deal.member_id == member_id, Deal.reply_id == reply.id, Deal.language == theirs.into)
    )
    return Dealt(deal_id or 0, question.number, reply.text, reply.language, theirs.into)


def _may_be_dealt(language: str | ColumnElement[str]) -> ColumnElement[bool]:
    """What members may read; to who decides about replies also what they were asked for, as a condition on Reply and Member."""
    asked = rights.holds(Right.JUDGE) & Reply.withdrawn_at.is_(None) & wishes.is_wished(language)
    return visibility.to_members() | asked


def _is_translated(language: str) -> ColumnElement[bool]:
    return exists().where(Translation.reply_id == Reply.id, Translation.language == language)


def _is_dealt(language: str, member_id: int, now: datetime) -> ColumnElement[bool]:
    """Whether someone else has it now, or this member passed it on."""
    return exists().where(
        Deal.reply_id == Reply.id,
        Deal.language == language,
        or_(
            (Deal.member_id != member_id) & Deal.passed_at.is_(None) & (Deal.dealt_at > now - DEAL_LASTS),
            (Deal.member_id == member_id) & Deal.passed_at.is_not(None),
        ),
    )


async def count_wished(session: AsyncSession, member_id: int) -> int:
    """How many replies that someone asked for this translator can be dealt."""
    member = await session.get(Member, member_id, options=[joinedload(Member.person)])
    if member is None or not member.takes_part or not member.translates_from:
        return 0
    into = member.person.language
    found = (
        select(func.count())
        .select_from(Reply)
        .join(Member, Member.id == member_id)
        .where(Reply.dialogue_id == member.dialogue_id, Reply.member_id != member_id, wishes.is_wished(into))
        .where(Reply.language.in_(member.translates_from), _may_be_dealt(into), ~_is_translated(into))
    )
    return await session.scalar(found) or 0


async def dealt(session: AsyncSession, person: Person, deal_id: int) -> Dealt | None:
    """A reply this person was dealt; None once it is withdrawn, hidden or no longer theirs."""
    row = (await session.execute(_dealt_to(person, deal_id))).first()
    return Dealt(deal_id, row[2].number, row[1].text, row[1].language, row[0].language) if row else None


def _dealt_to(person: Person, deal_id: int) -> Select[Deal, Reply, Question]:
    return (
        select(Deal, Reply, Question)
        .join(Reply, Reply.id == Deal.reply_id)
        .join(Question, Question.id == Reply.question_id)
        .join(Member, Member.id == Deal.member_id)
        .where(Deal.id == deal_id, Member.person_id == person.id, _may_be_dealt(Deal.language.expression))
    )


async def pass_on(session: AsyncSession, person: Person, deal_id: int, *, now: datetime) -> int | None:
    """Leave a reply to other translators; returns the membership, None if it wasn't theirs."""
    row = (await session.execute(_dealt_to(person, deal_id))).first()
    if row is None:
        return None
    row[0].passed_at = now
    return int(row[0].member_id)


async def translate(session: AsyncSession, person: Person, deal_id: int, text: str, *, now: datetime) -> int | None:
    """Keep a translation of a reply that was dealt, instead of a service's or one's own; returns the membership.

    None if it is no longer theirs, or someone else's was there before: it went to them when the deal had lapsed.
    """
    row = (await session.execute(_dealt_to(person, deal_id))).first()
    if row is None:
        return None
    mine, reply, _ = row
    by_another = (Translation.origin == Origin.PERSON) & Translation.member_id.is_distinct_from(mine.member_id)
    there = (Translation.reply_id == reply.id) & (Translation.language == mine.language) & by_another
    if await session.scalar(select(Translation.id).where(there)) is not None:
        return None
    await translations.keep(
        session, reply, mine.language, text, now=now, origin=Origin.PERSON, member_id=mine.member_id
    )
    return int(mine.member_id)
