"""A whole dialogue goes, with all that belongs to it: in steps, so that others can write in between; a broken-off deletion is gone on with."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.privacy.actions import anonymisation
from bot.models import Delivery, Dialogue, Invitee, Member, Reply, Role

STEP = 200  # rows that others hang on, in one transaction


async def delete_some(session: AsyncSession, dialogue_id: int) -> bool:
    """Delete some of a dialogue; returns whether any of it is left."""
    for model in (Reply, Delivery):
        # The latest first: what was said to something comes after it.
        some = select(model.id).where(model.dialogue_id == dialogue_id).order_by(model.id.desc()).limit(STEP)
        ids = (await session.scalars(some)).all()
        if ids:
            await session.execute(delete(model).where(model.id.in_(ids)))
            return True
    if await _delete_members(session, dialogue_id) or await _delete_invited(session, dialogue_id):
        return True
    await session.execute(delete(Dialogue).where(Dialogue.id == dialogue_id))
    return False


async def _delete_members(session: AsyncSession, dialogue_id: int) -> bool:
    """Delete some memberships, and whoever has no other; but not whom the settings name, who are to be reached in the next."""
    some = select(Member.id, Member.person_id, Member.role, Member.appointed_at)
    found = (await session.execute(some.where(Member.dialogue_id == dialogue_id).limit(STEP))).all()
    await session.execute(delete(Member).where(Member.id.in_([row[0] for row in found])))
    person_ids = [row[1] for row in found if not (row[2] is Role.ORGANISER and row[3] is None)]
    await _forget(session, dialogue_id, person_ids)
    return bool(found)


async def _delete_invited(session: AsyncSession, dialogue_id: int) -> bool:
    some = select(Invitee.person_id).where(Invitee.dialogue_id == dialogue_id).limit(STEP)
    person_ids = (await session.scalars(some)).all()
    await _forget(session, dialogue_id, person_ids)
    return bool(person_ids)


async def _forget(session: AsyncSession, dialogue_id: int, person_ids: Sequence[int]) -> None:
    of_them = Invitee.person_id.in_(person_ids) & (Invitee.dialogue_id == dialogue_id)
    await session.execute(delete(Invitee).where(of_them))
    await anonymisation.forget_persons(session, person_ids)
