"""What became of replies is told to their authors: once a week at most, and only what they weren't told before."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, Select, String, bindparam, cast, exists, func, literal, not_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import members as core_members
from bot.database import insert
from bot.database.looks import Look
from bot.features.discussion.actions import news
from bot.features.replies.actions import own_replies, ways
from bot.features.replies.actions.own_replies import OwnReply
from bot.features.replies.actions.ways import Way
from bot.ledger import notices
from bot.models import (
    Delivery,
    Dialogue,
    KeyPoint,
    Member,
    Notice,
    NoticeKind,
    Person,
    Reply,
    State,
    Station,
    Summary,
    Support,
    Theme,
    ThemeReply,
    Waypoint,
)

EVERY = timedelta(weeks=1)
SHOWN = 5  # replies in one message; the others are told of by their number


@dataclass(frozen=True)
class Followed:
    """What is new to an author: some of their replies, each with the stations it has newly come to, and how many more there are.

    Of who takes part in `several` dialogues each is told with its own.
    """

    replies: tuple[tuple[OwnReply, Way], ...]
    more: int
    several: bool = False


_DUE = (Dialogue.followed_at <= bindparam("a_week_ago")) | Dialogue.followed_at.is_(None)
DUE = Look(select(Dialogue.id).where(_DUE).limit(1), {"a_week_ago": EVERY})
"""A dialogue of whose replies it is time to look what became."""


async def open_due(session: AsyncSession, *, now: datetime) -> None:
    """Note what replies have become part of, and owe their authors word of it; a dialogue's first look tells nobody.

    What was reached before anyone looked, as in a database from an earlier version, is no news.
    """
    for is_first in (False, True):
        which = Dialogue.followed_at.is_(None) if is_first else Dialogue.followed_at <= now - EVERY
        # Claimed by one statement: of two that look at once, the second finds it done.
        claimed = await session.scalars(
            update(Dialogue)
            .where(which)
            .values(followed_at=now)
            .returning(Dialogue.id)
            .execution_options(synchronize_session=False)
        )
        for dialogue_id in sorted(claimed):
            await _note(session, dialogue_id, None if is_first else now)
            if not is_first:
                await _owe(session, dialogue_id, now=now)


async def _note(session: AsyncSession, dialogue_id: int, reached_at: datetime | None) -> None:
    for station, found in _reached(dialogue_id):
        rows = found.add_columns(literal(station, Waypoint.station.type), literal(reached_at, Waypoint.reached_at.type))
        noted = insert(session, Waypoint).from_select(["reply_id", "station", "reached_at"], rows)
        await session.execute(noted.on_conflict_do_nothing())


def _reached(dialogue_id: int) -> Iterator[tuple[Station, Select[int]]]:
    """For each station the replies that have reached it."""
    stands = (Reply.dialogue_id == dialogue_id) & Reply.withdrawn_at.is_(None)
    named = Theme.accepted_at.is_not(None) & (cast(Theme.name, String) != "{}")
    themed = select(Reply.id).join(ThemeReply, ThemeReply.reply_id == Reply.id)
    yield Station.THEME, themed.join(Theme, Theme.id == ThemeReply.theme_id).where(stands, named)
    rested_on = select(Reply.id).distinct().join(Support, Support.reply_id == Reply.id).where(stands)
    yield Station.KEY_POINT, rested_on
    published = Support.chosen_at <= Summary.published_at
    in_summary = rested_on.join(KeyPoint, KeyPoint.id == Support.key_point_id)
    yield Station.SUMMARY, in_summary.join(Summary, Summary.dialogue_id == KeyPoint.dialogue_id).where(published)


async def _owe(session: AsyncSession, dialogue_id: int, *, now: datetime) -> None:
    reached = select(Reply.member_id).join(Waypoint, Waypoint.reply_id == Reply.id).where(Waypoint.reached_at == now)
    authors = Member.id.in_(reached.where(Reply.dialogue_id == dialogue_id)) & Member.joined_at.is_not(None)
    if await session.scalar(select(Member.id).where(authors).limit(1)) is None:
        return
    notice = await notices.open_notice(session, NoticeKind.WAYS, dialogue_id=dialogue_id, now=now)
    told = Member.person_id.in_(_told_since(now - EVERY))  # about another dialogue of theirs
    for who, begin in ((not_(told), now), (told, now + EVERY)):
        await notices.owe_members(session, notice, authors & who, due_at=partial(news.next_evening, begin))


def _told_since(moment: datetime) -> Select[int]:
    """The persons who have been told what became of their replies since, or are about to be."""
    waiting = (Delivery.state == State.PLANNED) | (Delivery.claimed_at > moment)
    return _deliveries(waiting).with_only_columns(Member.person_id)


def _deliveries(which: ColumnElement[bool]) -> Select[Delivery]:
    told = select(Delivery).join(Notice, Notice.id == Delivery.notice_id).join(Member, Member.id == Delivery.member_id)
    return told.where(Notice.kind == NoticeKind.WAYS, which)


async def followed(session: AsyncSession, member_id: int) -> Followed | None:
    """What the person behind a membership hasn't been told yet, over all their dialogues; None if there is nothing."""
    member = await session.scalar(select(Member).where(Member.id == member_id).options(joinedload(Member.person)))
    if member is None:
        return None
    person = member.person
    sent = _deliveries((Delivery.state == State.SENT) & (Member.person_id == person.id))
    last = await session.scalar(sent.with_only_columns(func.max(Delivery.claimed_at)))
    later = Waypoint.reached_at.is_not(None) if last is None else Waypoint.reached_at > last
    new: dict[int, set[Station]] = {}
    for reply_id, station in await session.execute(
        select(Waypoint.reply_id, Waypoint.station)
        .join(Reply, Reply.id == Waypoint.reply_id)
        .join(Member, Member.id == Reply.member_id)
        .where(Member.person_id == person.id, Reply.withdrawn_at.is_(None), later, ~_told_otherwise())
        .order_by(Waypoint.reply_id.desc())
    ):
        new.setdefault(reply_id, set()).add(station)
    if not new:
        return None
    return await _told(session, person, new)


def _told_otherwise() -> ColumnElement[bool]:
    """Whether the author has heard of a waypoint already: contributors are asked about key points, and get the Summary."""
    by = (Waypoint.station == Station.KEY_POINT) & (Notice.kind == NoticeKind.DRAFT_POINTS)
    by |= (Waypoint.station == Station.SUMMARY) & (Notice.kind == NoticeKind.SUMMARY)
    return exists().where(
        Delivery.member_id == Reply.member_id, Delivery.state == State.SENT, Delivery.notice_id == Notice.id, by
    )


async def _told(session: AsyncSession, person: Person, new: Mapping[int, Collection[Station]]) -> Followed | None:
    found = await ways.ways(session, person, list(new))
    newly = {reply_id: _only(found[reply_id], stations) for reply_id, stations in new.items()}
    shown = [reply_id for reply_id, way in newly.items() if way != Way()][:SHOWN]
    replies = await own_replies.of(session, person, shown)
    told = tuple((own, newly[own.reply_id]) for own in replies)
    if not told:
        return None
    more = len([way for way in newly.values() if way != Way()]) - len(told)
    return Followed(told, more, several=len(await core_members.memberships(session, person)) > 1)


def _only(way: Way, stations: Collection[Station]) -> Way:
    """A way with these stations alone, as far as they still hold."""
    return Way(
        theme=way.theme if Station.THEME in stations else None,
        key_points=way.key_points if Station.KEY_POINT in stations else 0,
        in_summary=way.in_summary and Station.SUMMARY in stations,
    )
