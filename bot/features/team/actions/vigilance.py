"""What organisers hear of each other: every role that was taken, and every export (four eyes, audit)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import Right
from bot.ledger import notices
from bot.models import Member, NoticeKind, Role


async def tell_of_role(session: AsyncSession, taker: Member, role: Role, *, offered_by_id: int, now: datetime) -> None:
    """Tell organisers that someone took a role by a link, and whoever made the link if moderators had removed that member.

    The others don't learn that: a role outlasts a removal, which tells moderators no more than of which reply's author it is.
    """
    for who, was_removed in (
        (Member.id == offered_by_id, taker.removed_at is not None),
        (rights.holds(Right.APPOINT) & (Member.id != offered_by_id), False),
    ):
        details = {"member": taker.id, "role": role, "removed": was_removed}
        notice = await notices.open_notice(
            session, NoticeKind.ROLE_TAKEN, dialogue_id=taker.dialogue_id, details=details, now=now
        )
        await notices.owe_members(session, notice, who & (Member.id != taker.id), due_at=now)


async def tell_of_export(
    session: AsyncSession, dialogue_id: int, exporter: Member | None, *, token: str = "", now: datetime
) -> None:
    """Tell the other organisers that someone with a role, or the host, exported what was said, or lets a system read it by a `token`."""
    details = {"member": exporter and exporter.id, "token": token}
    notice = await notices.open_notice(session, NoticeKind.EXPORTED, dialogue_id=dialogue_id, details=details, now=now)
    others = rights.holds(Right.APPOINT)
    if exporter is not None:
        others &= Member.id != exporter.id
    await notices.owe_members(session, notice, others, due_at=now)


async def name_of(session: AsyncSession, member_id: int | None) -> str | None:
    """By which name the others with a role know someone; None for whoever is named by the host, or erased."""
    member = await session.get(Member, member_id) if member_id is not None else None
    return member.team_name if member else None
