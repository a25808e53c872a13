"""Someone gets a role or loses the last one (a role change): from then on they are counted in no number, or in all again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Delivery, Member, Reply, Role
from bot.tallies import deltas, sizes
from bot.tallies.deltas import Count
from bot.tallies.rows import DELIVERY, MEMBER, REPLY, DeliveryRow, MemberRow, ReplyRow


async def give_role(session: AsyncSession, member: Member, role: Role, *, now: datetime) -> None:
    """Give a member another role, or with Role.MEMBER none, and have the tallies follow."""
    if Role.MEMBER not in {member.role, role} or member.role is role:
        member.role = role
        return
    count = await deltas.begin(session, now=now, quiet=True)
    await _recount(session, count, member.id, gone=True)
    member.role = role
    await session.flush()
    await _recount(session, count, member.id, gone=False)
    await deltas.add(session, count.added)
    await sizes.count_those_of(session, member.id)


async def _recount(session: AsyncSession, count: Count, member_id: int, *, gone: bool) -> None:
    """Count all that is counted of a member as nothing, or what was counted of it as what it is."""
    said = await session.execute(select(*REPLY).where(Reply.member_id == member_id).with_for_update(of=Reply))
    replies = [ReplyRow._make(row) for row in said]
    await deltas.recount_replies(
        session, count, [(reply, reply.language if reply.stands and not gone else None) for reply in replies]
    )
    reached = await session.execute(select(*DELIVERY).where(Delivery.member_id == member_id, Delivery.counted))
    await deltas.recount_reach(session, count, [DeliveryRow._make(row) for row in reached], arrived=not gone)
    members = await session.execute(select(*MEMBER).join(Member.person).where(Member.id == member_id))
    await deltas.recount_members(session, count, [MemberRow._make(row) for row in members], gone=gone)
