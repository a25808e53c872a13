"""Someone doesn't want what they say in groups to be kept: it is erased, and nothing more is kept until they say so."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert
from bot.features.privacy.actions import erasure
from bot.models import Member, OptOut, Person, Reply, Role


async def refuse(session: AsyncSession, author_id: int, *, now: datetime) -> int:
    """Erase what someone (Telegram's id) said in groups, and keep nothing they say there from now on; how many replies went.

    What they said in private stays: that is erased with /me.
    """
    await session.execute(insert(session, OptOut).values(author_id=author_id, refused_at=now).on_conflict_do_nothing())
    person = await session.scalar(select(Person).where(Person.telegram_id == author_id))
    erased = 0
    if person is not None:
        members = select(Member.id).where(Member.person_id == person.id)
        in_groups = Reply.member_id.in_(members) & Reply.room_id.is_not(None)
        erased = await erasure.delete_replies(session, in_groups, now=now)
        await _forget_if_only_heard(session, person)
    await erasure.forget_raw(session, author_id)
    return erased


async def _forget_if_only_heard(session: AsyncSession, person: Person) -> None:
    """Memberships of one who never joined, and the person if nothing else is known of them."""
    said = select(Reply.member_id)
    await session.execute(
        delete(Member).where(
            Member.person_id == person.id,
            Member.joined_at.is_(None),
            Member.role == Role.MEMBER,
            Member.id.not_in(said),
        )
    )
    left = await session.scalar(select(func.count()).where(Member.person_id == person.id))
    if not left and person.unreachable_since is not None:
        await session.execute(delete(Person).where(Person.id == person.id))


async def allow(session: AsyncSession, author_id: int) -> None:
    """Someone wants their words in groups to be kept again."""
    await session.execute(delete(OptOut).where(OptOut.author_id == author_id))
