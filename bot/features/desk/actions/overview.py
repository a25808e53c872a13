"""What a person finds at the desk: the dialogues in which they have a role."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import Right
from bot.models import Dialogue, Person


async def dialogues(session: AsyncSession, person: Person) -> list[tuple[str, str]]:
    """The dialogues (slug, title in the person's language) whose digests a person may see, those that end last first."""
    found = await rights.dialogues(session, person, Right.SEE_DIGESTS)
    ids = [dialogue_id for dialogue_id, _ in found]
    rows = await session.execute(select(Dialogue.id, Dialogue.slug).where(Dialogue.id.in_(ids)))
    slugs = {row[0]: row[1] for row in rows}
    return [(slugs[dialogue_id], title) for dialogue_id, title in found]
