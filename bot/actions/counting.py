"""What has happened is counted into the tallies, some rows at a time: whatever changes a row leaves it to be counted anew."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ScalarSelect, select, text, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import engaging, participating
from bot.database import insert, take_turns
from bot.models import WHOLE, Delivery, Dialogue, Figure, Invitee, Member, Person, Reply, Tally, Visibility
from bot.models.conversation import REPLY_UNCOUNTED
from bot.models.delivery import DELIVERY_UNCOUNTED
from bot.models.membership import INVITEE_UNCOUNTED, MEMBER_UNCOUNTED

STEP = 500  # rows of a kind: counting them holds SQLite's one writer for some hundredths of a second
IN_TIME_FOR_A_DIGEST = 20  # steps: what a large dialogue brings between two ticks
CHUNK = 1_000  # tallies in one statement

Key = tuple[int, int, Figure, str, str]  # as the columns of Tally: dialogue, question, figure, day, language

reply_uncounted, delivery_uncounted, member_uncounted, invitee_uncounted = (
    text(f"({rule})") for rule in (REPLY_UNCOUNTED, DELIVERY_UNCOUNTED, MEMBER_UNCOUNTED, INVITEE_UNCOUNTED)
)

# The ids stand in the conditions here and below, or SQLite might look through a whole table in order of them, rather
# than through the index of what is uncounted.
UNCOUNTED = union_all(
    *(
        select(select(column).where(rule, column > 0).order_by(column).limit(1).subquery())
        for column, rule in (
            (Reply.id, reply_uncounted),
            (Delivery.id, delivery_uncounted),
            (Member.id, member_uncounted),
            (Invitee.dialogue_id, invitee_uncounted),
        )
    )
).limit(1)


@dataclass
class Count:
    """What one step adds to the tallies; days are by each dialogue's clock."""

    zones: dict[int, ZoneInfo]
    now: datetime
    added: Counter[Key]

    def add(
        self,
        figure: Figure,
        dialogue_id: int,
        number: int,
        *,
        question_id: int = WHOLE,
        day: datetime | None = None,
        language: str = "",
    ) -> None:
        """Add to what stands now."""
        date = day.astimezone(self.zones[dialogue_id]).date().isoformat() if day else ""
        self.added[dialogue_id, question_id, figure, date, language] += number

    def happened(self, figure: Figure, dialogue_id: int, *, question_id: int = WHOLE) -> None:
        """Add to what is counted each time it happens, today."""
        self.add(figure, dialogue_id, 1, question_id=question_id, day=self.now)


async def catch_up(session: AsyncSession, *, now: datetime, limit: int = STEP) -> bool:
    """Count what has changed, up to `limit` rows of each kind; returns whether there may be more."""
    if not await _is_behind(session):
        return False
    count = await begin(session, now=now)
    counted = [
        await _replies(session, count, limit),  # before members: who replies for the first time has tapped
        await _invitees(session, count, limit),
        await _members(session, count, limit),
        await _deliveries(session, count, limit),
    ]
    await add(session, count.added)
    return limit in counted


async def catch_up_for_digest(session: AsyncSession, *, now: datetime) -> None:
    """Count what came since the last tick, so that a digest has it."""
    for _ in range(IN_TIME_FOR_A_DIGEST):
        if not await catch_up(session, now=now):
            return


async def _is_behind(session: AsyncSession) -> bool:
    return await session.scalar(UNCOUNTED) is not None


async def begin(session: AsyncSession, *, now: datetime) -> Count:
    """Begin to count: nobody else counts until the transaction ends."""
    await session.flush()
    await take_turns(session, Tally)
    zones = await session.execute(select(Dialogue.id, Dialogue.timezone))
    return Count({row[0]: ZoneInfo(row[1]) for row in zones}, now, Counter())


async def outdate(session: AsyncSession, person_id: int | ScalarSelect[int]) -> None:
    """A person's language or reach has changed: their memberships are to be counted anew."""
    await session.execute(
        update(Member)
        .where(Member.person_id == person_id, Member.counted_language.is_not(None))
        .values(outdated=True)
        .execution_options(synchronize_session=False)
    )


