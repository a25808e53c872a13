"""What has happened is counted into the tallies, some rows at a time: whatever changes a row leaves it to be counted anew."""

from datetime import datetime

from sqlalchemy import ScalarSelect, select, text, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import run
from bot.database.looks import Look
from bot.models import Delivery, Figure, Invitee, Member, Reply
from bot.models.delivery import DELIVERY_UNCOUNTED
from bot.models.member import INVITEE_UNCOUNTED, MEMBER_UNCOUNTED
from bot.models.reply import REPLY_UNCOUNTED
from bot.tallies import deltas, participation
from bot.tallies.rows import DELIVERY, MEMBER, REPLY, DeliveryRow, MemberRow, ReplyRow

STEP = 500  # rows of a kind: counting them holds SQLite's one writer for some hundredths of a second
IN_TIME_FOR_A_DIGEST = 20  # steps: what a large dialogue brings between two ticks


reply_uncounted, delivery_uncounted, member_uncounted, invitee_uncounted = (
    text(f"({rule})") for rule in (REPLY_UNCOUNTED, DELIVERY_UNCOUNTED, MEMBER_UNCOUNTED, INVITEE_UNCOUNTED)
)

# The ids stand in the conditions here and below, or SQLite might look through a whole table in order of them, rather
# than through the index of what is uncounted.
UNCOUNTED = Look(
    union_all(
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
)
"""What has changed and is not counted yet."""


async def catch_up(session: AsyncSession, *, now: datetime, limit: int = STEP) -> bool:
    """Count what has changed, up to `limit` rows of each kind; returns whether there may be more."""
    if not await run(session, UNCOUNTED.found, {}):
        return False
    count = await deltas.begin(session, now=now)
    counted = [
        await _replies(session, count, limit),  # before members: who replies for the first time has tapped
        await _invitees(session, count, limit),
        await _members(session, count, limit),
        await _deliveries(session, count, limit),
    ]
    await deltas.add(session, count.added)
    return limit in counted


async def catch_up_for_digest(session: AsyncSession, *, now: datetime) -> None:
    """Count what came since the last tick, so that a digest has it."""
    for _ in range(IN_TIME_FOR_A_DIGEST):
        if not await catch_up(session, now=now):
            return


async def outdate(session: AsyncSession, person_id: int | ScalarSelect[int]) -> None:
    """A person's language or reach has changed: their memberships are to be counted anew."""
    await session.execute(
        update(Member)
        .where(Member.person_id == person_id, Member.counted_language.is_not(None))
        .values(outdated=True)
        .execution_options(synchronize_session=False)
    )


async def _members(session: AsyncSession, count: deltas.Count, limit: int) -> int:
    rows = await session.execute(
        select(*MEMBER)
        .join(Member.person)
        .where(member_uncounted, Member.id > 0)
        .order_by(Member.id)
        .limit(limit)
        .with_for_update(of=Member, skip_locked=True)
    )
    members = [MemberRow._make(row) for row in rows]
    await deltas.recount_members(session, count, members)
    return len(members)


async def _invitees(session: AsyncSession, count: deltas.Count, limit: int) -> int:
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


async def _deliveries(session: AsyncSession, count: deltas.Count, limit: int) -> int:
    rows = await session.execute(
        select(*DELIVERY)
        .where(delivery_uncounted, Delivery.id > 0)
        .order_by(Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    deliveries = [DeliveryRow._make(row) for row in rows]
    if not deliveries:
        return 0
    await deltas.recount_reach(session, count, deliveries, arrived=True)
    await deltas.mark(session, Delivery, [delivery.id for delivery in deliveries], counted=True)
    return len(deliveries)


async def _replies(session: AsyncSession, count: deltas.Count, limit: int) -> int:
    rows = await session.execute(
        select(*REPLY)
        .where(reply_uncounted, Reply.id > 0)
        .order_by(Reply.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    replies = [ReplyRow._make(row) for row in rows]
    if not replies:
        return 0
    await deltas.recount_replies(
        session, count, [(reply, reply.language if reply.stands else None) for reply in replies]
    )
    await participation.spoke(session, {reply.member_id for reply in replies}, now=count.now)
    return len(replies)
