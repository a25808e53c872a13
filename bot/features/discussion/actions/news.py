"""Authors get news of responses to what they said: bundled once a day, in the evening, or at once if they chose so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from bot.core import members as core_members
from bot.core import schedule, visibility, wordings
from bot.database import insert
from bot.features.discussion.actions import cards
from bot.features.discussion.actions.cards import Words
from bot.ledger import notices
from bot.models import Delivery, Dialogue, Kind, Member, Notice, NoticeKind, Person, Reply, ResponseNews, Seen, State

EVENING = time(18)  # by the author's own clock
NEWEST = 3


@dataclass(frozen=True)
class News:
    """What is new to an author: how many responses, the newest of them, and where they stand (reply id, its words in short).

    `dialogues` are the titles of those of the newest, for who takes part in several; else there are none.
    """

    count: int
    newest: tuple[Words, ...]
    threads: tuple[tuple[int, Words], ...]
    dialogues: tuple[str, ...] = ()


async def owe_news(session: AsyncSession, reply_id: int, *, now: datetime) -> None:
    """Owe the news of a response to those to whom it was said; who is owed news already is owed no more.

    To be called whenever members may have come to read a reply: what is no response, or not theirs to read, is no news.
    """
    await session.flush()
    response = await session.scalar(
        select(Reply)
        .where(Reply.id == reply_id, Reply.parent_id.is_not(None))
        .where(visibility.to_members() | visibility.by_moderators())
    )
    if response is None:
        return
    since = insert(session, ResponseNews).values(reply_id=reply_id, since=now)
    await session.execute(since.on_conflict_do_update(index_elements=["reply_id"], set_={"since": now}))
    told = select(Member).where(Member.id.in_(await _addressees(session, response)))
    for member in await session.scalars(told.options(joinedload(Member.person), joinedload(Member.dialogue))):
        if not await _is_owed(session, member.person_id):
            await _owe(session, member, response, now=now)


async def _addressees(session: AsyncSession, response: Reply) -> set[int]:
    """The author of what was responded to and, on the second level, whoever spoke in that branch before."""
    parent = await session.get_one(Reply, response.parent_id)
    found = {parent.member_id}
    if parent.parent_id is not None:
        before = select(Reply.member_id).where(Reply.parent_id == parent.id, Reply.id < response.id)
        found |= set(await session.scalars(before))
    return found - {response.member_id}


async def _is_owed(session: AsyncSession, person_id: int) -> bool:
    owed = exists().where(
        Delivery.notice_id == Notice.id,
        Notice.kind == NoticeKind.RESPONSES,
        Delivery.member_id == Member.id,
        Member.person_id == person_id,
        Delivery.state == State.PLANNED,
    )
    return bool(await session.scalar(select(owed)))


async def _owe(session: AsyncSession, member: Member, response: Reply, *, now: datetime) -> None:
    notice = await notices.open_notice(
        session, NoticeKind.RESPONSES, dialogue_id=response.dialogue_id, now=now, author_id=None
    )
    evening = next_evening(now, wordings.zone_of(member.person, member.dialogue))
    due_at = now if member.person.responses_at_once else evening
    await notices.owe_member(session, notice, member.id, due_at=due_at)


def next_evening(now: datetime, zone: str) -> datetime:
    """The next evening in an IANA zone."""
    today = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    evening = datetime.combine(today.date(), EVENING)
    return schedule.instant(evening if evening > today else evening + timedelta(days=1), zone)


async def news(session: AsyncSession, member_id: int) -> News | None:
    """What the person behind a membership hasn't been told yet, over all their dialogues; None if there is nothing."""
    reader = await session.scalar(select(Member).where(Member.id == member_id).options(joinedload(Member.person)))
    if reader is None:
        return None
    new = await _new(session, reader.person)
    count = await session.scalar(select(func.count()).select_from(Reply).where(new)) or 0
    if not count:
        return None
    found = select(Reply).where(new).options(*cards.LOADED).order_by(Reply.id.desc()).limit(NEWEST)
    newest = (await session.scalars(found)).all()
    heads = await _heads(session, reader.person, newest)
    said = await cards.words(session, [*newest, *heads], reader.person.language)
    threads = zip((head.id for head in heads), said[len(newest) :], strict=True)
    titles = await _titles(session, reader.person, newest)
    return News(count, tuple(said[: len(newest)]), tuple(threads), titles)


async def _titles(session: AsyncSession, person: Person, responses: Sequence[Reply]) -> tuple[str, ...]:
    """The titles of the dialogues of these responses, for one who takes part in several."""
    if len(await core_members.memberships(session, person)) <= 1:
        return ()
    found = await session.scalars(select(Dialogue).where(Dialogue.id.in_({one.dialogue_id for one in responses})))
    titles = {one.id: wordings.in_language(one.title, one, person.language) for one in found}
    return tuple(titles[one.dialogue_id] for one in responses)


async def _heads(session: AsyncSession, person: Person, responses: Sequence[Reply]) -> list[Reply]:
    """What stands at the head of the threads of these responses, as far as the person may still read it."""
    ids = list(dict.fromkeys([await cards.root_of(session, response) for response in responses]))
    readable = visibility.to_members() | visibility.in_talk(_memberships(person))
    found = await session.scalars(select(Reply).where(Reply.id.in_(ids), readable).options(*cards.LOADED))
    return sorted(found, key=lambda head: ids.index(head.id))


def _memberships(person: Person) -> Select[int]:
    return select(Member.id).where(Member.person_id == person.id)


async def _new(session: AsyncSession, person: Person) -> ColumnElement[bool]:
    mine = _memberships(person)
    # From the claim on, not from the arrival: what came while the last news was on its way was not in it.
    last = await session.scalar(
        select(func.max(Delivery.claimed_at))
        .join(Notice, Notice.id == Delivery.notice_id)
        .where(Notice.kind == NoticeKind.RESPONSES, Delivery.kind == Kind.NOTICE, Delivery.member_id.in_(mine))
        .where(Delivery.state == State.SENT)
    )
    parent, sibling = aliased(Reply), aliased(Reply)
    to_mine = exists().where(parent.id == Reply.parent_id, parent.member_id.in_(mine))
    after_mine = exists().where(
        sibling.parent_id == Reply.parent_id,
        sibling.member_id.in_(mine),
        sibling.id < Reply.id,
        parent.id == Reply.parent_id,
        parent.parent_id.is_not(None),
    )
    unseen = ~exists().where(Seen.reply_id == Reply.id, Seen.member_id.in_(mine))
    readable = visibility.to_members() | visibility.in_talk(mine)
    new = or_(to_mine, after_mine) & Reply.member_id.not_in(mine) & readable & unseen
    later = true() if last is None else ResponseNews.since > last
    return new & exists().where(ResponseNews.reply_id == Reply.id, later)