async def _members(session: AsyncSession, count: Count, limit: int) -> int:
    rows = await session.execute(
        select(
            Member.id,
            Member.dialogue_id,
            Member.counted_language,
            Member.counted_unreachable,
            Member.counted_tapped,
            Member.tapped_at.is_not(None).label("tapped"),
            (Member.joined_at.is_not(None) & Member.left_at.is_(None)).label("takes_part"),
            Person.language,
            Person.unreachable_since.is_not(None).label("unreachable"),
        )
        .join(Member.person)
        .where(member_uncounted, Member.id > 0)
        .order_by(Member.id)
        .limit(limit)
        .with_for_update(of=Member, skip_locked=True)
    )
    members = rows.all()
    values: dict[tuple[str | None, bool, bool], list[int]] = {}
    for member in members:
        language = member.language if member.takes_part else None
        unreachable = member.takes_part and member.unreachable
        recount_member(count, member, language=language, unreachable=unreachable, tapped=member.tapped)
        values.setdefault((language, unreachable, member.tapped), []).append(member.id)
    for (language, unreachable, tapped), ids in values.items():
        await _mark(
            session,
            Member,
            ids,
            counted_language=language,
            counted_unreachable=unreachable,
            counted_tapped=tapped,
            outdated=False,
        )
    return len(members)


def recount_member(count: Count, member: Any, *, language: str | None, unreachable: bool, tapped: bool) -> None:
    """Count a membership as what it has become: one who takes part in some language, or doesn't."""
    dialogue_id, before = member.dialogue_id, member.counted_language
    if before is not None:
        count.add(Figure.MEMBERS, dialogue_id, -1, language=before)
    if language is not None:
        count.add(Figure.MEMBERS, dialogue_id, 1, language=language)
    if before is None and language is not None:
        count.happened(Figure.JOINED, dialogue_id)
    if before is not None and language is None:
        count.happened(Figure.LEFT, dialogue_id)
    count.add(Figure.UNREACHABLE, dialogue_id, unreachable - member.counted_unreachable)
    count.add(Figure.TAPPED, dialogue_id, tapped - member.counted_tapped)


async def _invitees(session: AsyncSession, count: Count, limit: int) -> int:
    rows = await session.execute(
        select(Invitee.dialogue_id, Invitee.person_id)
        .where(invitee_uncounted, Invitee.dialogue_id > 0)
        .order_by(Invitee.dialogue_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    by_dialogue: dict[int, list[int]] = {}
    for dialogue_id, person_id in rows:
        count.happened(Figure.INVITED, dialogue_id)
        by_dialogue.setdefault(dialogue_id, []).append(person_id)
    for dialogue_id, person_ids in by_dialogue.items():
        await session.execute(
            update(Invitee)
            .where(Invitee.dialogue_id == dialogue_id, Invitee.person_id.in_(person_ids))
            .values(counted=True)
        )
    return sum(map(len, by_dialogue.values()))


async def _deliveries(session: AsyncSession, count: Count, limit: int) -> int:
    rows = await session.execute(
        select(Delivery.id, Delivery.dialogue_id, Delivery.member_id, Delivery.question_id)
        .where(delivery_uncounted, Delivery.id > 0)
        .order_by(Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    deliveries = rows.all()
    await recount_reach(session, count, deliveries, arrived=True)
    await _mark(session, Delivery, [delivery.id for delivery in deliveries], counted=True)
    return len(deliveries)


async def recount_reach(session: AsyncSession, count: Count, deliveries: Sequence[Any], *, arrived: bool) -> None:
    """Count whom deliveries (dialogue, member, question) reached, or no longer do: each member once for each question."""
    members = {delivery.member_id for delivery in deliveries}
    ids = {delivery.id for delivery in deliveries}
    others = await session.execute(
        select(Delivery.id, Delivery.member_id, Delivery.question_id).where(
            Delivery.member_id.in_(members), Delivery.counted
        )
    )
    known = {(other.member_id, question) for other in others if other.id not in ids for question in (WHOLE, other[2])}
    for delivery in deliveries:
        for question_id in (WHOLE, delivery.question_id):
            if (delivery.member_id, question_id) not in known:
                known.add((delivery.member_id, question_id))
                count.add(Figure.REACHED, delivery.dialogue_id, 1 if arrived else -1, question_id=question_id)


REPLY = (
    Reply.id,
    Reply.dialogue_id,
    Reply.question_id,
    Reply.member_id,
    Reply.parent_id,
    Reply.replied_at,
    Reply.edited_at,
    Reply.language,
    Reply.counted_language,
    Reply.counted_edit_at,
    (Reply.withdrawn_at.is_(None) & Reply.visibility.in_([Visibility.SHOWN, Visibility.MERGED])).label("stands"),
)


async def _replies(session: AsyncSession, count: Count, limit: int) -> int:
    rows = await session.execute(
        select(*REPLY)
        .where(reply_uncounted, Reply.id > 0)
        .order_by(Reply.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    replies = rows.all()
    await recount_replies(session, count, [(reply, reply.language if reply.stands else None) for reply in replies])
    await engaging.spoke(session, {reply.member_id for reply in replies}, now=count.now)
    return len(replies)


async def recount_replies(session: AsyncSession, count: Count, replies: Sequence[tuple[Any, str | None]]) -> None:
    """Count rows of REPLY as what they have become: a reply in some language, or none that stands."""
    said = await participating.said_by(session, {reply.member_id for reply, _ in replies})
    values: dict[tuple[str | None, datetime | None], list[int]] = {}
    for reply, language in replies:
        _recount_reply(count, reply, language)
        said.change(reply, (language is not None) - (reply.counted_language is not None))
        values.setdefault((language, reply.edited_at), []).append(reply.id)
    for (language, edited_at), ids in values.items():
        await _mark(session, Reply, ids, counted_language=language, counted_edit_at=edited_at)
    for dialogue_id, question_id, number in said.newly_replied():
        count.add(Figure.REPLIED, dialogue_id, number, question_id=question_id)
    responded_to = {reply.parent_id for reply, _ in replies if reply.parent_id is not None}
    for dialogue_id, number in await participating.write_down(session, said, responded_to):
        count.add(Figure.UNANSWERED, dialogue_id, number)


def _recount_reply(count: Count, reply: Any, language: str | None) -> None:
    where = (reply.dialogue_id, reply.question_id)
    before = reply.counted_language
    figure = Figure.REPLIES if reply.parent_id is None else Figure.RESPONSES
    for spoken, number in ((before, -1), (language, 1)):
        if spoken is not None:
            count.add(figure, where[0], number, question_id=where[1], day=reply.replied_at, language=spoken)
    if before is None and language is not None:
        count.happened(Figure.CAME, where[0], question_id=where[1])
    if before is not None and language is None:
        count.happened(Figure.WITHDRAWN, where[0], question_id=where[1])
    if before is not None and language is not None and reply.edited_at != reply.counted_edit_at:
        count.happened(Figure.EDITED, where[0], question_id=where[1])


async def _mark(session: AsyncSession, model: Any, ids: Iterable[int], **values: object) -> None:
    await session.execute(
        update(model).where(model.id.in_(ids)).values(**values).execution_options(synchronize_session=False)
    )


async def add(session: AsyncSession, added: Counter[Key]) -> None:
    """Add to the tallies, in one order whoever does it."""
    rows = [
        dict(zip(("dialogue_id", "question_id", "figure", "day", "language", "count"), (*key, number), strict=True))
        for key, number in sorted(added.items())
        if number
    ]
    for start in range(0, len(rows), CHUNK):
        new = insert(session, Tally).values(rows[start : start + CHUNK])
        await session.execute(
            new.on_conflict_do_update(
                index_elements=["dialogue_id", "question_id", "figure", "day", "language"],
                set_={"count": Tally.count + new.excluded.count},
            )
        )
